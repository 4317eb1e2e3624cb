//! The Users table.

use leptos::prelude::*;
use model::console::ListUserRowsOutput;

use super::{
    delete_dialog::Dialog,
    forms,
    list_columns::{columns, preference},
    list_place::Place,
    manage_columns,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        deletion::{self, Deleted},
        denied::Problem,
        hidden, paths,
        words::{count, showing},
    },
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Direction, EmptyState, Form, Header, HeaderLevel, IconName, NextPage,
        Rows, Selection, Severity, Sort, Space, SpaceBetween, Table, TextFilter,
    },
};

/// Where the list stands.
pub(super) const PATH: &str = paths::USERS;
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
    let place = Place::of(&page);
    let answer = crate::call(place.asked(preference(&page).page_size)).await;
    let dialog = delete_dialog(&page, &place).await;
    let table = match answer {
        Ok(list) => table(&page, list, &place),
        Err(error) => {
            crate::iam::denied::tell(&error);
            let retry = place.href();
            view! {
                <SpaceBetween>
                    <Header title="Users" level=HeaderLevel::H1 testid="page-title" actions=|| buttons(&PageContext::current(), PATH, false) />
                    <Problem error retry />
                </SpaceBetween>
            }
            .into_any()
        }
    };
    let columns = manage_columns::dialog(&page, &place);
    view! { <SpaceBetween>{deleted(&page)} {table} {columns} {dialog}</SpaceBetween> }.into_any()
}

/// The dialog for the users that were chosen, or that were not deleted for want of consent.
async fn delete_dialog(page: &PageContext, place: &Place) -> Option<AnyView> {
    let refused = page.error_of(forms::DELETE).is_some_and(|error| consent_missing(&error));
    let names: Vec<String> = if refused {
        page.typed(forms::DELETE, "UserName")?.split_whitespace().map(str::to_owned).collect()
    } else {
        page.output_of(forms::CHOOSE)?
    };
    Some(Dialog { id: "delete-users", action: place.href(), open: true, page }.of(&names).await)
}

/// Whether only the consent was missing: the dialog says so itself.
fn consent_missing(error: &CallError) -> bool {
    error.field("confirmation").or_else(|| error.field("activeConfirmed")).is_some()
}

/// What became of the users that were to be deleted.
fn deleted(page: &PageContext) -> Option<AnyView> {
    let failed = page.error_of(forms::DELETE).filter(|error| !consent_missing(error));
    if let Some(error) = failed.or_else(|| page.error_of(forms::CHOOSE)) {
        return Some(view! { <Problem error /> }.into_any());
    }
    let reports: Vec<Deleted> = page.output_of(forms::DELETE)?;
    Some(deletion::report(reports, "User", |gone| match gone {
        [one] => format!("User {one} deleted."),
        many => format!("{} users deleted: {}.", many.len(), many.join(", ")),
    }))
}

/// The list's actions, the primary one last. Without a list there is nothing to choose for deletion.
fn buttons(page: &PageContext, here: &str, listed: bool) -> AnyView {
    let (delete, add) =
        (page.label("Delete user", "Delete").to_owned(), page.label("Add user", "Create user").to_owned());
    let gear = page.label("Manage Columns", "Preferences").to_owned();
    let here = here.to_owned();
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=here icon=IconName::Refresh label="Refresh" testid="refresh" />
            <Button icon=IconName::Settings label=gear opens=manage_columns::ID testid="manage-columns-button" />
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

fn table(page: &PageContext, list: ListUserRowsOutput, place: &Place) -> AnyView {
    let ListUserRowsOutput { rows, total, now, marker, previous, refused, .. } = list;
    let first = place.marker.is_some().then(|| place.first().href());
    let previous = previous.map(|marker| place.at(marker, true));
    let next = marker.map(|marker| place.at(marker, false));
    let alone = first.is_none() && next.is_none();
    let found = if place.query.is_empty() {
        page.labels_2020().then(|| showing(total))
    } else {
        let more = if alone { "" } else { " on this page" };
        Some(format!("{}{more}", count(rows.len(), "match", "matches")))
    };
    // A page that was emptied behind its reader's back is not an account without users.
    let rows = match rows {
        rows if rows.is_empty() && next.is_none() && (!place.query.is_empty() || first.is_some()) => {
            Rows::NoMatch { clear: place.unfiltered() }
        }
        rows => Rows::Ready(rows),
    };
    let placeholder = page.label("Find users by username or access key", "Search").to_owned();
    let add = page.label("Add user", "Create user").to_owned();
    let nothing = page.label("There are no IAM users.", "No resources").to_owned();
    let nothing_text = page.label("Users of this account are listed here.", "No resources to display").to_owned();
    let selection =
        Selection::multi("UserName", |row: &model::console::UserRow| row.user_name.clone()).form(CHOOSE_FORM);
    let (columns, for_buttons, here) = (columns(page, now), page.clone(), place.href());
    let description = page
        .label("", "An IAM user is an identity with long-term credentials that is used to interact with the account.")
        .to_owned();
    let description = (!description.is_empty()).then_some(description);
    let (action, kept, query) = (place.unfiltered(), place.order(), place.query.clone());
    let at = place.clone();
    let sort = Sort::new(place.sort.clone(), place.descending, move |column, down| at.sorted(column, down));
    view! {
        {columns_left_out(&refused)}
        <Form action=here.clone() hidden=hidden(forms::CHOOSE, &[]) id=CHOOSE_FORM inline=true />
        <Table
            id="users"
            label="Users"
            columns
            rows
            selection
            sort
            header=move || {
                view! {
                    <Header
                        title="Users"
                        level=HeaderLevel::H1
                        counter=format!("({total})")
                        counts_selection_of="users"
                        description
                        testid="page-title"
                        actions=move || buttons(&for_buttons, &here, true)
                    />
                }
            }
            filter=move || {
                view! { <TextFilter action placeholder value=query name="query" hidden=kept count=found testid="find-users" /> }
            }
            pagination=move || view! { <NextPage first previous next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title=nothing
                        text=nothing_text
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
