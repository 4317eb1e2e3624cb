//! A field whose value decides what the lists of its form offer: a condition key and the operators for its type.
//!
//! The field's `datalist` says `data-decides`, and of each value it knows by which words it goes (`data-words`). An
//! option with `data-only-for` is offered for the values with that word, and for those that nobody knows.

use super::dom;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

pub(super) fn install() {
    for list in dom::all("datalist[data-decides]") {
        for input in dom::all(&format!("input[list=\"{}\"]", list.id())) {
            offer(&input);
        }
    }
    dom::listen("input", |event| {
        if let Some(input) = dom::closest(event, "input[list]") {
            offer(&input);
        }
    });
}

fn offer(input: &Element) {
    let list = input.get_attribute("list").and_then(|id| dom::by_id(&id));
    let Some(list) = list.filter(|list| list.has_attribute("data-decides")) else { return };
    let Some(form) = input.closest("form").ok().flatten() else { return };
    let typed = input.dyn_ref::<HtmlInputElement>().map(|input| input.value().trim().to_lowercase());
    let typed = typed.unwrap_or_default();
    let known = dom::within(&list, "option").into_iter().find(|option| means(option, &typed));
    let words = known.and_then(|option| option.get_attribute("data-words"));
    for list in dom::within(&form, "select") {
        for option in dom::within(&list, "option[data-only-for]") {
            let wanted = option.get_attribute("data-only-for").unwrap_or_default();
            let offered = words.as_ref().is_none_or(|words| words.split(' ').any(|word| word == wanted));
            dom::toggle(&option, "disabled", !offered);
            dom::toggle(&option, "hidden", !offered);
        }
        choose(&list);
    }
}

/// Whether a value of the list is what was typed; `${TagKey}` stands for any name.
fn means(option: &Element, typed: &str) -> bool {
    let value = option.get_attribute("value").unwrap_or_default().to_lowercase();
    match value.split_once("${") {
        Some((before, _)) => typed.len() > before.len() && typed.starts_with(before),
        None => value == typed,
    }
}

/// What can be chosen no longer is not chosen: the first that can be is.
fn choose(list: &Element) {
    let Some(select) = list.dyn_ref::<HtmlSelectElement>() else { return };
    let value = |option: &Element| option.get_attribute("value").unwrap_or_default();
    let options = dom::within(list, "option[data-only-for]");
    let gone = options.iter().any(|option| option.has_attribute("disabled") && value(option) == select.value());
    if let Some(first) = dom::first(list, "option:not([disabled])").filter(|_| gone) {
        select.set_value(&value(&first));
    }
}
