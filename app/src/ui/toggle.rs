//! A switch.

use super::{FieldContext, checkbox::describe};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A switch: a checkbox that reads as on or off.
#[component]
pub fn Toggle(
    /// The element's id, page-wide unique.
    #[prop(into)]
    id: String,
    /// Form field name.
    #[prop(optional, into)]
    name: Attr,
    /// Whether it is on.
    #[prop(optional, into)]
    checked: Signal<bool>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// A line below the label.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// Called with the new state, inside an island.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The label.
    children: Children,
) -> impl IntoView {
    let (Attr(name), Attr(testid)) = (name, testid);
    let described = describe(&id, description, use_context::<FieldContext>());
    let description_id = format!("{id}-description");
    view! {
        <div class="toggle">
            <input
                class="toggle__control"
                type="checkbox"
                role="switch"
                id=id.clone()
                name=name
                value="true"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                aria-describedby=described
                on:change=move |event| {
                    if let Some(callback) = on_change {
                        callback.run(event_target_checked(&event));
                    }
                }
                data-testid=testid
            />
            <div class="toggle__text">
                <label class="toggle__label" for=id>{children()}</label>
                {move || {
                    description
                        .get()
                        .map(|text| {
                            view! { <div class="toggle__description" id=description_id.clone()>{text}</div> }
                        })
                }}
            </div>
        </div>
    }
    .into_any()
}
