//! Choosing policies for a group from the whole catalogue.

use leptos::prelude::*;
use model::{
    console::{ListPolicyRows, PolicyRow},
    iam::AttachedPolicy,
};

use super::{details::GroupPage, forms};
use crate::{
    iam::{
        choosing::{ChooseForm, Search, policy_columns},
        denied::Problem,
        words::showing,
    },
    ui::{Header, NextPage, Rows, Selection, SpaceBetween, Table, TextFilter},
};

const FORM: &str = "attach-form";
/// How many policies a page shows.
const PAGE: i64 = 50;

/// Choosing policies to attach; those attached already are ticked and fixed.
pub(super) async fn attach(view: &GroupPage, attached: Vec<AttachedPolicy>) -> AnyView {
    let (here, back) = (view.at("permissions", "attach"), view.at("permissions", ""));
    let search = Search::of(&view.page);
    let narrowed = search.narrowed(&here);
    let first = search.first(&narrowed);
    let asked = ListPolicyRows { query: search.wanted(), marker: search.marker, max_items: Some(PAGE) };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, list.marker.as_deref());
    let found = showing(list.total);
    let rows = if list.rows.is_empty() { Rows::NoMatch { clear: here.clone() } } else { Rows::Ready(list.rows) };
    let arns: Vec<String> = attached.into_iter().map(|policy| policy.policy_arn).collect();
    let (already, ticked) = (arns.clone(), view.page.ticked(forms::ATTACH, "PolicyArn"));
    let selection = Selection::multi("PolicyArn", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .form(FORM)
        .selected(move |row| arns.contains(&row.policy_arn) || ticked.contains(&row.policy_arn))
        .disabled(move |row| already.contains(&row.policy_arn));
    let filter_fields =
        vec![("section".to_owned(), "permissions".to_owned()), ("action".to_owned(), "attach".to_owned())];
    let (unfiltered, sends) = (here.clone(), here);
    let title = view.page.label("Attach Policy", &format!("Attach permission policies to {}", view.name)).to_owned();
    let submit = view.page.label("Attach Policy", "Attach policies").to_owned();
    let fields = view.form(forms::ATTACH, "permissions", "Policies attached to {GroupName}.");
    view! {
        <SpaceBetween>
            <Table
                id="policies"
                label="Policies"
                columns=policy_columns()
                rows
                selection
                header=move || view! { <Header title counts_selection_of="policies" testid="pick-title" /> }
                filter=move || {
                    view! {
                        <TextFilter
                            action=unfiltered
                            placeholder="Filter policies"
                            value=search.query
                            name="query"
                            hidden=filter_fields
                            count=found
                            testid="filter-policies"
                        />
                    }
                }
                pagination=move || view! { <NextPage first next /> }
            />
            <ChooseForm id=FORM action=sends fields table="policies" back submit testid="confirm-attach" />
        </SpaceBetween>
    }
    .into_any()
}
