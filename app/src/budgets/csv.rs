//! The file that a list of budgets is saved as.

use model::{
    budgets::{period_name, type_name},
    console::BudgetRow,
    money::Usd,
};

use super::{exceeded, months, share, sums};
use crate::iam::users::csv::{data_url, inert};

/// The file's name, as AWS's console has it.
pub const FILE: &str = "budgets.csv";

const HEADER: &str = "Budget name,Budget type,Period,Start,End,Current,Budgeted,Forecasted,Current vs. budgeted,Forecasted vs. budgeted,Alerts,Alerts exceeded";

/// A field as RFC 4180 writes it; names may hold anything but colons and backslashes.
fn field(text: &str) -> String {
    let text = inert(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn line(row: &BudgetRow) -> String {
    let (actual, limit, forecast) = sums(&row.budget);
    let share = |part: Option<Usd>| share(&row.budget, part).unwrap_or_default();
    let number = |value: Option<Usd>| value.map(|value| value.to_string()).unwrap_or_default();
    let period = row.budget.time_period.clone().unwrap_or_default();
    let fields = [
        row.budget.budget_name.clone(),
        type_name(&row.budget.budget_type).to_owned(),
        period_name(&row.budget.time_unit).0.to_owned(),
        period.start.map(months::name).unwrap_or_default(),
        period.expires().map(|end| months::name(months::last(end))).unwrap_or_default(),
        number(actual),
        number(limit),
        number(forecast),
        share(actual),
        share(forecast),
        row.alerts.len().to_string(),
        exceeded(row).to_string(),
    ];
    fields.map(|text| field(&text)).join(",")
}

/// The file itself: a line for each budget.
pub fn budgets(rows: &[BudgetRow]) -> String {
    let lines: Vec<String> = std::iter::once(HEADER.to_owned()).chain(rows.iter().map(line)).collect();
    lines.join("\n") + "\n"
}

/// An address whose target is the file.
pub fn address(rows: &[BudgetRow]) -> String {
    data_url(&budgets(rows))
}
