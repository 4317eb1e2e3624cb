//! Filtering what is already on the page while typing.

use super::dom;
use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

const ITEMS: &str = ".table__row, .services-menu__row, [data-filter-item]";

pub(super) fn install() {
    dom::listen("input", |event| {
        let Some(input) = dom::closest(event, "[data-filters]") else {
            return;
        };
        let Some(target) = target(&input) else { return };
        let Some(query) = input.dyn_ref::<HtmlInputElement>().map(|input| input.value().trim().to_lowercase()) else {
            return;
        };
        let shown = apply(&target, &query);
        if let Some(count) =
            input.closest("form").ok().flatten().and_then(|form| dom::first(&form, ".text-filter__count"))
        {
            let text = match (query.is_empty(), shown) {
                (true, _) => String::new(),
                (false, 1) => "1 match".to_owned(),
                (false, shown) => format!("{shown} matches"),
            };
            count.set_text_content(Some(&text));
        }
    });
    // Enter goes to the first of what is left to choose from; a filter of a table asks the server instead.
    dom::listen("keydown", |event| {
        let Some(input) = dom::closest(event, "[data-filters]") else {
            return;
        };
        let picks = input.has_attribute("data-filter-picks");
        if event.dyn_ref::<KeyboardEvent>().is_none_or(|event| event.key() != "Enter")
            || !picks && input.closest("form").is_ok_and(|form| form.is_some())
        {
            return;
        }
        event.prevent_default();
        let first = if picks { "li:not([hidden]) button" } else { "li:not([hidden]) a" };
        if let Some(link) = target(&input).and_then(|target| dom::first(&target, first)) {
            dom::click(&link);
        }
    });
}

fn target(input: &Element) -> Option<Element> {
    dom::by_id(&input.get_attribute("data-filters")?)
}

fn apply(target: &Element, query: &str) -> usize {
    let mut shown = 0;
    for item in dom::within(target, ITEMS) {
        let matches = item.text_content().unwrap_or_default().to_lowercase().contains(query);
        dom::toggle(&item, "hidden", !matches);
        shown += usize::from(matches);
    }
    for group in dom::within(target, "[data-filter-group]") {
        let empty = dom::within(&group, ITEMS).iter().all(|item| item.has_attribute("hidden"));
        dom::toggle(&group, "hidden", empty);
        // What was found is not left folded away.
        for folded in dom::within(&group, "details") {
            dom::toggle(&folded, "open", !empty && !query.is_empty());
        }
    }
    shown
}
