//! The months that a budget begins and ends in, as choices whose values are the instants of the API.

use model::{
    MONTHS, Timestamp,
    budgets::{TimePeriod, period_name},
};

use crate::ui::SelectOption;

/// How many months before and after the current one can be chosen.
const BEFORE: usize = 12;
const AFTER: usize = 60;

/// `November 2026`.
pub fn name(at: Timestamp) -> String {
    let (year, month, ..) = at.parts();
    format!("{} {year}", MONTHS.get(month as usize - 1).copied().unwrap_or_default())
}

/// The last month that a budget with this end counts in.
pub fn last(end: Timestamp) -> Timestamp {
    Timestamp(end.0 - 1).month()
}

/// The months around `now`, the earliest first.
fn around(now: Timestamp) -> Vec<Timestamp> {
    let mut month = now.month();
    for _ in 0..BEFORE {
        month = Timestamp(month.0 - 1).month();
    }
    std::iter::successors(Some(month), |month| Some(month.next_month())).take(BEFORE + 1 + AFTER).collect()
}

/// With what a budget has already, where that is none of the choices.
fn kept(mut options: Vec<SelectOption>, value: Option<Timestamp>) -> Vec<SelectOption> {
    if let Some(value) = value.filter(|value| options.iter().all(|option| option.value != value.to_string())) {
        options.insert(0, SelectOption::new(value.to_string(), value.day()));
    }
    options
}

/// The months to begin in.
pub fn starts(now: Timestamp, value: Option<Timestamp>) -> Vec<SelectOption> {
    kept(around(now).into_iter().map(|month| SelectOption::new(month.to_string(), name(month))).collect(), value)
}

/// The months to end in: a budget ends with the first instant after its last month.
pub fn ends(now: Timestamp, value: Option<Timestamp>) -> Vec<SelectOption> {
    let option = |month: Timestamp| SelectOption::new(month.next_month().to_string(), name(month));
    kept(around(now).into_iter().map(option).collect(), value)
}

/// `Monthly, recurring` or `Monthly, until December 2026`.
pub fn period(time_unit: &str, period: &TimePeriod) -> String {
    let (unit, _) = period_name(time_unit);
    match period.expires() {
        Some(end) => format!("{unit}, until {}", name(last(end))),
        None => format!("{unit}, recurring"),
    }
}

/// One period: `November 2026`, `2026-11-22`, `Q4 2026`, `2026`.
pub fn one(time_unit: &str, begins: Timestamp) -> String {
    let (year, month, ..) = begins.parts();
    match time_unit {
        "DAILY" => begins.day(),
        "QUARTERLY" => format!("Q{} {year}", (month - 1) / 3 + 1),
        "ANNUALLY" => year.to_string(),
        _ => name(begins),
    }
}
