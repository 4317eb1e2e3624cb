//! The columns of the Users table: those of 2020, or today's.

use leptos::prelude::*;
use model::{
    Timestamp,
    console::{KeyCell, UserRow},
};

use crate::{
    PageContext,
    iam::words::{age, some_of, user_path},
    ui::{Column, Date, DateStyle, Link, LinkVariant, Status, StatusIndicator, slug},
};

/// The columns, in the order of the era's labels.
pub(super) fn columns(page: &PageContext, now: Timestamp) -> Vec<Column<UserRow>> {
    let name = Column::new("user-name", "User name", |row: &UserRow| {
        let name = row.user_name.clone();
        view! {
            <Link href=user_path(&name) variant=LinkVariant::Primary testid=format!("user-{}", slug(&name))>
                {name.clone()}
            </Link>
        }
    })
    .row_header();
    let key_age = move |row: &UserRow| {
        shown(row.access_keys.as_ref().map(|keys| {
            let oldest = keys.iter().filter(|key| key.active).map(|key| key.create_date).min();
            oldest.map_or_else(none, |since| age(since, now))
        }))
    };
    let password_age = move |row: &UserRow| {
        shown(row.password.as_ref().map(|password| password.changed.map_or_else(none, |since| age(since, now))))
    };
    let activity = move |row: &UserRow| last_activity(row).map_or_else(|| "Never".to_owned(), |last| age(last, now));
    if page.labels_2020() {
        return vec![
            name,
            Column::new("groups", "Groups", |row: &UserRow| shown(row.groups.as_deref().map(some_of))),
            Column::new("access-key-age", "Access key age", key_age).nowrap(),
            Column::new("password-age", "Password age", password_age).nowrap(),
            Column::text("last-activity", "Last activity", activity).nowrap(),
            Column::new("mfa", "MFA", |row: &UserRow| mfa(row, "Not enabled")).nowrap(),
        ];
    }
    vec![
        name,
        Column::text("path", "Path", |row: &UserRow| row.path.clone()),
        Column::new("groups", "Group", |row: &UserRow| {
            shown(row.groups.as_ref().map(|groups| groups.len().to_string()))
        })
        .end(),
        Column::text("last-activity", "Last activity", activity).nowrap(),
        Column::new("mfa", "MFA", |row: &UserRow| mfa(row, "None")),
        Column::new("password-age", "Password age", password_age).nowrap(),
        Column::new("console-last-sign-in", "Console last sign-in", |row: &UserRow| instant(row.password_last_used))
            .nowrap(),
        Column::new("access-key-id", "Access key ID", |row: &UserRow| shown(row.access_keys.as_deref().map(ids))),
        Column::new("access-key-age", "Active key age", key_age),
        Column::new("access-key-last-used", "Access key last used", move |row: &UserRow| {
            shown(row.access_keys.as_ref().map(|keys| {
                keys.iter()
                    .filter_map(|key| key.last_used)
                    .max()
                    .map_or_else(|| "Never".to_owned(), |last| age(last, now))
            }))
        }),
        Column::text("arn", "ARN", |row: &UserRow| row.arn.clone()).nowrap(),
        Column::new("creation-time", "Creation time", |row: &UserRow| instant(Some(row.create_date))).nowrap(),
        Column::new("console-access", "Console access", |row: &UserRow| {
            shown(
                row.password.as_ref().map(|password| if password.enabled { "Enabled" } else { "Disabled" }.to_owned()),
            )
        }),
    ]
}

fn none() -> String {
    "None".to_owned()
}

/// "Virtual", or the era's word for no device.
fn mfa(row: &UserRow, without: &str) -> AnyView {
    shown(row.mfa_devices.map(|devices| if devices > 0 { "Virtual".to_owned() } else { without.to_owned() }))
}

/// A cell that the caller may not read says so.
fn shown(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! { <StatusIndicator status=Status::Warning>"Access denied"</StatusIndicator> }.into_any(),
    }
}

fn instant(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <Date iso=at.to_string() style=DateStyle::Long /> }.into_any(),
        None => "-".into_any(),
    }
}

/// "AKIA… (Active)", one line a key.
fn ids(keys: &[KeyCell]) -> String {
    if keys.is_empty() {
        return none();
    }
    let state = |key: &KeyCell| if key.active { "Active" } else { "Inactive" };
    keys.iter().map(|key| format!("{} ({})", key.access_key_id, state(key))).collect::<Vec<_>>().join(", ")
}

/// The later of the last sign-in and the last use of a key.
pub(super) fn last_activity(row: &UserRow) -> Option<Timestamp> {
    let keys = row.access_keys.iter().flatten().filter_map(|key| key.last_used);
    keys.chain(row.password_last_used).max()
}
