//! A choice from a list that drops down.

use super::{FieldContext, Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What is shown.
    pub text: String,
    /// Whether it can be chosen.
    pub disabled: bool,
    /// Name of the group it stands in; equal neighbours share one.
    pub group: Option<String>,
    /// The word that another field's value must go by for it to be offered (`ui/behaviour/offers.rs`); it always is, if
    /// absent.
    pub only_for: Option<String>,
}

impl SelectOption {
    /// A choice outside of any group.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }
}

/// A choice from a list that drops down: the browser's own control, with its keyboard and type-ahead.
#[component]
pub fn Select(
    /// Form field name.
    #[prop(into)]
    name: String,
    /// The choices.
    options: Vec<SelectOption>,
    /// The chosen value.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// Shown, and not choosable, while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Attr,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether the form asks for it.
    #[prop(optional)]
    required: bool,
    /// Called with the new value, inside an island.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// The accessible name, where no [`FormField`](super::FormField) gives one.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The element's id; that of the field around it when left out.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(placeholder), Attr(id), Attr(testid)) = (placeholder, id, testid);
    let field = use_context::<FieldContext>();
    let id = id.or_else(|| field.as_ref().map(|field| field.control_id.clone()));
    let invalid = field.as_ref().map(|field| field.invalid);
    let described = field.map(|field| field.described_by);
    let chosen = value.get_untracked();
    let option = move |option: SelectOption| {
        let selected = chosen.as_deref() == Some(option.value.as_str());
        // What another field's value rules out is not even shown.
        let hidden = option.disabled && option.only_for.is_some();
        view! {
            <option
                value=option.value
                disabled=option.disabled
                hidden=hidden
                selected=selected
                data-only-for=option.only_for
            >
                {option.text}
            </option>
        }
    };
    let mut groups: Vec<(Option<String>, Vec<SelectOption>)> = Vec::new();
    for option in options {
        match groups.last_mut() {
            Some((group, members)) if *group == option.group => members.push(option),
            _ => groups.push((option.group.clone(), vec![option])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(group, members)| {
            let members = members.into_iter().map(option.clone()).collect_view();
            match group {
                Some(group) => view! { <optgroup label=group>{members}</optgroup> }.into_any(),
                None => members.into_any(),
            }
        })
        .collect_view();
    let empty = value.get_untracked().is_none_or(|value| value.is_empty());
    view! {
        <div class="select">
            <select
                class="select__control"
                id=id
                name=name
                prop:value=move || value.get()
                disabled=move || disabled.get()
                required=required
                aria-label=move || label.get()
                aria-invalid=move || invalid.is_some_and(|invalid| invalid.get()).then_some("true")
                aria-describedby=move || described.and_then(|described| described.get())
                on:change=move |event| {
                    if let Some(callback) = on_change {
                        callback.run(event_target_value(&event));
                    }
                }
                data-testid=testid
            >
                {placeholder
                    .map(|text| {
                        view! {
                            <option value="" disabled=true selected=empty>
                                {text}
                            </option>
                        }
                    })}
                {groups}
            </select>
            <span class="select__caret"><Icon name=IconName::CaretDownFilled /></span>
        </div>
    }
    .into_any()
}
