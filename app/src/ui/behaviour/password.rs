//! Showing what was typed into a password field.

use super::dom;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

pub(super) fn install() {
    dom::listen("change", |event| {
        let Some(toggle) = dom::closest(event, "[data-shows-password]") else {
            return;
        };
        let Some(field) = toggle.get_attribute("data-shows-password").and_then(|id| dom::by_id(&id)) else {
            return;
        };
        let shown = toggle.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
        dom::set(&field, "type", if shown { "text" } else { "password" });
    });
}
