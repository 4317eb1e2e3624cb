//! Choosing policies for a group from the whole catalogue.

use leptos::prelude::*;
use model::{
    console::{ListPolicyRows, PolicyRow},
    iam::AttachedPolicy,
};

use super::{details::GroupPage, forms};
use crate::{
    call::encode,
    iam::denied::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Form, FormActions, Header, NextPage, Rows, Selection, SpaceBetween,
        Table, TextFilter,
    },
};

const FORM: &str = "attach-form";
/// How many policies a page shows.
const PAGE: i64 = 50;

/// "2 entities", "None": how often a policy is attached in this account.
fn used_as(row: &PolicyRow) -> String {
    let mut uses = Vec::new();
    if row.attachment_count > 0 {
        uses.push(format!("Permissions policy ({})", row.attachment_count));
    }
    if row.permissions_boundary_usage_count > 0 {
        uses.push(format!("Boundary ({})", row.permissions_boundary_usage_count));
    }
    if uses.is_empty() { "None".into() } else { uses.join(", ") }
}

/// The columns of the lists of policies that a group is given.
pub(super) fn columns() -> Vec<Column<PolicyRow>> {
    vec![
        Column::text("policy-name", "Policy name", |row: &PolicyRow| row.policy_name.clone()).row_header(),
        Column::text("type", "Type", |row: &PolicyRow| row.kind.clone()),
        Column::text("used-as", "Used as", used_as),
    ]
}

/// Choosing policies to attach; those attached already are ticked and fixed.
pub(super) async fn attach(view: &GroupPage, attached: Vec<AttachedPolicy>) -> AnyView {
    let (here, back) = (view.at("permissions", "attach"), view.at("permissions", ""));
    let query = view.page.query("query");
    let marker = view.page.query.get("marker").filter(|marker| !marker.is_empty()).cloned();
    let first = marker.is_some().then(|| format!("{here}&query={}", encode(&query)));
    let searched = ListPolicyRows { query: (!query.is_empty()).then(|| query.clone()), ..ListPolicyRows::default() };
    let asked = ListPolicyRows { marker, max_items: Some(PAGE), ..searched };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = list.marker.as_ref().map(|marker| format!("{here}&query={}&marker={}", encode(&query), encode(marker)));
    let found = format!("Showing {} {}", list.total, if list.total == 1 { "result" } else { "results" });
    let rows = if list.rows.is_empty() { Rows::NoMatch { clear: here.clone() } } else { Rows::Ready(list.rows) };
    let arns: Vec<String> = attached.into_iter().map(|policy| policy.policy_arn).collect();
    let already = arns.clone();
    let selection = Selection::multi("PolicyArn", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .form(FORM)
        .selected(move |row| arns.contains(&row.policy_arn))
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
                columns=columns()
                rows
                selection
                header=move || view! { <Header title counts_selection_of="policies" testid="pick-title" /> }
                filter=move || {
                    view! {
                        <TextFilter
                            action=unfiltered
                            placeholder="Filter policies"
                            value=query
                            name="query"
                            hidden=filter_fields
                            count=found
                            testid="filter-policies"
                        />
                    }
                }
                pagination=move || view! { <NextPage first next /> }
            />
            <Form action=sends hidden=fields id=FORM>
                <FormActions>
                    <Button href=back variant=ButtonVariant::Link>"Cancel"</Button>
                    <Button
                        kind=ButtonKind::Submit
                        variant=ButtonVariant::Primary
                        for_selection=("policies".to_owned(), false)
                        testid="confirm-attach"
                    >
                        {submit}
                    </Button>
                </FormActions>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}
