//! Menus and panels: the state of their buttons, the first focus, and one help topic at a time.

use super::dom;
use web_sys::Element;

/// What the arrow keys move through.
const ITEMS: &str = "a[href], button:not([disabled]), [role=menuitem][tabindex]";

pub(super) fn install() {
    for button in dom::all("[popovertarget][aria-haspopup]") {
        dom::set(&button, "aria-expanded", "false");
    }
    dom::listen("toggle", |event| {
        let Some(popover) = dom::closest(event, "[popover]").filter(|popover| is_target(event, popover)) else {
            return;
        };
        let open = dom::is_open(&popover);
        for button in dom::all(&format!("[popovertarget=\"{}\"][aria-haspopup]", popover.id())) {
            dom::set(&button, "aria-expanded", if open { "true" } else { "false" });
        }
        let menu = popover.get_attribute("role").as_deref() == Some("menu");
        if let Some(item) = items(&popover).first().filter(|_| open && menu && !holds_focus(&popover)) {
            dom::focus(item);
        }
        if open && popover.has_attribute("data-help-panel") {
            for other in dom::all("[data-help-panel]") {
                if !other.is_same_node(Some(&popover)) && dom::is_open(&other) {
                    dom::invoke(&other, "hidePopover", &[]);
                }
            }
        }
    });
}

fn is_target(event: &web_sys::Event, popover: &Element) -> bool {
    event.target().is_some_and(|target| popover.loose_eq(&target))
}

fn holds_focus(popover: &Element) -> bool {
    leptos::prelude::document().active_element().is_some_and(|active| popover.contains(Some(&active)))
}

/// What the arrow keys move through, without what is hidden.
pub(super) fn items(menu: &Element) -> Vec<Element> {
    dom::within(menu, ITEMS).into_iter().filter(is_visible).collect()
}

/// Whether an element has a box: what is hidden has none.
fn is_visible(element: &Element) -> bool {
    let boxes = dom::invoke(element, "getClientRects", &[]).and_then(|boxes| dom::get(&boxes, "length"));
    boxes.and_then(|count| count.as_f64()).is_none_or(|count| count > 0.0)
}
