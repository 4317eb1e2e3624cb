//! The few words in which the other files speak to the page.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

/// Calls `handler` for every event of that name anywhere in the page, before the target sees it.
pub(super) fn listen(name: &str, handler: impl Fn(&Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| handler(&event));
    // Only an unknown option could make this fail; the listeners live as long as the page.
    let _ = document().add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

/// Calls `handler` for every event of that name of the window.
pub(super) fn listen_window(name: &str, handler: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(handler);
    let _ = window().add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The event's target or the nearest element around it that matches.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok().flatten()
}

/// The elements of the page that match.
pub(super) fn all(selector: &str) -> Vec<Element> {
    document().query_selector_all(selector).map(list).unwrap_or_default()
}

/// The elements inside of `root` that match.
pub(super) fn within(root: &Element, selector: &str) -> Vec<Element> {
    root.query_selector_all(selector).map(list).unwrap_or_default()
}

fn list(nodes: web_sys::NodeList) -> Vec<Element> {
    (0..nodes.length()).filter_map(|index| nodes.item(index)?.dyn_into().ok()).collect()
}

/// The first element inside of `root` that matches.
pub(super) fn first(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

/// The element of that id.
pub(super) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Sets an attribute; the names are ours and valid.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Sets or removes an attribute that has no value.
pub(super) fn toggle(element: &Element, name: &str, on: bool) {
    if on {
        set(element, name, "");
    } else {
        let _ = element.remove_attribute(name);
    }
}

/// Moves the focus.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Clicks.
pub(super) fn click(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.click();
    }
}

/// Calls a method by its name: for those that are too new, or too old, for `web-sys`.
pub(super) fn invoke(target: &JsValue, method: &str, arguments: &[&str]) -> Option<JsValue> {
    let function = get(target, method)?.dyn_into::<js_sys::Function>().ok()?;
    let arguments: js_sys::Array = arguments.iter().map(|text| JsValue::from_str(text)).collect();
    function.apply(target, &arguments).ok()
}

/// Reads a property by its name; nothing where it is missing or undefined.
pub(super) fn get(target: &JsValue, property: &str) -> Option<JsValue> {
    js_sys::Reflect::get(target, &JsValue::from_str(property)).ok().filter(|value| !value.is_undefined())
}

/// Whether the popover is shown.
pub(super) fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

/// Lets a screen reader say something.
pub(super) fn announce(text: &str) {
    for announcer in all("[data-announcer]") {
        announcer.set_text_content(Some(text));
    }
}
