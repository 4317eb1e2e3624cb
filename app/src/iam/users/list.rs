//! The Users table.

use leptos::prelude::*;
use model::console::{ListUserRows, ListUserRowsOutput};

use super::{delete_dialog, delete_plan::Deleted, forms, list_columns::columns};
use crate::{
    CallError, Frame, PageContext, Section,
    call::encode,
    iam::{crumbs, denied::Problem, hidden, words::count},
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Direction, EmptyState, Flash, Flashbar, Form, Header, HeaderLevel,
        IconName, NextPage, Rows, Selection, Severity, Space, SpaceBetween, Table, TextFilter,
    },
};

/// Where the list stands.
pub(super) const PATH: &str = "/iam/users";
/// Id of the form that the table's check boxes belong to.
const CHOOSE_FORM: &str = "choose-users";

/// `/iam/users`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Users" section=Section::Iam crumbs=crumbs(&[], "Users") help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Users".into(),
        vec![
            "A user is a person or a program of this account. People sign in to the console with a password; programs sign their requests with access keys.".into(),
            "A new user may do nothing until a policy allows it: attached to the user, or to a group the user is in.".into(),
            "Search by a part of a user name or of an access key ID.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let query = [page.query("query"), page.query("q")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let marker = page.query.get("marker").filter(|marker| !marker.is_empty()).cloned();
    let first = marker.is_some();
    let asked = ListUserRows { query: (!query.is_empty()).then(|| query.clone()), marker, max_items: Some(50) };
    let answer = crate::call(asked).await;
    let dialog = match (&answer, page.outcome_of(forms::CHOOSE)) {
        (Ok(list), Some(_)) => {
            page.output_of::<Vec<String>>(forms::CHOOSE).map(|names| delete_dialog::of(&page, &names, list))
        }
        _ => None,
    };
    let table = match answer {
        Ok(list) => table(&page, list, query, first),
        Err(error) => {
            if let CallError::Api(error) = &error {
                crate::call::set_status(error.status());
            }
            view! {
                <SpaceBetween>
                    <Header title="Users" level=HeaderLevel::H1 testid="page-title" actions=|| buttons(PageContext::current(), false) />
                    <Problem error retry=PATH />
                </SpaceBetween>
            }
            .into_any()
        }
    };
    view! { <SpaceBetween>{deleted(&page)} {table} {dialog}</SpaceBetween> }.into_any()
}

/// What became of the users that were to be deleted.
fn deleted(page: &PageContext) -> Option<AnyView> {
    if let Some(error) = page.error_of(forms::DELETE).or_else(|| page.error_of(forms::CHOOSE)) {
        return Some(view! { <Problem error /> }.into_any());
    }
    let reports: Vec<Deleted> = page.output_of(forms::DELETE)?;
    let (gone, kept): (Vec<_>, Vec<_>) = reports.into_iter().partition(|report| report.failed.is_none());
    let flash = (!gone.is_empty()).then(|| {
        let names = gone.iter().map(|report| report.user_name.as_str()).collect::<Vec<_>>().join(", ");
        let text = if gone.len() == 1 {
            format!("User {names} deleted.")
        } else {
            format!("{} users deleted: {names}.", gone.len())
        };
        view! { <Flashbar items=vec![Flash::success(text)] /> }
    });
    let kept = kept
        .into_iter()
        .filter_map(|report| {
            let done = if report.done.is_empty() {
                "Nothing was changed.".to_owned()
            } else {
                format!("Done before: {}.", report.done.join(", "))
            };
            let header = format!("User {} was not deleted", report.user_name);
            report.failed.map(|error| {
                view! {
                    <SpaceBetween size=Space::Xs>
                        <Alert severity=Severity::Warning header=header testid="not-deleted">{done}</Alert>
                        <Problem error />
                    </SpaceBetween>
                }
            })
        })
        .collect_view();
    Some(view! { {flash} {kept} }.into_any())
}

/// The list's actions, the primary one last. Without a list there is nothing to choose for deletion.
fn buttons(page: PageContext, listed: bool) -> AnyView {
    let (delete, add) =
        (page.label("Delete user", "Delete").to_owned(), page.label("Add user", "Create user").to_owned());
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=PATH icon=IconName::Refresh label="Refresh" testid="refresh" />
            {listed
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Submit form=CHOOSE_FORM for_selection=("users".to_owned(), false) testid="delete-user">
                            {delete}
                        </Button>
                    }
                })}
            <Button href="/iam/users/create" variant=ButtonVariant::Primary testid="add-user">{add}</Button>
        </SpaceBetween>
    }
    .into_any()
}

fn table(page: &PageContext, list: ListUserRowsOutput, query: String, first: bool) -> AnyView {
    let ListUserRowsOutput { rows, total, now, marker, refused, .. } = list;
    let at = |marker: Option<String>| {
        let query = if query.is_empty() { String::new() } else { format!("query={}&", encode(&query)) };
        match marker {
            Some(marker) => format!("{PATH}?{query}marker={}", encode(&marker)),
            None => format!("{PATH}?{query}").trim_end_matches(['?', '&']).to_owned(),
        }
    };
    let (first, next) = (first.then(|| at(None)), marker.map(|marker| at(Some(marker))));
    let found = (!query.is_empty()).then(|| {
        let more = if next.is_some() || first.is_some() { " on this page" } else { "" };
        format!("{}{more}", count(rows.len(), "match", "matches"))
    });
    let rows = match rows {
        rows if rows.is_empty() && !query.is_empty() && next.is_none() => Rows::NoMatch { clear: PATH.into() },
        rows => Rows::Ready(rows),
    };
    let placeholder = page.label("Find users by username or access key", "Search").to_owned();
    let add = page.label("Add user", "Create user").to_owned();
    let selection =
        Selection::multi("UserName", |row: &model::console::UserRow| row.user_name.clone()).form(CHOOSE_FORM);
    let (columns, for_buttons) = (columns(page, now), page.clone());
    let description = page
        .label("", "An IAM user is an identity with long-term credentials that is used to interact with the account.")
        .to_owned();
    let description = (!description.is_empty()).then_some(description);
    view! {
        {columns_left_out(&refused)}
        <Form action=PATH hidden=hidden(forms::CHOOSE, &[]) id=CHOOSE_FORM inline=true />
        <Table
            id="users"
            label="Users"
            columns
            rows
            selection
            header=move || {
                view! {
                    <Header
                        title="Users"
                        level=HeaderLevel::H1
                        counter=format!("({total})")
                        counts_selection_of="users"
                        description
                        testid="page-title"
                        actions=move || buttons(for_buttons, true)
                    />
                }
            }
            filter=move || {
                view! { <TextFilter action=PATH placeholder value=query name="query" count=found testid="find-users" /> }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title="There are no IAM users."
                        text="Users of this account are listed here."
                        testid="no-users"
                        action=move || view! { <Button href="/iam/users/create">{add}</Button> }
                    />
                }
            }
        />
    }
    .into_any()
}

/// Says which permissions are missing for columns that stay empty.
fn columns_left_out(refused: &[String]) -> Option<AnyView> {
    (!refused.is_empty()).then(|| {
        let text = format!("Some columns cannot be shown: you do not have permission to {}.", refused.join(", "));
        view! { <Alert severity=Severity::Warning testid="columns-refused">{text}</Alert> }.into_any()
    })
}
