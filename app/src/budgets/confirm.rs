//! The wizard's last step: everything once more, and the operation itself.

use leptos::prelude::*;

use super::{
    PATH,
    create::{CREATE, NEXT, OPERATION, Shown},
    draft::{Draft, Step},
    fields_of, months,
    steps::go,
};
use crate::{
    PageContext,
    billing::hidden,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, EmptyState, Form, FormActions, Header, KeyValue,
        KeyValuePairs, Rows, SpaceBetween, Table,
    },
};

/// Step 4.
pub(super) fn confirm(page: &PageContext, shown: Shown) -> AnyView {
    let Shown { draft, error, .. } = shown;
    let operation = draft.operation(&page.viewer().account_id);
    let flash = format!("Your budget {} has been created", draft.name);
    let mut fields = hidden(OPERATION, &[("_next", PATH), ("_flash", &flash)]);
    fields.extend(fields_of(&operation));
    fields.extend(draft.budget_fields());
    fields.extend(draft.alert_fields());
    let title = page.label("Confirm budget", "Review").to_owned();
    let submit = page.label("Create", "Create budget").to_owned();
    view! {
        <SpaceBetween>
            {error.map(|error| view! { <Problem error /> })}
            <Header title testid="step-title" />
            {kind(&draft)}
            {budget(&draft)}
            {alerts(&draft)}
            <Form action=CREATE hidden=fields testid="confirm-form">
                <FormActions>
                    <Button href=PATH variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
                    <Button form="back-to-3" kind=ButtonKind::Submit name="Go" value="3" testid="previous">"Previous"</Button>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="create-budget">{submit}</Button>
                </FormActions>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

/// An Edit button with the whole draft in a form of its own.
fn edit(draft: &Draft, step: Step) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(draft.budget_fields());
    fields.extend(draft.alert_fields());
    let id = format!("back-to-{}", step.number());
    let testid = match step {
        Step::Type => "edit-type",
        Step::Budget => "edit-budget",
        _ => "edit-alerts",
    };
    view! {
        <Form action=CREATE hidden=fields id inline=true>
            {go(step.number(), "Edit", testid, false)}
        </Form>
    }
    .into_any()
}

fn kind(draft: &Draft) -> AnyView {
    let button = edit(draft, Step::Type);
    let facts = vec![KeyValue::text("Budget type", "Cost budget")];
    view! {
        <Container header=move || view! { <Header title="Budget type" actions=move || button /> }>
            <KeyValuePairs items=facts />
        </Container>
    }
    .into_any()
}

fn budget(draft: &Draft) -> AnyView {
    let button = edit(draft, Step::Budget);
    let amount = draft.limit().map(model::money::Usd::dollars).unwrap_or_default();
    let period = draft.period();
    let dates = if draft.expiring { "Expiring budget" } else { "Recurring budget" };
    let month = |at: Option<model::Timestamp>| at.map(months::name).unwrap_or_default();
    let end = period.expires().map(|end| KeyValue::text("End month", months::name(months::last(end))));
    let mut facts = vec![
        KeyValue::text("Name", draft.name.clone()),
        KeyValue::text("Period", "Monthly"),
        KeyValue::text("Budget effective dates", dates),
        KeyValue::text("Start month", month(period.start)),
    ];
    facts.extend(end);
    facts.extend([
        KeyValue::text("Budget amount", "Fixed"),
        KeyValue::text("Budgeted amount", amount),
        KeyValue::text("Aggregate costs by", "Unblended costs"),
    ]);
    view! {
        <Container header=move || view! { <Header title="Budget details" actions=move || button /> } testid="confirm-budget">
            <KeyValuePairs items=facts />
        </Container>
    }
    .into_any()
}

fn alerts(draft: &Draft) -> AnyView {
    let button = edit(draft, Step::Alerts);
    let limit = draft.limit();
    let rows: Vec<(String, String)> =
        draft.alerts.iter().map(|alert| (alert.above(limit).unwrap_or_default(), alert.emails.clone())).collect();
    let columns = vec![
        Column::text("based", "Send alert based on", |_: &(String, String)| "Actual costs".to_owned()),
        Column::text("threshold", "Alert threshold", |row: &(String, String)| format!("> {}", row.0)).row_header(),
        Column::text("contacts", "Email contacts", |row: &(String, String)| row.1.clone()),
    ];
    view! {
        <Table
            id="confirm-alerts"
            label="Alerts"
            columns
            rows=Rows::Ready(rows)
            header=move || view! { <Header title="Alerts" actions=move || button /> }
            empty=|| view! { <EmptyState title="No alerts" text="Nobody is mailed." /> }
        />
    }
    .into_any()
}
