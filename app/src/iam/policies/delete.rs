//! Deleting one of the account's own policies.

use leptos::prelude::*;

use super::{PATH, details::PolicyPage, forms, is_own};
use crate::{
    iam::words::count,
    ui::{Alert, Button, ButtonKind, ButtonVariant, DeleteModal, Form, Link, Modal, Severity, SpaceBetween, Text},
};

const DIALOG: &str = "delete-policy";

/// The button that opens the dialog.
pub(super) fn button(view: &PolicyPage) -> Option<AnyView> {
    let text = view.page.label("Delete policy", "Delete").to_owned();
    is_own(&view.arn).then(|| view! { <Button opens=DIALOG testid="delete-policy-button">{text}</Button> }.into_any())
}

/// The dialog; where the list led here for it, it is open. Of AWS's own it says why there is none.
pub(super) fn dialog(view: &PolicyPage) -> Option<AnyView> {
    let begun = view.page.query("action") == "delete";
    if !is_own(&view.arn) {
        return begun.then(|| {
            view! {
                <Alert severity=Severity::Warning header="AWS managed policies cannot be deleted." testid="cannot-delete">
                    "They are the same in every account. Only policies that this account made can be deleted."
                </Alert>
            }
            .into_any()
        });
    }
    let typed_wrong = view.page.field_error(forms::DELETE, "confirmation");
    let open = typed_wrong.is_some() || begun && view.page.outcome_of(forms::DELETE).is_none();
    let mut hidden = view.form(forms::DELETE);
    hidden.extend([
        ("PolicyName".to_owned(), view.name.clone()),
        ("_next".to_owned(), PATH.to_owned()),
        ("_flash".to_owned(), "The policy {PolicyName} has been deleted.".to_owned()),
    ]);
    let action = super::policy_path(&view.arn);
    let (warning, title) = (warning(view), format!("Delete {}?", view.name));
    if view.page.labels_2020() {
        hidden.push(("confirmation".to_owned(), view.name.clone()));
        return Some(plain(open, title, action, hidden, warning));
    }
    let consent = view.name.clone();
    Some(
        view! {
            <DeleteModal id=DIALOG title consent action hidden open error=typed_wrong>
                {warning}
            </DeleteModal>
        }
        .into_any(),
    )
}

/// The dialog of 2020, which asks for nothing to be typed.
fn plain(open: bool, title: String, action: String, hidden: Vec<(String, String)>, warning: AnyView) -> AnyView {
    view! {
        <Modal
            id=DIALOG
            title
            open
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes=DIALOG testid="cancel">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="delete-policy-form" testid="confirm-delete">
                        "Delete"
                    </Button>
                }
            }
        >
            <Form action hidden id="delete-policy-form">
                <Alert severity=Severity::Warning>{warning}</Alert>
            </Form>
        </Modal>
    }
    .into_any()
}

fn warning(view: &PolicyPage) -> AnyView {
    let used = view.policy.as_ref().map_or(0, |policy| {
        usize::try_from(policy.attachment_count + policy.permissions_boundary_usage_count).unwrap_or_default()
    });
    let usage = (used > 0).then(|| {
        let text = format!(
            "It is in use by {}: IAM refuses to delete it before it is detached.",
            count(used, "entity", "entities")
        );
        let href = view.at("policy_usage", "");
        view! { <Text testid="still-used">{text} " " <Link href>"See where"</Link></Text> }
    });
    let text = format!("Delete the policy {} with all its versions? This cannot be undone.", view.name);
    view! { <SpaceBetween><Text>{text}</Text> {usage}</SpaceBetween> }.into_any()
}
