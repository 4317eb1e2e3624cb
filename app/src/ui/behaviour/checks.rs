//! A box over others: it ticks them all, shows whether all, some or none of them are ticked, and keeps the page's count of
//! them. And boxes after which the page looks different, which send their form at once.

use super::dom;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

pub(super) fn install() {
    for over in dom::all("[data-checks]") {
        refresh(&over);
    }
    dom::listen("change", |event| {
        if let Some(over) = dom::closest(event, "[data-checks]") {
            let on = checked(&over);
            for under in boxes(&over) {
                under.set_checked(on);
            }
            count(&over);
        } else if let Some(list) = dom::closest(event, "ul[id]") {
            for over in dom::all(&format!("[data-checks=\"{}\"]", list.id())) {
                refresh(&over);
            }
        }
        // By its first button, as Enter does: it says what the form is sent for.
        if let Some(form) = dom::closest(event, "[data-submits]").and_then(|part| part.closest("form").ok().flatten())
            && let Some(button) = dom::first(&form, "button[type=submit]")
        {
            dom::click(&button);
        }
    });
}

fn checked(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked)
}

/// The boxes below one that can be changed.
fn boxes(over: &Element) -> Vec<HtmlInputElement> {
    let list = over.get_attribute("data-checks").and_then(|id| dom::by_id(&id));
    let found = list.map(|list| dom::within(&list, "input[type=checkbox]:not(:disabled)")).unwrap_or_default();
    found.into_iter().filter_map(|found| found.dyn_into().ok()).collect()
}

fn refresh(over: &Element) {
    let Some(over) = over.dyn_ref::<HtmlInputElement>().filter(|over| !over.disabled()) else { return };
    let boxes = boxes(over);
    let on = boxes.iter().filter(|under| under.checked()).count();
    over.set_checked(on > 0 && on == boxes.len());
    over.set_indeterminate(on > 0 && on < boxes.len());
    count(over);
}

/// Says how many are ticked where the page does; those that cannot be changed count too.
fn count(over: &Element) {
    let Some(list) = over.get_attribute("data-checks").and_then(|id| dom::by_id(&id)) else { return };
    let on = dom::within(&list, "input[type=checkbox]").iter().filter(|under| checked(under)).count();
    for place in dom::all(&format!("[data-counts=\"{}\"]", list.id())) {
        place.set_text_content(Some(&on.to_string()));
    }
}
