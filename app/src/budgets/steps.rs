//! The wizard's first and third step; the second is in [`parameters`](super::parameters).

use leptos::prelude::*;
use model::budgets::{ADDRESSES, ALERTS, period_name};

use super::{
    PATH,
    compose::TEMPLATES,
    create::{CREATE, NEXT, Shown},
    draft::Step,
};
use crate::{
    PageContext,
    billing::hidden,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, Column, Container, Direction, EmptyState, Form, FormActions,
        FormErrors, FormField, Header, Input, RadioGroup, RadioOption, Rows, Select, SelectOption, Space, SpaceBetween,
        Table, Text, Textarea, Tile, Tiles,
    },
};

/// A button that leads to a step, or changes the draft, and takes the form's fields along.
pub(super) fn go(to: impl Into<String>, text: impl Into<String>, testid: &'static str, primary: bool) -> AnyView {
    let variant = if primary { ButtonVariant::Primary } else { ButtonVariant::Normal };
    let (to, text): (String, String) = (to.into(), text.into());
    view! { <Button kind=ButtonKind::Submit variant name="Go" value=to testid>{text}</Button> }.into_any()
}

/// The button that Enter in a field presses: the first of the form, seen by nobody.
pub(super) fn enter(to: Step) -> AnyView {
    view! {
        <button type="submit" class="visually-hidden" name="Go" value=to.number() tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

/// The buttons below a step.
pub(super) fn actions(cancel: &str, back: Option<Step>, next: Step, text: &str) -> AnyView {
    let (cancel, text) = (cancel.to_owned(), text.to_owned());
    view! {
        <FormActions>
            <Button href=cancel variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
            {back.map(|step| go(step.number(), "Previous", "previous", false))}
            {go(next.number(), text, "next", true)}
        </FormActions>
    }
    .into_any()
}

/// Step 1: which type of budget.
pub(super) fn kind(page: &PageContext, shown: Shown) -> AnyView {
    let tiles = vec![
        Tile::new("COST", "Cost budget").describe("Watches what is spent, and mails when it passes a threshold."),
        Tile::new("USAGE", "Usage budget").describe("Watches how much of a service is used."),
        Tile::new("SAVINGS_PLANS", "Savings Plans budget")
            .describe("Watches how much of your Savings Plans is used, or how much they cover."),
        Tile::new("RESERVATION", "Reservation budget")
            .describe("Watches how much of your reservations is used, or how much they cover."),
    ];
    let chosen = shown.draft.kind.clone();
    let mut fields = hidden(NEXT, &[("Today", &shown.draft.today)]);
    fields.extend(shown.draft.parameter_fields());
    fields.extend(shown.draft.alert_fields());
    let heading = page.label("Select budget type", "Choose budget type").to_owned();
    let next = page.label("Set your budget", "Next").to_owned();
    view! {
        <Form action=CREATE hidden=fields testid="budget-type-form">
            {enter(Step::Budget)}
            <Container header=move || view! { <Header title=heading testid="step-title" /> }>
                <Tiles name="Type" tiles value=chosen columns=2 label="Budget type" testid="budget-type" />
            </Container>
            {actions(PATH, None, Step::Budget, &next)}
            {templates()}
        </Form>
    }
    .into_any()
}

/// Budgets that are ready but for their contacts.
fn templates() -> AnyView {
    let take = |of: &usize| {
        let template = &TEMPLATES[*of];
        let label = format!("Use the template {}", template.title);
        view! {
            <Button kind=ButtonKind::Submit name="Go" value=format!("template-{}", template.key) label testid=template.key>
                "Use template"
            </Button>
        }
    };
    let columns = vec![
        Column::text("template", "Template", |of: &usize| TEMPLATES[*of].title.to_owned()).row_header(),
        Column::text("what", "What it does", |of: &usize| TEMPLATES[*of].text.to_owned()),
        Column::new("use", "Actions", take),
    ];
    view! {
        <Table
            id="templates"
            label="Templates"
            columns
            rows=Rows::Ready((0..TEMPLATES.len()).collect())
            header=|| view! { <Header title="Or use a template" /> }
            empty=|| view! { <EmptyState title="No templates" text="There are none." /> }
        />
    }
    .into_any()
}

/// Step 3: alerts.
pub(super) fn alerts(page: &PageContext, shown: Shown) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.budget_fields());
    fields.push(("Alerts".into(), shown.draft.alerts.len().to_string()));
    let too_many = shown.fault("alerts");
    let full = shown.draft.alerts.len() >= ALERTS;
    let cards = (0..shown.draft.alerts.len()).map(|at| alert(page, &shown, at)).collect_view();
    let faults = shown.faults.clone();
    let next = page.label("Confirm budget", "Next").to_owned();
    let add = page.label("+ Add new alert", "Add an alert threshold").to_owned();
    let count = format!("{} of {ALERTS} alerts", shown.draft.alerts.len());
    view! {
        <Form action=CREATE hidden=fields novalidate=true testid="alerts-form">
            {enter(Step::Confirm)}
            <SpaceBetween>
                <FormErrors message=too_many fields=faults />
                <Header title="Configure alerts" description="Send an email when a threshold is passed." testid="step-title" />
                {cards}
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    {(!full).then(|| go("add", add, "add-alert", false))}
                    <Text testid="alert-count">{count}</Text>
                </SpaceBetween>
            </SpaceBetween>
            {actions(PATH, Some(Step::Budget), Step::Confirm, &next)}
        </Form>
    }
    .into_any()
}

