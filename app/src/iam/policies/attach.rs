//! Choosing the users and groups that a policy is attached to, and what both lists of them share.

use leptos::prelude::*;
use model::console::{ListPolicyEntityRows, PolicyEntityRow};

use super::{
    details::{PolicyPage, unattachable},
    plan::{self, spoken},
};
use crate::{
    call::encode,
    iam::{
        choosing::{ChooseForm, NEXT, Search, nothing_found, page_buttons, search_line},
        denied::Problem,
        paths::{group_path, user_path},
    },
    ui::{
        Alert, Button, ButtonDropdown, Column, Direction, EmptyState, Header, Link, LinkVariant, MenuItem, Rows,
        Selection, Severity, Space, SpaceBetween, Table, slug,
    },
};

/// Id of the form that attaches.
const FORM: &str = "attach-form";

/// The field's value for a row: `User/alice`.
pub(super) fn value(row: &PolicyEntityRow) -> String {
    format!("{}/{}", row.kind, row.name)
}

/// The kind that the address narrows the list to; empty for both.
pub(super) fn kind(view: &PolicyPage) -> String {
    let kind = view.page.query("type");
    if matches!(kind.as_str(), "User" | "Group") { kind } else { String::new() }
}

/// The members of an address that keep search and filter.
pub(super) fn members(query: &str, kind: &str) -> String {
    let mut text = String::new();
    for (name, value) in [("query", query), ("type", kind)] {
        if !value.is_empty() {
            text.push_str(&format!("&{name}={}", encode(value)));
        }
    }
    text
}

/// Hidden fields of a search, without the empty ones.
pub(super) fn kept(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let given = fields.iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Name and kind.
pub(super) fn columns() -> Vec<Column<PolicyEntityRow>> {
    vec![
        Column::new("name", "Name", |row: &PolicyEntityRow| {
            let href = if row.kind == "User" { user_path(&row.name) } else { group_path(&row.name) };
            let (name, testid) = (row.name.clone(), format!("{}-{}", row.kind.to_lowercase(), slug(&row.name)));
            view! { <Link href variant=LinkVariant::Primary testid>{name}</Link> }
        })
        .row_header(),
        Column::text("type", "Type", |row: &PolicyEntityRow| row.kind.clone()),
    ]
}

/// The filter by kind, which works without scripts: links or, where ticks are to stay, buttons of the form with this id.
pub(super) fn types(view: &PolicyPage, here: &str, query: &str, form: Option<&'static str>) -> AnyView {
    let chosen = kind(view);
    let labels = [("", "All types"), ("User", "Users"), ("Group", view.page.label("Groups", "User groups"))];
    let label = labels.iter().find(|(kind, _)| *kind == chosen).map_or("All types", |(_, label)| label);
    let text = format!("Filter: {label}");
    let items = labels
        .iter()
        .map(|(kind, label)| {
            let (text, to, current) = ((*label).to_owned(), format!("{here}{}", members(query, kind)), *kind == chosen);
            match form {
                None => MenuItem::Link { text, href: to, current },
                Some(form) => {
                    let field = ("_op".to_owned(), NEXT.to_owned());
                    MenuItem::SubmitTo { text, form: form.to_owned(), field, to, current }
                }
            }
        })
        .collect();
    view! { <ButtonDropdown id="entity-type" text items testid="entity-type" /> }.into_any()
}

/// Everybody that the policy is not attached to yet.
pub(super) async fn list(view: &PolicyPage) -> AnyView {
    let (here, back) = (view.at("policy_usage", "&action=attach"), view.at("policy_usage", ""));
    if let Some(reason) = unattachable(view) {
        let header = format!("{reason}.");
        return view! {
            <Alert
                severity=Severity::Warning
                header
                testid="cannot-attach"
                action=move || view! { <Button href=back.clone()>"Back"</Button> }
            />
        }
        .into_any();
    }
    let (search, kind) = (Search::ticking(&view.page, plan::ATTACH, plan::ENTITY), kind(view));
    let narrowed = format!("{here}{}", members(&search.query, &kind));
    let first = search.first(&narrowed);
    let asked = ListPolicyEntityRows {
        policy_arn: view.arn.clone(),
        used_as: Some("None".into()),
        entity_filter: (!kind.is_empty()).then(|| kind.clone()),
        query: search.wanted(),
        marker: search.marker.clone(),
        max_items: Some(50),
    };
    let output = match crate::call(asked).await {
        Ok(output) => output,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let refused = (!output.refused.is_empty()).then(|| {
        let text =
            format!("Some entities cannot be shown: you do not have permission to {}.", output.refused.join(", "));
        view! { <Alert severity=Severity::Warning testid="entities-refused">{text}</Alert> }
    });
    let next = Search::next(&narrowed, output.marker.as_deref());
    let unseen = search.unseen(output.rows.iter().map(value));
    let rows = if output.rows.is_empty() && (!search.query.is_empty() || !kind.is_empty()) {
        nothing_found(FORM, &here)
    } else {
        Rows::Ready(output.rows)
    };
    let types = types(view, &here, &search.query, Some(FORM));
    let of_kind = format!("{here}{}", members("", &kind));
    let line = search_line(FORM, &of_kind, search.query, "Search", None, "find-entities");
    let ticked = search.ticked;
    let selection = Selection::multi(plan::ENTITY, value)
        .label(|row| spoken(&value(row)))
        .form(FORM)
        .selected(move |row| ticked.contains(&value(row)));
    let title = view.page.label("Attach policy", &format!("Attach as a permissions policy: {}", view.name)).to_owned();
    let (fields, action) = (view.form(plan::ATTACH), back.clone());
    view! {
        <SpaceBetween>
            {refused}
            <Table
                id="entities"
                label="Users and groups"
                columns=columns()
                rows
                selection
                header=move || {
                    view! {
                        <Header
                            title
                            description="Users and groups that this policy is not attached to."
                            testid="attach-title"
                        />
                    }
                }
                filter=move || {
                    view! {
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            {line} {types}
                        </SpaceBetween>
                    }
                }
                pagination=move || page_buttons(FORM, first, next)
                empty=|| {
                    view! {
                        <EmptyState title="No entities" text="There is no user and no group that this policy could be attached to." />
                    }
                }
            />
            <ChooseForm id=FORM action fields table="entities" back submit="Attach policy" testid="confirm-attach" unseen=(plan::ENTITY, unseen) />
        </SpaceBetween>
    }
    .into_any()
}
