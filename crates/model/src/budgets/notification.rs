//! A budget's notifications: when to alert. A notification has no name; its members tell it from its sisters.

use serde::{Deserialize, Serialize};

use super::{ADDRESSES, MOST, MOST_PERCENT, Subscriber, check_name, check_page, elsewhere};
use crate::{
    Access, Action, ApiError, Fields, Operation,
    money::{Threshold, Usd},
};

/// When to alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Notification {
    /// `ACTUAL`: what was spent, not what may be.
    pub notification_type: String,
    /// `GREATER_THAN`.
    pub comparison_operator: String,
    /// Above what.
    pub threshold: Threshold,
    /// `PERCENTAGE` of the limit (also if absent) or `ABSOLUTE_VALUE` in dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold_type: Option<String>,
    /// `OK`, or `ALARM` while the cost is above; only told, never asked.
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

    /// The same, told with its state: whether the cost is above the threshold now.
    #[must_use]
    pub fn standing(self, above: bool) -> Self {
        Self { notification_state: Some(if above { "ALARM" } else { "OK" }.into()), ..self }
    }

    /// Whether it was told that the cost is above the threshold.
    pub fn is_exceeded(&self) -> bool {
        self.notification_state.as_deref() == Some("ALARM")
    }

    /// Whether the threshold is a percentage of the limit.
    pub fn is_percentage(&self) -> bool {
        self.threshold_type.as_deref().unwrap_or("PERCENTAGE") == "PERCENTAGE"
    }

    /// The cost above which a budget with this limit alerts.
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
        if self.notification_type == "FORECASTED" {
            elsewhere(fields, "NotificationType FORECASTED");
        }
        if self.comparison_operator != "GREATER_THAN" {
            elsewhere(fields, format_args!("ComparisonOperator {}", self.comparison_operator));
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

/// AWS's model allows eleven: ten addresses and a topic. There are no topics here.
fn check_subscribers(fields: &mut Fields, at: &str, subscribers: &[Subscriber]) {
    if subscribers.is_empty() {
        fields.fault(at, None, "Member must have length greater than or equal to 1");
    }
    if subscribers.len() > ADDRESSES + 1 {
        fields.fault(at, None, format!("Member must have length less than or equal to {}", ADDRESSES + 1));
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
