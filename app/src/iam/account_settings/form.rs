//! The form that sets the password policy.

use leptos::prelude::*;
use model::iam::PasswordPolicy;

use super::{PATH, plan};
use crate::{
    CallError, PageContext,
    iam::denied::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, Container, Form, FormActions, FormField, Header, Input,
        SpaceBetween,
    },
};

/// A check box of the form: its field, whether it is set, its label.
fn switch(name: &'static str, checked: bool, label: &'static str) -> AnyView {
    let id = crate::ui::slug(name);
    view! { <Checkbox id=id.clone() name=name checked testid=id>{label}</Checkbox> }.into_any()
}

/// A number of the form, below its check box.
fn number(
    name: &'static str,
    value: String,
    label: &'static str,
    (min, max): (i64, i64),
    error: Option<String>,
) -> AnyView {
    let id = crate::ui::slug(&format!("{name}-number"));
    let constraint = format!("{min} to {max}");
    view! {
        <FormField control_id=id.clone() label constraint error testid=format!("{id}-field")>
            <Input name kind="number" inputmode="numeric" min=min.to_string() max=max.to_string() value testid=id />
        </FormField>
    }
    .into_any()
}

/// What a field holds: what was typed, else what is in force, else what the console proposes.
fn value(page: &PageContext, field: &str, now: Option<i64>, proposed: i64) -> String {
    page.typed(plan::PUT, field).unwrap_or_else(|| now.unwrap_or(proposed).to_string())
}

/// The form. A refused one comes back as it was typed.
pub(super) fn form(page: &PageContext, policy: Option<&PasswordPolicy>) -> AnyView {
    let refused = page.outcome_of(plan::PUT).is_some();
    let set = |field: &str, now: bool| if refused { page.typed(plan::PUT, field).is_some() } else { now };
    let is = |of: fn(&PasswordPolicy) -> bool| policy.is_some_and(of);
    let fault = |field: &str, text: &str| page.field_error(plan::PUT, field).map(|_| text.to_owned());
    let length = fault("minimumPasswordLength", "Type a number from 6 to 128.");
    let age = fault("maxPasswordAge", "Type a number from 1 to 1095.");
    let reuse = fault("passwordReusePrevention", "Type a number from 1 to 24.");
    let problem = page
        .error_of(plan::PUT)
        .filter(|error| !matches!(error, CallError::Api(model::ApiError::Validation { .. })))
        .map(|error| view! { <Problem error /> });
    let fields = super::super::hidden(plan::PUT, &[("_next", PATH), ("_flash", "Password policy updated.")]);
    let minimum = value(page, "MinimumPasswordLength", policy.map(|policy| policy.minimum_password_length), 8);
    let days = value(page, "MaxPasswordAge", policy.and_then(|policy| policy.max_password_age), 90);
    let count = value(page, "PasswordReusePrevention", policy.and_then(|policy| policy.password_reuse_prevention), 5);
    let title = page.label("Set password policy", "Edit password policy").to_owned();
    let action = format!("{PATH}?action=edit");
    let rows = [
        switch("EnforceLength", set("EnforceLength", true), "Enforce minimum password length"),
        number("MinimumPasswordLength", minimum, "characters", (6, 128), length),
        switch(
            "RequireUppercaseCharacters",
            set("RequireUppercaseCharacters", is(|policy| policy.require_uppercase_characters)),
            "Require at least one uppercase letter from Latin alphabet (A-Z)",
        ),
        switch(
            "RequireLowercaseCharacters",
            set("RequireLowercaseCharacters", is(|policy| policy.require_lowercase_characters)),
            "Require at least one lowercase letter from Latin alphabet (a-z)",
        ),
        switch(
            "RequireNumbers",
            set("RequireNumbers", is(|policy| policy.require_numbers)),
            "Require at least one number",
        ),
        switch(
            "RequireSymbols",
            set("RequireSymbols", is(|policy| policy.require_symbols)),
            "Require at least one non-alphanumeric character (!@#$%^&*()_+-=[]{}|')",
        ),
        switch(
            "ExpirePasswords",
            set("ExpirePasswords", is(|policy| policy.expire_passwords)),
            "Enable password expiration",
        ),
        number("MaxPasswordAge", days, "day(s)", (1, 1095), age),
        switch(
            "HardExpiry",
            set("HardExpiry", is(|policy| policy.hard_expiry == Some(true))),
            "Password expiration requires administrator reset",
        ),
        switch(
            "AllowUsersToChangePassword",
            set("AllowUsersToChangePassword", policy.is_none() || is(|policy| policy.allow_users_to_change_password)),
            "Allow users to change their own password",
        ),
        switch(
            "PreventReuse",
            set("PreventReuse", is(|policy| policy.password_reuse_prevention.is_some())),
            "Prevent password reuse",
        ),
        number("PasswordReusePrevention", count, "password(s) remembered", (1, 24), reuse),
    ];
    view! {
        {problem}
        <Form action hidden=fields novalidate=true>
            <Container header=move || view! { <Header title /> } testid="password-policy-form">
                <SpaceBetween>{rows.into_iter().collect_view()}</SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=PATH>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="save-password-policy">"Save changes"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
