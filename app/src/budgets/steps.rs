//! The wizard's first three steps.

use leptos::prelude::*;
use model::{
    Timestamp,
    budgets::{ADDRESSES, NOTIFICATIONS},
};

use super::{
    PATH,
    create::{CREATE, NEXT, Shown},
    draft::{Alert, EXPIRING, RECURRING, Step},
    months,
};
use crate::{
    PageContext,
    billing::hidden,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Direction, Form, FormActions, FormErrors, FormField, Header,
        Input, RadioGroup, RadioOption, Select, SelectOption, Space, SpaceBetween, Text, Textarea, Tile, Tiles,
    },
};

/// A button that leads to a step, or changes the draft, and takes the form's fields along.
pub(super) fn go(to: impl Into<String>, text: impl Into<String>, testid: &'static str, primary: bool) -> AnyView {
    let variant = if primary { ButtonVariant::Primary } else { ButtonVariant::Normal };
    let (to, text): (String, String) = (to.into(), text.into());
    view! { <Button kind=ButtonKind::Submit variant name="Go" value=to testid>{text}</Button> }.into_any()
}

/// The button that Enter in a field presses: the first of the form, seen by nobody.
fn enter(to: Step) -> AnyView {
    view! {
        <button type="submit" class="visually-hidden" name="Go" value=to.number() tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

fn actions(back: Option<Step>, next: Step, text: &str) -> AnyView {
    let text = text.to_owned();
    view! {
        <FormActions>
            <Button href=PATH variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
            {back.map(|step| go(step.number(), "Previous", "previous", false))}
            {go(next.number(), text, "next", true)}
        </FormActions>
    }
    .into_any()
}

/// Step 1: which type of budget.
pub(super) fn kind(page: &PageContext, shown: Shown) -> AnyView {
    let absent = |value: &str, text: &str, what: &str| Tile {
        disabled: true,
        ..Tile::new(value, text).describe(format!("{what} Not in this version."))
    };
    let tiles = vec![
        Tile::new("COST", "Cost budget")
            .describe("Watches what is spent in a month, and mails when it passes a threshold."),
        absent("USAGE", "Usage budget", "Watches how much of a service is used."),
        absent("SAVINGS_PLANS", "Savings Plans budget", "Watches what plans cover."),
        absent("RESERVATION", "Reservation budget", "Watches what reservations cover."),
    ];
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.budget_fields());
    fields.extend(shown.draft.alert_fields());
    let heading = page.label("Select budget type", "Choose budget type").to_owned();
    let next = page.label("Set your budget", "Next").to_owned();
    view! {
        <Form action=CREATE hidden=fields testid="budget-type-form">
            <Container header=move || view! { <Header title=heading testid="step-title" /> }>
                <Tiles name="Type" tiles value="COST" columns=2 label="Budget type" testid="budget-type" />
            </Container>
            {actions(None, Step::Budget, &next)}
        </Form>
    }
    .into_any()
}

/// Step 2: name and amount.
pub(super) fn budget(page: &PageContext, shown: Shown) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.alert_fields());
    fields.extend(shown.draft.kept_fields());
    let (name_fault, amount_fault) = (shown.fault("budget-name"), shown.fault("budget-amount"));
    let dates = dates(page, &shown);
    let (faults, name, amount) = (shown.faults, shown.draft.name, shown.draft.amount);
    let name_label = page.label("Name", "Budget name").to_owned();
    let next = page.label("Configure alerts", "Next").to_owned();
    let method_label = page.label("Budget amount", "Budgeting method").to_owned();
    let later = |value: &str, text: &str| RadioOption {
        disabled: true,
        ..RadioOption::new(value, text).describe("Not in this version")
    };
    let periods = [("MONTHLY", "Monthly"), ("DAILY", "Daily"), ("QUARTERLY", "Quarterly"), ("ANNUALLY", "Annually")];
    let periods =
        periods.map(|(value, text)| SelectOption { disabled: value != "MONTHLY", ..SelectOption::new(value, text) });
    let methods = vec![
        RadioOption::new("fixed", "Fixed").describe("The same amount for every month."),
        later("planned", page.label("Monthly budget planning", "Planned")),
    ];
    view! {
        <Form action=CREATE hidden=fields novalidate=true testid="budget-form">
            {enter(Step::Alerts)}
            <SpaceBetween>
                <FormErrors fields=faults />
                <Container header=|| view! { <Header title="Set your budget" testid="step-title" /> }>
                    <SpaceBetween>
                        <FormField
                            control_id="budget-name"
                            label=name_label
                            constraint="1 to 100 characters: A-Z, a-z, 0-9, space and _ . / = + - % @"
                            error=name_fault
                            testid="budget-name-field"
                        >
                            <Input name="Name" value=name maxlength=100u32 testid="budget-name" />
                        </FormField>
                        <FormField control_id="budget-period" label="Period" description="In UTC, by the account's clock.">
                            <Select name="Period" options=periods.to_vec() value="MONTHLY" testid="budget-period" />
                        </FormField>
                        {dates}
                        <FormField control_id="budget-method" label=method_label group=true>
                            <RadioGroup name="Method" options=methods value="fixed" />
                        </FormField>
                        <FormField
                            control_id="budget-amount"
                            label="Budgeted amount ($)"
                            description="How much you plan to spend in a month."
                            error=amount_fault
                            testid="budget-amount-field"
                        >
                            <Input name="Amount" value=amount inputmode="decimal" placeholder="100.00" testid="budget-amount" />
                        </FormField>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
            {actions(Some(Step::Type), Step::Alerts, &next)}
        </Form>
    }
    .into_any()
}

