//! The facts at the top of a user's page: three in 2020, today also how the user gets in.

use leptos::prelude::*;
use model::{
    Timestamp,
    console::{ListUserRows, UserRow},
};

use super::details::UserPage;
use crate::{
    iam::{paths::user_path, words::age},
    ui::{Container, Date, KeyValue, KeyValuePairs, Link, Space, SpaceBetween, Status, StatusIndicator},
};

/// The user's row of the Users table: what the page tells of their credentials. Nothing where it may not be read.
pub(super) async fn row(name: &str) -> Option<UserRow> {
    let asked = ListUserRows { user_names: Some(vec![name.to_owned()]), max_items: Some(1), ..ListUserRows::default() };
    crate::call(asked).await.ok()?.rows.pop()
}

/// The container.
pub(super) fn container(view: &UserPage) -> AnyView {
    let Some(user) = view.user.clone() else { return ().into_any() };
    let created = view! { <Date iso=user.create_date.to_string() testid="creation-time" /> };
    let arn = KeyValue::copy(view.page.label("User ARN", "ARN"), user.arn);
    let path = KeyValue::text("Path", user.path);
    let created = KeyValue::new(view.page.label("Creation time", "Created"), created);
    let items = if view.page.labels_2020() {
        vec![arn, path, created]
    } else {
        let last = match (user.password_last_used, view.row.as_ref().and_then(|row| row.password.as_ref())) {
            (Some(at), _) => view! { <Date iso=at.to_string() /> }.into_any(),
            (None, Some(password)) if password.enabled => "Never".into_any(),
            (None, _) => "-".into_any(),
        };
        let key = |number: usize| KeyValue::new(format!("Access key {}", number + 1), access_key(view, number));
        vec![
            arn,
            KeyValue::new("Console access", console_access(view.row.as_ref())),
            key(0),
            created,
            KeyValue::new("Last console sign-in", last),
            key(1),
            path,
        ]
    };
    view! {
        <Container testid="user-summary">
            <KeyValuePairs items columns=3 />
        </Container>
    }
    .into_any()
}

fn denied() -> AnyView {
    view! { <StatusIndicator status=Status::Warning>"Access denied"</StatusIndicator> }.into_any()
}

fn console_access(row: Option<&UserRow>) -> AnyView {
    let Some(password) = row.and_then(|row| row.password.as_ref()) else { return denied() };
    let devices = row.and_then(|row| row.mfa_devices);
    let (status, text) = match (password.enabled, devices) {
        (false, _) => (Status::Stopped, "Disabled"),
        (true, Some(0)) => (Status::Warning, "Enabled without MFA"),
        (true, Some(_)) => (Status::Success, "Enabled with MFA"),
        (true, None) => (Status::Info, "Enabled"),
    };
    view! { <StatusIndicator status testid="console-access-state">{text}</StatusIndicator> }.into_any()
}

/// A key with its age and last use, or the way to one where there is room.
fn access_key(view: &UserPage, number: usize) -> AnyView {
    let Some(keys) = view.row.as_ref().and_then(|row| row.access_keys.as_ref()) else { return denied() };
    let used = view.row.as_ref().and_then(|row| row.key_use.as_ref());
    let Some(key) = keys.get(number) else {
        let href = format!("{}/create-access-key", user_path(&view.name));
        return if number == keys.len() {
            view! { <Link href testid="summary-create-key">"Create access key"</Link> }.into_any()
        } else {
            "-".into_any()
        };
    };
    let now = Timestamp(view.page.viewer().now);
    let state = if key.active { "Active" } else { "Inactive" };
    // The row knows the last use of both keys together: it tells of a key what is sure.
    let used = match used.map(|used| used.last_used) {
        Some(None) => "Never used. ".to_owned(),
        Some(Some(last)) if keys.len() == 1 => format!("Last used: {}. ", age(last, now)),
        _ => String::new(),
    };
    let text = format!("{used}Age: {}.", age(key.create_date, now));
    let name = format!("{} - {state}", key.access_key_id);
    view! {
        <SpaceBetween size=Space::Xxs>
            <span>{name}</span>
            <span>{text}</span>
        </SpaceBetween>
    }
    .into_any()
}
