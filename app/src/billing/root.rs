//! The account page's first card, for root: the account's name, and root's own address and password, each changed in
//! a form of its own with the password typed anew (Lab 16).

use leptos::prelude::*;
use model::ApiError;

use super::hidden;
use crate::{
    CallError, PageContext,
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Container, Direction, Form, FormActions, FormField,
        Header, HeaderLevel, Input, KeyValue, KeyValuePairs, Link, PasswordInput, Severity, SpaceBetween, Text,
    },
};

const PATH: &str = "/billing/account";
const NAME: &str = "account:PutAccountName";
const EMAIL: &str = "account:StartPrimaryEmailUpdate";
const CODE: &str = "account:AcceptPrimaryEmailUpdate";
const PASSWORD: &str = "account:ChangeRootPassword";

/// What can be edited: the query's word, the form's operation.
const PARTS: [(&str, &str); 4] = [("name", NAME), ("email", EMAIL), ("code", CODE), ("password", PASSWORD)];

/// The facts with a way to change each, and the form that was asked for or refused.
pub(super) fn settings(page: &PageContext) -> AnyView {
    let viewer = page.viewer();
    let heading = page.label("Account Settings", "Account details").to_owned();
    let facts = vec![
        KeyValue::copy("Account ID", viewer.account_id.clone()),
        KeyValue::text(page.label("Account Name", "Account name"), viewer.account_name.clone()),
        KeyValue::text(page.label("Email", "Root user email address"), viewer.email.clone()),
        KeyValue::text("Password", "********"),
        KeyValue::text("Account alias", viewer.alias.clone().unwrap_or_default()),
    ];
    let asked = page.query("edit");
    let part = PARTS
        .iter()
        .find(|(_, operation)| page.error_of(operation).is_some())
        .or_else(|| PARTS.iter().find(|(word, _)| *word == asked))
        .map(|(word, _)| *word);
    let form = match part {
        Some("name") => Some(name(page)),
        Some("email") => Some(email(page)),
        Some("code") => Some(code(page)),
        Some("password") => Some(password(page)),
        _ => None,
    };
    let edit = |word: &str, text: &str| {
        let (href, testid, text) = (format!("{PATH}?edit={word}"), format!("edit-account-{word}"), text.to_owned());
        view! { <Button href testid>{text}</Button> }.into_any()
    };
    let buttons = [
        edit("name", page.label("Edit name", "Edit account name")),
        edit("email", page.label("Edit email", "Edit email address")),
        edit("password", page.label("Edit password", "Change password")),
    ]
    .into_iter()
    .collect_view();
    let buttons = view! {
        <SpaceBetween direction=Direction::Horizontal>
            {buttons}
        </SpaceBetween>
    };
    view! {
        <Container header=|| view! { <Header title=heading /> } testid="account-settings">
            <SpaceBetween>
                <KeyValuePairs items=facts />
                {buttons}
            </SpaceBetween>
        </Container>
        {form}
    }
    .into_any()
}

