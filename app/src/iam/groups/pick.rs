//! Choosing policies for a group from the whole catalogue.

use leptos::prelude::*;
use model::{
    console::{ListPolicyRows, PolicyRow},
    iam::AttachedPolicy,
};

use super::{details::GroupPage, forms};
use crate::{
    iam::{
        choosing::{ChooseForm, Search, nothing_found, page_buttons, policy_columns, search_line},
        denied::Problem,
        words::showing,
    },
    ui::{Header, Rows, Selection, SpaceBetween, Table},
};

const FORM: &str = "attach-form";
/// How many policies a page shows.
const PAGE: i64 = 50;

/// Choosing policies to attach; those attached already are ticked and fixed.
pub(super) async fn attach(view: &GroupPage, attached: Vec<AttachedPolicy>) -> AnyView {
    let (here, back) = (view.at("permissions", "attach"), view.at("permissions", ""));
    let search = Search::ticking(&view.page, forms::ATTACH, "PolicyArn");
    let narrowed = search.narrowed(&here);
    let first = search.first(&narrowed);
    let asked = ListPolicyRows { query: search.wanted(), marker: search.marker.clone(), max_items: Some(PAGE) };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, list.marker.as_deref());
    let found = showing(list.total);
    let unseen = search.unseen(list.rows.iter().map(|row| row.policy_arn.clone()));
    let rows = if list.rows.is_empty() { nothing_found(FORM, &here) } else { Rows::Ready(list.rows) };
    let sends = search.itself(&narrowed);
    let arns: Vec<String> = attached.into_iter().map(|policy| policy.policy_arn).collect();
    let (already, ticked) = (arns.clone(), search.ticked);
    let selection = Selection::multi("PolicyArn", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .form(FORM)
        .selected(move |row| arns.contains(&row.policy_arn) || ticked.contains(&row.policy_arn))
        .disabled(move |row| already.contains(&row.policy_arn));
    let line = search_line(FORM, &here, search.query, "Filter policies", Some(found), "filter-policies");
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
                filter=move || line
                pagination=move || page_buttons(FORM, first, next)
            />
            <ChooseForm id=FORM action=sends fields table="policies" back submit testid="confirm-attach" unseen=("PolicyArn", unseen) />
        </SpaceBetween>
    }
    .into_any()
}
