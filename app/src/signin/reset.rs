//! The page between a first sign-in and the console: choose a password of your own.

use leptos::prelude::*;
use model::ApiError;

use super::parts::operation_field;
use crate::{
    CallError,
    context::PageContext,
    frame::SignInFrame,
    ui::{Alert, Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link, PasswordInput, Severity},
};

const CHANGE: &str = "iam:ChangePassword";
/// AWS's one sentence for two causes; ours follow below it.
const REFUSED: &str = "Either user is not authorized to perform iam:ChangePassword or entered password does not comply with account password policy set by administrator";

/// `/signin/password`.
#[component]
pub fn ForcedReset() -> impl IntoView {
    let page = PageContext::current();
    let viewer = page.viewer();
    let hidden = vec![
        operation_field(CHANGE),
        ("_confirm_of".to_owned(), "NewPassword".to_owned()),
        ("_next".to_owned(), "/console/home".to_owned()),
    ];
    let mismatch = page.field_error(CHANGE, "confirm");
    let account = viewer.alias.clone().unwrap_or_else(|| viewer.account_id.clone());
    view! {
        <SignInFrame title="Change your password">
            <h1>"You must change your password to continue"</h1>
            {page.error_of(CHANGE).map(|error| view! { <Refusal error /> })}
            <Form action="/signin/password" hidden>
                <FormField control_id="account" label="AWS account" stretch=true>
                    <Input id="account" name="_account" value=account readonly=true testid="account" />
                </FormField>
                <FormField control_id="username" label="IAM user name" stretch=true>
                    <Input id="username" name="_user" value=viewer.user_name.clone() readonly=true autocomplete="username" testid="username" />
                </FormField>
                <FormField control_id="old-password" label="Old password" error=page.field_error(CHANGE, "oldPassword") stretch=true>
                    <PasswordInput id="old-password" name="OldPassword" autocomplete="current-password" autofocus=true bare=true testid="old-password" />
                </FormField>
                <FormField control_id="new-password" label="New password" error=page.field_error(CHANGE, "newPassword") stretch=true>
                    <PasswordInput id="new-password" name="NewPassword" autocomplete="new-password" bare=true testid="new-password" />
                </FormField>
                <FormField control_id="confirm-password" label="Retype new password" error=mismatch stretch=true>
                    <PasswordInput id="confirm-password" name="_confirm" autocomplete="new-password" bare=true testid="confirm-password" />
                </FormField>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="confirm-change">"Confirm password change"</Button>
            </Form>
            <p class="signin__links">
                <Link href="/signin?other=1" id="root_account_signin">"Sign in using root user email"</Link>
            </p>
        </SignInFrame>
    }
}

#[component]
fn Refusal(error: CallError) -> impl IntoView {
    let (text, causes) = match &error {
        CallError::Api(ApiError::AccessDenied { .. }) => {
            (REFUSED.to_owned(), vec![format!("The first is the cause here. {error}")])
        }
        CallError::Api(ApiError::PasswordPolicyViolation { rules, .. }) => {
            let mut causes = vec!["The second is the cause here:".to_owned()];
            causes.extend(rules.iter().cloned());
            (REFUSED.to_owned(), causes)
        }
        CallError::Api(ApiError::Validation { fields })
            if fields.iter().all(|fault| fault.field != "newPassword" && fault.field != "oldPassword") =>
        {
            ("The passwords are not the same.".to_owned(), Vec::new())
        }
        CallError::Api(ApiError::Validation { .. }) => ("Fill in both passwords.".to_owned(), Vec::new()),
        other => (other.to_string(), Vec::new()),
    };
    view! {
        <div id="main_message" data-testid="main_message">
            <Alert severity=Severity::Error header="There was an error">
                <p>{text}</p>
                {(!causes.is_empty())
                    .then(|| view! {
                        <ul class="list" data-testid="causes">{causes.into_iter().map(|cause| view! { <li>{cause}</li> }).collect_view()}</ul>
                    })}
            </Alert>
        </div>
    }
}
