//! Folding the side navigation away on wide screens. On narrow ones it is a popover and needs nothing from here.

use super::dom;
use leptos::prelude::window;

/// From this width on the navigation stands beside the page, in CSS pixels (the style sheet has the same number).
const WIDE: f64 = 688.0;

pub(super) fn install() {
    dom::listen("click", |event| {
        let Some(button) = dom::closest(event, "[data-toggles-navigation]") else {
            return;
        };
        let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(WIDE);
        let Ok(Some(layout)) = button.closest(".app-layout") else {
            return;
        };
        if width < WIDE {
            return;
        }
        event.prevent_default();
        let closed = layout.get_attribute("data-navigation").as_deref() == Some("closed");
        dom::set(&layout, "data-navigation", if closed { "open" } else { "closed" });
        dom::set(&button, "aria-expanded", if closed { "true" } else { "false" });
        dom::set(&button, "aria-label", if closed { "Close side navigation" } else { "Open side navigation" });
    });
}
