//! Subscriptions: who gets a topic's messages, and how they said yes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EXAMPLE, EXAMPLE_SUBSCRIPTION, check_subscription, check_topic, invalid};
use crate::{Access, Action, Fields, Operation, Secret, name};

/// What stands in place of a subscription's ARN until its endpoint has said yes, in lists.
pub const PENDING: &str = "PendingConfirmation";
/// The same in what Subscribe answers.
pub const PENDING_ANSWER: &str = "pending confirmation";
/// How messages can travel here.
pub const PROTOCOLS: [&str; 2] = ["email", "email-json"];
/// How they can travel in AWS besides.
const ELSEWHERE: [&str; 7] = ["http", "https", "sms", "sqs", "application", "lambda", "firehose"];
/// A subscription's attributes that this version does not serve.
const ATTRIBUTES_ELSEWHERE: [&str; 6] =
    ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "SubscriptionRoleArn", "ReplayPolicy"];

/// A subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscription {
    /// Its ARN, or [`PENDING`].
    pub subscription_arn: String,
    /// The account that owns it.
    pub owner: String,
    /// One of [`PROTOCOLS`].
    pub protocol: String,
    /// The address.
    pub endpoint: String,
    /// Its topic.
    pub topic_arn: String,
}

/// What is wrong with one attribute that is to be set, said behind "Invalid parameter: ".
fn attribute_fault(name: &str, value: &str) -> Option<String> {
    match name {
        "RawMessageDelivery" if value == "false" => None,
        "RawMessageDelivery" if value == "true" => {
            Some("Delivery protocol [email] does not support raw message delivery.".into())
        }
        "RawMessageDelivery" => Some(format!("RawMessageDelivery: Invalid value [{value}]. Must be true or false.")),
        name if ATTRIBUTES_ELSEWHERE.contains(&name) && value.is_empty() => None,
        name if ATTRIBUTES_ELSEWHERE.contains(&name) => {
            Some(format!("{name} is not available in this version of Understudy"))
        }
        _ => Some("AttributeName".into()),
    }
}

/// Subscribes an address to a topic: it gets a mail with a link, and messages once that was followed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Subscribe {
    /// Which topic.
    pub topic_arn: String,
    /// One of [`PROTOCOLS`].
    pub protocol: String,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// `RawMessageDelivery`, which mail cannot have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// Whether to answer the ARN before the subscription is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_subscription_arn: Option<bool>,
}

/// What Subscribe answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SubscribeOutput {
    /// Its ARN, or [`PENDING_ANSWER`].
    pub subscription_arn: String,
}

impl Operation for Subscribe {
    const ACTION: Action = Action::new("sns", "Subscribe");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Endpoint"];
    type Output = SubscribeOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
        if ELSEWHERE.contains(&self.protocol.as_str()) {
            fields.refuse(invalid(format_args!(
                "Protocol {} is not available: this version of Understudy delivers by email and email-json",
                self.protocol
            )));
        } else if !PROTOCOLS.contains(&self.protocol.as_str()) {
            fields.refuse(invalid(format_args!("Amazon SNS does not support this protocol string: {}", self.protocol)));
        }
        // The address stays out of the message: messages are in the trail.
        if !name::EMAIL.faults(self.endpoint.as_deref().unwrap_or_default()).is_empty() {
            fields.refuse(invalid("Email address"));
        }
        for (name, value) in &self.attributes {
            if let Some(fault) = attribute_fault(name, value) {
                fields.refuse(invalid(format_args!("Attributes Reason: {fault}")));
            }
        }
    }

    fn example() -> Self {
        Self {
            topic_arn: EXAMPLE.into(),
            protocol: "email".into(),
            endpoint: Some("Canary-Endpoint@example.com".into()),
            attributes: BTreeMap::new(),
            return_subscription_arn: None,
        }
    }
}

/// Confirms a subscription with the token from its mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmSubscription {
    /// Which topic.
    pub topic_arn: String,
    /// What the mail's link carries.
    pub token: Secret,
    /// `true`: nobody unsubscribes by the link in a mail alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authenticate_on_unsubscribe: Option<String>,
}

