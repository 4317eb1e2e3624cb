//! The dashboard's five checks of 2020, or today's recommendations: each read from the account as it is now.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{GetAccountPasswordPolicy, GetAccountSummary, ListAccessKeys, ListMFADevices},
};

use super::{account_settings, denied::Problem, words::user_path};
use crate::{
    CallError, PageContext,
    ui::{Button, Container, ExpandableSection, Header, Space, SpaceBetween, Status, StatusIndicator, Text, slug},
};

const CREDENTIALS: &str = "/iam/security_credentials";

/// One check.
struct Check {
    title: &'static str,
    /// Whether it holds; nothing where that may not be read.
    done: Option<bool>,
    text: &'static str,
    button: &'static str,
    href: String,
}

/// The card.
pub(super) async fn card(page: PageContext) -> AnyView {
    let summary = match crate::call(GetAccountSummary {}).await {
        Ok(output) => output.summary_map,
        Err(error) => return view! { <Problem error retry="/iam/home" /> }.into_any(),
    };
    let checks = checks(&page, &summary).await;
    let (done, all) = (checks.iter().filter(|check| check.done == Some(true)).count(), checks.len());
    let title = page.label("Security Status", "Security recommendations").to_owned();
    let counter = format!("{done} out of {all} complete.");
    let rows = checks.into_iter().map(row).collect_view();
    view! {
        <Container
            header=move || view! { <Header title description=counter testid="security-status-title" /> }
            testid="security-status"
        >
            <SpaceBetween size=Space::S>{rows}</SpaceBetween>
        </Container>
    }
    .into_any()
}

fn row(check: Check) -> AnyView {
    let (status, word) = match check.done {
        Some(true) => (Status::Success, "Complete"),
        Some(false) => (Status::Warning, "Not complete"),
        None => (Status::Info, "Access denied"),
    };
    let id = slug(check.title);
    let (testid, button_id) = (format!("check-{id}"), format!("check-{id}-go"));
    view! {
        <ExpandableSection
            header=check.title
            aside=move || view! { <StatusIndicator status testid=testid>{word}</StatusIndicator> }
        >
            <SpaceBetween size=Space::S>
                <Text>{check.text}</Text>
                <Button href=check.href testid=button_id>{check.button}</Button>
            </SpaceBetween>
        </ExpandableSection>
    }
    .into_any()
}

/// Whether a password policy of the account's own is in force.
async fn has_policy() -> Option<bool> {
    match crate::call(GetAccountPasswordPolicy {}).await {
        Ok(_) => Some(true),
        Err(CallError::Api(ApiError::NoSuchEntity { .. })) => Some(false),
        Err(_) => None,
    }
}

async fn checks(page: &PageContext, summary: &BTreeMap<String, i64>) -> Vec<Check> {
    let figure = |name: &str| summary.get(name).copied().unwrap_or_default();
    let user = page.viewer().user_name;
    let mut checks = Vec::new();
    match &user {
        None => {
            checks.push(Check {
                title: "Delete your root access keys",
                done: Some(figure("AccountAccessKeysPresent") == 0),
                text: "Access keys of the root user may do everything. Delete them and use those of IAM users.",
                button: "Manage Security Credentials",
                href: CREDENTIALS.into(),
            });
            checks.push(Check {
                title: page.label("Activate MFA on your root account", "Add MFA for root user"),
                done: Some(figure("AccountMFAEnabled") > 0),
                text: "With a multi-factor authentication device a password alone does not sign in as the root user.",
                button: page.label("Manage MFA", "Add MFA"),
                href: format!("{CREDENTIALS}?section=mfa"),
            });
        }
        Some(_) => checks.push(Check {
            title: page.label("Activate MFA", "Add MFA for yourself"),
            done: crate::call(ListMFADevices::default()).await.ok().map(|output| !output.mfa_devices.is_empty()),
            text: "With a multi-factor authentication device a password alone does not sign in as you.",
            button: page.label("Manage MFA", "Add MFA"),
            href: CREDENTIALS.into(),
        }),
    }
    checks.push(Check {
        title: "Create individual IAM users",
        done: Some(figure("Users") > 0),
        text: "Give each person a user with the permissions that the work needs, and leave the root user alone.",
        button: "Manage Users",
        href: "/iam/users".into(),
    });
    checks.push(Check {
        title: "Use groups to assign permissions",
        done: Some(figure("Groups") > 0),
        text: "Attach policies to groups, and put people with the same work into one group.",
        button: "Manage Groups",
        href: "/iam/groups".into(),
    });
    checks.push(Check {
        title: "Apply an IAM password policy",
        done: has_policy().await,
        text: "Say how long and how mixed the console passwords of IAM users must be, and how old they may get.",
        button: "Manage Password Policy",
        href: account_settings::PATH.into(),
    });
    if let Some(name) = user {
        checks.push(Check {
            title: "Rotate your access keys",
            done: rotated(page).await,
            text: "Make new access keys from time to time, and delete the old ones: none should be older than 90 days.",
            button: "Manage User Access Keys",
            href: format!("{}?section=security_credentials", user_path(&name)),
        });
    }
    checks
}

/// Whether none of the viewer's active keys is older than 90 days.
async fn rotated(page: &PageContext) -> Option<bool> {
    let keys = crate::call(ListAccessKeys::default()).await.ok()?.access_key_metadata;
    let now = model::Timestamp(page.viewer().now);
    Some(keys.iter().filter(|key| key.status == "Active").all(|key| key.create_date.days_until(now) <= 90))
}
