//! Choosing the policy that bounds a user from the whole catalogue.

use leptos::prelude::*;
use model::console::{ListPolicyRows, PolicyRow};

use super::details::UserPage;
use crate::{
    iam::{
        choosing::{ChooseForm, Search, policy_columns},
        denied::Problem,
        words::showing,
    },
    ui::{Header, NextPage, Rows, Selection, SpaceBetween, Table, TextFilter},
};

/// What the chosen policies are for.
struct Purpose {
    action: &'static str,
    title: String,
    submit: &'static str,
    selection: Selection<PolicyRow>,
    fields: Vec<(String, String)>,
}

/// Choosing the policy that bounds the user.
pub(super) async fn boundary(view: &UserPage) -> AnyView {
    let now = view.user.as_ref().and_then(|user| user.permissions_boundary.clone());
    let selection = Selection::single("PermissionsBoundary", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .form("pick-form")
        .selected(move |row| now.as_ref().is_some_and(|boundary| boundary.permissions_boundary_arn == row.policy_arn));
    let purpose = Purpose {
        action: "boundary",
        title: format!("Set the permissions boundary of {}", view.name),
        submit: "Set boundary",
        selection,
        fields: view.form("iam:PutUserPermissionsBoundary", "permissions", "Permissions boundary of {UserName} set."),
    };
    picker(view, purpose).await
}

async fn picker(view: &UserPage, purpose: Purpose) -> AnyView {
    let Purpose { action, title, submit, selection, fields } = purpose;
    let (here, back) = (view.at("permissions", action), view.at("permissions", ""));
    let search = Search::of(&view.page);
    let narrowed = search.narrowed(&here);
    let first = search.first(&narrowed);
    let asked = ListPolicyRows { query: search.wanted(), marker: search.marker, max_items: Some(50) };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, list.marker.as_deref());
    let counter = showing(list.total);
    let rows = if list.rows.is_empty() { Rows::NoMatch { clear: here.clone() } } else { Rows::Ready(list.rows) };
    let filter_fields =
        vec![("section".to_owned(), "permissions".to_owned()), ("action".to_owned(), action.to_owned())];
    let unfiltered = here.clone();
    view! {
        <SpaceBetween>
            <Table
                id="policies"
                label="Policies"
                columns=policy_columns()
                rows
                selection
                header=move || view! { <Header title testid="pick-title" /> }
                filter=move || {
                    view! {
                        <TextFilter
                            action=unfiltered
                            placeholder="Filter policies"
                            value=search.query
                            name="query"
                            hidden=filter_fields
                            count=counter
                            testid="filter-policies"
                        />
                    }
                }
                pagination=move || view! { <NextPage first next /> }
            />
            <ChooseForm id="pick-form" action=here fields table="policies" back submit testid="pick-submit" />
        </SpaceBetween>
    }
    .into_any()
}