/// One form in a card: its heading, why it was refused, its fields.
fn card(
    page: &PageContext,
    title: &str,
    operation: &'static str,
    fields: Vec<(String, String)>,
    inner: AnyView,
) -> AnyView {
    let title = title.to_owned();
    let refused = page.error_of(operation).and_then(refusal);
    view! {
        <Container header=|| view! { <Header title level=HeaderLevel::H2 /> } testid="account-form">
            <Form action=PATH hidden=fields novalidate=true>
                <SpaceBetween>
                    {refused}
                    {inner}
                    <FormActions>
                        <Button href=PATH variant=ButtonVariant::Link testid="cancel-account-form">"Cancel"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-account-form">"Save changes"</Button>
                    </FormActions>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}

/// What belongs to no field; every broken rule of a password by name. Who came too often is told when to come back.
fn refusal(error: CallError) -> Option<AnyView> {
    let again = match &error {
        CallError::Api(ApiError::Throttling) => Some("Wait a minute, then try again."),
        CallError::Api(ApiError::LimitExceeded { .. }) => {
            Some("No more codes can be sent to new addresses today. Try again tomorrow (UTC).")
        }
        _ => None,
    };
    let (text, rules) = match error {
        CallError::Api(ApiError::Validation { .. }) => return None,
        CallError::Api(ApiError::PasswordPolicyViolation { rules, .. }) => {
            ("The new password does not keep these rules:".to_owned(), rules)
        }
        other => (other.to_string(), Vec::new()),
    };
    let rules = (!rules.is_empty()).then(|| view! { <BulletList items=rules testid="broken-rules" /> });
    Some(
        view! { <Alert severity=Severity::Error header=text testid="account-problem">{again}{rules}</Alert> }
            .into_any(),
    )
}

/// What is wrong with a field, in words for people.
fn fault(page: &PageContext, operation: &str, field: &str, missing: &str) -> Option<String> {
    let constraint = page.field_error(operation, field)?;
    Some(if constraint.starts_with("Member must") { missing.to_owned() } else { constraint })
}

fn current_password(page: &PageContext, operation: &'static str) -> AnyView {
    let error = fault(page, operation, "currentPassword", "Enter your current password");
    view! {
        <FormField control_id="current-password" label="Current password" error testid="current-password-field">
            <PasswordInput id="current-password" name="CurrentPassword" autocomplete="current-password" bare=true testid="current-password" />
        </FormField>
    }
    .into_any()
}

fn name(page: &PageContext) -> AnyView {
    let value = page.typed(NAME, "AccountName").unwrap_or_else(|| page.viewer().account_name);
    let error = fault(page, NAME, "accountName", "Enter a name of at most 50 printable characters other than < and >");
    let fields = hidden(NAME, &[("_next", PATH), ("_flash", "The account's name was changed.")]);
    let inner = view! {
        <FormField control_id="account-name" label="New account name" error testid="account-name-field">
            <Input id="account-name" name="AccountName" value testid="account-name" />
        </FormField>
        {current_password(page, NAME)}
    };
    card(page, "Update your account name", NAME, fields, inner.into_any())
}

fn email(page: &PageContext) -> AnyView {
    let value = page.typed(EMAIL, "PrimaryEmail");
    let error = fault(page, EMAIL, "primaryEmail", "Enter an email address such as robin.sample@example.com");
    let fields = hidden(
        EMAIL,
        &[
            ("_next", "/billing/account?edit=code"),
            ("_flash", "We sent a code to {PrimaryEmail}, unless that address belongs to another account."),
        ],
    );
    let inner = view! {
        <Text>"The address is changed when a code that we send there comes back. The address so far is told of it."</Text>
        <FormField control_id="new-email" label="New email address" error testid="new-email-field">
            <Input id="new-email" name="PrimaryEmail" kind="email" autocomplete="email" value testid="new-email" />
        </FormField>
        {current_password(page, EMAIL)}
    };
    card(page, "Update your email address", EMAIL, fields, inner.into_any())
}

fn code(page: &PageContext) -> AnyView {
    let error = fault(page, CODE, "otp", "Enter the code from the mail");
    let fields = hidden(
        CODE,
        &[("_next", PATH), ("_flash", "Your email address was changed. Sign in with the new one from now on.")],
    );
    let inner = view! {
        <FormField
            control_id="email-code"
            label="Verification code"
            constraint="Six digits from the mail to the new address, good for ten minutes."
            error
            testid="email-code-field"
        >
            <Input id="email-code" name="Otp" inputmode="numeric" autocomplete="one-time-code" maxlength=16_u32 autofocus=true testid="email-code" />
        </FormField>
        <Text><Link href="/billing/account?edit=email" testid="another-address">"Send another code, or use another address"</Link></Text>
    };
    card(page, "Confirm your new email address", CODE, fields, inner.into_any())
}

fn password(page: &PageContext) -> AnyView {
    let new = fault(page, PASSWORD, "newPassword", "Enter a new password");
    let again = page.field_error(PASSWORD, "confirm");
    let fields = hidden(
        PASSWORD,
        &[
            ("_confirm_of", "NewPassword"),
            ("_next", PATH),
            ("_flash", "Your password was changed. Your other sessions have ended."),
        ],
    );
    let inner = view! {
        {current_password(page, PASSWORD)}
        <FormField
            control_id="new-password"
            label="New password"
            constraint="At least 8 characters of three kinds: upper case, lower case, numbers, symbols."
            error=new
            testid="new-password-field"
        >
            <PasswordInput id="new-password" name="NewPassword" autocomplete="new-password" bare=true testid="new-password" />
        </FormField>
        <FormField control_id="confirm-password" label="Confirm new password" error=again testid="confirm-password-field">
            <PasswordInput id="confirm-password" name="_confirm" autocomplete="new-password" bare=true testid="confirm-password" />
        </FormField>
    };
    card(page, "Update your password", PASSWORD, fields, inner.into_any())
}
