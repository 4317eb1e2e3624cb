//! The list of budgets.

use leptos::prelude::*;
use model::{
    budgets::{Budget, type_name},
    console::{BudgetRow, ListBudgetRows},
    money::Usd,
};

use super::{PATH, budget_path, create::CREATE, csv, exceeded, share, shown, sums};
use crate::{
    Frame, PageContext, Section,
    billing::{Refusal, crumbs},
    call::encode,
    ui::{
        Button, ButtonVariant, Column, Direction, EmptyState, Header, HeaderLevel, IconName, Link, NextPage,
        ProgressBar, Rows, Space, SpaceBetween, Status, StatusIndicator, Table,
    },
};

/// Budgets on a page.
const ROWS: i64 = 20;

/// `/billing/budgets`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Budgets" section=Section::Billing crumbs=crumbs(&[], "Budgets") help=help()>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Budgets".into(),
        vec![
            "A budget says how much you plan to spend or use in a day, a month, a quarter or a year, or how much of it reservations and Savings Plans shall cover. Its alerts mail the contacts you name when a threshold is passed: once in each period for what was spent, and each time that a forecast passes it.".into(),
            "Changing a budget or a threshold arms the alerts again.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let token = page.given("token");
    let first = token.is_some();
    let ask = ListBudgetRows { budget_name: None, marker: token, max_items: Some(ROWS) };
    let listed = match crate::call(ask).await {
        Ok(listed) => listed,
        Err(error) => {
            return view! {
                <Header title="Budgets" level=HeaderLevel::H1 testid="page-title" />
                <Refusal error retry=PATH />
            }
            .into_any();
        }
    };
    let rows = listed.rows;
    let count = format!("({}{})", rows.len(), if listed.is_truncated { "+" } else { "" });
    let next = listed.marker.map(|token| format!("{PATH}?token={}", encode(&token)));
    let first = first.then(|| PATH.to_owned());
    let file = (!rows.is_empty()).then(|| csv::address(&rows));
    let actions = move || {
        view! {
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                {file
                    .map(|file| {
                        view! {
                            <Button href=file download=csv::FILE icon=IconName::Download testid="download-csv">
                                "Download CSV"
                            </Button>
                        }
                    })}
                <Button href=CREATE variant=ButtonVariant::Primary testid="create-budget">"Create budget"</Button>
            </SpaceBetween>
        }
    };
    let empty_create = page.label("Create a budget", "Create a budget").to_owned();
    view! {
        <Table
            id="budgets"
            label="Budgets"
            columns=columns(&page)
            rows=Rows::Ready(rows)
            header=move || view! { <Header title="Budgets" level=HeaderLevel::H1 counter=count testid="page-title" actions /> }
            pagination=move || view! { <NextPage first next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title="No budgets to display"
                        text="A budget watches what is spent and mails when it is too much."
                        action=move || view! { <Button href=CREATE testid="create-first-budget">{empty_create}</Button> }
                        testid="no-budgets"
                    />
                }
            }
        />
    }
    .into_any()
}

/// A part of the whole as a bar with its percentage.
pub(super) fn bar(label: &str, budget: &Budget, part: Option<Usd>) -> AnyView {
    let Some((part, text)) = part.and_then(|part| Some((part, share(budget, Some(part))?))) else {
        return view! { "-" }.into_any();
    };
    let percent = i128::from(part.0) * 100 / i128::from(budget.limit().unwrap_or_default().0.max(1));
    let value = u8::try_from(percent.clamp(0, 100)).unwrap_or(100);
    let label = label.to_owned();
    view! { <ProgressBar label value text /> }.into_any()
}

fn columns(page: &PageContext) -> Vec<Column<BudgetRow>> {
    let name = |row: &BudgetRow| {
        let (name, href) = (row.budget.budget_name.clone(), budget_path(&row.budget.budget_name));
        view! { <Link href testid="budget-name">{name}</Link> }
    };
    let thresholds = |row: &BudgetRow| match exceeded(row) {
        0 => view! { <StatusIndicator status=Status::Success>"OK"</StatusIndicator> }.into_any(),
        count => {
            view! { <StatusIndicator status=Status::Error>{format!("Exceeded ({count})")}</StatusIndicator> }.into_any()
        }
    };
    let current_of = |row: &BudgetRow| bar("Current vs. budgeted", &row.budget, sums(&row.budget).0);
    let forecast_of = |row: &BudgetRow| bar("Forecasted vs. budgeted", &row.budget, sums(&row.budget).2);
    let current = |row: &BudgetRow| shown(&row.budget, sums(&row.budget).0);
    let budgeted = |row: &BudgetRow| shown(&row.budget, sums(&row.budget).1);
    let forecast = |row: &BudgetRow| shown(&row.budget, sums(&row.budget).2);
    let kind = |row: &BudgetRow| type_name(&row.budget.budget_type).to_owned();
    let mut columns = vec![Column::new("name", page.label("Budget name", "Name"), name).row_header()];
    if page.labels_2020() {
        columns.push(Column::text("type", "Budget type", kind));
        columns.push(Column::text("current", "Current", current).end());
        columns.push(Column::text("budgeted", "Budgeted", budgeted).end());
        columns.push(Column::text("forecasted", "Forecasted", forecast).end());
    } else {
        columns.push(Column::new("thresholds", "Thresholds", thresholds));
        columns.push(Column::text("budgeted", "Budget", budgeted).end());
        columns.push(Column::text("current", "Amount used", current).end());
        columns.push(Column::text("forecasted", "Forecasted amount", forecast).end());
    }
    columns.push(Column::new("current-of", "Current vs. budgeted", current_of));
    columns.push(Column::new("forecast-of", "Forecasted vs. budgeted", forecast_of));
    columns
}
