//! The wizard's last step: everything once more, and the operation itself.

use leptos::prelude::*;

use model::{
    budgets::{UpdateBudget, amount, period_name, type_name},
    money::Usd,
};

use super::{
    compose::parts,
    create::{NEXT, Shown, Wizard},
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

/// Step 4: everything once more; of a change, what was changed in one step.
pub(super) fn confirm(page: &PageContext, wizard: &Wizard, shown: Shown) -> AnyView {
    let Shown { draft, error, .. } = shown;
    let (account_id, name) = (page.viewer().account_id, draft.name.clone());
    let creating = wizard.edits.is_none();
    let (flash, operation) = if creating {
        (format!("Your budget {name} has been created"), fields_of(&draft.operation(&account_id)))
    } else {
        let update = UpdateBudget { account_id, new_budget: draft.budget() };
        (format!("Your budget {name} has been updated"), fields_of(&update))
    };
    let mut fields = hidden(wizard.operation, &[("_next", &wizard.home), ("_flash", &flash)]);
    fields.extend(operation);
    fields.extend(draft.budget_fields());
    fields.extend(draft.alert_fields());
    let title = page.label("Confirm budget", "Review").to_owned();
    let (submit, testid) =
        if creating { (page.label("Create", "Create budget"), "create-budget") } else { ("Save", "save-budget") };
    let (submit, home, action) = (submit.to_owned(), wizard.home.clone(), wizard.action.clone());
    let back = if creating { Step::Alerts } else { Step::Budget };
    let (back, form) = (back.number(), format!("back-to-{}", back.number()));
    let (kind, budget) = (kind(wizard, &draft), budget(wizard, &draft));
    let alerts = creating.then(|| alerts(wizard, &draft));
    view! {
        <SpaceBetween>
            {error.map(|error| view! { <Problem error /> })}
            <Header title testid="step-title" />
            {kind}
            {budget}
            {alerts}
            <Form action hidden=fields testid="confirm-form">
                <FormActions>
                    <Button href=home variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
                    <Button form kind=ButtonKind::Submit name="Go" value=back testid="previous">"Previous"</Button>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid>{submit}</Button>
                </FormActions>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

/// An Edit button with the whole draft in a form of its own.
fn edit(wizard: &Wizard, draft: &Draft, step: Step) -> AnyView {
    let action = wizard.action.clone();
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
        <Form action hidden=fields id inline=true>
            {go(step.number(), "Edit", testid, false)}
        </Form>
    }
    .into_any()
}

fn kind(wizard: &Wizard, draft: &Draft) -> AnyView {
    let button = wizard.edits.is_none().then(|| edit(wizard, draft, Step::Type));
    let facts = vec![KeyValue::text("Budget type", format!("{} budget", type_name(&draft.budget_type())))];
    view! {
        <Container header=move || view! { <Header title="Budget type" actions=move || button /> }>
            <KeyValuePairs items=facts />
        </Container>
    }
    .into_any()
}

/// How much, in a few words.
fn amounts(draft: &Draft) -> Vec<KeyValue> {
    let unit = draft.counted_in();
    let shown = |text: &str| text.parse::<Usd>().map(|value| amount(value, unit)).unwrap_or_default();
    let (method, value) = match draft.method.as_str() {
        _ if draft.is_ratio() => return vec![KeyValue::text("Budgeted amount", "100%")],
        "planned" => {
            let mut period = draft.first_planned();
            let mut amounts = Vec::new();
            for text in &draft.plan {
                amounts.push(format!("{}: {}", months::one(&draft.time_unit, period), shown(text)));
                period = period.next_period(&draft.time_unit);
            }
            ("Planned", amounts.join("; "))
        }
        "historical" => ("Auto-adjusting", format!("The average of the last {} periods", draft.look_back)),
        "forecast" => ("Auto-adjusting", "What past periods let expect".to_owned()),
        _ => ("Fixed", shown(&draft.amount)),
    };
    vec![KeyValue::text("Budget amount", method), KeyValue::text("Budgeted amount", value)]
}

fn budget(wizard: &Wizard, draft: &Draft) -> AnyView {
    let button = edit(wizard, draft, Step::Budget);
    let period = draft.period();
    let dates = if draft.expiring { "Expiring budget" } else { "Recurring budget" };
    let month = |at: Option<model::Timestamp>| at.map(months::name).unwrap_or_default();
    let end = period.expires().map(|end| KeyValue::text("End month", months::name(months::last(end))));
    let mut facts = vec![
        KeyValue::text("Name", draft.name.clone()),
        KeyValue::text("Period", period_name(&draft.time_unit).0),
        KeyValue::text("Budget effective dates", dates),
        KeyValue::text("Start month", month(period.start)),
    ];
    facts.extend(end);
    facts.extend(amounts(draft));
    let filters = draft.budget().cost_filters;
    let filters: Vec<String> = filters.iter().map(|(of, values)| format!("{of}: {}", values.join(", "))).collect();
    facts.push(KeyValue::text("Filters", filters.join("; ")));
    if draft.kind == "COST" {
        let by = match draft.aggregate.as_str() {
            "amortized" => "Amortized costs",
            "blended" => "Blended costs",
            _ => "Unblended costs",
        };
        facts.push(KeyValue::text("Aggregate costs by", by));
        facts.push(KeyValue::text("Does not count", parts(&draft.left_out)));
    }
    view! {
        <Container header=move || view! { <Header title="Budget details" actions=move || button /> } testid="confirm-budget">
            <KeyValuePairs items=facts />
        </Container>
    }
    .into_any()
}

fn alerts(wizard: &Wizard, draft: &Draft) -> AnyView {
    let button = edit(wizard, draft, Step::Alerts);
    let sign = if draft.is_ratio() { '<' } else { '>' };
    let rows: Vec<[String; 3]> = draft
        .alerts
        .iter()
        .map(|alert| {
            let based = if alert.forecasted { "Forecasted" } else { "Actual" };
            let things = match draft.kind.as_str() {
                "COST" => " costs",
                "USAGE" => " usage",
                _ => "",
            };
            let past = draft.past(alert).unwrap_or_default();
            let contacts = [alert.emails.as_str(), &alert.topic].into_iter().filter(|part| !part.is_empty());
            let contacts: Vec<&str> = contacts.collect();
            [format!("{based}{things}"), format!("{sign} {past}"), contacts.join(", ")]
        })
        .collect();
    let columns = vec![
        Column::text("based", "Send alert based on", |row: &[String; 3]| row[0].clone()),
        Column::text("threshold", "Alert threshold", |row: &[String; 3]| row[1].clone()).row_header(),
        Column::text("contacts", "Email contacts", |row: &[String; 3]| row[2].clone()),
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
