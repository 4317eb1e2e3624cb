//! The lists of the form that makes a group. A search sends the whole form, so that what was typed and chosen stays.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{ListPolicyRows, ListUserRows, PolicyRow, UserRow},
};

use super::draft::{Draft, NEXT, Place};
use crate::{
    CallError, PageContext,
    iam::{
        choosing::policy_columns,
        denied::Problem,
        words::{count, some_of},
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Direction, Header, Input, Rows, Selection, Space, SpaceBetween,
        Table,
    },
};

/// What was chosen and is not in sight goes along unseen.
pub(super) fn kept(name: &'static str, values: &[String]) -> AnyView {
    values.iter().map(|value| view! { <input type="hidden" name=name value=value.clone() /> }).collect_view().into_any()
}

/// A search line inside the form: searching sends the whole form, so that nothing is lost.
fn search(name: &'static str, value: String, label: &'static str, place: Place, found: String) -> AnyView {
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Input name value placeholder=label label=label id=format!("search-{name}") testid=format!("search-{name}") />
            <Button kind=ButtonKind::Submit name="_op" value=NEXT formaction=place.at() testid=format!("go-{name}")>"Search"</Button>
            <span role="status">{found}</span>
        </SpaceBetween>
    }
    .into_any()
}

/// A list that could not be fetched. Trying again sends the form, so that nothing typed is lost.
fn failed(kept: AnyView, error: CallError, place: Place) -> AnyView {
    let denied = matches!(error, CallError::Api(ApiError::AccessDenied { .. }));
    let retry = (!denied).then(|| {
        view! {
            <Button kind=ButtonKind::Submit name="_op" value=NEXT formaction=place.at() testid="retry">"Retry"</Button>
        }
    });
    view! {
        {kept}
        <Problem error />
        {retry}
    }
    .into_any()
}

fn more(place: Place, label: &'static str, testid: &'static str) -> AnyView {
    view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Inline name="_op" value=NEXT formaction=place.at() testid>
            {label}
        </Button>
    }
    .into_any()
}

/// The users to choose members from, those chosen and not in sight counted in the heading.
pub(super) async fn users(draft: &Draft, place: Place) -> AnyView {
    let asked = ListUserRows {
        query: Some(draft.user_query.trim().to_owned()).filter(|query| !query.is_empty()),
        max_items: Some(place.users),
        ..ListUserRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return failed(kept("UserName", &draft.users), error, place),
    };
    let unseen: Vec<String> =
        draft.users.iter().filter(|name| list.rows.iter().all(|row| row.user_name != **name)).cloned().collect();
    let found = format!("{}{}", count(list.rows.len(), "user", "users"), if list.is_truncated { " shown" } else { "" });
    let columns = vec![
        Column::text("user-name", "User name", |row: &UserRow| row.user_name.clone()).row_header(),
        Column::text("groups", "Groups", |row: &UserRow| {
            row.groups.as_deref().map_or_else(|| "Access denied".into(), some_of)
        }),
    ];
    let chosen = draft.users.clone();
    let selection = Selection::multi("UserName", |row: &UserRow| row.user_name.clone())
        .selected(move |row| chosen.contains(&row.user_name));
    let counter = (!unseen.is_empty()).then(|| format!("({} more selected)", unseen.len()));
    let query = draft.user_query.clone();
    let footer = list.is_truncated.then_some(move || more(place.more_users(), "Show more users", "more-users"));
    let rows = Rows::Ready(list.rows);
    view! {
        {kept("UserName", &unseen)}
        <Table
            id="users"
            label="Users"
            columns
            rows
            selection
            header=move || view! { <Header title="Add users to the group - Optional" counter /> }
            filter=move || search("UserQuery", query, "Search users", place, found)
            footer
        />
    }
    .into_any()
}

/// The policies to choose from, likewise.
pub(super) async fn policies(page: &PageContext, draft: &Draft, place: Place) -> AnyView {
    let asked = ListPolicyRows {
        query: Some(draft.policy_query.trim().to_owned()).filter(|query| !query.is_empty()),
        max_items: Some(place.policies),
        ..ListPolicyRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return failed(kept("PolicyArn", &draft.policies), error, place),
    };
    let unseen: Vec<String> =
        draft.policies.iter().filter(|arn| list.rows.iter().all(|row| row.policy_arn != **arn)).cloned().collect();
    let found = format!(
        "Showing {} of {}",
        list.rows.len(),
        count(usize::try_from(list.total).unwrap_or_default(), "result", "results")
    );
    let chosen = draft.policies.clone();
    let selection = Selection::multi("PolicyArn", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .selected(move |row| chosen.contains(&row.policy_arn));
    let title = page.label("Attach Policy", "Attach permissions policies - Optional").to_owned();
    let counter = (!unseen.is_empty()).then(|| format!("({} more selected)", unseen.len()));
    let query = draft.policy_query.clone();
    let footer =
        list.is_truncated.then_some(move || more(place.more_policies(), "Show more policies", "more-policies"));
    let rows = Rows::Ready(list.rows);
    view! {
        {kept("PolicyArn", &unseen)}
        <Table
            id="policies"
            label="Policies"
            columns=policy_columns()
            rows
            selection
            header=move || view! { <Header title counter /> }
            filter=move || search("PolicyQuery", query, "Filter policies", place, found)
            footer
        />
    }
    .into_any()
}
