//! The wizard's second step: name, period, amount, and which costs count. The same form changes a budget.

use leptos::prelude::*;
use model::{
    Timestamp,
    budgets::{DIMENSIONS, RESERVABLE},
};

use super::{
    create::{NEXT, Shown, Wizard},
    draft::{Draft, EXPIRING, PARTS, PLANNED, RECURRING, Step},
    months,
    steps::{actions, enter},
};
use crate::{
    PageContext,
    billing::hidden,
    ui::{
        Checkbox, ColumnLayout, Container, ExpandableSection, Form, FormErrors, FormField, Header, Input, RadioGroup,
        RadioOption, Select, SelectOption, SpaceBetween, Textarea,
    },
};

/// Step 2.
pub(super) fn budget(page: &PageContext, wizard: &Wizard, shown: Shown) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.kept_fields());
    let creating = wizard.edits.is_none();
    if creating {
        fields.extend(shown.draft.alert_fields());
    } else {
        fields.push(("Alerts".into(), "0".into()));
        fields.push(("Name".into(), shown.draft.name.clone()));
    }
    let name = creating.then(|| name(page, &shown));
    let watched = watched(&shown);
    let (dates, method, filters) = (dates(page, &shown), method(page, &shown), filters(page, &shown));
    let parts = (shown.draft.kind == "COST").then(|| parts(&shown.draft));
    let faults = shown.faults.clone();
    let (next_step, next) = if creating {
        (Step::Alerts, page.label("Configure alerts", "Next"))
    } else {
        (Step::Confirm, page.label("Confirm budget", "Next"))
    };
    let buttons = actions(&wizard.home, creating.then_some(Step::Type), next_step, next);
    let action = wizard.action.clone();
    view! {
        <Form action hidden=fields novalidate=true testid="budget-form">
            {enter(next_step)}
            <SpaceBetween>
                <FormErrors fields=faults />
                <Container header=|| view! { <Header title="Set your budget" testid="step-title" /> }>
                    <SpaceBetween>
                        {name}
                        {watched}
                        {period(&shown)}
                        {dates}
                        {method}
                    </SpaceBetween>
                </Container>
                {filters}
                {parts}
            </SpaceBetween>
            {buttons}
        </Form>
    }
    .into_any()
}

fn name(page: &PageContext, shown: &Shown) -> AnyView {
    let (label, value) = (page.label("Name", "Budget name").to_owned(), shown.draft.name.clone());
    view! {
        <FormField
            control_id="budget-name"
            label
            constraint="1 to 100 characters: A-Z, a-z, 0-9, space and _ . / = + - % @"
            error=shown.fault("budget-name")
            testid="budget-name-field"
        >
            <Input name="Name" value maxlength=100u32 testid="budget-name" />
        </FormField>
    }
    .into_any()
}

/// Of reservations and Savings Plans, what is watched; of reservations, whose.
fn watched(shown: &Shown) -> Option<AnyView> {
    if !shown.draft.is_ratio() {
        return None;
    }
    let options = vec![
        RadioOption::new("UTILIZATION", "Utilization").describe("How much of what was bought is used."),
        RadioOption::new("COVERAGE", "Coverage").describe("How much of the usage it covers."),
    ];
    let (watch, service) = (shown.draft.watch.clone(), shown.draft.service.clone());
    let services = RESERVABLE.map(|service| SelectOption::new(service, service)).to_vec();
    let service = (shown.draft.kind == "RESERVATION").then(|| {
        view! {
            <FormField control_id="budget-service" label="Service">
                <Select name="Service" options=services value=service testid="budget-service" />
            </FormField>
        }
    });
    let view = view! {
        <FormField control_id="budget-watch" label="Monitor" group=true>
            <RadioGroup name="Watch" options value=watch testid="budget-watch" />
        </FormField>
        {service}
    };
    Some(view.into_any())
}

