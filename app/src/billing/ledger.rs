//! The cost ledger line by line: a month, of all services or of one.

use leptos::prelude::*;
use model::billing::{LineItem, ListLineItems, ListLineItemsOutput, ListSpend};

use super::{crumbs, denied::Refusal, home::dollars};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    ui::{
        Badge, BadgeColor, Button, ButtonKind, Column, Container, EmptyState, Form, FormField, Grid, Header,
        HeaderLevel, Input, KeyValue, KeyValuePairs, NextPage, Rows, Select, SelectOption, SpaceBetween, Table, Text,
    },
};

const PATH: &str = "/billing/ledger";

/// `/billing/ledger`.
#[component]
pub fn Ledger() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Cost ledger" section=Section::Billing crumbs=crumbs(&[], "Cost ledger") help=help()>
            <SpaceBetween>
                <Header
                    title="Cost ledger"
                    level=HeaderLevel::H1
                    description="Line items, as a cost and usage report has them."
                    testid="page-title"
                />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Line items".into(),
        vec![
            "Each line is the usage of one day: what was used, how much of it, at which rate. Quantities and costs are exact to a trillionth.".into(),
            "Lines marked Scheduled are of days to come. They count when the account's clock reaches their day.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let (month, service, marker) = (page.given("month"), page.given("service"), page.given("marker"));
    let first = marker.is_some();
    let asked = ListLineItems { month: month.clone(), service: service.clone(), marker, max_items: Some(100) };
    let listed = match crate::call(asked).await {
        Ok(listed) => listed,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let sums = match crate::call(ListSpend { month, marker: None, max_items: Some(1) }).await {
        Ok(sums) => sums,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let facts = vec![
        KeyValue::text("Month", listed.month.clone()),
        KeyValue::text("Total so far", dollars(&sums.total)),
        KeyValue::text("Scheduled", dollars(&listed.scheduled)),
    ];
    let mut services = vec![SelectOption::new("", "All services")];
    services.extend(sums.services.iter().map(|row| SelectOption::new(&row.service, &row.service)));
    if let Some(chosen) = service.as_ref().filter(|name| sums.services.iter().all(|row| row.service != **name)) {
        services.push(SelectOption::new(chosen, chosen));
    }
    let (month, chosen) = (listed.month.clone(), service.clone().unwrap_or_default());
    view! {
        <Container header=|| view! { <Header title="Month" /> } testid="ledger-month">
            <SpaceBetween>
                <KeyValuePairs items=facts />
                <Form action=PATH get=true label="Choose a month and a service" testid="ledger-filter">
                    <SpaceBetween>
                        <Grid>
                            <FormField control_id="ledger-month-input" label="Month">
                                <Input name="month" kind="month" value=month testid="ledger-month-input" />
                            </FormField>
                            <FormField control_id="ledger-service" label="Service">
                                <Select name="service" options=services value=chosen testid="ledger-service" />
                            </FormField>
                        </Grid>
                        <Button kind=ButtonKind::Submit testid="ledger-show">"Show"</Button>
                    </SpaceBetween>
                </Form>
            </SpaceBetween>
        </Container>
        {table(listed, service.as_deref(), first)}
    }
    .into_any()
}

fn table(listed: ListLineItemsOutput, service: Option<&str>, first: bool) -> AnyView {
    let of_service = service.map(|name| format!("&service={}", encode(name))).unwrap_or_default();
    let at = format!("{PATH}?month={}{of_service}", listed.month);
    let next = listed.marker.map(|marker| format!("{at}&marker={}", encode(&marker)));
    let first = first.then_some(at);
    view! {
        <Table
            id="line-items"
            label="Line items"
            columns=columns()
            rows=Rows::Ready(listed.line_items)
            header=|| view! { <Header title="Line items" /> }
            pagination=move || view! { <NextPage first next /> }
            empty=|| view! { <EmptyState title="No line items" text="The ledger has no lines for this choice." /> }
            footer=|| view! { <Text>"Simulated costs: no real account, no real cost."</Text> }
        />
    }
    .into_any()
}

fn columns() -> Vec<Column<LineItem>> {
    vec![
        Column::new("day", "Day", |row: &LineItem| {
            let scheduled = row.is_scheduled.then(|| view! { " " <Badge testid="scheduled">"Scheduled"</Badge> });
            view! { {row.day.clone()} {scheduled} }
        })
        .row_header()
        .nowrap(),
        Column::text("service", "Service", |row: &LineItem| row.service.clone()),
        Column::new("usage-type", "Usage type", |row: &LineItem| {
            let free = row
                .free_tier
                .then(|| view! { " " <Badge color=BadgeColor::Green testid="free-tier">"Free tier"</Badge> });
            let kind = if row.usage_type.is_empty() { row.item_type.clone() } else { row.usage_type.clone() };
            view! { {kind} {free} }
        }),
        Column::text("operation", "Operation", |row: &LineItem| row.operation.clone()),
        Column::text("region", "Region", |row: &LineItem| row.region.clone()),
        Column::text("quantity", "Quantity", |row: &LineItem| {
            format!("{} {}", row.quantity, row.unit).trim().to_owned()
        })
        .end()
        .nowrap(),
        Column::text("rate", "Rate", |row: &LineItem| row.rate.as_deref().map(dollars).unwrap_or_default()).end(),
        Column::text("cost", "Unblended cost", |row: &LineItem| dollars(&row.unblended_cost)).end(),
        Column::text("resource", "Resource ID", |row: &LineItem| row.resource_id.clone().unwrap_or_default()),
        Column::text("tags", "Tags", |row: &LineItem| {
            row.tags.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
        }),
    ]
}
