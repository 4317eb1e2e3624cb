//! What a budget's past periods came to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CostTypes, Spend, TimePeriod, check_name, check_page};
use crate::{Access, Action, Fields, Operation};

/// Reads the periods of a budget, the current one last.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetPerformanceHistory {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Periods that begin within it; the last twelve if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_period: Option<TimePeriod>,
    /// Most periods on a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What DescribeBudgetPerformanceHistory answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetPerformanceHistoryOutput {
    /// The history.
    pub budget_performance_history: BudgetPerformanceHistory,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// A budget with its periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BudgetPerformanceHistory {
    /// Its name.
    pub budget_name: String,
    /// Its type.
    pub budget_type: String,
    /// Which costs only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cost_filters: BTreeMap<String, Vec<String>>,
    /// Which kinds of cost count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_types: Option<CostTypes>,
    /// How long a period is.
    pub time_unit: String,
    /// The periods, the earliest first.
    pub budgeted_and_actual_amounts_list: Vec<BudgetedAndActualAmounts>,
}

/// One period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BudgetedAndActualAmounts {
    /// What was budgeted; absent where the limit could not adjust itself yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budgeted_amount: Option<Spend>,
    /// What it came to; absent where there was nothing to take a ratio of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_amount: Option<Spend>,
    /// The period.
    pub time_period: TimePeriod,
}

impl Operation for DescribeBudgetPerformanceHistory {
    const ACTION: Action = Action::new("budgets", "DescribeBudgetPerformanceHistory");
    const ACCESS: Access = Access::Read;
    type Output = DescribeBudgetPerformanceHistoryOutput;

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        check_page(fields, self.max_results, 100);
        if let Some(TimePeriod { start: Some(start), end: Some(end) }) = &self.time_period
            && end <= start
        {
            fields.refuse(TimePeriod::ends_too_early());
        }
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            time_period: None,
            max_results: None,
            next_token: None,
        }
    }
}
