//! Arrow keys in menus and tabs, and the way to the search box.

use super::{dom, popover};
use leptos::{ev::KeyboardEvent, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

pub(super) fn install() {
    // From here on the arrow keys move between tabs, so only the current one is a stop of the Tab key.
    for tab in dom::all("[role=tab]") {
        let current = tab.get_attribute("aria-selected").as_deref() == Some("true");
        dom::set(&tab, "tabindex", if current { "0" } else { "-1" });
    }
    dom::listen("keydown", |event| {
        let Some(keys) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if keys.alt_key() && keys.code() == "KeyS" {
            if let Some(search) = dom::all("[data-search-shortcut]").first() {
                event.prevent_default();
                dom::focus(search);
            }
            return;
        }
        if keys.alt_key() || keys.ctrl_key() || keys.meta_key() {
            return;
        }
        let key = keys.key();
        if let Some(tab) = dom::closest(event, "[role=tab]") {
            tabs(event, &tab, &key);
        } else if let Some(menu) = dom::closest(event, "[role=menu], [data-menu]") {
            menus(event, &menu, &key);
        } else if let Some(button) = dom::closest(event, "[aria-haspopup][popovertarget]") {
            open(event, &button, &key);
        }
    });
}

fn tabs(event: &Event, tab: &Element, key: &str) {
    let Ok(Some(list)) = tab.closest("[role=tablist]") else {
        return;
    };
    let tabs = dom::within(&list, "[role=tab]");
    let key = match key {
        "ArrowRight" | "PageDown" => "ArrowDown",
        "ArrowLeft" | "PageUp" => "ArrowUp",
        "Home" | "End" => key,
        // A link opens by Enter; a tab also by Space.
        " " => {
            event.prevent_default();
            return dom::click(tab);
        }
        _ => return,
    };
    if let Some(next) = step(&tabs, tab, key) {
        event.prevent_default();
        dom::focus(&next);
    }
}

fn menus(event: &Event, menu: &Element, key: &str) {
    let Some(active) = document().active_element() else {
        return;
    };
    let writing = active.tag_name() == "INPUT";
    let items = popover::items(menu);
    let next = match key {
        "ArrowDown" | "ArrowUp" => step(&items, &active, key),
        "Home" | "End" if !writing => step(&items, &active, key),
        " " if active.tag_name() == "A" => {
            event.prevent_default();
            return dom::click(&active);
        }
        "Tab" if menu.get_attribute("role").as_deref() == Some("menu") => {
            dom::invoke(menu, "hidePopover", &[]);
            return;
        }
        letter if !writing && letter.chars().count() == 1 => starting_with(&items, &active, letter),
        _ => None,
    };
    if let Some(next) = next {
        event.prevent_default();
        dom::focus(&next);
    }
}

fn open(event: &Event, button: &Element, key: &str) {
    let last = match key {
        "ArrowDown" => false,
        "ArrowUp" => true,
        _ => return,
    };
    let Some(menu) = button.get_attribute("popovertarget").and_then(|id| dom::by_id(&id)) else {
        return;
    };
    event.prevent_default();
    if !dom::is_open(&menu) {
        dom::click(button);
    }
    let items = popover::items(&menu);
    if let Some(item) = if last { items.last() } else { items.first() } {
        dom::focus(item);
    }
}

/// The item to go to: the next, the one before, the first, the last; around the corner at the ends.
fn step(items: &[Element], from: &Element, key: &str) -> Option<Element> {
    let count = items.len();
    let at = items.iter().position(|item| item.is_same_node(Some(from)));
    let next = match (key, at) {
        ("Home", _) => 0,
        ("End", _) => count.checked_sub(1)?,
        ("ArrowDown", Some(at)) => (at + 1) % count,
        ("ArrowUp", Some(at)) => (at + count - 1) % count,
        ("ArrowDown", None) => 0,
        _ => count.checked_sub(1)?,
    };
    items.get(next).cloned()
}

fn starting_with(items: &[Element], from: &Element, letter: &str) -> Option<Element> {
    let at = items.iter().position(|item| item.is_same_node(Some(from))).map_or(0, |at| at + 1);
    let letter = letter.to_lowercase();
    items
        .iter()
        .cycle()
        .skip(at)
        .take(items.len())
        .find(|item| item.text_content().unwrap_or_default().trim().to_lowercase().starts_with(&letter))
        .cloned()
}
