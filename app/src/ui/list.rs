//! A plain bulleted list.

use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A plain bulleted list.
#[component]
pub fn BulletList(
    /// One line each.
    items: Vec<String>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    view! {
        <ul class="list" data-testid=testid>
            {items.into_iter().map(|item| view! { <li class="list__item">{item}</li> }).collect_view()}
        </ul>
    }
}
