//! Fields of several lines.

use super::{FieldContext, classes, when};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A field of several lines. Inside a [`FormField`](super::FormField) it needs no id.
#[component]
pub fn Textarea(
    /// Form field name.
    #[prop(into)]
    name: String,
    /// What it holds.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// How many lines it shows.
    #[prop(default = 3)]
    rows: u32,
    /// An example, in grey.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Shows the value without letting it be changed.
    #[prop(optional)]
    readonly: bool,
    /// Whether the form asks for it.
    #[prop(optional)]
    required: bool,
    /// Longest value, in characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Monospaced, for JSON and codes.
    #[prop(optional)]
    code: bool,
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
    let (Attr(id), Attr(testid)) = (id, testid);
    let field = use_context::<FieldContext>();
    let id = id.or_else(|| field.as_ref().map(|field| field.control_id.clone()));
    let invalid = field.as_ref().map(|field| field.invalid);
    let described = field.map(|field| field.described_by);
    view! {
        <textarea
            class=classes(["textarea", when(code, "textarea--code")])
            id=id
            name=name
            rows=rows.to_string()
            prop:value=move || value.get().unwrap_or_default()
            placeholder=move || placeholder.get()
            disabled=move || disabled.get()
            readonly=readonly
            required=required
            maxlength=maxlength.map(|length| length.to_string())
            spellcheck=code.then_some("false")
            aria-label=move || label.get()
            aria-invalid=move || invalid.is_some_and(|invalid| invalid.get()).then_some("true")
            aria-describedby=move || described.and_then(|described| described.get())
            data-testid=testid
        >
            {value.get_untracked()}
        </textarea>
    }
}
