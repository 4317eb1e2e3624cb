//! SNS's words, as AWS's API of 2010-03-31 spells them.
//!
//! This version has standard topics with subscriptions by mail. What AWS has besides is understood, so that whoever asks
//! for it is told so.

mod permission;
mod publish;
mod subscription;
mod tags;
mod topic;

use std::{fmt, str::FromStr};

pub use permission::*;
pub use publish::*;
use serde::{Deserialize, Serialize};
pub use subscription::*;
pub use tags::*;
pub use topic::*;

use crate::{ApiError, Fields};

/// Topics of an account (SNS quotas).
pub const TOPICS: i64 = 100_000;
/// Subscriptions of one topic. AWS has millions; here one message is so many mails in one transaction.
pub const SUBSCRIPTIONS: i64 = 100;
/// Bytes of a message with its attributes (SNS API Reference, `Publish`).
pub const MESSAGE: usize = 262_144;
/// Bytes of a topic's policy.
pub const POLICY: usize = 30_720;
/// Days until an unconfirmed subscription is dropped.
pub const PENDING_DAYS: i64 = 3;

/// SNS's own error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnsFault {
    /// A parameter that is wrong.
    InvalidParameter,
    /// A message attribute that is wrong.
    ParameterValueInvalid,
    /// No such topic or subscription.
    NotFound,
    /// No such topic, said of its tags.
    ResourceNotFound,
    /// The account has as many topics as it may have.
    TopicLimitExceeded,
    /// The topic has as many subscriptions as it may have.
    SubscriptionLimitExceeded,
    /// More tags than a topic may bear.
    TagLimitExceeded,
    /// The policies do not allow it.
    AuthorizationError,
}

impl SnsFault {
    /// AWS's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidParameter => "InvalidParameter",
            Self::ParameterValueInvalid => "ParameterValueInvalid",
            Self::NotFound => "NotFound",
            Self::ResourceNotFound => "ResourceNotFound",
            Self::TopicLimitExceeded => "TopicLimitExceeded",
            Self::SubscriptionLimitExceeded => "SubscriptionLimitExceeded",
            Self::TagLimitExceeded => "TagLimitExceeded",
            Self::AuthorizationError => "AuthorizationError",
        }
    }

    /// The HTTP status AWS answers with.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidParameter | Self::ParameterValueInvalid | Self::TagLimitExceeded => 400,
            Self::NotFound | Self::ResourceNotFound => 404,
            Self::TopicLimitExceeded | Self::SubscriptionLimitExceeded | Self::AuthorizationError => 403,
        }
    }

    /// The error with its sentence.
    pub fn says(self, message: impl Into<String>) -> ApiError {
        ApiError::Sns { fault: self, message: message.into() }
    }
}

/// "Invalid parameter: …".
pub fn invalid(what: impl fmt::Display) -> ApiError {
    SnsFault::InvalidParameter.says(format!("Invalid parameter: {what}"))
}

/// "Topic does not exist".
pub fn no_topic() -> ApiError {
    SnsFault::NotFound.says("Topic does not exist")
}

/// "Subscription does not exist".
pub fn no_subscription() -> ApiError {
    SnsFault::NotFound.says("Subscription does not exist")
}

/// A topic's whole name: `arn:aws:sns:<region>:<account>:<name>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicArn {
    /// `us-east-1`.
    pub region: String,
    /// Whose it is.
    pub account: String,
    /// Unique in its region.
    pub name: String,
}

impl TopicArn {
    /// Reads the ARN that the parameter `field` holds.
    ///
    /// # Errors
    /// "Invalid parameter: …" in AWS's words.
    pub fn parse(field: &str, text: &str) -> Result<Self, ApiError> {
        if text.is_empty() {
            return Err(invalid(format_args!("{field} Reason: no value for required parameter")));
        }
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        match parts.as_slice() {
            ["arn", "aws", "sns", region, account, name] if is_topic_name(name) => {
                Ok(Self { region: (*region).into(), account: (*account).into(), name: (*name).into() })
            }
            [_, _, _, _, _, _] => Err(invalid(field)),
            _ => {
                Err(invalid(format_args!("{field} Reason: An ARN must have at least 6 elements, not {}", parts.len())))
            }
        }
    }

