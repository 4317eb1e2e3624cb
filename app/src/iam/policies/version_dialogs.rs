//! What is asked before a version becomes the operative one, or is deleted.

use leptos::prelude::*;

use super::{details::PolicyPage, is_own, versions::spoken};
use crate::ui::{Button, ButtonKind, ButtonVariant, Form, Modal, Text};

/// Makes a version the operative one.
pub(super) const SET_DEFAULT: &str = "iam:SetDefaultPolicyVersion";
/// Deletes a version.
pub(super) const DELETE: &str = "iam:DeletePolicyVersion";

/// The dialog that the address asks for, about the version that was chosen.
pub(super) fn dialog(view: &PolicyPage) -> Option<AnyView> {
    let version = view.page.query("VersionId");
    if version.is_empty() || !is_own(&view.arn) || view.page.outcome.is_some() {
        return None;
    }
    let named = spoken(&version);
    let (operation, title, submit, testid, flash, text) = match view.page.query("action").as_str() {
        "set-default" => (
            SET_DEFAULT,
            "Set as default",
            "Set as default",
            "confirm-set-default",
            format!("{named} is now the default version of {}.", view.name),
            format!("{named} of {} takes effect at once for everybody the policy is attached to.", view.name),
        ),
        "delete-version" => (
            DELETE,
            "Delete version",
            "Delete",
            "confirm-delete-version",
            format!("{named} of {} has been deleted.", view.name),
            format!("Delete {named} of {}? This cannot be undone.", view.name),
        ),
        _ => return None,
    };
    let action = view.at("policy_versions", "");
    let mut hidden = view.form(operation);
    hidden.extend([
        ("VersionId".to_owned(), version),
        ("_next".to_owned(), action.clone()),
        ("_flash".to_owned(), flash),
    ]);
    Some(
        view! {
            <Modal
                id="change-version"
                title
                open=true
                footer=move || {
                    view! {
                        <Button variant=ButtonVariant::Link closes="change-version" testid="cancel">"Cancel"</Button>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="change-version-form" testid>
                            {submit}
                        </Button>
                    }
                }
            >
                <Form action hidden id="change-version-form">
                    <Text>{text}</Text>
                </Form>
            </Modal>
        }
        .into_any(),
    )
}
