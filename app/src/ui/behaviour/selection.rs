//! Choosing rows: all at once, a range with Shift, and what depends on how many are chosen.

use super::dom;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

const ROWS: &str = "[data-selects-row]";

thread_local! {
    /// The row that was chosen last, where a range with Shift begins.
    static LAST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

pub(super) fn install() {
    for table in dom::all(".table") {
        refresh(&table);
    }
    dom::listen("change", |event| {
        let Some(table) = dom::closest(event, ".table") else {
            return;
        };
        if let Some(header) = dom::closest(event, "[data-selects-all]") {
            let on = checked(&header);
            for row in boxes(&table).into_iter().filter(|row| checked(row) != on) {
                dom::click(&row);
            }
        }
        refresh(&table);
    });
    dom::listen("click", |event| {
        let Some(row) = dom::closest(event, ROWS) else {
            return;
        };
        let shift = dom::get(event, "shiftKey").is_some_and(|shift| shift.is_truthy());
        let last = LAST.with(|last| last.replace(Some(row.clone())));
        if let (true, Some(table), Some(last)) = (shift, row.closest(".table").ok().flatten(), last) {
            range(&table, &last, &row);
        }
    });
}

/// Gives every row between two the state of the second.
fn range(table: &Element, from: &Element, to: &Element) {
    let rows = boxes(table);
    let at = |row: &Element| rows.iter().position(|other| other.is_same_node(Some(row)));
    let (Some(first), Some(last)) = (at(from), at(to)) else {
        return;
    };
    let on = checked(to);
    for row in &rows[first.min(last)..=first.max(last)] {
        if checked(row) != on && !row.is_same_node(Some(to)) {
            dom::click(row);
        }
    }
    LAST.with(|last| last.replace(Some(to.clone())));
}

/// The boxes of the rows that are shown and can be chosen.
fn boxes(table: &Element) -> Vec<Element> {
    dom::within(table, &format!("tr:not([hidden]) {ROWS}:not(:disabled)"))
}

fn checked(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked)
}

fn refresh(table: &Element) {
    let Some(id) = dom::first(table, "table").map(|table| table.id()) else {
        return;
    };
    let chosen = dom::within(table, ROWS).iter().filter(|row| checked(row)).count();
    let rows = boxes(table).len();
    if let Some(header) =
        dom::first(table, "[data-selects-all]").and_then(|header| header.dyn_into::<HtmlInputElement>().ok())
    {
        header.set_checked(rows > 0 && chosen >= rows);
        header.set_indeterminate(chosen > 0 && chosen < rows);
    }
    for counter in dom::all(&format!("[data-selection-of=\"{id}\"]")) {
        let all = counter.get_attribute("data-all").unwrap_or_else(|| counter.text_content().unwrap_or_default());
        dom::set(&counter, "data-all", &all);
        let text = if chosen == 0 { all } else { all.replacen('(', &format!("({chosen}/"), 1) };
        counter.set_text_content(Some(&text));
    }
    for button in dom::all(&format!("[data-for-selection=\"{id}\"]")) {
        let usable = if button.has_attribute("data-single") { chosen == 1 } else { chosen > 0 };
        dom::toggle(&button, "disabled", !usable);
    }
}
