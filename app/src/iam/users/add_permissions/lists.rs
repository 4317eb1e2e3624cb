//! The three lists that permissions are picked from.

use leptos::prelude::*;
use model::console::{GroupRow, ListGroupRows, ListPermissionRows, ListPolicyRows, PermissionRow, PolicyRow};

use super::{super::grant::Picked, Adding};
use crate::{
    CallError,
    iam::{
        choosing::policy_columns,
        words::{policy_names, showing, some_of},
    },
    ui::{Column, EmptyState, Rows, Selection, Table},
};

/// How many rows a page of a list has.
const PAGE: i64 = 50;

/// A page of a list.
pub(super) struct Found {
    /// The table.
    pub table: AnyView,
    /// What its rows would be picked as.
    pub shown: Vec<String>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// "Showing 12 results".
    pub count: String,
}

/// The page of the list that `picked` looks at.
pub(super) async fn of(adding: &Adding, picked: &Picked) -> Result<Found, CallError> {
    let query = (!picked.query.is_empty()).then(|| picked.query.clone());
    let marker = (!picked.marker.is_empty()).then(|| picked.marker.clone());
    match adding.by.as_str() {
        "copy" => {
            let list = crate::call(ListPermissionRows { query, marker, max_items: Some(PAGE) }).await?;
            Ok(users(adding, picked, list.rows, list.marker))
        }
        "policies" => {
            let list = crate::call(ListPolicyRows { query, marker, max_items: Some(PAGE) }).await?;
            let count = showing(list.total);
            Ok(Found { count, ..policies(adding, picked, list.rows, list.marker) })
        }
        _ => {
            let list =
                crate::call(ListGroupRows { query, marker, max_items: Some(PAGE), ..Default::default() }).await?;
            Ok(groups(adding, picked, list.rows, list.marker))
        }
    }
}

/// The rows, or what stands in place of none. No link clears the search there: it would lose what is picked.
fn ready<T>(picked: &Picked, rows: Vec<T>) -> Rows<T> {
    if rows.is_empty() && !picked.query.is_empty() {
        Rows::Instead(view! { <EmptyState title="No matches" text="We can't find a match." /> }.into_any())
    } else {
        Rows::Ready(rows)
    }
}

fn groups(adding: &Adding, picked: &Picked, rows: Vec<GroupRow>, next: Option<String>) -> Found {
    let shown: Vec<String> = rows.iter().map(|row| row.group_name.clone()).collect();
    let count = count(shown.len(), next.is_some());
    let (chosen, member, fixed) = (picked.chosen.clone(), adding.groups.clone(), adding.groups.clone());
    let selection = Selection::multi("Picked", |row: &GroupRow| row.group_name.clone())
        .selected(move |row| member.contains(&row.group_name) || chosen.contains(&row.group_name))
        .disabled(move |row| fixed.contains(&row.group_name));
    let columns = vec![
        Column::text("group", "Group", |row: &GroupRow| row.group_name.clone()).row_header(),
        Column::text("attached-policies", "Attached policies", |row: &GroupRow| {
            row.attached_policies.as_deref().map_or_else(|| "Access denied".into(), policy_names)
        }),
    ];
    let rows = ready(picked, rows);
    let empty = || view! { <EmptyState title="No groups" text="This account has no groups yet." /> };
    let table = view! { <Table id="pick-groups" label="Groups" columns rows selection empty /> }.into_any();
    Found { table, shown, next, count }
}

fn users(adding: &Adding, picked: &Picked, rows: Vec<PermissionRow>, next: Option<String>) -> Found {
    let shown: Vec<String> = rows.iter().map(|row| row.user_name.clone()).collect();
    let count = count(shown.len(), next.is_some());
    let (chosen, oneself) = (picked.chosen.clone(), adding.name.clone());
    let selection = Selection::single("Picked", |row: &PermissionRow| row.user_name.clone())
        .selected(move |row| chosen.contains(&row.user_name))
        .disabled(move |row| row.user_name == oneself);
    let denied = || "Access denied".to_owned();
    let columns = vec![
        Column::text("user-name", "User name", |row: &PermissionRow| row.user_name.clone()).row_header(),
        Column::text("groups", "Groups", move |row: &PermissionRow| row.groups.as_deref().map_or_else(denied, some_of)),
        Column::text("attached-policies", "Attached policies", move |row: &PermissionRow| {
            row.attached_policies.as_deref().map_or_else(denied, policy_names)
        }),
        Column::text("inline-policies", "Inline policies", move |row: &PermissionRow| {
            row.inline_policies.as_deref().map_or_else(denied, some_of)
        }),
    ];
    let rows = ready(picked, rows);
    let table = view! { <Table id="pick-users" label="Users" columns rows selection /> }.into_any();
    Found { table, shown, next, count }
}

fn policies(adding: &Adding, picked: &Picked, rows: Vec<PolicyRow>, next: Option<String>) -> Found {
    let shown: Vec<String> = rows.iter().map(|row| row.policy_arn.clone()).collect();
    let attached: Vec<String> = adding.policies.iter().map(|policy| policy.policy_arn.clone()).collect();
    let (chosen, fixed) = (picked.chosen.clone(), attached.clone());
    let selection = Selection::multi("Picked", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .selected(move |row| attached.contains(&row.policy_arn) || chosen.contains(&row.policy_arn))
        .disabled(move |row| fixed.contains(&row.policy_arn));
    let rows = ready(picked, rows);
    let table =
        view! { <Table id="pick-policies" label="Policies" columns=policy_columns() rows selection /> }.into_any();
    Found { table, shown, next, count: String::new() }
}

/// How many rows there are, where the list does not count those of its other pages.
fn count(rows: usize, more: bool) -> String {
    let shown = showing(i64::try_from(rows).unwrap_or_default());
    if more { format!("{shown} on this page") } else { shown }
}
