//! Choosing the policy that bounds a user from the whole catalogue.

use leptos::prelude::*;
use model::console::{ListPolicyRows, PolicyRow};

use super::details::UserPage;
use crate::{
    call::encode,
    iam::{denied::Problem, words::showing},
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Form, FormActions, Header, NextPage, Rows, Selection, SpaceBetween,
        Table, TextFilter,
    },
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

/// "Permissions policy (2)", "Boundary (1)", "None": how a policy is used in this account.
pub(super) fn used_as(row: &PolicyRow) -> String {
    let mut uses = Vec::new();
    if row.attachment_count > 0 {
        uses.push(format!("Permissions policy ({})", row.attachment_count));
    }
    if row.permissions_boundary_usage_count > 0 {
        uses.push(format!("Boundary ({})", row.permissions_boundary_usage_count));
    }
    if uses.is_empty() { "None".into() } else { uses.join(", ") }
}

/// The columns of every list of policies.
pub(super) fn columns() -> Vec<Column<PolicyRow>> {
    vec![
        Column::text("policy-name", "Policy name", |row: &PolicyRow| row.policy_name.clone()).row_header(),
        Column::text("type", "Type", |row: &PolicyRow| row.kind.clone()),
        Column::text("used-as", "Used as", used_as),
    ]
}

async fn picker(view: &UserPage, purpose: Purpose) -> AnyView {
    let Purpose { action, title, submit, selection, fields } = purpose;
    let (here, back) = (view.at("permissions", action), view.at("permissions", ""));
    let query = view.page.query("query");
    let marker = view.page.query.get("marker").filter(|marker| !marker.is_empty()).cloned();
    let first = marker.is_some().then(|| format!("{here}&query={}", encode(&query)));
    let asked = ListPolicyRows { query: (!query.is_empty()).then(|| query.clone()), marker, max_items: Some(50) };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = list.marker.as_ref().map(|marker| format!("{here}&query={}&marker={}", encode(&query), encode(marker)));
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
                columns=columns()
                rows
                selection
                header=move || view! { <Header title testid="pick-title" /> }
                filter=move || {
                    view! {
                        <TextFilter
                            action=unfiltered
                            placeholder="Filter policies"
                            value=query
                            name="query"
                            hidden=filter_fields
                            count=counter
                            testid="filter-policies"
                        />
                    }
                }
                pagination=move || view! { <NextPage first next /> }
            />
            <Form action=here hidden=fields id="pick-form">
                <FormActions>
                    <Button href=back variant=ButtonVariant::Link>"Cancel"</Button>
                    <Button
                        kind=ButtonKind::Submit
                        variant=ButtonVariant::Primary
                        for_selection=("policies".to_owned(), false)
                        testid="pick-submit"
                    >
                        {submit}
                    </Button>
                </FormActions>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}
