//! A framed part of a page.

use super::{classes, when};
use leptos::{children::ViewFnOnce, prelude::*};

/// A framed part of a page, with a header and perhaps a footer.
#[component]
pub fn Container(
    /// A [`Header`](super::Header) of level 2.
    #[prop(optional, into)]
    header: Option<ViewFnOnce>,
    /// Below a line at the bottom.
    #[prop(optional, into)]
    footer: Option<ViewFnOnce>,
    /// Lets the content touch the frame, for tables.
    #[prop(optional)]
    flush: bool,
    /// Takes the height of its neighbours in a grid.
    #[prop(optional)]
    fit_height: bool,
    /// The element's id.
    #[prop(optional, into)]
    id: Option<String>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Option<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let class = classes([
        "container",
        when(flush, "container--flush"),
        when(fit_height, "container--fit-height"),
    ]);
    view! {
        <section class=class id=id data-testid=testid>
            {header.map(|view| view! { <div class="container__header">{view.run()}</div> })}
            <div class="container__content">{children()}</div>
            {footer.map(|view| view! { <div class="container__footer">{view.run()}</div> })}
        </section>
    }
    .into_any()
}