/// What ConfirmSubscription answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmSubscriptionOutput {
    /// Its ARN.
    pub subscription_arn: String,
}

impl Operation for ConfirmSubscription {
    const ACTION: Action = Action::new("sns", "ConfirmSubscription");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Token"];
    type Output = ConfirmSubscriptionOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
        if self.token.is_empty() || self.token.expose().len() > 512 {
            fields.refuse(invalid("Token"));
        }
        if self.authenticate_on_unsubscribe.as_deref().is_some_and(|text| text != "true" && text != "false") {
            fields.refuse(invalid("AuthenticateOnUnsubscribe"));
        }
    }

    fn example() -> Self {
        Self { topic_arn: EXAMPLE.into(), token: "Canary-ConfirmToken-1".into(), authenticate_on_unsubscribe: None }
    }
}

/// Ends a subscription. One that is not there counts as ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Unsubscribe {
    /// Which.
    pub subscription_arn: String,
}

impl Operation for Unsubscribe {
    const ACTION: Action = Action::new("sns", "Unsubscribe");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_subscription(fields, &self.subscription_arn);
    }

    fn example() -> Self {
        Self { subscription_arn: EXAMPLE_SUBSCRIPTION.into() }
    }
}

/// Lists the region's subscriptions, a hundred on a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSubscriptions {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What ListSubscriptions answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSubscriptionsOutput {
    /// The page.
    pub subscriptions: Vec<Subscription>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for ListSubscriptions {
    const ACTION: Action = Action::new("sns", "ListSubscriptions");
    const ACCESS: Access = Access::List;
    const HIDDEN: &'static [&'static str] = &["Endpoint"];
    type Output = ListSubscriptionsOutput;

    fn example() -> Self {
        Self::default()
    }
}

/// Lists a topic's subscriptions, a hundred on a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSubscriptionsByTopic {
    /// Which topic.
    pub topic_arn: String,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for ListSubscriptionsByTopic {
    const ACTION: Action = Action::new("sns", "ListSubscriptionsByTopic");
    const ACCESS: Access = Access::List;
    const HIDDEN: &'static [&'static str] = &["Endpoint"];
    type Output = ListSubscriptionsOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "TopicArn", &self.topic_arn);
    }

    fn example() -> Self {
        Self { topic_arn: EXAMPLE.into(), next_token: None }
    }
}

/// Reads a subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSubscriptionAttributes {
    /// Which.
    pub subscription_arn: String,
}

/// What GetSubscriptionAttributes answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSubscriptionAttributesOutput {
    /// `SubscriptionArn`, `TopicArn`, `Owner`, `Protocol`, `Endpoint`, `PendingConfirmation` and their like.
    pub attributes: BTreeMap<String, String>,
}

impl Operation for GetSubscriptionAttributes {
    const ACTION: Action = Action::new("sns", "GetSubscriptionAttributes");
    const ACCESS: Access = Access::Read;
    const HIDDEN: &'static [&'static str] = &["Endpoint"];
    type Output = GetSubscriptionAttributesOutput;

    fn check(&self, fields: &mut Fields) {
        check_subscription(fields, &self.subscription_arn);
    }

    fn example() -> Self {
        Self { subscription_arn: EXAMPLE_SUBSCRIPTION.into() }
    }
}

/// Sets a subscription's attribute.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetSubscriptionAttributes {
    /// Which.
    pub subscription_arn: String,
    /// `RawMessageDelivery`.
    pub attribute_name: String,
    /// The value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute_value: Option<String>,
}

impl Operation for SetSubscriptionAttributes {
    const ACTION: Action = Action::new("sns", "SetSubscriptionAttributes");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_subscription(fields, &self.subscription_arn);
        if let Some(fault) = attribute_fault(&self.attribute_name, self.attribute_value.as_deref().unwrap_or_default())
        {
            fields.refuse(invalid(fault));
        }
    }

    fn example() -> Self {
        Self {
            subscription_arn: EXAMPLE_SUBSCRIPTION.into(),
            attribute_name: "RawMessageDelivery".into(),
            attribute_value: Some("false".into()),
        }
    }
}
