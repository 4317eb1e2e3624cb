//! Permissions as another user has them.

use leptos::prelude::*;
use model::console::PermissionRow;

use super::{
    listing::{Drawn, More, Search},
    state::State,
};
use crate::{
    iam::words::policy_names,
    iam::words::some_of,
    ui::{Column, EmptyState, Selection, Space, SpaceBetween, Table, Text},
};

/// Copying from another user.
#[component]
pub(super) fn Copy(
    /// The wizard.
    state: State,
) -> impl IntoView {
    state.user_list.start();
    let table = Callback::new(move |()| {
        let rows = state.user_list.rows(|| {
            view! { <EmptyState title="No users" text="There is no user whose permissions could be copied." /> }
                .into_any()
        });
        let selection = Selection::single("copy-from", |row: &PermissionRow| row.user_name.clone())
            .selected(move |row| {
                state
                    .copied
                    .with_untracked(|copied| copied.as_ref().is_some_and(|user| user.user_name == row.user_name))
            })
            .on_change(move |(name, _)| {
                let row = state
                    .user_list
                    .found
                    .with_untracked(|found| found.rows.iter().find(|row| row.user_name == name).cloned());
                state.copied.set(row);
            });
        let denied = || "Access denied".to_owned();
        let columns = vec![
            Column::text("user-name", "User name", |row: &PermissionRow| row.user_name.clone()).row_header(),
            Column::text("groups", "Groups", move |row: &PermissionRow| {
                row.groups.as_deref().map_or_else(denied, some_of)
            }),
            Column::text("attached-policies", "Attached policies", move |row: &PermissionRow| {
                row.attached_policies.as_deref().map_or_else(denied, policy_names)
            }),
            Column::text("inline-policies", "Inline policies", move |row: &PermissionRow| {
                row.inline_policies.as_deref().map_or_else(denied, some_of)
            }),
        ];
        view! { <Table id="copy-from" label="Users" columns rows selection embedded=true compact=true /> }.into_any()
    });
    view! {
        <SpaceBetween size=Space::M>
            <Text>"Copies the groups, the attached and inline policies and the permissions boundary of an existing user to the new ones."</Text>
            <Search listing=state.user_list placeholder="Search users" testid="copy-from-filter" />
            <Drawn listing=state.user_list table />
            <More listing=state.user_list testid="copy-from-more" />
        </SpaceBetween>
    }
}
