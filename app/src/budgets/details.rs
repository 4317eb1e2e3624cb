//! One budget: its health, its alerts, and the way to change or delete it.

use leptos::prelude::*;
use model::{
    budgets::{Budget, type_name},
    console::ListBudgetRows,
};

use super::{
    PATH, alerts, budget_path, compose, create::CREATE, csv, draft::Draft, history::history, list::bar, months, share,
    shown, sums,
};
use crate::{
    Frame, PageContext, Section,
    billing::{Refusal, crumbs, hidden},
    call::encode,
    iam::Problem,
    ui::{
        Button, Container, DeleteModal, Direction, Header, HeaderLevel, IconName, KeyValue, KeyValuePairs, Space,
        SpaceBetween, Tab, Tabs, Text,
    },
};

const DELETE: &str = "budgets:DeleteBudget";

/// `/billing/budgets/<name>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let name = page.segment(2);
    view! {
        <Frame title=name.clone() section=Section::Billing crumbs=crumbs(&[("Budgets", PATH)], &name)>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let name = page.segment(2);
    let ask = ListBudgetRows { budget_name: Some(name.clone()), ..ListBudgetRows::default() };
    let rows = match crate::call(ask).await {
        Ok(found) => found.rows,
        Err(error) => {
            return view! {
                <Header title=name level=HeaderLevel::H1 testid="page-title" />
                <Refusal error retry=PATH />
            }
            .into_any();
        }
    };
    let file = csv::address(&rows);
    let Some(row) = rows.into_iter().next() else { return ().into_any() };
    let home = budget_path(&name);
    let tab = if page.query("section") == "alerts" || alerts::posted(&page) { "alerts" } else { "health" };
    let health_label = page.label("Budget health", "Budget health").to_owned();
    let tabs = vec![
        Tab::new("health", health_label, home.clone()),
        Tab::new("alerts", "Alerts", format!("{home}?section=alerts")),
    ];
    let part = if tab == "alerts" {
        alerts::alerts(&page, &row)
    } else {
        let past = history(&page, &row.budget).await;
        let now = model::Timestamp(page.viewer().now);
        view! { <SpaceBetween>{health(&row.budget, now)}{past}</SpaceBetween> }.into_any()
    };
    let failed = page.error_of(DELETE).map(|error| view! { <Problem error /> });
    let (edit, copy) = (format!("{home}/edit"), format!("{CREATE}?copy={}", encode(&name)));
    let dialog = delete(&page, &name);
    view! {
        {failed}
        <Header
            title=name
            level=HeaderLevel::H1
            testid="page-title"
            actions=move || {
                view! {
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Button href=edit testid="edit-budget">"Edit"</Button>
                        <Button href=copy testid="copy-budget">"Copy"</Button>
                        <Button opens="delete-budget" testid="delete-budget-button">"Delete"</Button>
                        <Button href=file download=csv::FILE icon=IconName::Download testid="download-csv">"Download CSV"</Button>
                    </SpaceBetween>
                }
            }
        />
        <Tabs label="Budget" tabs current=tab>{part}</Tabs>
        {dialog}
    }
    .into_any()
}

/// How the amount is set.
fn method(budget: &Budget) -> &'static str {
    match &budget.auto_adjust_data {
        Some(data) if data.auto_adjust_type == "HISTORICAL" => "Auto-adjusting: historical",
        Some(_) => "Auto-adjusting: forecast",
        None if budget.planned_budget_limits.is_some() => "Planned",
        None => "Fixed",
    }
}

fn health(budget: &Budget, now: model::Timestamp) -> AnyView {
    let (actual, limit, forecast) = sums(budget);
    let share = |part| share(budget, part).unwrap_or_default();
    let period = budget.time_period.clone().unwrap_or_default();
    let start = period.start.map(months::name).unwrap_or_default();
    let end = period.expires().map(|end| KeyValue::text("End month", months::name(months::last(end))));
    let mut facts = vec![
        KeyValue::text("Budget type", format!("{} budget", type_name(&budget.budget_type))),
        KeyValue::text("Period", months::period(&budget.time_unit, &period)),
        KeyValue::text("Start month", start),
    ];
    facts.extend(end);
    facts.extend([
        KeyValue::text("Budget amount", method(budget)),
        KeyValue::text("Budgeted amount", shown(budget, limit)),
        KeyValue::text("Amount used", shown(budget, actual)),
        KeyValue::text("Forecasted amount", shown(budget, forecast)),
        KeyValue::text("Current vs. budgeted", share(actual)),
        KeyValue::text("Forecasted vs. budgeted", share(forecast)),
    ]);
    let filters: Vec<String> =
        budget.cost_filters.iter().map(|(of, values)| format!("{of}: {}", values.join(", "))).collect();
    facts.push(KeyValue::text("Filters", filters.join("; ")));
    if budget.cost_types.is_some() {
        facts.push(KeyValue::text("Does not count", compose::parts(&Draft::of(budget, now).left_out)));
    }
    let no_data = (budget.is_ratio() && actual.is_none()).then(|| {
        view! { <Text>"The ledger has no reservation or Savings Plan in this period: there is nothing to take a share of, and no alert."</Text> }
    });
    let used = bar("Current vs. budgeted", budget, actual);
    view! {
        <Container header=|| view! { <Header title="Budget health" /> } testid="budget-health">
            <SpaceBetween>
                <KeyValuePairs items=facts />
                {no_data}
                <div data-testid="current-bar">{used}</div>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn delete(page: &PageContext, name: &str) -> AnyView {
    let account_id = page.viewer().account_id;
    let flash = format!("Budget {name} deleted.");
    let fields =
        hidden(DELETE, &[("AccountId", &account_id), ("BudgetName", name), ("_next", PATH), ("_flash", &flash)]);
    view! {
        <DeleteModal id="delete-budget" title=format!("Delete {name}?") consent="delete" action=budget_path(name) hidden=fields>
            <Text>"The budget and its alerts are gone at once. Costs in the ledger stay."</Text>
        </DeleteModal>
    }
    .into_any()
}
