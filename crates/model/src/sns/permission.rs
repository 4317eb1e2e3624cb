//! Statements of a topic's policy, added and removed one by one.

use serde::{Deserialize, Serialize};

use super::{EXAMPLE, check_topic, invalid};
use crate::{Access, Action, Fields, Operation, name};

/// The actions that a topic's policy may speak of (SNS Developer Guide, "Amazon SNS API permissions").
pub const IN_SCOPE: [&str; 8] = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
];

/// Adds a statement to a topic's policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddPermission {
    /// Which topic.
    pub topic_arn: String,
    /// The statement's name.
    pub label: String,
    /// Whom it lets in.
    #[serde(rename = "AWSAccountId")]
    pub aws_account_id: Vec<String>,
    /// To what: `Publish`, `*`.
    pub action_name: Vec<String>,
}

impl Operation for AddPermission {
    const ACTION: Action = Action::new("sns", "AddPermission");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
        if self.label.is_empty() || !self.label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            fields.refuse(invalid("Label"));
        }
        if self.aws_account_id.is_empty()
            || self.aws_account_id.iter().any(|account| !name::ACCOUNT_ID.faults(account).is_empty())
        {
            fields.refuse(invalid("AWSAccountId"));
        }
        if self.action_name.is_empty() {
            fields.refuse(invalid("ActionName"));
        }
        if self.action_name.iter().any(|action| action != "*" && !IN_SCOPE.contains(&action.as_str())) {
            fields.refuse(invalid("Policy statement action out of service scope!"));
        }
    }

    fn example() -> Self {
        Self {
            topic_arn: EXAMPLE.into(),
            label: "example-label".into(),
            aws_account_id: vec!["111122223333".into()],
            action_name: vec!["Publish".into()],
        }
    }
}

/// Removes a statement from a topic's policy; one that is not there counts as removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemovePermission {
    /// Which topic.
    pub topic_arn: String,
    /// The statement's name.
    pub label: String,
}

impl Operation for RemovePermission {
    const ACTION: Action = Action::new("sns", "RemovePermission");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
    }

    fn example() -> Self {
        Self { topic_arn: EXAMPLE.into(), label: "example-label".into() }
    }
}
