//! What a budget's past periods came to.

use leptos::prelude::*;
use model::{
    budgets::{Budget, DescribeBudgetPerformanceHistory, Spend},
    money::Usd,
};

use super::{
    chart::{Bar, chart},
    months, shown,
};
use crate::{
    PageContext,
    iam::Problem,
    ui::{Column, Container, EmptyState, Header, Rows, SpaceBetween, Table},
};

struct Period {
    name: String,
    budgeted: Option<Usd>,
    actual: Option<Usd>,
}

/// The table and the drawing of the last twelve periods.
pub(super) async fn history(page: &PageContext, budget: &Budget) -> AnyView {
    let ask = DescribeBudgetPerformanceHistory {
        account_id: page.viewer().account_id,
        budget_name: budget.budget_name.clone(),
        time_period: None,
        max_results: None,
        next_token: None,
    };
    let found = match crate::call(ask).await {
        Ok(found) => found.budget_performance_history.budgeted_and_actual_amounts_list,
        Err(error) => return view! { <Problem error /> }.into_any(),
    };
    let millionths = |spend: Option<Spend>| spend.as_ref().and_then(Spend::millionths);
    let mut periods: Vec<Period> = found
        .into_iter()
        .map(|of| Period {
            name: months::one(&budget.time_unit, of.time_period.start.unwrap_or_default()),
            budgeted: millionths(of.budgeted_amount),
            actual: millionths(of.actual_amount),
        })
        .collect();
    let bars: Vec<Bar> = periods
        .iter()
        .map(|of| Bar {
            label: format!("{}: {} of {}", of.name, shown(budget, of.actual), shown(budget, of.budgeted)),
            actual: of.actual.map(|Usd(actual)| actual),
            budgeted: of.budgeted.map(|Usd(budgeted)| budgeted),
        })
        .collect();
    let drawing = (!bars.is_empty())
        .then(|| chart(&bars, format!("Actual and budgeted amounts of the last {} periods", bars.len())));
    periods.reverse();
    let table = table(budget, periods);
    view! {
        <Container header=|| view! { <Header title="Budget history" /> } testid="budget-history">
            <SpaceBetween>
                {drawing}
                {table}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn table(budget: &Budget, periods: Vec<Period>) -> AnyView {
    let (one, two, three) = (budget.clone(), budget.clone(), budget.clone());
    let difference = move |of: &Period| {
        let left = of.budgeted.zip(of.actual).map(|(Usd(budgeted), Usd(actual))| Usd(actual.saturating_sub(budgeted)));
        shown(&three, left)
    };
    let columns = vec![
        Column::text("period", "Period", |of: &Period| of.name.clone()).row_header(),
        Column::text("actual", "Actual", move |of: &Period| shown(&one, of.actual)).end(),
        Column::text("budgeted", "Budgeted", move |of: &Period| shown(&two, of.budgeted)).end(),
        Column::text("difference", "Actual less budgeted", difference).end(),
    ];
    view! {
        <Table
            id="history"
            label="Budget history"
            columns
            rows=Rows::Ready(periods)
            header=|| view! { <Header title="Periods" /> }
            empty=|| view! { <EmptyState title="No periods" text="The budget has not begun yet." /> }
        />
    }
    .into_any()
}
