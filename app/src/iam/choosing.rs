//! Choosing rows of a list that is searched and paged: what the address asks for, and the buttons below.

use leptos::prelude::*;
use model::console::PolicyRow;

use crate::{
    PageContext,
    call::encode,
    ui::{Button, ButtonKind, ButtonVariant, Column, Form, FormActions},
};

/// What the address of a list asks for.
pub(super) struct Search {
    /// What is searched for; empty for everything.
    pub query: String,
    /// Where the page begins; the first page without one.
    pub marker: Option<String>,
}

impl Search {
    pub fn of(page: &PageContext) -> Self {
        let marker = page.query.get("marker").filter(|marker| !marker.is_empty()).cloned();
        Self { query: page.query("query"), marker }
    }

    /// What an operation searches for.
    pub fn wanted(&self) -> Option<String> {
        (!self.query.is_empty()).then(|| self.query.clone())
    }

    /// The address with this search and nothing else in it; `here` has members already.
    pub fn narrowed(&self, here: &str) -> String {
        format!("{here}&query={}", encode(&self.query))
    }

    /// The first page's address, unless this is the first page.
    pub fn first(&self, narrowed: &str) -> Option<String> {
        self.marker.is_some().then(|| narrowed.to_owned())
    }

    /// The next page's address, if there is one.
    pub fn next(narrowed: &str, marker: Option<&str>) -> Option<String> {
        marker.map(|marker| format!("{narrowed}&marker={}", encode(marker)))
    }
}

/// The form that the chosen rows belong to: back, or on with at least one of them.
#[component]
pub(super) fn ChooseForm(
    /// Its id, which the rows' check boxes name.
    id: &'static str,
    /// Where it is sent.
    action: String,
    /// Its hidden fields.
    fields: Vec<(String, String)>,
    /// The table's id.
    table: &'static str,
    /// Where Cancel leads.
    back: String,
    /// The button's text.
    #[prop(into)]
    submit: String,
    /// The button's `data-testid`.
    testid: &'static str,
) -> impl IntoView {
    view! {
        <Form action hidden=fields id>
            <FormActions>
                <Button href=back variant=ButtonVariant::Link>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Primary
                    for_selection=(table.to_owned(), false)
                    testid
                >
                    {submit}
                </Button>
            </FormActions>
        </Form>
    }
}

/// "Permissions policy (2)", "Boundary (1)", "None": how a policy is used in this account.
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

/// The columns of every list of policies to choose from.
pub(super) fn policy_columns() -> Vec<Column<PolicyRow>> {
    vec![
        Column::text("policy-name", "Policy name", |row: &PolicyRow| row.policy_name.clone()).row_header(),
        Column::text("type", "Type", |row: &PolicyRow| row.kind.clone()),
        Column::text("used-as", "Used as", used_as),
    ]
}
