//! The turning circle of something under way.

use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A turning circle; it stands still for those who asked for less motion.
#[component]
pub fn Spinner(
    /// What is going on, when no text beside it says so.
    #[prop(optional, into)]
    label: Attr,
) -> impl IntoView {
    let Attr(label) = label;
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! { <span class="spinner" role=role aria-label=label aria-hidden=hidden></span> }
}
