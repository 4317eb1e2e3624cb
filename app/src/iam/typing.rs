//! Hearing what is typed into a field of an island.

use leptos::prelude::*;

/// Calls `heard` with the value of the field inside whenever it changes. The event bubbles up to here: the field
/// itself has as many attributes as the framework lets an element have.
#[component]
pub(super) fn Typing(
    /// Hears the new value.
    #[prop(into)]
    heard: Callback<String>,
    /// The field.
    children: Children,
) -> impl IntoView {
    view! { <div on:input=move |event| heard.run(event_target_value(&event))>{children()}</div> }
}
