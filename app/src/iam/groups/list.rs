//! The list of groups.

use leptos::prelude::*;
use model::console::{GROUP_SORTS, GroupRow, ListGroupRows, ListGroupRowsOutput};

use super::{CREATE_PATH, PATH, delete_dialog, deleted::outcome, forms, list_columns::columns};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::{
        crumbs,
        denied::Problem,
        hidden,
        paths::group_path,
        words::{count, showing},
    },
    ui::{
        Alert, Button, ButtonDropdown, ButtonKind, ButtonVariant, Direction, EmptyState, Form, Header, HeaderLevel,
        IconName, MenuAlign, MenuItem, NextPage, Rows, Selection, Severity, Sort, Space, SpaceBetween, Table,
        TextFilter,
    },
};

/// Id of the form that the table's check boxes belong to.
const CHOOSE_FORM: &str = "choose-groups";
/// How many groups a page shows.
const PAGE: i64 = 50;

/// `/iam/groups`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Groups", "User groups").to_owned();
    view! {
        <Frame title=title.clone() section=Section::Iam crumbs=crumbs(&[], &title) help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "User groups".into(),
        vec![
            "A group gives its members the permissions of its policies. A user can be in ten groups; groups do not contain groups.".into(),
            "A group whose permissions are not defined has no policy yet: being in it allows nothing.".into(),
            "A group cannot sign in and cannot be named as a principal in a policy.".into(),
        ],
    )
}

/// What the address asks for: a search, an order, a page.
struct Asked {
    query: String,
    sort: String,
    descending: bool,
    marker: Option<String>,
}

impl Asked {
    fn of(page: &PageContext) -> Self {
        let sort = page.query("sort");
        Self {
            query: page.query("query"),
            sort: if GROUP_SORTS.contains(&sort.as_str()) { sort } else { "name".into() },
            descending: page.query("order") == "desc",
            marker: page.given("marker"),
        }
    }

    fn at(&self, sort: &str, descending: bool, marker: Option<&str>) -> String {
        let mut parts = Vec::new();
        if !self.query.is_empty() {
            parts.push(format!("query={}", encode(&self.query)));
        }
        if sort != "name" || descending {
            parts.push(format!("sort={sort}"));
        }
        if descending {
            parts.push("order=desc".into());
        }
        parts.extend(marker.map(|marker| format!("marker={}", encode(marker))));
        if parts.is_empty() { PATH.into() } else { format!("{PATH}?{}", parts.join("&")) }
    }
}

async fn content(page: PageContext) -> AnyView {
    let (asked, outcome) = (Asked::of(&page), outcome(&page));
    let chosen: Option<forms::Chosen> = page.output_of(forms::CHOOSE);
    if let Some((section, group)) = chosen.as_ref().and_then(destination) {
        crate::call::redirect(&format!("{}?{section}", group_path(group)));
    }
    let answer = crate::call(ListGroupRows {
        query: (!asked.query.is_empty()).then(|| asked.query.clone()),
        sort: Some(asked.sort.clone()),
        descending: Some(asked.descending),
        marker: asked.marker.clone(),
        max_items: Some(PAGE),
    })
    .await;
    let dialog = chosen.filter(|_| answer.is_ok()).map(|chosen| delete_dialog::of(&page, &chosen.groups, true));
    let table = match answer {
        Ok(list) => table(&page, list, asked),
        Err(error) => {
            crate::iam::denied::tell(&error);
            let title = page.label("Groups", "User groups").to_owned();
            view! {
                <SpaceBetween>
                    <Header title level=HeaderLevel::H1 testid="page-title" actions=move || buttons(&page, false) />
                    <Problem error retry=PATH />
                </SpaceBetween>
            }
            .into_any()
        }
    };
    view! { <SpaceBetween>{outcome} {table} {dialog}</SpaceBetween> }.into_any()
}

/// Where an action of the menu that is about one group leads.
fn destination(chosen: &forms::Chosen) -> Option<(&'static str, &str)> {
    let section = match chosen.action.as_str() {
        "add" => "section=users&action=add",
        "remove" => "section=users",
        "rename" => "action=rename",
        _ => return None,
    };
    Some((section, chosen.groups.first()?))
}

