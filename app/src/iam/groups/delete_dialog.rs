//! The dialog that deletes groups: today with a name to type, in 2020 with one button.

use leptos::prelude::*;

use super::{PATH, forms};
use crate::{
    PageContext,
    iam::hidden,
    ui::{Alert, BulletList, Button, ButtonKind, ButtonVariant, DeleteModal, Form, Modal, Severity, Text},
};

/// Id of the dialog.
pub(super) const ID: &str = "delete-groups";
const FORM: &str = "delete-groups-form";

/// The dialog for these groups.
pub(super) fn of(page: &PageContext, names: &[String], open: bool) -> AnyView {
    let mut fields = hidden(forms::DELETE, &[]);
    fields.extend(names.iter().map(|name| ("GroupName".to_owned(), name.clone())));
    let gone = if names.len() == 1 {
        "The group's members lose the permissions that the group gives them, and its inline policies are deleted. The users stay. This cannot be undone."
    } else {
        "The groups' members lose the permissions that the groups give them, and their inline policies are deleted. The users stay. This cannot be undone."
    };
    let lines = names.to_vec();
    let consent = forms::consent(names);
    if page.labels_2020() {
        fields.push(("confirmation".into(), consent));
        let title = if names.len() == 1 { "Delete Group" } else { "Delete Groups" };
        return view! {
            <Modal
                id=ID
                title
                open
                footer=|| {
                    view! {
                        <Button variant=ButtonVariant::Link closes=ID testid="cancel">"Cancel"</Button>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=FORM testid="confirm-delete">
                            "Yes, Delete"
                        </Button>
                    }
                }
            >
                <Form action=PATH hidden=fields id=FORM>
                    <Alert severity=Severity::Warning>
                        <Text>{gone}</Text>
                        <BulletList items=lines testid="groups-to-delete" />
                    </Alert>
                </Form>
            </Modal>
        }
        .into_any();
    }
    let title = match names {
        [one] => format!("Delete {one}?"),
        many => format!("Delete {} user groups?", many.len()),
    };
    view! {
        <DeleteModal id=ID title consent action=PATH hidden=fields open>
            <Text>{gone}</Text>
            <BulletList items=lines testid="groups-to-delete" />
        </DeleteModal>
    }
    .into_any()
}
