//! Copying to the clipboard, also on plain http.

use super::{Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A button that copies a text. [`Behaviours`](super::Behaviours) does the copying, by the clipboard's interface
/// where the page is a secure context and through a hidden text area where it is not.
#[component]
pub fn CopyToClipboard(
    /// What is copied.
    #[prop(into)]
    text: MaybeProp<String>,
    /// The accessible name: "Copy ARN".
    #[prop(into)]
    label: String,
    /// Shown beside the icon; an icon alone when left out.
    #[prop(optional, into)]
    caption: Attr,
    /// What the bubble says afterwards; "Copied" when left out.
    #[prop(optional, into)]
    done: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(caption), Attr(done), Attr(testid)) = (caption, done, testid);
    let class =
        if caption.is_some() { "button button--normal needs-script" } else { "button button--icon needs-script" };
    view! {
        <button
            class=class
            type="button"
            aria-label=label
            data-copy=move || text.get()
            data-copied=done.unwrap_or_else(|| "Copied".to_owned())
            data-testid=testid
        >
            <Icon name=IconName::Copy />
            {caption.map(|caption| view! { <span class="button__text">{caption}</span> })}
        </button>
    }
    .into_any()
}

/// A value with a copy button before it, as in the details of a resource.
#[component]
pub fn CopyText(
    /// What is shown and copied.
    #[prop(into)]
    text: String,
    /// What it is: "ARN", "Account ID".
    #[prop(into)]
    what: String,
    /// Monospaced.
    #[prop(optional)]
    code: bool,
    /// `data-testid` of the value.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let class = if code { "copy-text__value copy-text__value--code" } else { "copy-text__value" };
    view! {
        <span class="copy-text">
            <CopyToClipboard text=text.clone() label=format!("Copy {what}") done=format!("{what} copied") />
            <span class=class data-testid=testid>{text}</span>
        </span>
    }
    .into_any()
}
