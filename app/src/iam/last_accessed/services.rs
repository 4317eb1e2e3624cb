//! The services that somebody's policies allow, those used last first.

use std::{cmp::Reverse, collections::BTreeMap};

use leptos::prelude::*;
use model::{
    MAX_ITEMS, Timestamp,
    iam::{
        GenerateServiceLastAccessedDetails, GetServiceLastAccessedDetails, ListPoliciesGrantingServiceAccess,
        ServiceLastAccessed,
    },
};

use super::Entity;
use crate::{
    CallError, PageContext,
    call::encode,
    iam::{
        denied::Problem,
        words::{age, count, some_of},
    },
    ui::{Column, EmptyState, Header, Link, Pagination, Rows, Table, TextFilter},
};

/// How many services a page shows: the policies of so many are asked for at once.
const PAGE: usize = 50;

/// A row of the list.
struct Row {
    service: ServiceLastAccessed,
    /// The policies' names; nothing where the viewer may not list them.
    policies: Option<Vec<String>>,
}

async fn report(arn: &str) -> Result<Vec<ServiceLastAccessed>, CallError> {
    let asked = GenerateServiceLastAccessedDetails { arn: arn.to_owned(), granularity: None };
    let job_id = crate::call(asked).await?.job_id;
    let report = GetServiceLastAccessedDetails { job_id, max_items: Some(MAX_ITEMS), marker: None };
    Ok(crate::call(report).await?.services_last_accessed)
}

/// The policies that open each of these services, by the services' namespaces.
async fn policies(arn: &str, services: &[ServiceLastAccessed]) -> Option<BTreeMap<String, Vec<String>>> {
    if services.is_empty() {
        return Some(BTreeMap::new());
    }
    let asked = ListPoliciesGrantingServiceAccess {
        arn: arn.to_owned(),
        service_namespaces: services.iter().map(|service| service.service_namespace.clone()).collect(),
        marker: None,
    };
    let entries = crate::call(asked).await.ok()?.policies_granting_service_access;
    let names = |entry: model::iam::ListPoliciesGrantingServiceAccessEntry| {
        (entry.service_namespace, entry.policies.into_iter().map(|policy| policy.policy_name).collect())
    };
    Some(entries.into_iter().map(names).collect())
}

/// The list, searched and paged by the address.
pub(super) async fn list(page: &PageContext, entity: Entity) -> AnyView {
    let services = match report(&entity.arn).await {
        Ok(services) => services,
        Err(error) => return view! { <Problem error retry=entity.here /> }.into_any(),
    };
    let query = page.query("query");
    let wanted = query.trim().to_lowercase();
    let total = services.len();
    let matches = |service: &ServiceLastAccessed| {
        service.service_name.to_lowercase().contains(&wanted) || service.service_namespace.contains(&wanted)
    };
    let mut found: Vec<_> = services.into_iter().filter(matches).collect();
    found.sort_by_cached_key(|service| {
        (Reverse(service.last_authenticated), service.service_name.to_lowercase(), service.service_namespace.clone())
    });
    let matching = found.len();
    let pages = matching.div_ceil(PAGE).max(1);
    let current = page.query("page").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let shown: Vec<_> = found.into_iter().skip((current - 1) * PAGE).take(PAGE).collect();
    let granting = policies(&entity.arn, &shown).await;
    let rows: Vec<Row> = shown
        .into_iter()
        .map(|service| Row {
            policies: granting.as_ref().and_then(|all| all.get(&service.service_namespace).cloned()),
            service,
        })
        .collect();
    let rows = if rows.is_empty() && !wanted.is_empty() {
        Rows::NoMatch { clear: entity.here.clone() }
    } else {
        Rows::Ready(rows)
    };
    let counted = (!wanted.is_empty()).then(|| count(matching, "match", "matches"));
    let narrowed = format!("{}&query={}", entity.here, encode(&query));
    let (unfiltered, columns) = (entity.here.clone(), columns(page, entity));
    let title = page.label("Service permissions", "Allowed services").to_owned();
    let counter = format!("({total})");
    let description = "Services that the policies allow, with the last attempt to use each, whether it was allowed or denied. Uses of the last 400 days count; boundaries do not.";
    let hidden = vec![("section".to_owned(), super::SECTION.to_owned())];
    let (current, pages) = (u32::try_from(current).unwrap_or(1), u32::try_from(pages).unwrap_or(u32::MAX));
    view! {
        <Table
            id="last-accessed"
            label="Last accessed services"
            columns
            rows
            header=move || view! { <Header title counter description testid="last-accessed-title" /> }
            filter=move || {
                view! {
                    <TextFilter action=unfiltered placeholder="Search" value=query name="query" hidden count=counted testid="find-services-used" />
                }
            }
            pagination=move || {
                view! { <Pagination current pages href=move |page: u32| format!("{narrowed}&page={page}") /> }
            }
            empty=|| {
                view! {
                    <EmptyState title="No services" text="The policies allow no service: there is nothing to use." testid="no-services-allowed" />
                }
            }
        />
    }
    .into_any()
}

fn columns(page: &PageContext, entity: Entity) -> Vec<Column<Row>> {
    let now = Timestamp(page.viewer().now);
    let group = entity.group;
    let mut columns = vec![
        Column::text("service", page.label("Service Name", "Service"), |row: &Row| row.service.service_name.clone())
            .row_header(),
        Column::new(
            "policies",
            page.label("Policies Granting Permissions", "Policies granting permissions"),
            move |row: &Row| {
                let href = entity.granting(&row.service.service_namespace);
                match &row.policies {
                    Some(names) => {
                        let (names, testid) = (some_of(names), format!("granting-{}", row.service.service_namespace));
                        view! { <Link href testid>{names}</Link> }.into_any()
                    }
                    None => "You may not list them".into_any(),
                }
            },
        ),
        Column::text("last-accessed", page.label("Last Accessed", "Last accessed"), move |row: &Row| {
            last(row.service.last_authenticated, now)
        }),
    ];
    if group {
        columns.push(Column::text("by", page.label("Accessed by Members", "Accessed by members"), by));
    }
    columns
}

/// When a service was last used, as the console says it.
fn last(used: Option<Timestamp>, now: Timestamp) -> String {
    match used {
        None => "Not accessed in the tracking period".to_owned(),
        Some(used) => match age(used, now) {
            days if days.ends_with("days") => format!("{days} ago"),
            day => day,
        },
    }
}

/// Which member used a service last, and how many did.
fn by(row: &Row) -> String {
    let last = row.service.last_authenticated_entity.as_deref().and_then(|arn| arn.rsplit('/').next());
    match (last, usize::try_from(row.service.total_authenticated_entities).unwrap_or_default()) {
        (None, _) => String::new(),
        (Some(name), 0 | 1) => name.to_owned(),
        (Some(name), more) => format!("{name} + {} more", more - 1),
    }
}