    /// The ARN of one of its subscriptions.
    pub fn subscription(&self, id: impl fmt::Display) -> String {
        format!("{self}:{id}")
    }
}

impl fmt::Display for TopicArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:aws:sns:{}:{}:{}", self.region, self.account, self.name)
    }
}

impl FromStr for TopicArn {
    type Err = ApiError;

    fn from_str(text: &str) -> Result<Self, ApiError> {
        Self::parse("TopicArn", text)
    }
}

/// A subscription's whole name: its topic's with an id behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionArn {
    /// Its topic.
    pub topic: TopicArn,
    /// A UUID.
    pub id: String,
}

impl FromStr for SubscriptionArn {
    type Err = ApiError;

    fn from_str(text: &str) -> Result<Self, ApiError> {
        const FIELD: &str = "SubscriptionArn";
        let Some((topic, id)) = text.rsplit_once(':').filter(|(topic, _)| topic.split(':').count() >= 6) else {
            // Too short for a topic's, or a topic's alone.
            TopicArn::parse(FIELD, text)?;
            return Err(invalid("SubscriptionId"));
        };
        let topic = TopicArn::parse(FIELD, topic)?;
        let shaped = id.len() == 36
            && id.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if shaped { Ok(Self { topic, id: id.to_lowercase() }) } else { Err(invalid("SubscriptionId")) }
    }
}

/// Whether a topic may have this name: 1 to 256 of letters, digits, `_` and `-`.
pub fn is_topic_name(name: &str) -> bool {
    (1..=256).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Notes what is wrong with a topic's ARN.
fn check_topic(fields: &mut Fields, field: &str, text: &str) {
    if let Err(error) = TopicArn::parse(field, text) {
        fields.refuse(error);
    }
}

/// Notes what is wrong with a subscription's ARN.
fn check_subscription(fields: &mut Fields, text: &str) {
    if let Err(error) = text.parse::<SubscriptionArn>() {
        fields.refuse(error);
    }
}

/// The topic that examples are about.
const EXAMPLE: &str = "arn:aws:sns:us-east-1:111122223333:example-topic";
/// A subscription of it.
const EXAMPLE_SUBSCRIPTION: &str =
    "arn:aws:sns:us-east-1:111122223333:example-topic:01234567-89ab-4cde-8f01-23456789abcd";

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        text.parse::<SubscriptionArn>().expect_err(text).to_string()
    }

    #[test]
    fn arns_are_read_in_aws_words() {
        assert_eq!(EXAMPLE.parse::<TopicArn>().expect("an ARN").to_string(), EXAMPLE);
        for (text, said) in [
            ("", "Invalid parameter: TopicArn Reason: no value for required parameter"),
            ("topic", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1"),
            ("arn:aws:sns:x:1", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 5"),
            ("arn:aws:sqs:us-east-1:111122223333:x", "Invalid parameter: TopicArn"),
            ("arn:aws:sns:us-east-1:111122223333:x y", "Invalid parameter: TopicArn"),
            (EXAMPLE_SUBSCRIPTION, "Invalid parameter: TopicArn"),
        ] {
            assert_eq!(text.parse::<TopicArn>().expect_err(text).to_string(), said, "{text}");
        }
        let subscription: SubscriptionArn = EXAMPLE_SUBSCRIPTION.parse().expect("an ARN");
        assert_eq!(subscription.topic.subscription(&subscription.id), EXAMPLE_SUBSCRIPTION);
        assert_eq!(
            refused("PendingConfirmation"),
            "Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"
        );
        assert_eq!(refused(EXAMPLE), "Invalid parameter: SubscriptionId");
        assert_eq!(refused(&format!("{EXAMPLE}:no-uuid")), "Invalid parameter: SubscriptionId");
    }
}
