//! Folding the side navigation away on wide screens. On narrow ones it is a popover and needs nothing from here.

use super::dom;
use leptos::prelude::window;
use web_sys::Element;

/// From this width on the navigation stands beside the page, in CSS pixels (the style sheet has the same number).
const WIDE: f64 = 688.0;

pub(super) fn install() {
    if is_wide() {
        for button in dom::all("[data-toggles-navigation]") {
            describe(&button, true);
        }
    }
    dom::listen("click", |event| {
        let Some(button) = dom::closest(event, "[data-toggles-navigation]") else { return };
        let Ok(Some(layout)) = button.closest(".app-layout") else { return };
        if !is_wide() {
            return;
        }
        event.prevent_default();
        let opens = layout.get_attribute("data-navigation").as_deref() == Some("closed");
        dom::set(&layout, "data-navigation", if opens { "open" } else { "closed" });
        describe(&button, opens);
    });
}

fn is_wide() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width >= WIDE)
}

/// Says what the button does next, and whether the navigation is seen.
fn describe(button: &Element, open: bool) {
    dom::set(button, "aria-expanded", if open { "true" } else { "false" });
    dom::set(button, "aria-label", if open { "Close side navigation" } else { "Open side navigation" });
}
