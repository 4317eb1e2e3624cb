//! Deleting with additional consent: type the name, then the button works.

use super::{Alert, Button, ButtonKind, ButtonVariant, Form, FormField, Input, Modal, Severity};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A dialog that deletes only after a word was typed. The word goes along as `confirmation`; the server checks it too.
#[component]
pub fn DeleteModal(
    /// The dialog's id, page-wide unique.
    #[prop(into)]
    id: String,
    /// The heading: "Delete alice?"
    #[prop(into)]
    title: String,
    /// What has to be typed: a name, or `delete`.
    #[prop(into)]
    consent: String,
    /// Where the form is sent.
    #[prop(into)]
    action: String,
    /// Hidden fields that say what is deleted.
    #[prop(optional)]
    hidden: Vec<(String, String)>,
    /// The sentence over the field, when not the usual one.
    #[prop(optional, into)]
    prompt: Attr,
    /// The primary button; "Delete" when left out.
    #[prop(optional, into)]
    submit: Attr,
    /// Shown from the start, as after a refused submission.
    #[prop(optional)]
    open: bool,
    /// What went wrong with the last try.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What will be gone, in the warning.
    children: Children,
) -> impl IntoView {
    let (Attr(prompt), Attr(submit)) = (prompt, submit);
    let form = format!("{id}-form");
    let control = format!("{id}-confirmation");
    let prompt = prompt.unwrap_or_else(|| format!("To confirm this deletion, type {consent} in the text input field."));
    let submit = submit.unwrap_or_else(|| "Delete".to_owned());
    let (cancels, sends) = (id.clone(), form.clone());
    let pattern = escape(&consent);
    let title_of_pattern = format!("Type {consent}");
    view! {
        <Modal
            id
            title
            open
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=cancels testid="cancel">
                        "Cancel"
                    </Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-delete">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action hidden id=form>
                <Alert severity=Severity::Warning>{children()}</Alert>
                <FormField control_id=control label=prompt error>
                    <Input
                        name="confirmation"
                        placeholder=consent.clone()
                        required=true
                        pattern
                        title=title_of_pattern
                        confirm=consent
                        testid="confirmation"
                    />
                </FormField>
            </Form>
        </Modal>
    }
    .into_any()
}

/// Makes a text match itself in HTML's `pattern`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "^$\\.*+?()[]{}|/".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
