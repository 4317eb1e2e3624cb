//! Budgets: the list, the wizard that makes one, one budget with its alerts.

mod alert_edit;
mod alerts;
mod chart;
mod compose;
mod confirm;
mod create;
pub mod csv;
mod details;
pub mod draft;
mod edit;
mod faults;
mod history;
mod list;
pub mod months;
mod parameters;
mod steps;

pub use create::Create;
pub use details::Details;
pub use edit::Edit;
pub use list::List;

use leptos::prelude::*;
use model::{
    budgets::{Budget, Spend, amount},
    console::BudgetRow,
    money::Usd,
};
use serde_json::Value;

use crate::call::encode;

/// Where the list stands.
const PATH: &str = "/billing/budgets";

/// Where one budget stands.
pub fn budget_path(name: &str) -> String {
    format!("{PATH}/{}", encode(name))
}

/// An older address of budgets: sends the browser to the list.
#[component]
pub fn Moved() -> impl IntoView {
    crate::call::redirect(PATH);
}

/// What was spent, what may be, and what the period will come to at this pace. A ratio without data has none of it, and
/// an amount that adjusts itself may not be known yet.
fn sums(budget: &Budget) -> (Option<Usd>, Option<Usd>, Option<Usd>) {
    let spent = budget.calculated_spend.as_ref();
    let actual = spent.and_then(|spent| spent.actual_spend.millionths());
    let forecast = spent.and_then(|spent| spent.forecasted_spend.as_ref()).and_then(Spend::millionths);
    (actual, budget.limit(), forecast)
}

/// An amount in the budget's unit; "-" for none.
fn shown(budget: &Budget, value: Option<Usd>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| amount(value, budget.unit()))
}

/// A part of the budgeted amount in per cent: a ratio is one already.
fn share(budget: &Budget, part: Option<Usd>) -> Option<String> {
    part?.percent_of(budget.limit()?)
}

/// How many of a budget's thresholds are passed.
fn exceeded(row: &BudgetRow) -> usize {
    row.alerts.iter().filter(|alert| alert.notification.is_exceeded()).count()
}

/// An operation's input as the fields of a plain form: `Budget[BudgetLimit][Amount]`.
fn fields_of(input: &impl serde::Serialize) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    flatten(String::new(), &serde_json::to_value(input).unwrap_or_default(), &mut fields);
    fields
}

fn flatten(name: String, value: &Value, fields: &mut Vec<(String, String)>) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}[{part}]") };
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (part, value) in members {
                flatten(below(part), value, fields);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                flatten(below(&index.to_string()), value, fields);
            }
        }
        Value::String(text) => fields.push((name, text.clone())),
        scalar => fields.push((name, scalar.to_string())),
    }
}
