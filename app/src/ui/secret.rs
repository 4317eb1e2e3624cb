//! Values that are hidden until asked for.

use super::CopyToClipboard;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A hidden value with Show and Hide: the browser's own `details`, so it needs no script.
#[component]
pub fn Secret(
    /// The value.
    #[prop(into)]
    value: String,
    /// What it is: "Secret access key", "Password".
    #[prop(into)]
    what: String,
    /// Adds a copy button.
    #[prop(optional)]
    copy: bool,
    /// `data-testid` of the value.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let show = format!("Show {what}");
    let hide = format!("Hide {what}");
    view! {
        <span class="secret">
            <details class="secret__details">
                <summary class="secret__toggle">
                    <span class="secret__mask" aria-hidden="true">"••••••••••"</span>
                    <span class="secret__show"><span aria-hidden="true">"Show"</span><span class="visually-hidden">{show}</span></span>
                    <span class="secret__hide"><span aria-hidden="true">"Hide"</span><span class="visually-hidden">{hide}</span></span>
                </summary>
                <code class="secret__value" data-testid=testid>{value.clone()}</code>
            </details>
            {copy
                .then(|| {
                    view! { <CopyToClipboard text=value label=format!("Copy {what}") done=format!("{what} copied") /> }
                })}
        </span>
    }
    .into_any()
}
