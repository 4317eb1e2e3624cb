//! A control with its label, its rules and what is wrong with it.

use super::{Icon, IconName, InfoLink};
use crate::ui::prop::{Attr, Slot};
use leptos::{context::Provider, prelude::*};

/// What a control takes from the [`FormField`] around it.
#[derive(Clone)]
pub struct FieldContext {
    /// The id that the label points to.
    pub control_id: String,
    /// Ids of description, constraint and error, for `aria-describedby`.
    pub described_by: Signal<Option<String>>,
    /// Whether there is an error, for `aria-invalid`.
    pub invalid: Signal<bool>,
    /// The label's id, for groups.
    pub label_id: String,
}

/// A control with its label, its rules and what is wrong with it. The control inside takes its id,
/// `aria-describedby` and `aria-invalid` from here.
#[component]
pub fn FormField(
    /// The id of the control inside, page-wide unique.
    #[prop(into)]
    control_id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Adds "- optional" to the label.
    #[prop(optional)]
    optional: bool,
    /// What the field is for, above the control.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// The rule, below the control.
    #[prop(optional, into)]
    constraint: MaybeProp<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Id of a help topic; shows an Info link beside the label.
    #[prop(optional, into)]
    info: Attr,
    /// The control is a group (radios, tiles, check boxes), which the label names but does not point to.
    #[prop(optional)]
    group: bool,
    /// A button at the right of the control.
    #[prop(optional, into)]
    secondary: Slot,
    /// Lets the control take the whole width.
    #[prop(optional)]
    stretch: bool,
    /// `data-testid` of the field; its error has `<testid>-error`.
    #[prop(optional, into)]
    testid: Attr,
    /// The control.
    children: Children,
) -> impl IntoView {
    let (Attr(info), Attr(testid), Slot(secondary)) = (info, testid, secondary);
    let label_id = format!("{control_id}-label");
    let [description_id, constraint_id, error_id] =
        ["description", "constraint", "error"].map(|part| format!("{control_id}-field-{part}"));
    let described_by = {
        let ids = [error_id.clone(), description_id.clone(), constraint_id.clone()];
        Signal::derive(move || {
            let present = [error.get().is_some(), description.get().is_some(), constraint.get().is_some()];
            let ids: Vec<_> =
                ids.iter().zip(present).filter(|(_, present)| *present).map(|(id, _)| id.as_str()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || error.get().is_some());
    let context = FieldContext { control_id: control_id.clone(), described_by, invalid, label_id: label_id.clone() };
    let about = label.clone();
    let text = view! {
        {label}
        {optional.then(|| view! { <span class="form-field__optional">" - "<em>"optional"</em></span> })}
    };
    let label = if group {
        view! { <span class="form-field__label" id=label_id>{text}</span> }.into_any()
    } else {
        view! { <label class="form-field__label" id=label_id for=control_id>{text}</label> }.into_any()
    };
    let error_testid = testid.as_ref().map(|id| format!("{id}-error"));
    view! {
        <div class="form-field" class:form-field--stretch=stretch class:form-field--invalid=move || invalid.get() data-testid=testid>
            <div class="form-field__heading">
                {label} {info.map(|topic| view! { <InfoLink topic about /> })}
            </div>
            {move || {
                description
                    .get()
                    .map(|text| {
                        view! { <div class="form-field__description" id=description_id.clone()>{text}</div> }
                    })
            }}
            <div class="form-field__controls">
                <div class="form-field__control">
                    <Provider value=context>{children()}</Provider>
                </div>
                {secondary.map(|view| view! { <div class="form-field__secondary">{view.run()}</div> })}
            </div>
            {move || {
                let testid = error_testid.clone();
                error
                    .get()
                    .map(|text| {
                        view! {
                            <div class="form-field__error" id=error_id.clone() data-testid=testid>
                                <Icon name=IconName::StatusWarning label="Error" />
                                <span>{text}</span>
                            </div>
                        }
                    })
            }}
            {move || {
                constraint
                    .get()
                    .map(|text| {
                        view! { <div class="form-field__constraint" id=constraint_id.clone()>{text}</div> }
                    })
            }}
        </div>
    }
    .into_any()
}
