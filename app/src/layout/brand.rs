//! Our own name and mark: a curtain drawn into a U.

use leptos::prelude::*;

/// The product's name.
pub const NAME: &str = "Understudy";

/// The mark, with the name beside it.
#[component]
pub fn Logo(
    /// The mark alone.
    #[prop(optional)]
    mark: bool,
) -> impl IntoView {
    view! {
        <span class="logo">
            <svg class="logo__mark" viewBox="0 0 32 32" focusable="false" aria-hidden="true">
                <path class="logo__ground" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Z"></path>
                <path class="logo__fold" d="M6 6h7v11a3 3 0 0 0 6 0V6h7v11a10 10 0 0 1-20 0Z"></path>
                <path class="logo__shade" d="M8.3 6v11.5M10.7 6v11.5M21.3 6v11.5M23.7 6v11.5"></path>
            </svg>
            {(!mark).then(|| view! { <span class="logo__name">{NAME}</span> })}
        </span>
    }
}
