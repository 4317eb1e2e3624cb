//! A box to tick.

use super::FieldContext;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A box to tick, with its label at the right.
#[component]
pub fn Checkbox(
    /// The element's id, page-wide unique.
    #[prop(into)]
    id: String,
    /// Form field name.
    #[prop(optional, into)]
    name: Attr,
    /// Form field value when ticked; `true` when left out.
    #[prop(optional, into)]
    value: Attr,
    /// Whether it is ticked.
    #[prop(optional, into)]
    checked: Signal<bool>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether the form asks for it.
    #[prop(optional)]
    required: bool,
    /// A line below the label.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// Called with the new state, inside an island.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// Id of the form it belongs to, when it stands outside of it.
    #[prop(optional, into)]
    form: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The label.
    children: Children,
) -> impl IntoView {
    let (Attr(name), Attr(value), Attr(form), Attr(testid)) = (name, value, form, testid);
    let field = use_context::<FieldContext>();
    let described = describe(&id, description, field);
    let description_id = format!("{id}-description");
    view! {
        <div class="checkbox">
            <input
                class="checkbox__control"
                type="checkbox"
                id=id.clone()
                name=name
                value=value.unwrap_or_else(|| "true".to_owned())
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                required=required
                form=form
                aria-describedby=described
                on:change=move |event| {
                    if let Some(callback) = on_change {
                        callback.run(event_target_checked(&event));
                    }
                }
                data-testid=testid
            />
            <div class="checkbox__text">
                <label class="checkbox__label" for=id>{children()}</label>
                {move || {
                    description
                        .get()
                        .map(|text| {
                            view! { <div class="checkbox__description" id=description_id.clone()>{text}</div> }
                        })
                }}
            </div>
        </div>
    }
    .into_any()
}

/// The ids that describe a control: its own description, then those of the field around it.
pub(super) fn describe(
    id: &str,
    description: MaybeProp<String>,
    field: Option<FieldContext>,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + 'static {
    let own = format!("{id}-description");
    move || {
        let around = field.as_ref().and_then(|field| field.described_by.get());
        match (description.get().is_some(), around) {
            (true, Some(around)) => Some(format!("{own} {around}")),
            (true, None) => Some(own.clone()),
            (false, around) => around,
        }
    }
}
