//! Choosing rows of a list that is searched and paged: what the address asks for, and the buttons below. Searching and
//! turning pages send the form that the rows belong to, so that what is ticked stays ticked; no scripts are needed.

use leptos::prelude::*;
use model::console::PolicyRow;

use crate::{
    PageContext,
    call::encode,
    iam::fields::Fields,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Direction, EmptyState, Form, FormActions, Input, Rows, Space,
        SpaceBetween, Text,
    },
};

/// The form's "only lead on": it calls nothing, and the page is made anew with what was sent.
pub(super) const NEXT: &str = "page:Next";
/// The form's field with what is searched for.
const QUERY: &str = "Query";

/// What the address of a list asks for.
pub(super) struct Search {
    /// What is searched for; empty for everything.
    pub query: String,
    /// Where the page begins; the first page without one.
    pub marker: Option<String>,
    /// What was ticked when the form was sent.
    pub ticked: Vec<String>,
}

impl Search {
    pub fn of(page: &PageContext) -> Self {
        let marker = page.given("marker");
        Self { query: page.query("query"), marker, ticked: Vec::new() }
    }

    /// The same for a list whose rows are ticked in the field `field` of the form of `operation`: also what that form
    /// has sent. An address that names a search is a page of it; without one the search is the form's.
    pub fn ticking(page: &PageContext, operation: &str, field: &str) -> Self {
        let mut search = Self::of(page);
        if let Some(sent) = page.outcome_of(NEXT).or_else(|| page.outcome_of(operation)) {
            let fields = Fields(&sent.fields);
            search.ticked = fields.all(field);
            if !page.query.contains_key("query") {
                search.query = fields.one(QUERY);
            }
        }
        search
    }

    /// The address of this very page, which a refused form shows again.
    pub fn itself(&self, narrowed: &str) -> String {
        Self::next(narrowed, self.marker.as_deref()).unwrap_or_else(|| narrowed.to_owned())
    }

    /// What is ticked and not among the rows shown.
    pub fn unseen(&self, shown: impl IntoIterator<Item = String>) -> Vec<String> {
        let shown: Vec<String> = shown.into_iter().collect();
        self.ticked.iter().filter(|ticked| !shown.contains(ticked)).cloned().collect()
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

/// In place of rows where nothing matches. A link that clears the search would lose what is ticked; a button of the form
/// with the id `form` does not.
pub(super) fn nothing_found<T>(form: &'static str, here: &str) -> Rows<T> {
    let everything = format!("{here}&query=");
    let clear = move || {
        view! {
            <Button kind=ButtonKind::Submit form name="_op" value=NEXT formaction=everything testid="clear-filter">
                "Clear filter"
            </Button>
        }
    };
    Rows::Instead(view! { <EmptyState title="No matches" text="We can't find a match." action=clear /> }.into_any())
}

/// The line that searches a list whose ticks are to stay: part of the form with the id `form`. It must stand before
/// every other button of that form, because Enter presses the first one.
pub(super) fn search_line(
    form: &'static str,
    here: &str,
    query: String,
    placeholder: &'static str,
    found: Option<String>,
    testid: &'static str,
) -> AnyView {
    let here = here.to_owned();
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Input
                name=QUERY
                kind="search"
                value=query
                placeholder
                label=placeholder
                autocomplete="off"
                form
                id=format!("{form}-query")
                testid
            />
            <Button kind=ButtonKind::Submit form name="_op" value=NEXT formaction=here testid=format!("{testid}-go")>
                "Search"
            </Button>
            <span role="status" data-testid="filter-count">
                {found}
            </span>
        </SpaceBetween>
    }
    .into_any()
}

/// The buttons that turn the pages of such a list. Nothing where there is one page only.
pub(super) fn page_buttons(form: &'static str, first: Option<String>, next: Option<String>) -> AnyView {
    if first.is_none() && next.is_none() {
        return ().into_any();
    }
    let button = move |to: Option<String>, text: &'static str, testid: &'static str| {
        to.map(|to| {
            view! {
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Inline
                    form
                    name="_op"
                    value=NEXT
                    formaction=to
                    testid
                >
                    {text}
                </Button>
            }
        })
    };
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            {button(first, "First page", "first-page")} {button(next, "Next page", "next-page")}
        </SpaceBetween>
    }
    .into_any()
}

/// What was ticked elsewhere goes along unseen, and is told.
fn kept(field: &'static str, values: &[String]) -> Option<AnyView> {
    if values.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = values.iter().map(|value| value.rsplit('/').next().unwrap_or(value)).collect();
    names.sort_unstable();
    let text = format!("{} more selected: {}", values.len(), names.join(", "));
    let fields =
        values.iter().map(|value| view! { <input type="hidden" name=field value=value.clone() /> }).collect_view();
    Some(
        view! {
            {fields}
            <Text testid="selected-elsewhere">{text}</Text>
        }
        .into_any(),
    )
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
    /// The rows' field, and what is ticked and not in sight.
    #[prop(optional)]
    unseen: Option<(&'static str, Vec<String>)>,
) -> impl IntoView {
    // Several buttons send this form, each for an operation of its own.
    let (operation, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name == "_op");
    let operation = operation.into_iter().map(|(_, value)| value).next();
    let unseen = unseen.and_then(|(field, values)| kept(field, &values));
    // With something ticked elsewhere the button can be pressed whatever is ticked here.
    let send = if unseen.is_some() {
        view! {
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary name="_op" value=operation testid>
                {submit}
            </Button>
        }
        .into_any()
    } else {
        view! {
            <Button
                kind=ButtonKind::Submit
                variant=ButtonVariant::Primary
                name="_op"
                value=operation
                for_selection=(table.to_owned(), false)
                testid
            >
                {submit}
            </Button>
        }
        .into_any()
    };
    view! {
        <Form action hidden=fields id>
            {unseen} <FormActions>
                <Button href=back variant=ButtonVariant::Link>"Cancel"</Button>
                {send}
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
