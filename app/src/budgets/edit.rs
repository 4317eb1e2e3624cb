//! Changing a budget: from when to when, and how much.

use leptos::prelude::*;
use model::{
    Timestamp,
    budgets::{Budget, DescribeBudget, TimePeriod, UpdateBudget},
    money::Usd,
};

use super::{PATH, budget_path, fields_of, months};
use crate::{
    CallError, Frame, PageContext, Section,
    billing::{Refusal, crumbs, hidden},
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header, HeaderLevel, Input, Select,
        SelectOption, SpaceBetween,
    },
};

const UPDATE: &str = "budgets:UpdateBudget";
const AMOUNT: &str = "NewBudget[BudgetLimit][Amount]";
const START: &str = "NewBudget[TimePeriod][Start]";
const END: &str = "NewBudget[TimePeriod][End]";

/// `/billing/budgets/<name>/edit`.
#[component]
pub fn Edit() -> impl IntoView {
    let page = PageContext::current();
    let name = page.segment(2);
    let above = budget_path(&name);
    view! {
        <Frame title="Edit budget" section=Section::Billing crumbs=crumbs(&[("Budgets", PATH), (&name, &above)], "Edit")>
            <SpaceBetween>
                <Header title="Edit budget" level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let (account_id, name) = (page.viewer().account_id, page.segment(2));
    let home = budget_path(&name);
    let action = format!("{home}/edit");
    let ask =
        DescribeBudget { account_id: account_id.clone(), budget_name: name.clone(), show_filter_expression: None };
    let budget = match crate::call(ask).await {
        Ok(found) => found.budget,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let kept = budget.limit().map(|limit| limit.to_string()).unwrap_or_default();
    let amount = page.typed(UPDATE, AMOUNT).unwrap_or_else(|| kept.trim_end_matches(".0").to_owned());
    // An empty field is no member of the form at all.
    let empty = page.error_of(UPDATE).is_some() && page.typed(UPDATE, AMOUNT).is_none();
    let wrong = empty || page.field_error(UPDATE, "newBudget.budgetLimit.amount").is_some();
    let fault = wrong.then(|| {
        format!(
            "Enter an amount in dollars such as 100 or 9.99, greater than 0 and at most {}.",
            Usd(model::budgets::MOST).dollars()
        )
    });
    let end_fault = page.error_of(UPDATE).filter(is_about_the_end).map(|error| error.to_string());
    let problem = page.error_of(UPDATE).filter(|_| fault.is_none() && end_fault.is_none());
    let dates = dates(&page, budget.time_period.clone().unwrap_or_default(), end_fault);
    // What people do not change here stays as it is; what only AWS tells is not sent back.
    let rest =
        Budget { budget_limit: None, time_period: None, calculated_spend: None, last_updated_time: None, ..budget };
    let mut fields = hidden(UPDATE, &[("_next", &home), ("_flash", &format!("Your budget {name} has been updated"))]);
    fields.extend(fields_of(&UpdateBudget { account_id, new_budget: rest }));
    fields.push(("NewBudget[BudgetLimit][Unit]".into(), "USD".into()));
    view! {
        <Form action hidden=fields novalidate=true testid="edit-budget-form">
            <SpaceBetween>
                {problem.map(|error| view! { <Problem error /> })}
                <Container header=move || view! { <Header title=name /> }>
                    <SpaceBetween>
                        {dates}
                        <FormField
                            control_id="budget-amount"
                            label="Budgeted amount ($)"
                            description="A change arms the budget's alerts again."
                            error=fault
                            testid="budget-amount-field"
                        >
                            <Input name=AMOUNT value=amount inputmode="decimal" testid="budget-amount" />
                        </FormField>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
            <FormActions>
                <Button href=home variant=ButtonVariant::Link>"Cancel"</Button>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-budget">"Save"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// The start has its choices only from us: it is the end that lies too early.
fn is_about_the_end(error: &CallError) -> bool {
    matches!(error, CallError::Api(api) if *api == TimePeriod::ends_too_early())
}

/// The two months; without an end the budget recurs.
fn dates(page: &PageContext, period: TimePeriod, fault: Option<String>) -> AnyView {
    let now = Timestamp(page.viewer().now);
    let starts = months::starts(now, period.start);
    let mut ends = vec![SelectOption::new(TimePeriod::NEVER.to_string(), "No end month (recurring budget)")];
    ends.extend(months::ends(now, period.expires()));
    let chosen = |field: &str, kept: Timestamp| page.typed(UPDATE, field).unwrap_or_else(|| kept.to_string());
    let start = chosen(START, period.start.unwrap_or_else(|| now.month()));
    let end = chosen(END, period.expires().unwrap_or(TimePeriod::NEVER));
    view! {
        <FormField control_id="budget-start" label="Start month">
            <Select name=START options=starts value=start testid="budget-start" />
        </FormField>
        <FormField control_id="budget-end" label="End month" error=fault testid="budget-end-field">
            <Select name=END options=ends value=end testid="budget-end" />
        </FormField>
    }
    .into_any()
}
