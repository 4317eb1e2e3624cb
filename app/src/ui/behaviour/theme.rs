//! Light and dark at once, remembered in a cookie that the server reads.

use super::dom;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

pub(super) fn install() {
    dom::listen("click", |event| {
        let Some(button) = dom::closest(event, "[data-toggles-theme]") else {
            return;
        };
        let (Some(cookie), Some(root)) = (button.get_attribute("data-toggles-theme"), document().document_element())
        else {
            return;
        };
        event.prevent_default();
        let dark = match root.get_attribute("data-theme").as_deref() {
            Some(theme) => theme == "dark",
            None => dom::invoke(&window(), "matchMedia", &["(prefers-color-scheme: dark)"])
                .and_then(|query| dom::get(&query, "matches"))
                .is_some_and(|matches| matches.is_truthy()),
        };
        let theme = if dark { "light" } else { "dark" };
        dom::set(&root, "data-theme", theme);
        let line = format!("{cookie}={theme}; Path=/; Max-Age=31536000; SameSite=Lax");
        let _ = js_sys::Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&line));
        dom::announce(if dark { "Light theme" } else { "Dark theme" });
    });
}
