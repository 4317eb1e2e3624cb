//! Permissions by groups: which to join, and a new one where none fits.

use leptos::prelude::*;
use model::console::GroupRow;

use super::{
    create_group,
    listing::{Drawn, More, Search},
    state::State,
};
use crate::iam::words::policy_names;
use crate::ui::{Button, Column, Direction, EmptyState, Header, IconName, Selection, Space, SpaceBetween, Table, Text};

/// Joining groups.
#[component]
pub(super) fn Groups(
    /// The wizard.
    state: State,
) -> impl IntoView {
    state.group_list.start();
    let table = Callback::new(move |()| {
        let rows = state.group_list.rows(|| {
            view! {
                <EmptyState
                    title="Get started with groups"
                    text="You haven't created any groups yet. Using groups is a best-practice way to manage users' permissions by job functions. Get started by creating a group."
                    testid="no-groups"
                />
            }
            .into_any()
        });
        let selection = Selection::multi("GroupName", |row: &GroupRow| row.group_name.clone())
            .selected(move |row| state.groups.with_untracked(|groups| groups.contains(&row.group_name)))
            .on_change(move |(group, on)| {
                state.groups.update(|groups| {
                    groups.retain(|name| *name != group);
                    if on {
                        groups.push(group);
                    }
                });
            });
        let columns = vec![
            Column::text("group", "Group", |row: &GroupRow| row.group_name.clone()).row_header(),
            Column::text("attached-policies", "Attached policies", |row: &GroupRow| {
                row.attached_policies.as_deref().map_or_else(|| "Access denied".into(), policy_names)
            }),
        ];
        view! { <Table id="wizard-groups" label="Groups" columns rows selection embedded=true compact=true /> }
            .into_any()
    });
    view! {
        <SpaceBetween size=Space::M>
            <Text>
                "Add user to an existing group or create a new one. Using groups is a best-practice way to manage user's permissions by job functions."
            </Text>
            <Header
                title="Add user to group"
                actions=move || {
                    view! {
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <Button
                                icon=IconName::Refresh
                                testid="refresh-groups"
                                on:click=move |_| state.group_list.search()
                            >
                                "Refresh"
                            </Button>
                            <Button opens=create_group::ID testid="create-group">"Create group"</Button>
                        </SpaceBetween>
                    }
                }
            />
            <Search listing=state.group_list placeholder="Search groups" testid="wizard-groups-filter" />
            <Drawn listing=state.group_list table />
            <More listing=state.group_list testid="wizard-groups-more" />
        </SpaceBetween>
    }
}
