//! One choice among few, all in sight.

use super::FieldContext;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RadioOption {
    /// What the form sends.
    pub value: String,
    /// The label.
    pub text: String,
    /// A line below the label.
    pub description: Option<String>,
    /// Whether it can be chosen.
    pub disabled: bool,
}

impl RadioOption {
    /// A choice without description.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }

    /// Adds a line below the label.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}

/// One choice among few. Its [`FormField`](super::FormField) takes `group=true`.
#[component]
pub fn RadioGroup(
    /// Form field name; the ids are `<name>-<value>`.
    #[prop(into)]
    name: String,
    /// The choices.
    options: Vec<RadioOption>,
    /// The chosen value.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// Whether the form asks for it.
    #[prop(optional)]
    required: bool,
    /// Side by side instead of one below the other.
    #[prop(optional)]
    horizontal: bool,
    /// Called with the new value, inside an island.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// The accessible name, where no [`FormField`](super::FormField) gives one.
    #[prop(optional, into)]
    label: Attr,
    /// `data-testid`; each choice has `<testid>-<value>`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(label), Attr(testid)) = (label, testid);
    let field = use_context::<FieldContext>();
    let labelled_by = field.as_ref().map(|field| field.label_id.clone()).filter(|_| label.is_none());
    let described = field.map(|field| field.described_by);
    let class = if horizontal { "radio-group radio-group--horizontal" } else { "radio-group" };
    let options = options
        .into_iter()
        .map(|option| {
            let id = super::slug(&format!("{name}-{}", option.value));
            let description_id = format!("{id}-description");
            let describes = option.description.is_some().then(|| description_id.clone());
            let is = option.value.clone();
            let chosen = Signal::derive(move || value.get().as_deref() == Some(is.as_str()));
            let testid = testid.as_ref().map(|testid| format!("{testid}-{}", option.value));
            let sends = option.value.clone();
            view! {
                <div class="radio-group__option">
                    <input
                        class="radio-group__control"
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        checked=chosen.get_untracked()
                        prop:checked=move || chosen.get()
                        disabled=option.disabled
                        required=required
                        aria-describedby=describes
                        on:change=move |_| {
                            if let Some(callback) = on_change {
                                callback.run(sends.clone());
                            }
                        }
                        data-testid=testid
                    />
                    <div class="radio-group__text">
                        <label class="radio-group__label" for=id>{option.text}</label>
                        {option
                            .description
                            .map(|text| {
                                view! { <div class="radio-group__description" id=description_id>{text}</div> }
                            })}
                    </div>
                </div>
            }
        })
        .collect_view();
    view! {
        <div
            class=class
            role="radiogroup"
            aria-label=label
            aria-labelledby=labelled_by
            aria-describedby=move || described.and_then(|described| described.get())
            data-testid=testid
        >
            {options}
        </div>
    }
    .into_any()
}
