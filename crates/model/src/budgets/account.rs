//! The notifications of all of an account's budgets.

use serde::{Deserialize, Serialize};

use super::{Notification, check_page};
use crate::{Access, Action, Fields, Operation, name};

/// Lists every budget with its notifications.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetNotificationsForAccount {
    /// The caller's own account.
    pub account_id: String,
    /// Most budgets on a page: up to 1000, 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What DescribeBudgetNotificationsForAccount answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetNotificationsForAccountOutput {
    /// The page, in the order of the budgets' names.
    pub budget_notifications_for_account: Vec<BudgetNotificationsForAccount>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One budget's notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BudgetNotificationsForAccount {
    /// Its notifications, in the order in which they were made.
    pub notifications: Vec<Notification>,
    /// The budget.
    pub budget_name: String,
}

impl Operation for DescribeBudgetNotificationsForAccount {
    const ACTION: Action = Action::new("budgets", "DescribeBudgetNotificationsForAccount");
    const ACCESS: Access = Access::Read;
    type Output = DescribeBudgetNotificationsForAccountOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
        check_page(fields, self.max_results, 1000);
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into(), max_results: None, next_token: None }
    }
}
