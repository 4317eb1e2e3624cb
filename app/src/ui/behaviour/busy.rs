//! While the next page is on its way. Pages come whole from the server, so a slow one leaves the last one standing:
//! after a moment that page says so, to eyes and to screen readers, and what was pressed cannot be pressed again.

use std::time::Duration;

use leptos::{
    ev::KeyboardEvent,
    prelude::{document, set_timeout},
};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dom;

/// A page that comes sooner needs no word.
const PATIENCE: Duration = Duration::from_millis(400);
/// On the root for the style sheet, and on what was pressed. `aria-busy` would keep screen readers from saying it.
const BUSY: &str = "data-busy";

pub(super) fn install() {
    // Links, forms and reloading alike.
    dom::listen_window("beforeunload", || set_timeout(begin, PATIENCE));
    // The browser's "back" can bring the page as it was left; Escape stops what is on its way.
    dom::listen_window("pageshow", end);
    dom::listen("keydown", |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            end();
        }
    });
}

fn begin() {
    let is = |element: &Element, selector: &str| element.matches(selector).unwrap_or(false);
    let pressed = document().active_element().filter(|active| is(active, "a, button"));
    // A draft of a mail opens elsewhere, and a file is saved: the page stays.
    if pressed.as_ref().is_some_and(|pressed| is(pressed, "[href^=mailto], [name=_saves]")) {
        return;
    }
    for element in document().document_element().into_iter().chain(pressed) {
        dom::toggle(&element, BUSY, true);
    }
    dom::announce("Loading");
}

fn end() {
    for element in dom::all("[data-busy]") {
        dom::toggle(&element, BUSY, false);
    }
}
