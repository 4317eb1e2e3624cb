//! A group's members: who they are, adding and removing them.

use leptos::prelude::*;
use model::{
    console::{ListUserRows, UserRow},
    iam::{GetGroupOutput, User},
};

use super::{
    details::{GroupPage, MEMBERS},
    forms,
};
use crate::{
    call::encode,
    iam::{
        choosing::{ChooseForm, Search, nothing_found, page_buttons, search_line},
        denied::Problem,
        paths::user_path,
        words::some_of,
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Date, DateStyle, Direction, EmptyState, Form, Header, Link,
        LinkVariant, Modal, NextPage, Rows, Selection, Space, SpaceBetween, Table, Text, slug,
    },
};

const REMOVE: &str = "remove-users";
const REMOVE_FORM: &str = "remove-users-form";
const ADD_FORM: &str = "add-users-form";

/// How many members there are, as far as one page tells: "3", "50+".
pub(super) fn number(output: &GetGroupOutput) -> String {
    let more = if output.is_truncated { "+" } else { "" };
    format!("{}{more}", output.users.len())
}

/// The tab "Users".
pub(super) async fn tab(view: &GroupPage) -> AnyView {
    if view.page.query("action") == "add" {
        return add(view).await;
    }
    let Ok(output) = &view.answer else {
        return view! { <Text>"The members of this group cannot be shown."</Text> }.into_any();
    };
    let next = output.marker.as_ref().map(|marker| format!("{}&marker={}", view.at("users", ""), encode(marker)));
    let first = (!view.page.query("marker").is_empty()).then(|| view.at("users", ""));
    let columns = vec![
        Column::new("user-name", view.page.label("User", "User name"), |user: &User| {
            let name = user.user_name.clone();
            view! {
                <Link href=user_path(&name) variant=LinkVariant::Primary testid=format!("member-{}", slug(&name))>
                    {name.clone()}
                </Link>
            }
        })
        .row_header(),
        Column::new("last-sign-in", "Console last sign-in", |user: &User| match user.password_last_used {
            Some(at) => view! { <Date iso=at.to_string() style=DateStyle::Short /> }.into_any(),
            None => "Never".into_any(),
        }),
        Column::new("created", view.page.label("Creation Time", "Creation time"), |user: &User| {
            view! { <Date iso=user.create_date.to_string() style=DateStyle::Short /> }
        }),
    ];
    let selection = Selection::multi("UserName", |user: &User| user.user_name.clone()).form(REMOVE_FORM);
    let title = view.page.label("Users", "Users in this group").to_owned();
    let counter = format!("({})", number(output));
    let (add, remove) = (
        view.page.label("Add Users to Group", "Add users").to_owned(),
        view.page.label("Remove Users from Group", "Remove users").to_owned(),
    );
    let empty_action = add.clone();
    let (href, first_user) = (view.at("users", "add"), view.at("users", "add"));
    let rows = Rows::Ready(output.users.clone());
    view! {
        <Table
            id="members"
            label="Users in this group"
            columns
            rows
            selection
            header=move || {
                view! {
                    <Header
                        title
                        counter
                        counts_selection_of="members"
                        actions=move || {
                            view! {
                                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                                    <Button opens=REMOVE for_selection=("members".to_owned(), false) testid="remove-users">{remove}</Button>
                                    <Button href variant=ButtonVariant::Primary testid="add-users">{add}</Button>
                                </SpaceBetween>
                            }
                        }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title="This group does not contain any users."
                        testid="no-members"
                        action=move || view! { <Button href=first_user>{empty_action}</Button> }
                    />
                }
            }
        />
        {remove_dialog(view)}
    }
    .into_any()
}

fn remove_dialog(view: &GroupPage) -> AnyView {
    let fields = view.form(forms::REMOVE, "users", "Users removed from {GroupName}.");
    let title = view.page.label("Remove Users from Group", "Remove users from group").to_owned();
    let text = format!(
        "Remove the selected users from the group {}? They lose every permission that the group gives them.",
        view.name
    );
    let submit = view.page.label("Remove from Group", "Remove").to_owned();
    let action = view.at("users", "");
    view! {
        <Modal
            id=REMOVE
            title
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=REMOVE>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=REMOVE_FORM testid="confirm-remove-users">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action hidden=fields id=REMOVE_FORM>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}

/// Choosing users to add; those who are members already are ticked and fixed.
async fn add(view: &GroupPage) -> AnyView {
    let (here, back) = (view.at("users", "add"), view.at("users", ""));
    let search = Search::ticking(&view.page, forms::ADD, "UserName");
    let narrowed = search.narrowed(&here);
    let first = search.first(&narrowed);
    let searched = ListUserRows { query: search.wanted(), ..ListUserRows::default() };
    let asked = ListUserRows { marker: search.marker.clone(), max_items: Some(MEMBERS), ..searched };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, list.marker.as_deref());
    let unseen = search.unseen(list.rows.iter().map(|row| row.user_name.clone()));
    let rows = if list.rows.is_empty() && !search.query.is_empty() {
        nothing_found(ADD_FORM, &here)
    } else {
        Rows::Ready(list.rows)
    };
    let columns = vec![
        Column::text("user-name", view.page.label("User Name", "User name"), |row: &UserRow| row.user_name.clone())
            .row_header(),
        Column::text("groups", "Groups", |row: &UserRow| {
            row.groups.as_deref().map_or_else(|| "Access denied".into(), some_of)
        }),
        Column::new("created", view.page.label("Creation Time", "Creation time"), |row: &UserRow| {
            view! { <Date iso=row.create_date.to_string() style=DateStyle::Short /> }
        }),
    ];
    let member = |group: String| move |row: &UserRow| row.groups.as_ref().is_some_and(|all| all.contains(&group));
    let sends = search.itself(&narrowed);
    let line = search_line(ADD_FORM, &here, search.query, "Search users", None, "find-users");
    let (ticked, is_member) = (search.ticked, member(view.name.clone()));
    let selection = Selection::multi("UserName", |row: &UserRow| row.user_name.clone())
        .form(ADD_FORM)
        .selected(move |row| is_member(row) || ticked.contains(&row.user_name))
        .disabled(member(view.name.clone()));
    let title = view.page.label("Add Users to Group", &format!("Add users to {}", view.name)).to_owned();
    let submit = view.page.label("Add Users", "Add users").to_owned();
    let fields = view.form(forms::ADD, "users", "Users added to {GroupName}.");
    view! {
        <SpaceBetween>
            <Table
                id="users-to-add"
                label="Users"
                columns
                rows
                selection
                header=move || view! { <Header title counts_selection_of="users-to-add" testid="add-users-title" /> }
                filter=move || line
                pagination=move || page_buttons(ADD_FORM, first, next)
                empty=|| view! { <EmptyState title="There are no IAM users." text="This account has no users yet." /> }
            />
            <ChooseForm id=ADD_FORM action=sends fields table="users-to-add" back submit testid="confirm-add-users" unseen=("UserName", unseen) />
        </SpaceBetween>
    }
    .into_any()
}
