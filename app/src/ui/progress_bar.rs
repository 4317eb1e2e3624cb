//! How much of something there is.

use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A bar between nothing and all: the browser's own `progress`.
#[component]
pub fn ProgressBar(
    /// What is measured.
    #[prop(into)]
    label: String,
    /// From 0 to 100.
    #[prop(into)]
    value: Signal<u8>,
    /// The value in words: "12 of 50 used"; the percentage when left out.
    #[prop(optional, into)]
    text: MaybeProp<String>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let spoken = label.clone();
    view! {
        <div class="progress-bar" data-testid=testid>
            <div class="progress-bar__label">{label}</div>
            <div class="progress-bar__row">
                <progress class="progress-bar__bar" max="100" prop:value=move || f64::from(value.get()) value=move || value.get().to_string() aria-label=spoken></progress>
                <span class="progress-bar__value">{move || text.get().unwrap_or_else(|| format!("{}%", value.get()))}</span>
            </div>
        </div>
    }
    .into_any()
}
