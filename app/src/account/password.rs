//! The end of step 1: the root user's password.

use leptos::prelude::*;
use model::{ApiError, account::GetSignUpOutput, password::SYMBOLS};

use super::{
    invent,
    step::{Field, Head, StepForm},
};
use crate::{
    CallError, PageContext,
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, CopyText, FormField, PasswordInput, Severity, Space,
        SpaceBetween, Text, TextVariant,
    },
};

pub(super) const OPERATION: &str = "account:SetRootPassword";
const FIELDS: [Field; 2] = [
    Field { name: "Password", id: "password", required: "Enter a password.", invalid: "" },
    Field { name: "ConfirmPassword", id: "confirm-password", required: "Enter the same password again.", invalid: "" },
];

/// Asks for the password, twice.
pub(super) fn choose(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, OPERATION, &FIELDS);
    let invented = form.filled().then(invent::password);
    let (shown, again) = (invented.clone(), invented.clone());
    let confirm = form.error("ConfirmPassword");
    let failure = form.error_of_whole();
    let broken = match &failure {
        Some(CallError::Api(ApiError::PasswordPolicyViolation { rules, .. })) => rules.clone(),
        _ => Vec::new(),
    };
    let fault = form
        .error("Password")
        .or_else(|| (!broken.is_empty()).then(|| "This password does not keep the rules below.".to_owned()));
    let message = failure.map(|error| error.to_string()).filter(|_| broken.is_empty());
    let fields = view! {
        {(!broken.is_empty())
            .then(|| {
                view! {
                    <Alert severity=Severity::Error header="The password does not keep these rules" testid="broken-rules">
                        <BulletList items=broken />
                    </Alert>
                }
            })}
        {shown
            .map(|password| {
                view! {
                    <Alert severity=Severity::Info header="Note this invented password now" testid="invented-password">
                        <SpaceBetween size=Space::Xxs>
                            <CopyText text=password what="password" code=true testid="invented-password-value" />
                            <Text>"It is filled in below and will not be shown again."</Text>
                        </SpaceBetween>
                    </Alert>
                }
            })}
        <FormField
            control_id="password"
            label=page.label("Password", "Root user password")
            constraint="Nothing real is needed: never type a password that you use anywhere else."
            error=fault
            testid="password"
        >
            <PasswordInput name="Password" autocomplete="new-password" id="password" value=invented testid="password-input" />
        </FormField>
        <FormField
            control_id="confirm-password"
            label=page.label("Confirm password", "Confirm root user password")
            constraint="The same invented password again."
            error=confirm
            testid="confirm-password"
        >
            <PasswordInput
                name="ConfirmPassword"
                autocomplete="new-password"
                id="confirm-password"
                value=again
                testid="confirm-password-input"
            />
        </FormField>
        <SpaceBetween size=Space::Xxs>
            <Text variant=TextVariant::Label>"The password must"</Text>
            <BulletList items=rules() testid="password-rules" />
        </SpaceBetween>
    };
    let text = page.label("Continue", "Continue (step 1 of 5)").to_owned();
    let submit = view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="set-password">{text}</Button>
    };
    let about = format!("It signs you in as the root user of {}, {}.", state.account_name, state.email);
    let head = Head::new(1, "Create your password", about, "password-form").fill();
    form.view(head, message, fields.into_any(), submit.into_any())
}

fn rules() -> Vec<String> {
    let symbols: Vec<String> = SYMBOLS.chars().map(String::from).collect();
    vec![
        "have 8 to 128 characters".to_owned(),
        format!(
            "have at least three of: uppercase letters, lowercase letters, numbers, symbols ({})",
            symbols.join(" ")
        ),
        "not be the account's name or email address".to_owned(),
    ]
}