/// The list's actions, the primary one last. Without a list there is nothing to choose.
fn buttons(page: &PageContext, listed: bool) -> AnyView {
    let create = page.label("Create New Group", "Create group").to_owned();
    let chosen = listed.then(|| if page.labels_2020() { menu() } else { delete_button() });
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=PATH icon=IconName::Refresh label="Refresh" testid="refresh" />
            {chosen}
            <Button href=CREATE_PATH variant=ButtonVariant::Primary testid="create-group">{create}</Button>
        </SpaceBetween>
    }
    .into_any()
}

fn delete_button() -> AnyView {
    view! {
        <Button kind=ButtonKind::Submit form=CHOOSE_FORM for_selection=("groups".to_owned(), false) testid="delete-group">
            "Delete"
        </Button>
    }
    .into_any()
}

fn menu() -> AnyView {
    let items = [
        ("Add Users to Group", "add"),
        ("Delete Group", "delete"),
        ("Edit Group Name", "rename"),
        ("Remove Users from Group", "remove"),
    ]
    .map(|(text, action)| MenuItem::Submit {
        text: text.into(),
        form: CHOOSE_FORM.into(),
        field: Some(("Action".into(), action.into())),
    });
    view! {
        <ButtonDropdown
            id="group-actions"
            text="Group Actions"
            items=items.to_vec()
            align=MenuAlign::End
            for_selection=("groups".to_owned(), false)
            testid="group-actions"
        />
    }
    .into_any()
}

fn table(page: &PageContext, list: ListGroupRowsOutput, asked: Asked) -> AnyView {
    let ListGroupRowsOutput { rows, total, marker, refused, .. } = list;
    let (sort, descending) = (asked.sort.clone(), asked.descending);
    let first = asked.marker.is_some().then(|| asked.at(&sort, descending, None));
    let next = marker.map(|marker| asked.at(&sort, descending, Some(&marker)));
    let query = asked.query.clone();
    let found = if query.is_empty() {
        page.labels_2020().then(|| showing(total))
    } else {
        let more = if next.is_some() || first.is_some() { " on this page" } else { "" };
        Some(format!("{}{more}", count(rows.len(), "match", "matches")))
    };
    let rows = match rows {
        rows if rows.is_empty() && !query.is_empty() && next.is_none() => Rows::NoMatch { clear: PATH.into() },
        rows => Rows::Ready(rows),
    };
    let selection = Selection::multi("GroupName", |row: &GroupRow| row.group_name.clone()).form(CHOOSE_FORM);
    let order = Sort::new(sort, descending, move |column, down| asked.at(column, down, None));
    let (title, placeholder) =
        (page.label("Groups", "User groups").to_owned(), page.label("Search", "Filter user groups by name").to_owned());
    let create = page.label("Create New Group", "Create group").to_owned();
    let description = page
        .label(
            "",
            "A user group is a collection of IAM users. Use groups to specify permissions for a collection of users.",
        )
        .to_owned();
    let description = (!description.is_empty()).then_some(description);
    let (columns, for_buttons) = (columns(page), page.clone());
    let left_out = (!refused.is_empty()).then(|| {
        let text = format!("Some columns cannot be shown: you do not have permission to {}.", refused.join(", "));
        view! { <Alert severity=Severity::Warning testid="columns-refused">{text}</Alert> }
    });
    view! {
        {left_out}
        <Form action=PATH hidden=hidden(forms::CHOOSE, &[]) id=CHOOSE_FORM inline=true />
        <Table
            id="groups"
            label="Groups"
            columns
            rows
            selection
            sort=order
            header=move || {
                view! {
                    <Header
                        title
                        level=HeaderLevel::H1
                        counter=format!("({total})")
                        counts_selection_of="groups"
                        description
                        testid="page-title"
                        actions=move || buttons(&for_buttons, true)
                    />
                }
            }
            filter=move || view! { <TextFilter action=PATH placeholder value=query name="query" count=found testid="find-groups" /> }
            pagination=move || view! { <NextPage first next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title="There are no groups."
                        text="Groups of this account are listed here."
                        testid="no-groups"
                        action=move || view! { <Button href=CREATE_PATH>{create}</Button> }
                    />
                }
            }
        />
    }
    .into_any()
}
