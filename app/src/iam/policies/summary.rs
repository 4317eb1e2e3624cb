//! The policy summary: a row for each service and each circumstance in which the policy speaks about it.

use leptos::prelude::*;
use model::console::ServiceGrant;

use super::details::PolicyPage;
use crate::{
    iam::{denied::Problem, words::count},
    services,
    ui::{
        BulletList, Column, EmptyState, ExpandableSection, Header, HeaderLevel, Rows, SpaceBetween, Table, Text,
        TextColor, TextVariant,
    },
};

/// Denials, what is allowed, and the services that remain.
pub(super) fn summary(view: &PolicyPage) -> AnyView {
    match view.summary.clone() {
        Ok(summary) => shown(summary.grants, summary.remaining),
        Err(error) => view! { <Problem error retry=view.at("permissions", "") /> }.into_any(),
    }
}

/// The summary itself.
pub(super) fn shown(grants: Vec<ServiceGrant>, remaining: Vec<String>) -> AnyView {
    let (denied, allowed): (Vec<_>, Vec<_>) = grants.into_iter().partition(|grant| grant.effect == "Deny");
    let denials = (!denied.is_empty()).then(|| {
        let counter = format!("({})", services_of(&denied));
        table("explicit-deny", "Explicit deny", counter, denied)
    });
    let all = count_of(&allowed) + remaining.len();
    let everything = allowed.iter().any(|grant| grant.service == "*");
    let counter = if everything {
        "(all services)".to_owned()
    } else {
        format!("({} of {})", count_of(&allowed), count(all, "service", "services"))
    };
    let allowed = table("allow", "Allow", counter, allowed);
    let remaining = (!remaining.is_empty()).then(|| {
        let header = format!("Show remaining {}", remaining.len());
        let names = remaining.iter().map(|service| name(service)).collect::<Vec<_>>().join(", ");
        view! {
            <ExpandableSection header testid="remaining-services">
                <Text testid="remaining-names">{names}</Text>
                <Text variant=TextVariant::Small color=TextColor::Secondary>
                    "The policy allows nothing of these services. Counted are those that AWS managed policies name."
                </Text>
            </ExpandableSection>
        }
    });
    view! { <SpaceBetween>{denials} {allowed} {remaining}</SpaceBetween> }.into_any()
}

/// How many services the rows are about; a service can have several.
fn count_of(grants: &[ServiceGrant]) -> usize {
    let mut services: Vec<&str> = grants.iter().map(|grant| grant.service.as_str()).collect();
    services.dedup();
    services.len()
}

fn services_of(grants: &[ServiceGrant]) -> String {
    if grants.iter().any(|grant| grant.service == "*") {
        "all services".to_owned()
    } else {
        count(count_of(grants), "service", "services")
    }
}

/// A service's name with the prefix of its actions, or the prefix alone where no name is known here.
fn name(prefix: &str) -> String {
    match services::by_id(prefix) {
        _ if prefix == "*" => "All services".to_owned(),
        Some(service) if service.name.to_lowercase() != prefix => format!("{} ({prefix})", service.name),
        Some(service) => service.name.to_owned(),
        None => prefix.to_owned(),
    }
}

fn table(id: &'static str, title: &'static str, counter: String, rows: Vec<ServiceGrant>) -> AnyView {
    let columns = vec![
        Column::text("service", "Service", |grant: &ServiceGrant| name(&grant.service)).row_header(),
        Column::new("access", "Access level", access),
        Column::new("resource", "Resource", resources),
        Column::new("condition", "Request condition", |grant: &ServiceGrant| several(grant.conditions.clone(), "None")),
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
            empty=|| view! { <EmptyState title="No services" text="This policy allows nothing." /> }
        />
    }
    .into_any()
}

/// "Full access" for all actions; else "Limited" with the actions. AWS's levels (List, Read, …) are not guessed.
fn access(grant: &ServiceGrant) -> AnyView {
    let actions = grant.actions.clone();
    if grant.all_but {
        return all_but(actions, "action", "actions");
    }
    if actions.iter().any(|action| action == "*") {
        return "Full access".into_any();
    }
    let header = format!("Limited: {}", count(actions.len(), "action", "actions"));
    view! { <ExpandableSection header><BulletList items=actions /></ExpandableSection> }.into_any()
}

fn resources(grant: &ServiceGrant) -> AnyView {
    let resources = grant.resources.clone();
    if grant.all_but_resources {
        return all_but(resources, "resource", "resources");
    }
    if resources.iter().any(|resource| resource == "*") {
        return "All resources".into_any();
    }
    several(resources, "All resources")
}

/// What NotAction and NotResource mean.
fn all_but(patterns: Vec<String>, one: &str, many: &str) -> AnyView {
    let header = format!("All but {}", count(patterns.len(), one, many));
    view! { <ExpandableSection header><BulletList items=patterns /></ExpandableSection> }.into_any()
}

/// Nothing, one text, or a word that opens to all of them.
fn several(texts: Vec<String>, none: &'static str) -> AnyView {
    match texts.as_slice() {
        [] => none.into_any(),
        [one] => one.clone().into_any(),
        _ => view! { <ExpandableSection header="Multiple"><BulletList items=texts /></ExpandableSection> }.into_any(),
    }
}
