//! A budget's notifications: when to alert. A notification has no name; its members tell it from its sisters.

use serde::{Deserialize, Serialize};

use super::{ADDRESSES, MOST, MOST_PERCENT, Subscriber, TOPICS, amount, check_name, check_page, is_ratio};
use crate::{
    Access, Action, ApiError, Fields, Operation,
    money::{Threshold, Usd},
};

/// When to alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Notification {
    /// `ACTUAL`: what was spent. `FORECASTED`: what the period will come to.
    pub notification_type: String,
    /// `GREATER_THAN`; `LESS_THAN` for utilization and coverage.
    pub comparison_operator: String,
    /// Past what.
    pub threshold: Threshold,
    /// `PERCENTAGE` of the limit (also if absent) or `ABSOLUTE_VALUE` in the limit's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold_type: Option<String>,
    /// `OK`, or `ALARM` while the threshold is passed; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification_state: Option<String>,
}

impl Notification {
    /// An alert on actual costs above a percentage of the limit, or above a number of dollars.
    pub fn actual(threshold: Threshold, percent: bool) -> Self {
        Self {
            notification_type: "ACTUAL".into(),
            comparison_operator: "GREATER_THAN".into(),
            threshold,
            threshold_type: Some(if percent { "PERCENTAGE" } else { "ABSOLUTE_VALUE" }.into()),
            notification_state: None,
        }
    }

    /// An alert of a budget of that type.
    pub fn of(budget_type: &str, forecasted: bool, threshold: Threshold, percent: bool) -> Self {
        Self {
            notification_type: if forecasted { "FORECASTED" } else { "ACTUAL" }.into(),
            comparison_operator: operator(budget_type).into(),
            ..Self::actual(threshold, percent)
        }
    }

    /// Whether it is about what the period will come to.
    pub fn is_forecasted(&self) -> bool {
        self.notification_type == "FORECASTED"
    }

    /// The threshold as people read it, in a budget of that limit and unit: `> $8.00 (80% of the budgeted amount)`.
    pub fn passed(&self, limit: Usd, unit: &str) -> String {
        let sign = if self.comparison_operator == "LESS_THAN" { '<' } else { '>' };
        match unit {
            "PERCENTAGE" => format!("{sign} {}%", self.threshold),
            _ if self.is_percentage() => {
                format!("{sign} {}% ({})", self.threshold, amount(self.above(limit), unit))
            }
            _ => format!("{sign} {}", amount(self.above(limit), unit)),
        }
    }

    /// Whether a budget of that type and period can have it.
    ///
    /// # Errors
    /// Costs and usage alert above a threshold, utilization and coverage below a percentage; only costs and usage of
    /// more than a day have a forecast (AWS Budgets User Guide).
    pub fn fits(&self, budget_type: &str, time_unit: &str) -> Result<(), ApiError> {
        let wrong = |message: String| Err(ApiError::InvalidParameter { message });
        if self.comparison_operator != operator(budget_type) {
            return wrong(format!(
                "ComparisonOperator of a budget of type {budget_type} can only be {}.",
                operator(budget_type)
            ));
        }
        if is_ratio(budget_type) && !self.is_percentage() {
            return wrong(format!("ThresholdType of a budget of type {budget_type} can only be PERCENTAGE."));
        }
        if self.is_forecasted() && is_ratio(budget_type) {
            return wrong(format!("NotificationType FORECASTED is not supported for budgets of type {budget_type}."));
        }
        if self.is_forecasted() && time_unit == "DAILY" {
            return wrong("NotificationType FORECASTED is not supported for daily budgets.".into());
        }
        Ok(())
    }

    /// The same, told with its state: whether the threshold is passed now.
    #[must_use]
    pub fn standing(self, above: bool) -> Self {
        Self { notification_state: Some(if above { "ALARM" } else { "OK" }.into()), ..self }
    }

    /// Whether it was told that the threshold is passed.
    pub fn is_exceeded(&self) -> bool {
        self.notification_state.as_deref() == Some("ALARM")
    }

    /// Whether the threshold is a percentage of the limit.
    pub fn is_percentage(&self) -> bool {
        self.threshold_type.as_deref().unwrap_or("PERCENTAGE") == "PERCENTAGE"
    }

    /// What a budget with this limit alerts past.
    pub fn above(&self, limit: Usd) -> Usd {
        if self.is_percentage() { self.threshold.percent_of(limit) } else { Usd(self.threshold.0) }
    }

