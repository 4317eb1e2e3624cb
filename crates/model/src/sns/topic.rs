//! Topics.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EXAMPLE, POLICY, check_topic, invalid, is_topic_name};
use crate::{Access, Action, ApiError, Fields, Operation, Tag};

/// Most characters of a topic's display name.
pub const DISPLAY_NAME: usize = 100;

/// Attributes of AWS's topics that this version does not serve.
const ELSEWHERE: [&str; 24] = [
    "DeliveryPolicy",
    "FifoTopic",
    "FifoThroughputScope",
    "ContentBasedDeduplication",
    "ArchivePolicy",
    "KmsMasterKeyId",
    "SignatureVersion",
    "TracingConfig",
    "DataProtectionPolicy",
    "HTTPSuccessFeedbackRoleArn",
    "HTTPSuccessFeedbackSampleRate",
    "HTTPFailureFeedbackRoleArn",
    "FirehoseSuccessFeedbackRoleArn",
    "FirehoseSuccessFeedbackSampleRate",
    "FirehoseFailureFeedbackRoleArn",
    "LambdaSuccessFeedbackRoleArn",
    "LambdaSuccessFeedbackSampleRate",
    "LambdaFailureFeedbackRoleArn",
    "ApplicationSuccessFeedbackRoleArn",
    "ApplicationSuccessFeedbackSampleRate",
    "ApplicationFailureFeedbackRoleArn",
    "SQSSuccessFeedbackRoleArn",
    "SQSSuccessFeedbackSampleRate",
    "SQSFailureFeedbackRoleArn",
];

/// What is wrong with one attribute that is to be set, said behind "Invalid parameter: ".
fn attribute_fault(name: &str, value: &str) -> Option<String> {
    match name {
        "DisplayName" if value.chars().count() > DISPLAY_NAME => {
            Some(format!("DisplayName: must be at most {DISPLAY_NAME} characters long"))
        }
        "DisplayName" if value.chars().any(char::is_control) => {
            Some("DisplayName: must not contain control characters".into())
        }
        "Policy" if value.len() > POLICY => Some(format!("Policy: must be at most {POLICY} bytes long")),
        "DisplayName" | "Policy" => None,
        // What AWS has anyway, said aloud by templates and consoles.
        "FifoTopic" | "ContentBasedDeduplication" if value == "false" => None,
        "KmsMasterKeyId" | "DeliveryPolicy" if value.is_empty() => None,
        name if ELSEWHERE.contains(&name) => {
            Some(format!("{name} is not available: this version of Understudy has standard topics without encryption"))
        }
        _ => Some("AttributeName".into()),
    }
}

/// Creates a topic. A topic that is there already with the same attributes and tags is answered as if it were new.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateTopic {
    /// 1 to 256 of letters, digits, `_` and `-`.
    #[serde(default)]
    pub name: String,
    /// `DisplayName`, `Policy`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What to do with sensitive data: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_protection_policy: Option<String>,
}

/// What CreateTopic answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateTopicOutput {
    /// The topic's.
    pub topic_arn: String,
}

impl Operation for CreateTopic {
    const ACTION: Action = Action::new("sns", "CreateTopic");
    const ACCESS: Access = Access::Write;
    type Output = CreateTopicOutput;

    fn check(&self, fields: &mut Fields) {
        if !is_topic_name(&self.name) {
            fields.refuse(if self.name.ends_with(".fifo") && self.attributes.contains_key("FifoTopic") {
                invalid("Attributes Reason: FIFO topics are not available in this version of Understudy")
            } else {
                invalid("Topic Name")
            });
        }
        for (name, value) in &self.attributes {
            if let Some(fault) = attribute_fault(name, value) {
                fields.refuse(invalid(format_args!("Attributes Reason: {fault}")));
            }
        }
        if self.data_protection_policy.is_some() {
            fields.refuse(invalid("DataProtectionPolicy is not available in this version of Understudy"));
        }
        super::tags::check(fields, &self.tags);
    }

    fn example() -> Self {
        Self { name: "example-topic".into(), ..Self::default() }
    }
}

/// Deletes a topic with its subscriptions. One that is not there counts as deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteTopic {
    /// Which.
    pub topic_arn: String,
}

impl Operation for DeleteTopic {
    const ACTION: Action = Action::new("sns", "DeleteTopic");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
    }

    fn example() -> Self {
        Self { topic_arn: EXAMPLE.into() }
    }
}

/// Lists the region's topics, a hundred on a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTopics {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Topic {
    /// Its ARN.
    pub topic_arn: String,
}

/// What ListTopics answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTopicsOutput {
    /// The page.
    pub topics: Vec<Topic>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for ListTopics {
    const ACTION: Action = Action::new("sns", "ListTopics");
    const ACCESS: Access = Access::List;
    type Output = ListTopicsOutput;

    fn example() -> Self {
        Self::default()
    }
}

/// Reads a topic.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTopicAttributes {
    /// Which.
    pub topic_arn: String,
}

/// What GetTopicAttributes answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTopicAttributesOutput {
    /// `TopicArn`, `Owner`, `DisplayName`, `Policy`, and how many subscriptions are confirmed, pending and deleted.
    pub attributes: BTreeMap<String, String>,
}

impl Operation for GetTopicAttributes {
    const ACTION: Action = Action::new("sns", "GetTopicAttributes");
    const ACCESS: Access = Access::Read;
    type Output = GetTopicAttributesOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
    }

    fn example() -> Self {
        Self { topic_arn: EXAMPLE.into() }
    }
}

/// Sets a topic's display name or policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetTopicAttributes {
    /// Which.
    pub topic_arn: String,
    /// `DisplayName` or `Policy`.
    pub attribute_name: String,
    /// The value; nothing sets what a new topic has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_value: Option<String>,
}

impl Operation for SetTopicAttributes {
    const ACTION: Action = Action::new("sns", "SetTopicAttributes");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
        if let Some(fault) = attribute_fault(&self.attribute_name, self.attribute_value.as_deref().unwrap_or_default())
        {
            fields.refuse(invalid(fault));
        }
    }

    fn example() -> Self {
        Self {
            topic_arn: EXAMPLE.into(),
            attribute_name: "DisplayName".into(),
            attribute_value: Some("Example".into()),
        }
    }
}

/// "Topic already exists with different attributes", of attributes or tags.
pub fn differs(what: &str, of: &str) -> ApiError {
    invalid(format_args!("{what} Reason: Topic already exists with different {of}"))
}
