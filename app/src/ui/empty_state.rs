//! What a list shows when it has nothing to show.

use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// Nothing to show: what is missing, a sentence, and the way to change it.
#[component]
pub fn EmptyState(
    /// "No users".
    #[prop(into)]
    title: String,
    /// "No users to display."
    #[prop(optional, into)]
    text: Attr,
    /// The button that makes the first one.
    #[prop(optional, into)]
    action: Slot,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(text), Attr(testid), Slot(action)) = (text, testid, action);
    view! {
        <div class="empty-state" data-testid=testid>
            <div class="empty-state__title">{title}</div>
            {text.map(|text| view! { <p class="empty-state__text">{text}</p> })}
            {action.map(|view| view! { <div class="empty-state__action">{view.run()}</div> })}
        </div>
    }
    .into_any()
}
