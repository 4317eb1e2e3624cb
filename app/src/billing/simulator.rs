//! The spend simulator: usage of a day, a plan, a curve; and what was entered, each with the way to take it back.

use leptos::prelude::*;
use model::billing::{CostEntry, ListCostEntries, PLANS, PRICED_REGIONS, Price, prices};

use super::{crumbs, denied::Refusal, hidden, home::dollars, typed::Typed};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, Date, DateStyle, EmptyState, Form, FormField, Grid,
        Header, HeaderLevel, Input, NextPage, Rows, Select, SelectOption, SpaceBetween, Table, Text,
    },
};

const PATH: &str = "/billing/simulator";
const USAGE: &str = "billing:AddUsage";
const PLAN: &str = "billing:AddUsagePlan";
const CURVE: &str = "billing:AddUsageCurve";
const DELETE: &str = "billing:DeleteCostEntry";

/// `/billing/simulator`.
#[component]
pub fn Simulator() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Spend simulator" section=Section::Billing crumbs=crumbs(&[], "Spend simulator") help=help()>
            <SpaceBetween>
                <Header
                    title="Spend simulator"
                    level=HeaderLevel::H1
                    description="Usage at list prices, as if it had been incurred."
                    testid="page-title"
                />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "The spend simulator".into(),
        vec![
            "Usage is priced by the on-demand list prices of US East (N. Virginia), which US East (Ohio) and US West (Oregon) share. What the free tier has left in the month comes first and costs nothing.".into(),
            "Usage of days to come waits in the ledger until the account's clock reaches them. Move the sandbox clock ahead to see budgets react.".into(),
            "Deleting an entry takes all of its lines out of the ledger. Mails that it has set off stay.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let marker = page.given("marker");
    let first = marker.is_some();
    let listed = match crate::call(ListCostEntries { marker, max_items: Some(20) }).await {
        Ok(listed) => listed,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let problem = page.error_of(DELETE);
    let next = listed.marker.map(|marker| format!("{PATH}?marker={}", encode(&marker)));
    let first = first.then(|| PATH.to_owned());
    view! {
        {problem.map(|error| view! { <Problem error retry=PATH /> })}
        {plan(&page)}
        {usage(&page)}
        {curve(&page)}
        <Table
            id="cost-entries"
            label="Entries"
            columns=columns()
            rows=Rows::Ready(listed.entries)
            header=|| view! { <Header title="Entries" description="What brought lines into the ledger, the latest first." /> }
            pagination=move || view! { <NextPage first next /> }
            empty=|| view! { <EmptyState title="No entries" text="Nothing was simulated or imported yet." /> }
            footer=|| view! { <Text>"Simulated costs: no real account, no real cost."</Text> }
        />
    }
    .into_any()
}

fn columns() -> Vec<Column<CostEntry>> {
    vec![
        Column::text("title", "Entry", |row: &CostEntry| row.title.clone()).row_header(),
        Column::text("kind", "Kind", |row: &CostEntry| {
            match row.kind.as_str() {
                "PLAN" => "Plan",
                "CURVE" => "Curve",
                "IMPORT" => "Import",
                "METER" => "Metered",
                _ => "Usage",
            }
            .to_owned()
        }),
        Column::text("lines", "Lines", |row: &CostEntry| row.lines.to_string()).end(),
        Column::text("amount", "Amount", |row: &CostEntry| dollars(&row.amount)).end(),
        Column::new("created", "Entered", |row: &CostEntry| {
            view! { <Date iso=row.create_date.to_string() style=DateStyle::Short /> }
        })
        .nowrap(),
        Column::new("actions", "Actions", delete),
    ]
}

fn delete(row: &CostEntry) -> AnyView {
    let flash = format!("{} was taken out of the ledger.", row.title);
    let fields = hidden(DELETE, &[("EntryId", &row.entry_id), ("_next", PATH), ("_flash", &flash)]);
    let label = format!("Delete {}", row.title);
    view! {
        <Form action=PATH hidden=fields inline=true>
            <Button variant=ButtonVariant::Inline kind=ButtonKind::Submit label testid="delete-entry">"Delete"</Button>
        </Form>
    }
    .into_any()
}

fn price_options() -> Vec<SelectOption> {
    let option = |price: &Price| SelectOption {
        value: price.key(),
        text: format!("{} ({} per {})", price.usage_type, price.rate.dollars(), price.unit),
        group: Some(price.service.to_owned()),
        ..SelectOption::default()
    };
    prices().iter().map(option).collect()
}

fn region_options() -> Vec<SelectOption> {
    PRICED_REGIONS.iter().map(|(region, _)| SelectOption::new(*region, *region)).collect()
}

fn plan(page: &PageContext) -> AnyView {
    let typed = Typed { page, operation: PLAN };
    let problem = typed.problem(&["startDay", "days"]);
    let options = PLANS.iter().map(|plan| SelectOption::new(plan.id, plan.title)).collect::<Vec<_>>();
    let (chosen, start, days) = (typed.value("Plan"), typed.value("StartDay"), typed.value("Days"));
    let (start_fault, days_fault) = (typed.fault("startDay"), typed.fault("days"));
    let fields = hidden(PLAN, &[("_next", PATH), ("_flash", "The plan was added to the ledger.")]);
    view! {
        <Container header=|| view! { <Header title="Add a plan" description="Something that goes on day after day until somebody notices." /> } testid="add-plan">
            <Form action=PATH hidden=fields novalidate=true testid="add-plan-form">
                <SpaceBetween>
                    {problem}
                    <Grid>
                        <FormField control_id="plan" label="Plan">
                            <Select name="Plan" options value=chosen testid="plan" />
                        </FormField>
                        <FormField control_id="plan-start" label="First day" optional=true constraint="Today if left empty, UTC" error=start_fault testid="plan-start-field">
                            <Input name="StartDay" value=start kind="date" testid="plan-start" />
                        </FormField>
                        <FormField control_id="plan-days" label="Days" optional=true constraint="As long as the plan says if left empty" error=days_fault testid="plan-days-field">
                            <Input name="Days" value=days inputmode="numeric" testid="plan-days" />
                        </FormField>
                    </Grid>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="add-plan-submit">"Add plan"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}

fn usage(page: &PageContext) -> AnyView {
    let typed = Typed { page, operation: USAGE };
    let problem = typed.problem(&["quantity", "day", "resourceId", "note"]);
    let (chosen, quantity, region) = (typed.value("Usage"), typed.value("Quantity"), typed.value("Region"));
    let (day, resource, note) = (typed.value("Day"), typed.value("ResourceId"), typed.value("Note"));
    let (quantity_fault, day_fault) = (typed.fault("quantity"), typed.fault("day"));
    let (resource_fault, note_fault) = (typed.fault("resourceId"), typed.fault("note"));
    let fields = hidden(USAGE, &[("_next", PATH), ("_flash", "The usage was added to the ledger.")]);
    view! {
        <Container header=|| view! { <Header title="Add usage" description="Usage of one day." /> } testid="add-usage">
            <Form action=PATH hidden=fields novalidate=true testid="add-usage-form">
                <SpaceBetween>
                    {problem}
                    <Grid>
                        <FormField control_id="usage" label="Usage">
                            <Select name="Usage" options=price_options() value=chosen testid="usage" />
                        </FormField>
                        <FormField control_id="usage-quantity" label="Quantity" error=quantity_fault testid="usage-quantity-field">
                            <Input name="Quantity" value=quantity inputmode="decimal" placeholder="24" testid="usage-quantity" />
                        </FormField>
                        <FormField control_id="usage-region" label="Region">
                            <Select name="Region" options=region_options() value=region testid="usage-region" />
                        </FormField>
                        <FormField control_id="usage-day" label="Day" optional=true constraint="Today if left empty, UTC" error=day_fault testid="usage-day-field">
                            <Input name="Day" value=day kind="date" testid="usage-day" />
                        </FormField>
                        <FormField control_id="usage-resource" label="Resource ID" optional=true error=resource_fault>
                            <Input name="ResourceId" value=resource maxlength=100_u32 testid="usage-resource" />
                        </FormField>
                        <FormField control_id="usage-note" label="Note" optional=true error=note_fault>
                            <Input name="Note" value=note maxlength=100_u32 testid="usage-note" />
                        </FormField>
                    </Grid>
                    <Button kind=ButtonKind::Submit testid="add-usage-submit">"Add usage"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}

fn curve(page: &PageContext) -> AnyView {
    let typed = Typed { page, operation: CURVE };
    let problem = typed.problem(&["quantity", "change", "startDay", "days"]);
    let shapes = vec![
        SelectOption::new("LINEAR", "By the same number each day"),
        SelectOption::new("PERCENT", "By so many per cent each day"),
    ];
    let (chosen, quantity, shape) = (typed.value("Usage"), typed.value("Quantity"), typed.value("Shape"));
    let (change, start, days) = (typed.value("Change"), typed.value("StartDay"), typed.value("Days"));
    let (quantity_fault, change_fault) = (typed.fault("quantity"), typed.fault("change"));
    let (start_fault, days_fault) = (typed.fault("startDay"), typed.fault("days"));
    let fields = hidden(CURVE, &[("_next", PATH), ("_flash", "The curve was added to the ledger.")]);
    view! {
        <Container header=|| view! { <Header title="Add a curve" description="Usage that grows or shrinks from day to day." /> } testid="add-curve">
            <Form action=PATH hidden=fields novalidate=true testid="add-curve-form">
                <SpaceBetween>
                    {problem}
                    <Grid>
                        <FormField control_id="curve-usage" label="Usage">
                            <Select name="Usage" options=price_options() value=chosen testid="curve-usage" />
                        </FormField>
                        <FormField control_id="curve-quantity" label="Quantity of the first day" error=quantity_fault testid="curve-quantity-field">
                            <Input name="Quantity" value=quantity inputmode="decimal" placeholder="10" testid="curve-quantity" />
                        </FormField>
                        <FormField control_id="curve-shape" label="It changes">
                            <Select name="Shape" options=shapes value=shape testid="curve-shape" />
                        </FormField>
                        <FormField control_id="curve-change" label="Change" constraint="With a sign it shrinks: -5" error=change_fault testid="curve-change-field">
                            <Input name="Change" value=change inputmode="decimal" placeholder="10" testid="curve-change" />
                        </FormField>
                        <FormField control_id="curve-start" label="First day" optional=true constraint="Today if left empty, UTC" error=start_fault>
                            <Input name="StartDay" value=start kind="date" testid="curve-start" />
                        </FormField>
                        <FormField control_id="curve-days" label="Days" optional=true constraint="30 if left empty" error=days_fault testid="curve-days-field">
                            <Input name="Days" value=days inputmode="numeric" testid="curve-days" />
                        </FormField>
                    </Grid>
                    <Button kind=ButtonKind::Submit testid="add-curve-submit">"Add curve"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}
