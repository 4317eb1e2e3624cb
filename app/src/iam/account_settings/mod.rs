//! Account settings: the account's id and alias, and the password policy.

mod form;
pub mod plan;

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{GetAccountPasswordPolicy, PasswordPolicy},
};

use super::{account_card, crumbs, denied::Problem, hidden};
use crate::{
    CallError, Frame, PageContext, Section,
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Container, Direction, Form, Header, HeaderLevel, Modal,
        Severity, Space, SpaceBetween, Text,
    },
};

/// Where the page stands.
pub(super) const PATH: &str = "/iam/account_settings";
const DELETE: &str = "iam:DeleteAccountPasswordPolicy";

/// `/iam/account_settings`.
#[component]
pub fn AccountSettings() -> impl IntoView {
    let page = PageContext::current();
    // The form of the password policy is a page of its own.
    let account = (page.query("action") != "edit").then(|| {
        let page = page.clone();
        view! { <Suspense>{Suspend::new(async move { account_card::card(page, "Account", PATH).await })}</Suspense> }
    });
    view! {
        <Frame title="Account settings" section=Section::Iam crumbs=crumbs(&[], "Account settings") help=help()>
            <SpaceBetween>
                <Header title="Account settings" level=HeaderLevel::H1 testid="page-title" />
                {account}
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Password policy".into(),
        vec![
            "The policy says what IAM users' console passwords must be. It has no say in the root user's password, nor in access keys.".into(),
            "Rules about letters and length hold from the next change of a password on. Expiration holds at once: a password that is older must be changed at the next sign-in.".into(),
            "A policy of the account's own replaces the default one: only what is chosen is checked.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let policy = match crate::call(GetAccountPasswordPolicy {}).await {
        Ok(output) => Some(output.password_policy),
        Err(CallError::Api(ApiError::NoSuchEntity { .. })) => None,
        Err(error) => return view! { <Problem error retry=PATH /> }.into_any(),
    };
    let problem = page.error_of(DELETE).map(|error| view! { <Problem error /> });
    if page.query("action") == "edit" {
        return form::form(&page, policy.as_ref());
    }
    view! { {problem} {card(&page, policy.as_ref())} }.into_any()
}

fn card(page: &PageContext, policy: Option<&PasswordPolicy>) -> AnyView {
    let (sentence, rules) = match policy {
        None => (
            "This AWS account uses the following default password policy:",
            vec![
                "Minimum password length is 8 characters".to_owned(),
                "Include a minimum of three of the following mix of character types: uppercase, lowercase, numbers, and ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '".to_owned(),
                "Must not be identical to your AWS account name or email address".to_owned(),
            ],
        ),
        Some(policy) => ("This AWS account uses the following custom password policy:", rules(policy)),
    };
    let own = policy.is_some();
    let change = page.label(if own { "Change" } else { "Change password policy" }, "Edit").to_owned();
    let href = format!("{PATH}?action=edit");
    view! {
        <Container
            header=move || {
                view! {
                    <Header
                        title="Password policy"
                        actions=move || {
                            view! {
                                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                                    {own.then(|| view! { <Button opens="delete-policy" testid="delete-password-policy">"Delete"</Button> })}
                                    <Button href testid="change-password-policy">{change}</Button>
                                </SpaceBetween>
                            }
                        }
                    />
                }
            }
            testid="password-policy"
        >
            <SpaceBetween>
                <Text testid="password-policy-sentence">{sentence}</Text>
                <BulletList items=rules testid="password-policy-rules" />
            </SpaceBetween>
        </Container>
        {own.then(delete)}
    }
    .into_any()
}

/// A policy's rules, a line each.
fn rules(policy: &PasswordPolicy) -> Vec<String> {
    let mut rules = vec![format!("Minimum password length is {} characters", policy.minimum_password_length)];
    for (required, rule) in [
        (policy.require_uppercase_characters, "Require at least one uppercase letter from Latin alphabet (A-Z)"),
        (policy.require_lowercase_characters, "Require at least one lowercase letter from Latin alphabet (a-z)"),
        (policy.require_numbers, "Require at least one number"),
        (policy.require_symbols, "Require at least one non-alphanumeric character (!@#$%^&*()_+-=[]{}|')"),
    ] {
        if required {
            rules.push(rule.to_owned());
        }
    }
    if let Some(days) = policy.max_password_age {
        rules.push(format!("Password expires in {days} day(s)"));
    }
    if policy.hard_expiry == Some(true) {
        rules.push("Password expiration requires administrator reset".to_owned());
    }
    if policy.allow_users_to_change_password {
        rules.push("Allow users to change their own password".to_owned());
    }
    if let Some(count) = policy.password_reuse_prevention {
        rules.push(format!("Remember last {count} password(s) and prevent reuse"));
    }
    rules
}

fn delete() -> AnyView {
    let fields = hidden(DELETE, &[("_next", PATH), ("_flash", "Password policy deleted.")]);
    view! {
        <Modal
            id="delete-policy"
            title="Delete custom password policy"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes="delete-policy">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="delete-policy-form" testid="confirm-delete-policy">
                        "Delete custom"
                    </Button>
                }
            }
        >
            <Form action=PATH hidden=fields id="delete-policy-form">
                <Alert severity=Severity::Warning>
                    "The default password policy is in force again from the next change of a password on."
                </Alert>
            </Form>
        </Modal>
    }
    .into_any()
}
