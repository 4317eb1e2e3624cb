//! A user's groups: which, what they grant, joining and leaving.

use leptos::prelude::*;
use model::console::{GroupPermissions, GroupRow, ListGroupRows, Part};

use super::{details::UserPage, forms};
use crate::{
    iam::{
        choosing::{ChooseForm, Search, nothing_found, page_buttons, search_line},
        denied::Problem,
        words::policy_names,
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Column, EmptyState, Form, Header, Modal, Rows, Selection, SpaceBetween,
        Table, Text, slug,
    },
};

/// Id of the form that joins groups.
const JOIN_FORM: &str = "join-form";

/// The tab "Groups".
pub(super) async fn tab(view: &UserPage) -> AnyView {
    if view.page.query("action") == "add" {
        return add(view).await;
    }
    let rows = match view.groups() {
        Ok(rows) => rows,
        Err(error) => return view! { <Problem error retry=view.at("groups", "") /> }.into_any(),
    };
    let leave: Vec<_> = rows.iter().map(|row| leave_dialog(view, &row.group_name, "groups")).collect();
    let counter = format!("({})", rows.len());
    let href = view.at("groups", "add");
    let columns = vec![
        Column::text("group-name", "Group name", |row: &GroupPermissions| row.group_name.clone()).row_header(),
        Column::text("attached-policies", "Attached policies", |row: &GroupPermissions| match &row.attached_policies {
            Part::Read(policies) => policy_names(policies),
            Part::Denied(_) => "Access denied".into(),
        }),
        Column::new("remove", "Actions", |row: &GroupPermissions| {
            let name = &row.group_name;
            view! {
                <Button
                    variant=ButtonVariant::Inline
                    opens=leave_id(name)
                    label=format!("Remove from group {name}")
                    testid=format!("leave-{}", slug(name))
                >
                    "Remove"
                </Button>
            }
        }),
    ];
    view! {
        <Table
            id="user-groups"
            label="Groups of the user"
            columns
            rows=Rows::Ready(rows)
            header=move || {
                view! {
                    <Header
                        title="Groups"
                        counter
                        actions=move || {
                            view! { <Button href variant=ButtonVariant::Primary testid="add-to-groups">"Add user to groups"</Button> }
                        }
                    />
                }
            }
            empty=|| view! { <EmptyState title="No groups" text="This user does not belong to any group." /> }
        />
        {leave}
    }
    .into_any()
}

/// Id of the dialog that ends a membership.
pub(super) fn leave_id(group: &str) -> String {
    format!("leave-group-{}", slug(group))
}

/// The dialog that ends a membership, and with it what the group grants.
pub(super) fn leave_dialog(view: &UserPage, group: &str, section: &str) -> AnyView {
    let id = leave_id(group);
    let form = format!("{id}-form");
    let mut fields = view.form("iam:RemoveUserFromGroup", section, "User {UserName} removed from group {GroupName}.");
    fields.push(("GroupName".into(), group.to_owned()));
    let (closes, sends) = (id.clone(), form.clone());
    let text = format!(
        "Remove the user {} from the group {group}? The user loses every permission that the group grants.",
        view.name
    );
    let action = view.at(section, "");
    view! {
        <Modal
            id
            title="Remove user from group"
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-leave">
                        "Remove from group"
                    </Button>
                }
            }
        >
            <Form action hidden=fields id=form>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}

/// Choosing groups to join.
async fn add(view: &UserPage) -> AnyView {
    let (here, back) = (view.at("groups", "add"), view.at("groups", ""));
    let search = Search::ticking(&view.page, forms::JOIN, "GroupName");
    let narrowed = search.narrowed(&here);
    let first = search.first(&narrowed);
    let member_of: Vec<String> = view.groups().unwrap_or_default().into_iter().map(|group| group.group_name).collect();
    let asked = ListGroupRows {
        query: search.wanted(),
        marker: search.marker.clone(),
        max_items: Some(100),
        ..ListGroupRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, list.marker.as_deref());
    let unseen = search.unseen(list.rows.iter().map(|row| row.group_name.clone()));
    let rows = if list.rows.is_empty() && !search.query.is_empty() {
        nothing_found(JOIN_FORM, &here)
    } else {
        Rows::Ready(list.rows)
    };
    let columns = vec![
        Column::text("group", "Group", |row: &GroupRow| row.group_name.clone()).row_header(),
        Column::text("attached-policies", "Attached policies", |row: &GroupRow| {
            row.attached_policies.as_deref().map_or_else(|| "Access denied".into(), policy_names)
        }),
    ];
    let action = search.itself(&narrowed);
    let line = search_line(JOIN_FORM, &here, search.query, "Find groups", None, "find-groups");
    let (already, ticked) = (member_of.clone(), search.ticked);
    let selection = Selection::multi("GroupName", |row: &GroupRow| row.group_name.clone())
        .form(JOIN_FORM)
        .selected(move |row| member_of.contains(&row.group_name) || ticked.contains(&row.group_name))
        .disabled(move |row| already.contains(&row.group_name));
    let title = format!("Add {} to groups", view.name);
    let fields = view.form(forms::JOIN, "groups", "User {UserName} added to groups.");
    view! {
        <SpaceBetween>
            <Table
                id="groups-to-join"
                label="Groups"
                columns
                rows
                selection
                header=move || view! { <Header title /> }
                filter=move || line
                pagination=move || page_buttons(JOIN_FORM, first, next)
                empty=|| view! { <EmptyState title="No groups" text="This account has no groups yet. The wizard that adds users can make one." /> }
            />
            <ChooseForm id=JOIN_FORM action fields table="groups-to-join" back submit="Add to groups" testid="join-groups" unseen=("GroupName", unseen) />
        </SpaceBetween>
    }
    .into_any()
}
