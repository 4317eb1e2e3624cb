//! A framed part of a page.

use super::{classes, when};
use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// A framed part of a page, with a header and perhaps a footer.
#[component]
pub fn Container(
    /// A [`Header`](super::Header) of level 2.
    #[prop(optional, into)]
    header: Slot,
    /// Below a line at the bottom.
    #[prop(optional, into)]
    footer: Slot,
    /// Lets the content touch the frame, for tables.
    #[prop(optional)]
    flush: bool,
    /// Takes the height of its neighbours in a grid.
    #[prop(optional)]
    fit_height: bool,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The content.
    children: Children,
) -> impl IntoView {
    let (Attr(id), Attr(testid), Slot(header), Slot(footer)) = (id, testid, header, footer);
    let class = classes(["container", when(flush, "container--flush"), when(fit_height, "container--fit-height")]);
    view! {
        <section class=class id=id data-testid=testid>
            {header.map(|view| view! { <div class="container__header">{view.run()}</div> })}
            <div class="container__content">{children()}</div>
            {footer.map(|view| view! { <div class="container__footer">{view.run()}</div> })}
        </section>
    }
    .into_any()
}
