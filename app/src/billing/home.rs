//! The billing home: what the month has come to, by service, and the ledger with its form.

use leptos::prelude::*;
use model::{
    billing::{ListSpend, ListSpendOutput, SERVICES, ServiceSpend, SpendEntry},
    decimal::Decimal,
};

use super::{crumbs, denied::Refusal, hidden, typed::Typed};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, EmptyState, Form, FormField, Grid, Header, HeaderLevel,
        Input, KeyValue, KeyValuePairs, NextPage, Rows, Select, SelectOption, SpaceBetween, Table, Text,
    },
};

const PATH: &str = "/billing/home";
const ADD: &str = "billing:AddSpend";

/// `/billing/home`.
#[component]
pub fn Home() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Billing & Cost Management Dashboard", "Billing and Cost Management home").to_owned();
    view! {
        <Frame title="Home" section=Section::Billing crumbs=crumbs(&[], "Home") help=help()>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "The cost ledger".into(),
        vec![
            "Nothing in this console costs money. What services would have cost is entered here, by hand or by a program, and budgets watch it. The spend simulator adds usage at list prices, and a real cost export can be imported.".into(),
            "An entry counts for a day up to today. Budgets are evaluated in the moment it is saved.".into(),
        ],
    )
}

/// An amount as people read it.
pub(super) fn dollars(amount: &str) -> String {
    amount.parse::<Decimal>().map_or_else(|_| amount.to_owned(), Decimal::dollars)
}

async fn content(page: PageContext) -> AnyView {
    let month = page.given("month");
    let marker = page.given("marker");
    let first = marker.is_some();
    let listed = match crate::call(ListSpend { month, marker, max_items: Some(50) }).await {
        Ok(listed) => listed,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let facts = vec![
        KeyValue::text("Month", listed.month.clone()),
        KeyValue::text("Month-to-date total", dollars(&listed.total)),
        KeyValue::text("As of", listed.now.day()),
    ];
    let services = listed.services.clone();
    view! {
        <Container header=|| view! { <Header title="Month-to-date spend" /> } testid="month-to-date">
            <KeyValuePairs items=facts />
        </Container>
        {by_service(services)}
        {form(&page)}
        {ledger(listed, first)}
    }
    .into_any()
}

fn by_service(services: Vec<ServiceSpend>) -> AnyView {
    let columns = vec![
        Column::text("service", "Service", |row: &ServiceSpend| row.service.clone()).row_header(),
        Column::text("amount", "Month-to-date", |row: &ServiceSpend| dollars(&row.amount)).end(),
    ];
    view! {
        <Table
            id="spend-by-service"
            label="Spend by service"
            columns
            rows=Rows::Ready(services)
            header=|| view! { <Header title="Spend by service" /> }
            empty=|| view! { <EmptyState title="No costs" text="Nothing has been spent in this month." /> }
        />
    }
    .into_any()
}

fn form(page: &PageContext) -> AnyView {
    let typed = Typed { page, operation: ADD };
    let problem = typed.problem(&["amount", "day", "note"]);
    let (amount_fault, day_fault, note_fault) = (typed.fault("amount"), typed.fault("day"), typed.fault("note"));
    let (service, amount) = (typed.value("Service"), typed.value("Amount"));
    let (day, note) = (typed.value("Day"), typed.value("Note"));
    let services = SERVICES.iter().map(|name| SelectOption::new(*name, *name)).collect::<Vec<_>>();
    let fields = hidden(ADD, &[("_next", PATH), ("_flash", "${Amount} for {Service} was added to the ledger.")]);
    view! {
        <Container header=|| view! { <Header title="Add spend" /> } testid="add-spend">
            <Form action=PATH hidden=fields novalidate=true testid="add-spend-form">
                <SpaceBetween>
                    {problem}
                    <Grid>
                        <FormField control_id="spend-service" label="Service">
                            <Select name="Service" options=services value=service testid="spend-service" />
                        </FormField>
                        <FormField control_id="spend-amount" label="Amount ($)" error=amount_fault>
                            <Input name="Amount" value=amount inputmode="decimal" placeholder="10.00" testid="spend-amount" />
                        </FormField>
                        <FormField control_id="spend-day" label="Day" optional=true constraint="Today if left empty, UTC" error=day_fault>
                            <Input name="Day" value=day kind="date" testid="spend-day" />
                        </FormField>
                        <FormField control_id="spend-note" label="Note" optional=true error=note_fault>
                            <Input name="Note" value=note maxlength=100u32 testid="spend-note" />
                        </FormField>
                    </Grid>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="add-spend-submit">"Add spend"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}

fn ledger(listed: ListSpendOutput, first: bool) -> AnyView {
    let ListSpendOutput { month, entries, marker, .. } = listed;
    let at = format!("{PATH}?month={month}");
    let next = marker.map(|marker| format!("{at}&marker={}", encode(&marker)));
    let first = first.then_some(at);
    let columns = vec![
        Column::text("day", "Day", |row: &SpendEntry| row.day.clone()).row_header().nowrap(),
        Column::text("service", "Service", |row: &SpendEntry| row.service.clone()),
        Column::text("amount", "Amount", |row: &SpendEntry| dollars(&row.amount)).end(),
        Column::text("note", "Note", |row: &SpendEntry| row.note.clone().unwrap_or_default()),
    ];
    view! {
        <Table
            id="ledger"
            label="Cost ledger"
            columns
            rows=Rows::Ready(entries)
            header=|| {
                view! {
                    <Header
                        title="Cost ledger"
                        actions=|| view! { <Button href="/billing/ledger" testid="open-ledger">"View line items"</Button> }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| view! { <EmptyState title="No entries" text="The ledger has no entries for this month." /> }
            footer=|| view! { <Text>"Simulated costs: no real account, no real cost."</Text> }
        />
    }
    .into_any()
}
