//! Adding and taking away rows of a tag editor.

use super::dom;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement};

pub(super) fn install() {
    for editor in dom::all("[data-tag-editor]") {
        // Without scripts an empty row takes the next tag; with them there is a button for that.
        for row in rows(&editor) {
            if dom::within(&row, "input")
                .iter()
                .all(|input| input.get_attribute("value").unwrap_or_default().is_empty())
            {
                row.remove();
            }
        }
        refresh(&editor);
    }
    dom::listen("click", |event| {
        let Some(editor) = dom::closest(event, "[data-tag-editor]") else {
            return;
        };
        if dom::closest(event, "[data-adds-tag]").is_some() {
            add(&editor);
        } else if dom::closest(event, "[data-removes-tag]").is_some() {
            if let Some(row) = dom::closest(event, ".tag-editor__row") {
                row.remove();
            }
            if let Some(button) = dom::first(&editor, "[data-adds-tag]") {
                dom::focus(&button);
            }
        } else {
            return;
        }
        refresh(&editor);
    });
}

fn rows(editor: &Element) -> Vec<Element> {
    dom::within(editor, ".tag-editor__rows > .tag-editor__row")
}

/// Copies the template's row under the next free number.
fn add(editor: &Element) {
    let Some(template) = dom::first(editor, "template").and_then(|found| found.dyn_into::<HtmlTemplateElement>().ok())
    else {
        return;
    };
    let Some(list) = dom::first(editor, ".tag-editor__rows") else {
        return;
    };
    let next = rows(editor).iter().filter_map(number).max().unwrap_or(0) + 1;
    let Ok(copy) = template.content().clone_node_with_deep(true) else {
        return;
    };
    if list.append_child(&copy).is_err() {
        return;
    }
    let Some(row) = rows(editor).pop() else {
        return;
    };
    for element in dom::within(&row, "[name], [id], [for]") {
        for attribute in ["name", "id", "for"] {
            if let Some(value) = element.get_attribute(attribute) {
                let numbered = value.replacen(".0.", &format!(".{next}."), 1).replacen("-0-", &format!("-{next}-"), 1);
                dom::set(&element, attribute, &numbered);
            }
        }
    }
    if let Some(key) = dom::first(&row, "input") {
        dom::focus(&key);
    }
}

/// The number in a row's field names: `Tags.member.3.Key`.
fn number(row: &Element) -> Option<u32> {
    dom::first(row, "input")?.get_attribute("name")?.rsplit('.').nth(1)?.parse().ok()
}

fn refresh(editor: &Element) {
    let count = rows(editor).len();
    let limit = editor.get_attribute("data-tag-editor").and_then(|limit| limit.parse::<usize>().ok()).unwrap_or(50);
    let left = limit.saturating_sub(count);
    if let Some(line) = dom::first(editor, ".tag-editor__left") {
        let text = if left == 0 {
            format!("You have reached the limit of {limit} tags.")
        } else {
            format!("You can add up to {left} more tags.")
        };
        line.set_text_content(Some(&text));
    }
    if let Some(empty) = dom::first(editor, ".tag-editor__empty") {
        dom::toggle(&empty, "hidden", count > 0);
    }
    if let Some(button) = dom::first(editor, "[data-adds-tag]") {
        dom::toggle(&button, "disabled", left == 0);
    }
}
