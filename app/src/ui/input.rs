//! One-line fields.

use super::{FieldContext, classes};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A one-line field. Inside a [`FormField`](super::FormField) it needs no id.
#[component]
pub fn Input(
    /// Form field name.
    #[prop(into)]
    name: String,
    /// `text` when left out; `email`, `number`, `password`, `tel`, `search`, `url`, `date`.
    #[prop(optional, into)]
    kind: Attr,
    /// What it holds.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// An example, in grey; never the label.
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
    /// The browser's own check: a regular expression over the whole value.
    #[prop(optional, into)]
    pattern: Attr,
    /// What the browser says about `pattern`.
    #[prop(optional, into)]
    title: Attr,
    /// Longest value, in characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Smallest number.
    #[prop(optional, into)]
    min: Attr,
    /// Largest number.
    #[prop(optional, into)]
    max: Attr,
    /// What a password manager may fill in (HTML's `autocomplete` tokens).
    #[prop(optional, into)]
    autocomplete: Attr,
    /// Which keyboard a phone shows: `numeric`, `email`.
    #[prop(optional, into)]
    inputmode: Attr,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Monospaced, for codes and keys.
    #[prop(optional)]
    code: bool,
    /// The accessible name, where no [`FormField`](super::FormField) gives one.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The value the form's button waits for; see [`DeleteModal`](super::DeleteModal).
    #[prop(optional, into)]
    confirm: Attr,
    /// Id of the form it belongs to, when it stands outside of it.
    #[prop(optional, into)]
    form: Attr,
    /// Id of a `datalist` with what may be meant.
    #[prop(optional, into)]
    list: Attr,
    /// The element's id; that of the field around it when left out.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (
        Attr(kind),
        Attr(pattern),
        Attr(title),
        Attr(min),
        Attr(max),
        Attr(autocomplete),
        Attr(inputmode),
        Attr(confirm),
        Attr(form),
        Attr(list),
        Attr(id),
        Attr(testid),
    ) = (kind, pattern, title, min, max, autocomplete, inputmode, confirm, form, list, id, testid);
    let field = use_context::<FieldContext>();
    let id = id.or_else(|| field.as_ref().map(|field| field.control_id.clone()));
    let invalid = field.as_ref().map(|field| field.invalid);
    let described = field.map(|field| field.described_by);
    let kind = kind.unwrap_or_else(|| "text".to_owned());
    let plain = matches!(kind.as_str(), "text" | "email" | "password" | "search" | "tel");
    view! {
        <input
            class=classes(["input", super::when(code, "input--code")])
            type=kind
            id=id
            name=name
            value=value.get_untracked()
            prop:value=move || value.get().unwrap_or_default()
            placeholder=move || placeholder.get()
            disabled=move || disabled.get()
            readonly=readonly
            required=required
            pattern=pattern
            title=title
            maxlength=maxlength.map(|length| length.to_string())
            min=min
            max=max
            autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
            autocapitalize=plain.then_some("none")
            spellcheck=plain.then_some("false")
            inputmode=inputmode
            autofocus=autofocus
            form=form
            list=list
            aria-label=move || label.get()
            aria-invalid=move || invalid.is_some_and(|invalid| invalid.get()).then_some("true")
            aria-describedby=move || described.and_then(|described| described.get())
            data-confirm=confirm
            data-testid=testid
        />
    }
}

/// A password, with "Show password" below it (needs scripts).
#[component]
pub fn PasswordInput(
    /// Form field name.
    #[prop(into)]
    name: String,
    /// `current-password` or `new-password`.
    #[prop(into)]
    autocomplete: String,
    /// The element's id, page-wide unique; also that of the field around it.
    #[prop(into)]
    id: String,
    /// Whether the form asks for it.
    #[prop(optional)]
    required: bool,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it holds; only ever used inside an island, a page never sends a password back.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Leaves out "Show password".
    #[prop(optional)]
    bare: bool,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let toggle = format!("{id}-show");
    let target = id.clone();
    view! {
        <div class="password">
            <Input name kind="password" id autocomplete required disabled value autofocus testid=testid />
            {(!bare)
                .then(|| {
                    view! {
                        <div class="password__toggle checkbox needs-script">
                            <input
                                class="checkbox__control"
                                type="checkbox"
                                id=toggle.clone()
                                data-shows-password=target
                                disabled=move || disabled.get()
                            />
                            <label class="checkbox__label" for=toggle>"Show password"</label>
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}