fn alert(page: &PageContext, shown: &Shown, at: usize) -> AnyView {
    let draft = &shown.draft;
    let alert = draft.alerts.get(at).cloned().unwrap_or_default();
    let past = draft.past(&alert);
    let (threshold, percent, emails) = (alert.threshold, alert.percent, alert.emails);
    let [threshold_id, kind_id, emails_id, based_id] =
        ["threshold", "kind", "emails", "based"].map(|part| format!("alert-{at}-{part}"));
    let (threshold_fault, emails_fault) = (shown.fault(&threshold_id), shown.fault(&emails_id));
    let based_fault = shown.fault(&based_id);
    let topic_id = format!("alert-{at}-topic");
    let (topic, topic_fault) = (alert.topic, shown.fault(&topic_id));
    let ratio = draft.is_ratio();
    let what = match (draft.kind.as_str(), draft.watch.as_str(), alert.forecasted) {
        ("COST", _, false) => "actual cost",
        ("COST", _, true) => "forecasted cost",
        ("USAGE", _, false) => "actual usage",
        ("USAGE", _, true) => "forecasted usage",
        (_, "COVERAGE", _) => "coverage",
        _ => "utilization",
    };
    let than = if ratio { "less" } else { "greater" };
    let trigger = past.map(|past| format!("Alert will trigger if your {what} is {than} than {past}"));
    let absolute = match draft.kind.as_str() {
        "COST" => page.label("Dollar amount ($)", "Absolute value ($)").to_owned(),
        _ => format!("Absolute value ({})", draft.counted_in()),
    };
    let mut kinds = vec![SelectOption::new("percent", if ratio { "%" } else { "% of budgeted amount" })];
    kinds.extend((!ratio).then(|| SelectOption::new("absolute", absolute)));
    let kind = if percent || ratio { "percent" } else { "absolute" };
    let things = if draft.kind == "COST" { "costs" } else { "usage" };
    let no_forecast = match period_name(&draft.time_unit) {
        _ if ratio => Some("Utilization and coverage have no forecast."),
        ("Daily", _) => Some("A daily budget has no forecast."),
        _ => None,
    };
    let mut forecasted = RadioOption::new("FORECASTED", format!("Forecasted {things}"));
    forecasted.disabled = no_forecast.is_some();
    forecasted.description = no_forecast.map(str::to_owned);
    let based =
        vec![RadioOption::new("ACTUAL", if ratio { "Actual".into() } else { format!("Actual {things}") }), forecasted];
    let chosen =
        if alert.forecasted && (no_forecast.is_none() || based_fault.is_some()) { "FORECASTED" } else { "ACTUAL" };
    let title = format!("Alert {}", at + 1);
    let remove = format!("Remove alert {}", at + 1);
    let contacts = format!("Comma separated, at most {ADDRESSES}. Mails lie in the inbox of this account.");
    view! {
        <Container header=move || {
            view! { <Header title actions=move || go(format!("remove-{at}"), remove, "remove-alert", false) /> }
        }>
            <SpaceBetween>
                <FormField control_id=based_id.clone() label="Send alert based on" group=true error=based_fault testid=based_id.clone()>
                    <RadioGroup name=format!("Alert{at}Based") options=based value=chosen />
                </FormField>
                <FormField control_id=threshold_id.clone() label="Alert threshold" constraint=trigger error=threshold_fault testid=threshold_id.clone()>
                    <Input name=format!("Alert{at}Threshold") value=threshold inputmode="decimal" testid=format!("{threshold_id}-input") />
                </FormField>
                <FormField control_id=kind_id.clone() label="Threshold is">
                    <Select name=format!("Alert{at}Kind") options=kinds value=kind testid=kind_id />
                </FormField>
                <FormField control_id=emails_id.clone() label="Email contacts" constraint=contacts error=emails_fault testid=emails_id.clone()>
                    <Textarea name=format!("Alert{at}Emails") value=emails rows=2 testid=format!("{emails_id}-input") />
                </FormField>
                <FormField
                    control_id=topic_id.clone()
                    label="SNS topic ARN"
                    description="Notify via Amazon Simple Notification Service (SNS) topic. Its policy must allow budgets.amazonaws.com to SNS:Publish."
                    error=topic_fault
                    testid=topic_id.clone()
                >
                    <Input name=format!("Alert{at}Topic") value=topic testid=format!("{topic_id}-input") />
                </FormField>
                <Checkbox
                    id=format!("alert-{at}-chat")
                    disabled=true
                    description="Not available in this version: alerts go by email and to topics."
                >
                    "Notify via AWS Chatbot"
                </Checkbox>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
