//! The policy summary: a row for each service of which the policy speaks, with how much of it is meant.

use leptos::prelude::*;
use model::console::{GetPolicySummaryOutput, ServiceSummary};
use policy::Effect;

use super::details::{PolicyPage, Summary};
use crate::{
    iam::{denied::Problem, words::count},
    ui::{
        Badge, BadgeColor, BulletList, Column, EmptyState, ExpandableSection, Header, HeaderLevel, Rows, SpaceBetween,
        Table, Text, TextColor, TextVariant,
    },
};

/// AWS's sentence about a policy that allows nothing.
const GRANTS_NOTHING: &str = "This policy does not grant any permissions. To grant access, policies must have an action \
                              that has an applicable resource or condition.";

/// Denials, what is allowed, and the services that remain.
pub(super) fn summary(view: &PolicyPage, summary: &Summary) -> AnyView {
    match summary {
        Ok(summary) => shown(summary.clone()),
        Err(error) => view! { <Problem error=error.clone() retry=view.at("permissions", "") /> }.into_any(),
    }
}

/// The tables of a summary: what is denied, what is allowed, and what no service of AWS's is. `remaining` services are
/// in none.
pub(super) fn tables(services: Vec<ServiceSummary>, remaining: usize) -> AnyView {
    let (denied, rest): (Vec<_>, Vec<_>) = services.into_iter().partition(|row| row.effect == Effect::Deny);
    let (allowed, unknown): (Vec<_>, Vec<_>) = rest.into_iter().partition(|row| row.recognized);
    let denials = (!denied.is_empty()).then(|| {
        let counter = format!("({})", count(denied.len(), "service", "services"));
        table("explicit-deny", "Explicit deny", counter, denied)
    });
    let granted = allowed.iter().filter(|row| !row.access.is_none()).count();
    let all = granted + remaining;
    let counter = format!("({granted} of {})", count(all, "service", "services"));
    let allowed = table("allow", "Allow", counter, allowed);
    let unknown = (!unknown.is_empty()).then(|| {
        let counter = format!("({})", count(unknown.len(), "service", "services"));
        table("unrecognized", "Unrecognized services", counter, unknown)
    });
    view! { <SpaceBetween>{denials} {allowed} {unknown}</SpaceBetween> }.into_any()
}

/// The tables, and which services are in none.
fn shown(summary: GetPolicySummaryOutput) -> AnyView {
    let tables = tables(summary.services, summary.remaining.len());
    let remaining = (!summary.remaining.is_empty()).then(|| {
        let header = format!("Show remaining {}", summary.remaining.len());
        let names = summary.remaining.into_iter().map(|service| service.name).collect::<Vec<_>>().join(", ");
        view! {
            <ExpandableSection header testid="remaining-services">
                <Text testid="remaining-names">{names}</Text>
                <Text variant=TextVariant::Small color=TextColor::Secondary>
                    "The policy allows nothing of these services."
                </Text>
            </ExpandableSection>
        }
    });
    view! { <SpaceBetween>{tables} {remaining}</SpaceBetween> }.into_any()
}

fn table(id: &'static str, title: &'static str, counter: String, rows: Vec<ServiceSummary>) -> AnyView {
    let columns = vec![
        Column::new("service", "Service", service).row_header(),
        Column::new("access", "Access level", access),
        Column::new("resource", "Resource", resources),
        Column::new("condition", "Request condition", conditions),
    ];
    view! {
        <Table
            id
            label=format!("{title}, by service")
            columns
            rows=Rows::Ready(rows)
            embedded=true
            compact=true
            header=move || view! { <Header title level=HeaderLevel::H3 counter testid=format!("{id}-title") /> }
            empty=|| view! { <EmptyState title="No services" text=GRANTS_NOTHING testid="grants-nothing" /> }
        />
    }
    .into_any()
}

/// The name, and whether something in the row means nothing.
fn service(row: &ServiceSummary) -> AnyView {
    let name = row.name.clone();
    let mark = match (row.recognized, row.unrecognized.len()) {
        (false, _) => "Unrecognized service".to_owned(),
        (true, 0) => return name.into_any(),
        (true, actions) => count(actions, "unrecognized action", "unrecognized actions"),
    };
    view! { {name} " " <Badge color=BadgeColor::Red testid="unrecognized-mark">{mark}</Badge> }.into_any()
}

/// "Full access", or the levels, which open to the actions as they are written.
fn access(row: &ServiceSummary) -> AnyView {
    let header = if row.recognized { row.access.to_string() } else { "Unknown".to_owned() };
    let (actions, all_but) = (row.actions.clone(), row.all_but.clone());
    if all_but.is_empty() && actions.iter().all(|action| action == "*" || action.ends_with(":*")) {
        return header.into_any();
    }
    let marked = |action: String| {
        if row.unrecognized.contains(&action) { format!("{action} (unrecognized)") } else { action }
    };
    let actions: Vec<String> = actions.into_iter().map(marked).collect();
    view! {
        <ExpandableSection header>
            {(!actions.is_empty()).then(|| view! { <BulletList items=actions /> })}
            {excepted("All actions but", all_but)}
        </ExpandableSection>
    }
    .into_any()
}

fn resources(row: &ServiceSummary) -> AnyView {
    let (resources, all_but) = (row.resources.clone(), row.all_but_resources.clone());
    match (resources.as_slice(), all_but.as_slice()) {
        ([], []) => "All resources".into_any(),
        ([one], []) if one == "*" => "All resources".into_any(),
        ([one], []) => one.clone().into_any(),
        _ => {
            let words = |resource: String| if resource == "*" { "All resources".to_owned() } else { resource };
            let resources: Vec<String> = resources.into_iter().map(words).collect();
            view! {
                <ExpandableSection header="Multiple">
                    {(!resources.is_empty()).then(|| view! { <BulletList items=resources /> })}
                    {excepted("All resources but", all_but)}
                </ExpandableSection>
            }
            .into_any()
        }
    }
}

fn conditions(row: &ServiceSummary) -> AnyView {
    let mut conditions = row.conditions.clone();
    if row.also_unconditional {
        conditions.push("None, for some actions or resources".to_owned());
    }
    match conditions.as_slice() {
        [] => "None".into_any(),
        [one] => one.clone().into_any(),
        _ => view! { <ExpandableSection header="Multiple"><BulletList items=conditions /></ExpandableSection> }
            .into_any(),
    }
}

/// What NotAction and NotResource mean.
fn excepted(words: &'static str, patterns: Vec<String>) -> Option<AnyView> {
    (!patterns.is_empty())
        .then(|| view! { <Text>{format!("{words}:")}</Text> <BulletList items=patterns /> }.into_any())
}
