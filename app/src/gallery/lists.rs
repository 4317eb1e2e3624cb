//! Tables and tabs.

use super::sample::{User, users};
use crate::ui::*;
use leptos::prelude::*;

fn columns() -> Vec<Column<User>> {
    vec![
        Column::new("user-name", "User name", |user: &User| {
            let name = user.name;
            view! { <Link href="/ui" variant=LinkVariant::Plain>{name}</Link> }
        })
        .row_header()
        .sortable(),
        Column::text("groups", "Groups", |user: &User| user.groups.to_owned()).sortable(),
        Column::text("key-age", "Access key age", |user: &User| user.key_age.to_owned()).end(),
        Column::text("activity", "Last activity", |user: &User| user.activity.to_owned()).nowrap(),
        Column::new("mfa", "MFA", |user: &User| {
            let (status, word) = if user.mfa { (Status::Success, "Virtual") } else { (Status::Warning, "Not enabled") };
            view! { <StatusIndicator status>{word}</StatusIndicator> }
        }),
    ]
}

/// A list with everything a list can have.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let header = || {
        view! {
            <Header
                title="Users"
                counter="(3)"
                counts_selection_of="users"
                info="help-users"
                description="An IAM user is an identity with long-term credentials."
                actions=|| {
                    view! {
                        <Button variant=ButtonVariant::Icon icon=IconName::Refresh label="Refresh users" href="/ui" />
                        <Button for_selection=("users".to_owned(), false) opens="delete-alice">"Delete user"</Button>
                        <Button variant=ButtonVariant::Primary href="/ui">"Add user"</Button>
                    }
                }
            />
        }
    };
    view! {
        <Table
            id="users"
            label="Users"
            columns=columns()
            rows=Rows::Ready(users())
            selection=Selection::multi("UserNames", |user: &User| user.name.to_owned()).selected(|user| user.name == "bob")
            sort=Sort::new("user-name", false, |column, down| format!("/ui?sort={column}&down={down}"))
            header=header
            filter=|| view! { <TextFilter action="/ui" placeholder="Find users by name or access key" count="3 matches" target="users" /> }
            pagination=|| view! { <Pagination current=2 pages=9 href=|page| format!("/ui?page={page}") /> }
        />
        <Tabs
            label="User details"
            current="groups"
            tabs=vec![
                Tab::new("permissions", "Permissions", "/ui?tab=permissions"),
                Tab::new("groups", "Groups (2)", "/ui?tab=groups"),
                Tab::new("tags", "Tags", "/ui?tab=tags"),
                Tab::new("security_credentials", "Security credentials", "/ui?tab=security_credentials"),
                Tab::new("access_advisor", "Access Advisor", "/ui?tab=access_advisor"),
            ]
        >
            <Text>"What the chosen tab shows."</Text>
        </Tabs>
    }
}

/// A list's other states.
#[component]
pub(super) fn States() -> impl IntoView {
    let title = |text: &'static str| move || view! { <Header title=text level=HeaderLevel::H3 /> };
    view! {
        <ColumnLayout>
            <Table
                id="none"
                label="No users"
                columns=columns()
                rows=Rows::Ready(Vec::new())
                header=title("Empty")
                empty=|| {
                    view! { <EmptyState title="No users" text="No users to display." action=|| view! { <Button href="/ui">"Add user"</Button> } /> }
                }
            />
            <Table id="no-match" label="No matching users" columns=columns() rows=Rows::NoMatch { clear: "/ui".to_owned() } header=title("No match") />
            <Table id="loading" label="Loading users" columns=columns() rows=Rows::Loading header=title("Loading") />
            <Table id="failed" label="Failed users" columns=columns() rows=Rows::Failed("Users could not be loaded.".to_owned()) header=title("Failed") />
        </ColumnLayout>
        <Table
            id="single"
            label="Choose one user"
            compact=true
            columns=columns()
            rows=Rows::Ready(users())
            selection=Selection::single("UserName", |user: &User| user.name.to_owned()).disabled(|user| user.name == "bob")
            header=title("One of them, compact")
            pagination=|| view! { <NextPage next="/ui?marker=x" label="Pages of the single choice" /> }
        />
    }
}
