//! The dashboard's five checks of 2020, or today's recommendations: each read from the account as it is now.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{GetAccountPasswordPolicy, GetAccountSummary, ListAccessKeys, ListGroups, ListMFADevices, ListUsers},
};

use super::{account_settings, denied::Problem, paths::user_path};
use crate::{
    CallError, PageContext,
    frame::HELP,
    ui::{
        Button, Container, ExpandableSection, Header, InfoLink, Space, SpaceBetween, Status, StatusIndicator, Text,
        slug,
    },
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

/// The card. Each check is answered alone: one that may not be read does not hide the others.
pub(super) async fn card(page: PageContext) -> AnyView {
    let (summary, problem) = match crate::call(GetAccountSummary {}).await {
        Ok(output) => (Some(output.summary_map), None),
        Err(error @ CallError::Api(ApiError::AccessDenied { .. })) => (None, Some(error)),
        Err(error) => return view! { <Problem error retry="/iam/home" /> }.into_any(),
    };
    let checks = checks(&page, summary.as_ref()).await;
    // Who may read the figures another way misses nothing.
    let problem = problem.filter(|_| checks.iter().all(|check| check.done.is_none()));
    let (done, all) = (checks.iter().filter(|check| check.done == Some(true)).count(), checks.len());
    let title = page.label("Security Status", "Security recommendations").to_owned();
    let complete = format!("{done} out of {all} complete.");
    let rows = checks.into_iter().map(row).collect_view();
    view! {
        <Container
            header=move || view! { <Header title description=complete testid="security-status-title" /> }
            testid="security-status"
        >
            <SpaceBetween size=Space::S>
                {problem.map(|error| view! { <Problem error retry="/iam/home" /> })} {rows}
            </SpaceBetween>
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
            group="security-status"
            aside=move || view! { <StatusIndicator status testid=testid>{word}</StatusIndicator> }
        >
            <SpaceBetween size=Space::S>
                <Text>{check.text} " " <InfoLink topic=HELP about=check.title text="Learn More" /></Text>
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

/// Whether the account has any user: by the summary, or where that is denied by the list.
async fn has_users(summary: Option<&BTreeMap<String, i64>>) -> Option<bool> {
    if let Some(summary) = summary {
        return summary.get("Users").map(|users| *users > 0);
    }
    let first = ListUsers { max_items: Some(1), ..ListUsers::default() };
    crate::call(first).await.ok().map(|output| !output.users.is_empty())
}

/// Whether the account has any group, in the same way.
async fn has_groups(summary: Option<&BTreeMap<String, i64>>) -> Option<bool> {
    if let Some(summary) = summary {
        return summary.get("Groups").map(|groups| *groups > 0);
    }
    let first = ListGroups { max_items: Some(1), ..ListGroups::default() };
    crate::call(first).await.ok().map(|output| !output.groups.is_empty())
}

/// The list of the root user, or that of an IAM user. Today's recommendations are about the viewer's own credentials
/// alone.
async fn checks(page: &PageContext, summary: Option<&BTreeMap<String, i64>>) -> Vec<Check> {
    let figure = |name: &str| summary.and_then(|summary| summary.get(name)).copied();
    let user = page.viewer().user_name;
    let mut checks = Vec::new();
    match &user {
        None => {
            checks.push(Check {
                title: page.label("Delete your root access keys", "Root user has no active access keys"),
                done: figure("AccountAccessKeysPresent").map(|keys| keys == 0),
                text: "Access keys of the root user may do everything. Delete them and use those of IAM users.",
                button: page.label("Manage Security Credentials", "Manage access keys"),
                href: CREDENTIALS.into(),
            });
            checks.push(Check {
                title: page.label("Activate MFA on your root account", "Add MFA for root user"),
                done: figure("AccountMFAEnabled").map(|enabled| enabled > 0),
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
    if page.labels_2020() {
        checks.extend(of_the_account(summary).await);
    }
    if let Some(name) = user {
        checks.push(Check {
            title: page.label("Rotate your access keys", "Your active access keys are at most 90 days old"),
            done: rotated(page).await,
            text: "Make new access keys from time to time, and delete the old ones: none should be older than 90 days.",
            button: page.label("Manage User Access Keys", "Manage access keys"),
            href: format!("{}?section=security_credentials", user_path(&name)),
        });
    }
    checks
}

/// The checks of 2020 that are about the account and not about one's own credentials.
async fn of_the_account(summary: Option<&BTreeMap<String, i64>>) -> [Check; 3] {
    [
        Check {
            title: "Create individual IAM users",
            done: has_users(summary).await,
            text: "Give each person a user with the permissions that the work needs, and leave the root user alone.",
            button: "Manage Users",
            href: "/iam/users".into(),
        },
        Check {
            title: "Use groups to assign permissions",
            done: has_groups(summary).await,
            text: "Attach policies to groups, and put people with the same work into one group.",
            button: "Manage Groups",
            href: "/iam/groups".into(),
        },
        Check {
            title: "Apply an IAM password policy",
            done: has_policy().await,
            text: "Say how long and how mixed the console passwords of IAM users must be, and how old they may get.",
            button: "Manage Password Policy",
            href: account_settings::PATH.into(),
        },
    ]
}

/// Whether none of the viewer's active keys is older than 90 days.
async fn rotated(page: &PageContext) -> Option<bool> {
    let keys = crate::call(ListAccessKeys::default()).await.ok()?.access_key_metadata;
    let now = model::Timestamp(page.viewer().now);
    Some(keys.iter().filter(|key| key.status == "Active").all(|key| key.create_date.days_until(now) <= 90))
}