/// From when to when: the end month is shown for an expiring budget only, by the style sheet.
fn dates(page: &PageContext, shown: &Shown) -> AnyView {
    let now = Timestamp(page.viewer().now);
    let draft = &shown.draft;
    let (start, end): (Option<Timestamp>, Option<Timestamp>) = (draft.start.parse().ok(), draft.end.parse().ok());
    let (starts, ends) = (months::starts(now, start), months::ends(now, end));
    let start = start.unwrap_or_else(|| now.month()).to_string();
    let end = end.unwrap_or_else(|| now.next_month()).to_string();
    let options = vec![
        RadioOption::new(RECURRING, "Recurring budget").describe("Renews on the first day of every month."),
        RadioOption::new(EXPIRING, "Expiring budget").describe("Counts until the end of a month, and then no more."),
    ];
    let chosen = if draft.expiring { EXPIRING } else { RECURRING };
    let (start_fault, end_fault) = (shown.fault("budget-start"), shown.fault("budget-end"));
    view! {
        <div class="budget-dates">
            <FormField control_id="budget-dates" label="Budget effective dates" group=true>
                <RadioGroup name="Dates" options value=chosen />
            </FormField>
            <div class="budget-dates__months">
                <FormField control_id="budget-start" label="Start month" error=start_fault testid="budget-start-field">
                    <Select name="Start" options=starts value=start testid="budget-start" />
                </FormField>
                <div class="budget-dates__end">
                    <FormField control_id="budget-end" label="End month" error=end_fault testid="budget-end-field">
                        <Select name="End" options=ends value=end testid="budget-end" />
                    </FormField>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Step 3: alerts.
pub(super) fn alerts(page: &PageContext, shown: Shown) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.budget_fields());
    fields.push(("Alerts".into(), shown.draft.alerts.len().to_string()));
    let too_many = shown.fault("alerts");
    let full = shown.draft.alerts.len() >= NOTIFICATIONS;
    let cards = (0..shown.draft.alerts.len()).map(|at| alert(page, &shown, at)).collect_view();
    let faults = shown.faults.clone();
    let next = page.label("Confirm budget", "Next").to_owned();
    let add = page.label("+ Add new alert", "Add an alert threshold").to_owned();
    let count = format!("{} of {NOTIFICATIONS} alerts", shown.draft.alerts.len());
    view! {
        <Form action=CREATE hidden=fields novalidate=true testid="alerts-form">
            {enter(Step::Confirm)}
            <SpaceBetween>
                <FormErrors message=too_many fields=faults />
                <Header title="Configure alerts" description="Send an email when actual costs pass a threshold." testid="step-title" />
                {cards}
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    {(!full).then(|| go("add", add, "add-alert", false))}
                    <Text testid="alert-count">{count}</Text>
                </SpaceBetween>
            </SpaceBetween>
            {actions(Some(Step::Budget), Step::Confirm, &next)}
        </Form>
    }
    .into_any()
}

fn alert(page: &PageContext, shown: &Shown, at: usize) -> AnyView {
    let Alert { threshold, percent, emails } = shown.draft.alerts.get(at).cloned().unwrap_or_default();
    let [threshold_id, kind_id, emails_id] = ["threshold", "kind", "emails"].map(|part| format!("alert-{at}-{part}"));
    let (threshold_fault, emails_fault) = (shown.fault(&threshold_id), shown.fault(&emails_id));
    let above = shown.draft.alerts.get(at).and_then(|alert| alert.above(shown.draft.limit()));
    let trigger = above.map(|above| format!("Alert will trigger if your actual cost is greater than {above}"));
    let kinds = vec![
        SelectOption::new("percent", "% of budgeted amount"),
        SelectOption::new("absolute", page.label("Dollar amount ($)", "Absolute value ($)")),
    ];
    let kind = if percent { "percent" } else { "absolute" };
    let based = vec![
        RadioOption::new("ACTUAL", "Actual costs"),
        RadioOption {
            disabled: true,
            ..RadioOption::new("FORECASTED", "Forecasted costs").describe("Not in this version")
        },
    ];
    let title = format!("Alert {}", at + 1);
    let remove = format!("Remove alert {}", at + 1);
    let contacts = format!("Comma separated, at most {ADDRESSES}. Mails lie in the inbox of this account.");
    view! {
        <Container header=move || {
            view! { <Header title actions=move || go(format!("remove-{at}"), remove, "remove-alert", false) /> }
        }>
            <SpaceBetween>
                <FormField control_id=format!("alert-{at}-based") label="Send alert based on" group=true>
                    <RadioGroup name=format!("Alert{at}Based") options=based value="ACTUAL" />
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
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