    pub(super) fn check(&self, fields: &mut Fields, at: &str) {
        let field = |name: &str| format!("{at}.{name}");
        fields.one_of(&field("notificationType"), &self.notification_type, &["ACTUAL", "FORECASTED"]);
        let operators = ["GREATER_THAN", "LESS_THAN", "EQUAL_TO"];
        fields.one_of(&field("comparisonOperator"), &self.comparison_operator, &operators);
        if let Some(kind) = &self.threshold_type {
            fields.one_of(&field("thresholdType"), kind, &["PERCENTAGE", "ABSOLUTE_VALUE"]);
        }
        let most = if self.is_percentage() { MOST_PERCENT } else { MOST };
        if self.threshold.0 <= 0 {
            fields.fault(&field("threshold"), Some(&self.threshold.to_string()), "Member must be greater than 0");
        } else if self.threshold.0 > most {
            let constraint = format!("Member must have value less than or equal to {}", Threshold(most));
            fields.fault(&field("threshold"), Some(&self.threshold.to_string()), constraint);
        }
    }
}

/// How budgets of a type compare.
fn operator(budget_type: &str) -> &'static str {
    if is_ratio(budget_type) { "LESS_THAN" } else { "GREATER_THAN" }
}

/// A notification with whom it goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NotificationWithSubscribers {
    /// When to alert.
    pub notification: Notification,
    /// Whom.
    pub subscribers: Vec<Subscriber>,
}

impl NotificationWithSubscribers {
    pub(super) fn example() -> Self {
        Self {
            notification: Notification::actual(Threshold(80_000_000), true),
            subscribers: vec![Subscriber::example()],
        }
    }

    pub(super) fn check(&self, fields: &mut Fields, at: &str) {
        self.notification.check(fields, &format!("{at}.notification"));
        check_subscribers(fields, &format!("{at}.subscribers"), &self.subscribers);
    }
}

/// Eleven at most: ten addresses and a topic.
fn check_subscribers(fields: &mut Fields, at: &str, subscribers: &[Subscriber]) {
    if subscribers.is_empty() {
        fields.fault(at, None, "Member must have length greater than or equal to 1");
    }
    if subscribers.len() > ADDRESSES + TOPICS {
        fields.fault(at, None, format!("Member must have length less than or equal to {}", ADDRESSES + TOPICS));
    }
    for (index, subscriber) in subscribers.iter().enumerate() {
        subscriber.check(fields, &format!("{at}.{}.member", index + 1));
        if subscribers[..index].iter().any(|other| other.is_same(subscriber)) {
            fields.refuse(ApiError::DuplicateRecord {
                message: "Unable to create notification - a subscriber is named twice.".into(),
            });
        }
    }
}

/// Adds a notification to a budget.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateNotification {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// When to alert.
    pub notification: Notification,
    /// Whom.
    pub subscribers: Vec<Subscriber>,
}

impl Operation for CreateNotification {
    const ACTION: Action = Action::new("budgets", "CreateNotification");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
        check_subscribers(fields, "subscribers", &self.subscribers);
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(90_000_000), true),
            subscribers: vec![Subscriber::example()],
        }
    }
}

/// Lists a budget's notifications.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeNotificationsForBudget {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Most on a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What DescribeNotificationsForBudget answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeNotificationsForBudgetOutput {
    /// The page.
    pub notifications: Vec<Notification>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for DescribeNotificationsForBudget {
    const ACTION: Action = Action::new("budgets", "DescribeNotificationsForBudget");
    const ACCESS: Access = Access::Read;
    type Output = DescribeNotificationsForBudgetOutput;

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        check_page(fields, self.max_results, 100);
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            max_results: None,
            next_token: None,
        }
    }
}

/// Puts another notification in the place of one; it is armed anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateNotification {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which notification.
    pub old_notification: Notification,
    /// As it shall be.
    pub new_notification: Notification,
}

impl Operation for UpdateNotification {
    const ACTION: Action = Action::new("budgets", "UpdateNotification");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.old_notification.check(fields, "oldNotification");
        self.new_notification.check(fields, "newNotification");
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            old_notification: Notification::actual(Threshold(80_000_000), true),
            new_notification: Notification::actual(Threshold(50_000_000), false),
        }
    }
}

/// Takes a notification from a budget, with its subscribers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteNotification {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which notification.
    pub notification: Notification,
}

impl Operation for DeleteNotification {
    const ACTION: Action = Action::new("budgets", "DeleteNotification");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(80_000_000), true),
        }
    }
}
