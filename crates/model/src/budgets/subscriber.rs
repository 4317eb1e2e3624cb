//! Whom a notification goes to.

use serde::{Deserialize, Serialize};

use super::{Notification, check_name, check_page, invalid};
use crate::{Access, Action, Fields, Operation, money::Threshold, name, sns::TopicArn};

/// Whom a notification goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscriber {
    /// `EMAIL`, or `SNS` for a topic.
    pub subscription_type: String,
    /// The mail address, or the topic's ARN.
    pub address: String,
}

impl Subscriber {
    /// A mail address.
    pub fn email(address: impl Into<String>) -> Self {
        Self { subscription_type: "EMAIL".into(), address: address.into() }
    }

    /// A topic.
    pub fn topic(arn: impl Into<String>) -> Self {
        Self { subscription_type: "SNS".into(), address: arn.into() }
    }

    /// Whether it is a topic.
    pub fn is_topic(&self) -> bool {
        self.subscription_type == "SNS"
    }

    pub(super) fn example() -> Self {
        Self::email("Canary-Subscriber@example.com")
    }

    /// What tells it from others: letters' case does not tell mail addresses apart.
    pub fn key(&self) -> String {
        if self.is_topic() { self.address.clone() } else { self.address.to_lowercase() }
    }

    /// Whether both are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.subscription_type == other.subscription_type && self.key() == other.key()
    }

    pub(super) fn check(&self, fields: &mut Fields, at: &str) {
        fields.one_of(&format!("{at}.subscriptionType"), &self.subscription_type, &["SNS", "EMAIL"]);
        if self.is_topic() {
            if TopicArn::parse("address", &self.address).is_err() {
                invalid(fields, "The address of a subscriber of type SNS is the ARN of a topic.");
            }
            return;
        }
        // The address stays out of the message: messages are in the trail.
        for constraint in name::EMAIL.faults(&self.address) {
            fields.fault(&format!("{at}.address"), None, constraint);
        }
    }
}

/// Adds an address to a notification.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateSubscriber {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which of its notifications.
    pub notification: Notification,
    /// The new address.
    pub subscriber: Subscriber,
}

impl Operation for CreateSubscriber {
    const ACTION: Action = Action::new("budgets", "CreateSubscriber");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
        self.subscriber.check(fields, "subscriber");
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(80_000_000), true),
            subscriber: Subscriber::email("Canary-Second@example.com"),
        }
    }
}

/// Lists whom a notification goes to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSubscribersForNotification {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which of its notifications.
    pub notification: Notification,
    /// Most on a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What DescribeSubscribersForNotification answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSubscribersForNotificationOutput {
    /// The page.
    pub subscribers: Vec<Subscriber>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for DescribeSubscribersForNotification {
    const ACTION: Action = Action::new("budgets", "DescribeSubscribersForNotification");
    const ACCESS: Access = Access::Read;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = DescribeSubscribersForNotificationOutput;

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
        check_page(fields, self.max_results, 100);
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(80_000_000), true),
            max_results: None,
            next_token: None,
        }
    }
}

/// Puts another address in the place of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateSubscriber {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which of its notifications.
    pub notification: Notification,
    /// Which address.
    pub old_subscriber: Subscriber,
    /// As it shall be.
    pub new_subscriber: Subscriber,
}

impl Operation for UpdateSubscriber {
    const ACTION: Action = Action::new("budgets", "UpdateSubscriber");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
        self.old_subscriber.check(fields, "oldSubscriber");
        self.new_subscriber.check(fields, "newSubscriber");
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(80_000_000), true),
            old_subscriber: Subscriber::example(),
            new_subscriber: Subscriber::email("Canary-Third@example.com"),
        }
    }
}

/// Takes an address from a notification; the last one takes the notification with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteSubscriber {
    /// The caller's own account.
    pub account_id: String,
    /// Which budget.
    pub budget_name: String,
    /// Which of its notifications.
    pub notification: Notification,
    /// Which address.
    pub subscriber: Subscriber,
}

impl Operation for DeleteSubscriber {
    const ACTION: Action = Action::new("budgets", "DeleteSubscriber");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Address"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_name(fields, &self.account_id, &self.budget_name);
        self.notification.check(fields, "notification");
        self.subscriber.check(fields, "subscriber");
    }

    fn example() -> Self {
        Self {
            account_id: "111122223333".into(),
            budget_name: "example-budget".into(),
            notification: Notification::actual(Threshold(80_000_000), true),
            subscriber: Subscriber::example(),
        }
    }
}
