//! Budgets as the console shows them: each with its alerts and whom they go to.

use serde::{Deserialize, Serialize};

use crate::{
    Access, Action, Fields, Operation,
    budgets::{Budget, Notification, Subscriber},
    name, page,
};

/// An alert with whom it goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AlertRow {
    /// When it goes off, and whether the cost is above now.
    pub notification: Notification,
    /// The mail addresses, in their order.
    pub addresses: Vec<String>,
    /// The topic's ARN, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Why the last alert could not be published to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic_fault: Option<String>,
}

impl AlertRow {
    /// The mail addresses, then the topic.
    pub fn subscribers(&self) -> Vec<Subscriber> {
        self.addresses.iter().map(Subscriber::email).chain(self.topic.iter().map(Subscriber::topic)).collect()
    }
}

/// A budget with its alerts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BudgetRow {
    /// The budget, with what its month has come to.
    pub budget: Budget,
    /// Its alerts, in the order in which they were made.
    pub alerts: Vec<AlertRow>,
}

/// The account's budgets with their alerts in two statements: asks `budgets:ViewBudget`, which lets read all of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListBudgetRows {
    /// Only the budget of this name; it must exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_name: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListBudgetRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListBudgetRowsOutput {
    /// The page, in the order of the names.
    pub rows: Vec<BudgetRow>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListBudgetRows {
    const ACTION: Action = Action::new("console", "ListBudgetRows");
    const ACCESS: Access = Access::List;
    const HIDDEN: &'static [&'static str] = &["Addresses"];
    type Output = ListBudgetRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("budgetName", self.budget_name.as_deref(), &name::BUDGET_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
