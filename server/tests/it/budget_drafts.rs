//! The wizard that makes budgets, without a browser: months, copies, and the file that a list is saved as.

use std::collections::BTreeMap;

use app::budgets::{
    csv,
    draft::{Alert, Draft, Step},
    months,
};
use model::{
    Timestamp,
    budgets::{Budget, CalculatedSpend, CostTypes, Notification, Spend, TimePeriod},
    console::{AlertRow, BudgetRow},
    money::Threshold,
};

/// 22 November 2026.
const NOW: Timestamp = Timestamp(1_795_345_530_000);

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn draft(start: &str, expiring: bool, end: &str) -> Draft {
    Draft {
        name: "Practice".into(),
        amount: "10".into(),
        start: start.into(),
        expiring,
        end: end.into(),
        alerts: vec![Alert { emails: "ann@example.com".into(), ..Alert::default() }],
        ..Draft::begin(NOW)
    }
}

/// What the steps carry from one to the next.
fn carried(draft: &Draft) -> Draft {
    let fields: BTreeMap<String, String> = [draft.budget_fields(), draft.alert_fields()].concat().into_iter().collect();
    Draft::read(&fields)
}

fn row() -> BudgetRow {
    let period =
        TimePeriod { start: Some(instant("2026-11-01T00:00:00Z")), end: Some(instant("2027-01-01T00:00:00Z")) };
    let spend = |amount: &str| Spend { amount: amount.into(), unit: "USD".into() };
    let budget = Budget {
        time_period: Some(period),
        cost_types: Some(CostTypes { include_tax: Some(false), ..CostTypes::default() }.filled()),
        calculated_spend: Some(CalculatedSpend { actual_spend: spend("9.1"), forecasted_spend: Some(spend("12.5")) }),
        ..Budget::monthly("=Team, \"A\"", "10.0")
    };
    let alert = |percent: i64, above: bool| AlertRow {
        notification: Notification::actual(Threshold(percent * 1_000_000), true).standing(above),
        addresses: vec!["ann@example.com".into(), "ben@example.com".into()],
        topic: None,
        topic_fault: None,
    };
    BudgetRow { budget, alerts: vec![alert(80, true), alert(100, false)] }
}

#[test]
fn a_recurring_budget_has_no_end() {
    let draft = draft("2026-12-01T00:00:00Z", false, "2026-01-01T00:00:00Z");
    assert_eq!(draft.faults(Step::Budget), []);
    let period = draft.operation("111122223333").budget.time_period.expect("a period");
    assert_eq!(period, TimePeriod { start: Some(instant("2026-12-01T00:00:00Z")), end: None });
    assert_eq!(carried(&draft), draft);
}

#[test]
fn the_end_month_is_not_before_the_start_month() {
    let november = "2026-11-01T00:00:00Z";
    let fault = |end: &str| draft(november, true, end).faults(Step::Budget).first().cloned();
    assert_eq!(fault("2026-12-01T00:00:00Z"), None, "the start month itself");
    let before = ("budget-end".to_owned(), "The end month must not be before the start month.".to_owned());
    assert_eq!(fault("2026-11-01T00:00:00Z"), Some(before));
    assert_eq!(fault("").map(|(control, _)| control).as_deref(), Some("budget-end"));
    assert_eq!(fault("soon").map(|(control, _)| control).as_deref(), Some("budget-end"));
    let start = draft("soon", false, "").faults(Step::Budget);
    assert_eq!(start.first().map(|(control, _)| control.as_str()), Some("budget-start"));
}

#[test]
fn a_copy_has_everything_but_the_name() {
    let copy = Draft::copy_of(&row(), NOW);
    assert_eq!(copy.name, "Copy of =Team, \"A\"");
    let renamed = Draft { name: "Copy".into(), ..copy };
    assert_eq!(carried(&renamed), renamed, "no step loses any of it");
    let made = renamed.operation("111122223333");
    assert_eq!((made.budget.time_period, made.budget.cost_types), (row().budget.time_period, row().budget.cost_types));
    assert_eq!(made.budget.budget_limit.map(|limit| limit.amount).as_deref(), Some("10"));
    let alerts: Vec<_> = made
        .notifications_with_subscribers
        .iter()
        .map(|alert| (alert.notification.threshold.to_string(), alert.subscribers.len()))
        .collect();
    assert_eq!(alerts, [("80".to_owned(), 2), ("100".to_owned(), 2)]);
}

#[test]
fn months_are_chosen_by_the_instants_of_the_api() {
    let starts = months::starts(NOW, None);
    let option = starts.iter().find(|option| option.text == "November 2026").expect("this month");
    assert_eq!(option.value, "2026-11-01T00:00:00Z");
    assert_eq!(starts.first().map(|option| option.text.as_str()), Some("November 2025"));
    let ends = months::ends(NOW, None);
    let option = ends.iter().find(|option| option.text == "December 2026").expect("the next month");
    assert_eq!(option.value, "2027-01-01T00:00:00Z");
    assert_eq!(months::name(months::last(instant("2027-01-01T00:00:00Z"))), "December 2026");
    let middle = months::starts(NOW, Some(instant("2026-11-15T00:00:00Z")));
    assert_eq!(middle[0].text, "2026-11-15", "what the API was given stays a choice");
}

#[test]
fn the_file_has_a_line_for_each_budget() {
    let file = csv::budgets(&[row()]);
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("Budget name,Budget type,Period,Start,End,Current,Budgeted,Forecasted"));
    assert_eq!(lines[1], "\"'=Team, \"\"A\"\"\",Cost,Monthly,November 2026,December 2026,9.1,10.0,12.5,91%,125%,2,1");
}