fn period(shown: &Shown) -> AnyView {
    let periods = [("MONTHLY", "Monthly"), ("DAILY", "Daily"), ("QUARTERLY", "Quarterly"), ("ANNUALLY", "Annually")];
    let options = periods.map(|(value, text)| SelectOption::new(value, text)).to_vec();
    let value = shown.draft.time_unit.clone();
    view! {
        <FormField control_id="budget-period" label="Period" description="Of the calendar, in UTC, by the account's clock.">
            <Select name="Period" options value testid="budget-period" />
        </FormField>
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

/// How the amount is set. All ways are in the form; the style sheet shows the chosen one.
fn method(page: &PageContext, shown: &Shown) -> Option<AnyView> {
    let draft = &shown.draft;
    if draft.is_ratio() {
        return None;
    }
    let label = page.label("Budget amount", "Budgeting method").to_owned();
    let options = vec![
        RadioOption::new("fixed", "Fixed").describe("The same amount for every period."),
        RadioOption::new("planned", page.label("Monthly budget planning", "Planned"))
            .describe("An amount for each month or quarter; the last one stays."),
        RadioOption::new("historical", "Auto-adjusting: historical").describe("The average of past periods."),
        RadioOption::new("forecast", "Auto-adjusting: forecast").describe("What past periods let expect of the next."),
    ];
    let cost = draft.kind == "COST";
    let amount_label = if cost { "Budgeted amount ($)" } else { "Budgeted amount" };
    let method_fault = shown.fault("budget-method");
    let (amount_fault, look_back_fault) = (shown.fault("budget-amount"), shown.fault("budget-look-back"));
    let (method, amount, look_back) = (draft.method.clone(), draft.amount.clone(), draft.look_back.clone());
    let plan = plan(shown);
    let unit = (!cost).then(|| {
        let (value, fault) = (draft.unit.clone(), shown.fault("budget-unit"));
        view! {
            <FormField control_id="budget-unit" label="Unit" description="What the usage is counted in, as the ledger has it." error=fault testid="budget-unit-field">
                <Input name="Unit" value placeholder="Hrs" maxlength=100u32 testid="budget-unit" />
            </FormField>
        }
    });
    let view = view! {
        <div class="budget-method">
            <FormField control_id="budget-method" label group=true error=method_fault testid="budget-method-field">
                <RadioGroup name="Method" options value=method testid="budget-method" />
            </FormField>
            <div class="budget-method__fixed">
                <FormField
                    control_id="budget-amount"
                    label=amount_label
                    description="How much you plan to spend or use in a period."
                    error=amount_fault
                    testid="budget-amount-field"
                >
                    <Input name="Amount" value=amount inputmode="decimal" placeholder="100.00" testid="budget-amount" />
                </FormField>
            </div>
            <div class="budget-method__planned">{plan}</div>
            <div class="budget-method__historical">
                <FormField
                    control_id="budget-look-back"
                    label="Periods to look back on"
                    constraint="Up to 60 days, 12 months, 4 quarters or 1 year."
                    error=look_back_fault
                    testid="budget-look-back-field"
                >
                    <Input name="LookBack" value=look_back inputmode="numeric" testid="budget-look-back" />
                </FormField>
            </div>
            {unit}
        </div>
    };
    Some(view.into_any())
}

fn plan(shown: &Shown) -> AnyView {
    let draft = &shown.draft;
    let fields = (0..PLANNED)
        .map(|at| {
            let id = format!("budget-plan-{at}");
            let (value, fault) = (draft.plan.get(at).cloned().unwrap_or_default(), shown.fault(&id));
            let testid = id.clone();
            view! {
                <FormField control_id=id.clone() label=format!("Period {}", at + 1) error=fault testid=format!("{id}-field")>
                    <Input name=format!("Plan{at}") value inputmode="decimal" testid />
                </FormField>
            }
        })
        .collect_view();
    view! {
        <FormField
            control_id="budget-plan"
            label="Planned amounts"
            group=true
            description="Up to 12 months or 4 quarters. The first is the current period, or that in which the budget begins."
        >
            <ColumnLayout columns=4>{fields}</ColumnLayout>
        </FormField>
    }
    .into_any()
}

/// What a dimension is called, and how its values are written.
fn described(dimension: &str) -> (&'static str, &'static str) {
    match dimension {
        "Service" => ("Service", "As bills spell it: AWS Lambda"),
        "UsageType" => ("Usage type", "BoxUsage:t3.micro"),
        "Operation" => ("Operation", "RunInstances"),
        "Region" => ("Region", "us-east-1"),
        "LinkedAccount" => ("Linked account", "The twelve digits of an account"),
        _ => ("Tag", "user:Key$Value; user:Key$ for what is not tagged so"),
    }
}

fn filters(page: &PageContext, shown: &Shown) -> AnyView {
    let draft = &shown.draft;
    let given = DIMENSIONS.iter().filter(|of| draft.kind != "RESERVATION" || **of != "Service");
    let fields = given
        .map(|of| {
            let (label, constraint) = described(of);
            let id = format!("filter-{of}");
            let (value, fault) = (draft.filters.get(*of).cloned().unwrap_or_default(), shown.fault(&id));
            let testid = id.clone();
            view! {
                <FormField control_id=id.clone() label constraint error=fault testid=format!("{id}-field")>
                    <Textarea name=format!("Filter{of}") value rows=2 testid />
                </FormField>
            }
        })
        .collect_view();
    let header = page.label("Budget parameters (optional)", "Budget scope").to_owned();
    let open = !draft.filters.is_empty() || draft.kind == "USAGE";
    view! {
        <ExpandableSection header open testid="budget-filters">
            <SpaceBetween>
                <p>"One value in a line. Of one field any value counts, of all fields that are filled in each must fit."</p>
                <ColumnLayout columns=2>{fields}</ColumnLayout>
            </SpaceBetween>
        </ExpandableSection>
    }
    .into_any()
}

/// Which costs count, and how they are added up.
fn parts(draft: &Draft) -> AnyView {
    let options = [("unblended", "Unblended costs"), ("amortized", "Amortized costs"), ("blended", "Blended costs")];
    let options = options.map(|(value, text)| SelectOption::new(value, text)).to_vec();
    let value = draft.aggregate.clone();
    let boxes = PARTS
        .iter()
        .map(|(part, text)| {
            let checked = !draft.left_out.contains(*part);
            view! {
                <Checkbox id=format!("part-{part}") name=*part checked testid=*part>
                    {*text}
                </Checkbox>
            }
        })
        .collect_view();
    let open = !draft.left_out.is_empty() || draft.aggregate != "unblended";
    view! {
        <ExpandableSection header="Advanced options" open testid="budget-advanced">
            <SpaceBetween>
                <FormField control_id="budget-aggregate" label="Aggregate costs by">
                    <Select name="Aggregate" options value testid="budget-aggregate" />
                </FormField>
                <FormField control_id="budget-parts" label="Costs that count" group=true>
                    <div>
                        <input type="hidden" name="Parts" value="1" />
                        {boxes}
                    </div>
                </FormField>
            </SpaceBetween>
        </ExpandableSection>
    }
    .into_any()
}
