//! Giving a user another name, which the API can and AWS's console cannot.

use leptos::prelude::*;

use super::{details::UserPage, forms};
use crate::{
    iam::{
        paths::user_path,
        words::{NAME_CHARACTERS, plain},
    },
    ui::{Button, ButtonKind, ButtonVariant, Form, FormErrors, FormField, Input, Modal, SpaceBetween, Text},
};

/// Id of the dialog.
pub(super) const ID: &str = "rename-user-dialog";
const FORM: &str = "rename-user-form";

/// The dialog. It opens again with what was typed where the name was refused.
pub(super) fn dialog(view: &UserPage) -> AnyView {
    let error = view.page.error_of(forms::RENAME);
    let fault = error.as_ref().and_then(|error| error.field("newUserName"));
    let message = error.as_ref().filter(|_| fault.is_none()).map(ToString::to_string);
    let fault = fault.map(|fault| plain(&fault, "A user name", NAME_CHARACTERS));
    let value = view.page.typed(forms::RENAME, "NewUserName").unwrap_or_else(|| view.name.clone());
    let opened = error.is_some();
    // The mark is taken away again where the new name needs none.
    let fields = crate::iam::hidden(
        forms::RENAME,
        &[
            ("UserName", &view.name),
            ("_next", "/iam/users/~{NewUserName}"),
            ("_flash", "User {UserName} renamed to {NewUserName}."),
        ],
    );
    let action = user_path(&view.name);
    view! {
        <Modal
            id=ID
            title="Rename user"
            open=opened
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes=ID>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=FORM testid="confirm-rename">"Rename"</Button>
                }
            }
        >
            <Form action hidden=fields id=FORM novalidate=true>
                <SpaceBetween>
                    <FormErrors message />
                    <Text>
                        "Policies, groups, keys and the password stay. The ARN changes: policies that name the user by the old one no longer mean them, and the user signs in under the new name."
                    </Text>
                    <FormField control_id="new-user-name" label="New user name" error=fault testid="new-user-name-field">
                        <Input name="NewUserName" value=value maxlength=64_u32 testid="new-user-name" />
                    </FormField>
                </SpaceBetween>
            </Form>
        </Modal>
    }
    .into_any()
}
