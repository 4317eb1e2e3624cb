//! Changing a budget's amount.

use leptos::prelude::*;
use model::{
    budgets::{Budget, DescribeBudget, UpdateBudget},
    money::Usd,
};

use super::{PATH, budget_path, fields_of};
use crate::{
    Frame, PageContext, Section,
    billing::{Refusal, crumbs, hidden},
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header, HeaderLevel, Input,
        SpaceBetween,
    },
};

const UPDATE: &str = "budgets:UpdateBudget";
const AMOUNT: &str = "NewBudget[BudgetLimit][Amount]";

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
    let problem = page.error_of(UPDATE).filter(|_| fault.is_none());
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
                    <FormField
                        control_id="budget-amount"
                        label="Budgeted amount ($)"
                        description="A new amount arms the budget's alerts again."
                        error=fault
                        testid="budget-amount-field"
                    >
                        <Input name=AMOUNT value=amount inputmode="decimal" testid="budget-amount" />
                    </FormField>
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
