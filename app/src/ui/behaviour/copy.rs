//! Copying, in a secure context and on plain http.

use super::dom;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlTextAreaElement};

/// How long the bubble stays.
const SHOWN: Duration = Duration::from_secs(2);

pub(super) fn install() {
    dom::listen("click", |event| {
        let Some(button) = dom::closest(event, "[data-copy]") else {
            return;
        };
        let text = button.get_attribute("data-copy").unwrap_or_default();
        if window().is_secure_context() {
            leptos::task::spawn_local(async move {
                let promise = window().navigator().clipboard().write_text(&text);
                let copied =
                    wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() || by_selection(&button, &text);
                report(button, copied);
            });
        } else {
            let copied = by_selection(&button, &text);
            report(button, copied);
        }
    });
}

/// Copies by selecting a hidden text area. It stands beside the button, because behind a modal dialog nothing
/// can be selected.
fn by_selection(button: &Element, text: &str) -> bool {
    let (Some(parent), Ok(area)) = (button.parent_element(), document().create_element("textarea")) else {
        return false;
    };
    let Ok(area) = area.dyn_into::<HtmlTextAreaElement>() else {
        return false;
    };
    area.set_value(text);
    area.set_class_name("visually-hidden");
    dom::set(&area, "readonly", "");
    dom::set(&area, "aria-hidden", "true");
    if parent.append_child(&area).is_err() {
        return false;
    }
    area.select();
    let copied = dom::invoke(&document(), "execCommand", &["copy"]).is_some_and(|answer| answer == JsValue::TRUE);
    area.remove();
    dom::focus(button);
    copied
}

fn report(button: Element, copied: bool) {
    let text =
        if copied { button.get_attribute("data-copied").unwrap_or_default() } else { "Could not copy".to_owned() };
    dom::announce(&text);
    dom::set(&button, "data-bubble", &text);
    set_timeout(move || dom::toggle(&button, "data-bubble", false), SHOWN);
}
