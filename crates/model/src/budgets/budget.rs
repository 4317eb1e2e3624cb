//! Making, reading, changing and deleting budgets.

use serde::{Deserialize, Serialize};

use super::{Budget, NotificationWithSubscribers, check_name, check_page};
use crate::{Access, Action, Fields, Operation, Tag, name, tag};

/// Creates a budget, with its notifications if there are any.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateBudget {
    /// The caller's own account.
    pub account_id: String,
    /// The budget.
    pub budget: Budget,
    /// Its notifications, each with whom it goes to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notifications_with_subscribers: Vec<NotificationWithSubscribers>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_tags: Vec<Tag>,
}

impl Operation for CreateBudget {
    const ACTION: Action = Action::new("budgets", "CreateBudget");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
        self.budget.check(fields, "budget");
        for (index, notification) in self.notifications_with_subscribers.iter().enumerate() {
            notification.check(fields, &format!("notificationsWithSubscribers.{}.member", index + 1));
            if let Err(error) = notification.notification.fits(&self.budget.budget_type, &self.budget.time_unit) {
                fields.refuse(error);
            }
        }
        tag::check(fields, "resourceTags", &self.resource_tags);
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget: Budget::monthly("example-budget", "100"),
            notifications_with_subscribers: vec![NotificationWithSubscribers::example()],
            resource_tags: Vec::new(),
        }
    }
}

/// Reads one budget.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudget {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Whether to show the filter expression; there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_filter_expression: Option<bool>,
}

/// What DescribeBudget answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetOutput {
    /// The budget.
    pub budget: Budget,
}

impl Operation for DescribeBudget {
    const ACTION: Action = Action::new("budgets", "DescribeBudget");
    const ACCESS: Access = Access::Read;
    type Output = DescribeBudgetOutput;

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into(), budget_name: "example-budget".into(), show_filter_expression: None }
    }
}

/// Lists the account's budgets by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgets {
    /// The caller's own account.
    pub account_id: String,
    /// Most budgets on a page; 100 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// Whether to show filter expressions; there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_filter_expression: Option<bool>,
}

/// What DescribeBudgets answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeBudgetsOutput {
    /// The page.
    pub budgets: Vec<Budget>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for DescribeBudgets {
    const ACTION: Action = Action::new("budgets", "DescribeBudgets");
    const ACCESS: Access = Access::Read;
    type Output = DescribeBudgetsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
        check_page(fields, self.max_results, 1000);
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into(), max_results: None, next_token: None, show_filter_expression: None }
    }
}

/// Changes a budget; its name stays. A change arms its alerts again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateBudget {
    /// The caller's own account.
    pub account_id: String,
    /// The budget as it shall be.
    pub new_budget: Budget,
}

impl Operation for UpdateBudget {
    const ACTION: Action = Action::new("budgets", "UpdateBudget");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
        self.new_budget.check(fields, "newBudget");
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into(), new_budget: Budget::monthly("example-budget", "200") }
    }
}

/// Deletes a budget with its notifications.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteBudget {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
}

impl Operation for DeleteBudget {
    const ACTION: Action = Action::new("budgets", "DeleteBudget");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into(), budget_name: "example-budget".into() }
    }
}
