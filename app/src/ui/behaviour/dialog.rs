//! Dialogs: shown from the start, opened by buttons in older browsers, and buttons that wait for a typed word.

use super::dom;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement, HtmlInputElement};

pub(super) fn install() {
    // The server can only render a dialog that is open; here it becomes modal.
    for dialog in dom::all("dialog.modal[open]") {
        dom::toggle(&dialog, "open", false);
        show(&dialog);
    }
    // Browsers without `command` on buttons (before 2025).
    let native = dom::get(&window(), "HTMLButtonElement")
        .and_then(|class| dom::get(&class, "prototype"))
        .is_some_and(|prototype| js_sys::Reflect::has(&prototype, &JsValue::from_str("command")).unwrap_or(false));
    if !native {
        dom::listen("click", |event| {
            let Some(button) = dom::closest(event, "[commandfor]") else {
                return;
            };
            let Some(dialog) = button.get_attribute("commandfor").and_then(|id| dom::by_id(&id)) else {
                return;
            };
            match button.get_attribute("command").as_deref() {
                Some("show-modal") => show(&dialog),
                Some("close") => close(&dialog),
                _ => {}
            }
        });
    }
    for input in dom::all("[data-confirm]") {
        confirm(&input);
    }
    dom::listen("input", |event| {
        if let Some(input) = dom::closest(event, "[data-confirm]") {
            confirm(&input);
        }
    });
}

fn show(dialog: &Element) {
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>() {
        let _ = dialog.show_modal();
    }
}

fn close(dialog: &Element) {
    if let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Lets the form's buttons work exactly while the field holds the word.
fn confirm(input: &Element) {
    let Some(input) = input.dyn_ref::<HtmlInputElement>() else {
        return;
    };
    let Some(form) = input.form() else { return };
    let matches = input.get_attribute("data-confirm").is_some_and(|word| word == input.value());
    let mut buttons = dom::within(&form, "button[type=submit]");
    if !form.id().is_empty() {
        buttons.extend(dom::all(&format!("button[type=submit][form=\"{}\"]", form.id())));
    }
    for button in buttons {
        dom::toggle(&button, "disabled", !matches);
    }
}
