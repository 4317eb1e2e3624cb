//! What HTML cannot do alone, for the whole page at once.
//!
//! The listeners stand on the document and look at `data-` attributes, so that they serve what the server rendered
//! and what islands add later. Nothing a page needs depends on them: without scripts, menus, dialogs, help,
//! disclosure, forms and selection are the browser's own.

mod addresses;
mod busy;
mod checks;
mod copy;
mod dialog;
mod dismiss;
mod dom;
mod filter;
mod keyboard;
mod navigation;
mod offers;
mod password;
mod popover;
mod selection;
mod tags;
mod theme;

use leptos::prelude::*;

/// Adds to the page what HTML cannot do alone. One a page, placed by the layouts. When it is done, `<html>` carries
/// `data-hydrated`, for which style sheets and tests wait.
#[island]
pub fn Behaviours() -> impl IntoView {
    Effect::new(|_| install());
    // Where short messages are put for screen readers to say.
    view! { <div class="visually-hidden" role="status" data-announcer="true"></div> }
}

fn install() {
    addresses::install();
    busy::install();
    checks::install();
    copy::install();
    dialog::install();
    dismiss::install();
    filter::install();
    keyboard::install();
    navigation::install();
    offers::install();
    password::install();
    popover::install();
    selection::install();
    tags::install();
    theme::install();
    if let Some(root) = document().document_element() {
        dom::set(&root, "data-hydrated", "true");
    }
}
