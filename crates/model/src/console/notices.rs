//! What the bell in the top bar tells.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Guard, Operation, Timestamp};

/// At most so many of one kind are told.
pub const NOTICES_AT_MOST: i64 = 10;

/// An alarm that is in alarm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AlarmNotice {
    /// Its name.
    pub alarm_name: String,
    /// Its region.
    pub region: String,
    /// Since when.
    pub since: Timestamp,
}

/// A budget with an alert that went off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BudgetNotice {
    /// Its name.
    pub budget_name: String,
    /// When its latest alert went off.
    pub fired_at: Timestamp,
}

/// Lists what the bell tells: the alarms that are in alarm, in all regions, and the budgets whose alerts went off in the
/// last seven days. What the caller may not see is not told: an alarm asks `cloudwatch:DescribeAlarms`, a budget
/// `budgets:ViewBudget`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListNotices {}

/// What ListNotices answers: of each kind at most [`NOTICES_AT_MOST`], the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListNoticesOutput {
    /// Alarms.
    pub alarms: Vec<AlarmNotice>,
    /// Budgets.
    pub budgets: Vec<BudgetNotice>,
}

impl Operation for ListNotices {
    const ACTION: Action = Action::new("console", "ListNotices");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Signed("it tells nothing but what the caller may see");
    type Output = ListNoticesOutput;

    fn example() -> Self {
        Self {}
    }
}
