//! What the links in a topic's mails do. They belong to whoever reads the mail, who may have no account at all.

use serde::{Deserialize, Serialize};

use crate::{
    Access, Action, Fields, Guard, Operation, Secret,
    sns::{SubscriptionArn, TopicArn},
};

const BY_MAIL: &str = "the token from the mail proves that the address's owner asks; every wrong one is counted";

/// The subscription that a mail's link was about.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LinkedSubscription {
    /// Its ARN.
    pub subscription_arn: String,
    /// Its topic's name.
    pub topic_name: String,
    /// The address.
    pub endpoint: String,
    /// What ends it by a link again; absent where only a signed call may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe_token: Option<Secret>,
}

/// Confirms a subscription by the link in its mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmByMail {
    /// The topic.
    #[serde(default)]
    pub topic_arn: String,
    /// What the link carries.
    #[serde(default)]
    pub token: Secret,
}

impl Operation for ConfirmByMail {
    const ACTION: Action = Action::new("console", "ConfirmByMail");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(BY_MAIL);
    const HIDDEN: &'static [&'static str] = &["Token", "Endpoint", "UnsubscribeToken"];
    type Output = LinkedSubscription;

    fn check(&self, fields: &mut Fields) {
        if let Err(error) = self.topic_arn.parse::<TopicArn>() {
            fields.refuse(error);
        }
        fields.secret_length("token", self.token.expose(), 1, 512);
    }

    fn example() -> Self {
        Self {
            topic_arn: "arn:aws:sns:us-east-1:111122223333:example-topic".into(),
            token: "Canary-ConfirmLink-1".into(),
        }
    }
}

/// Ends a subscription by the link in a message.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UnsubscribeByMail {
    /// The subscription.
    #[serde(default)]
    pub subscription_arn: String,
    /// What the link carries.
    #[serde(default)]
    pub token: Secret,
}

impl Operation for UnsubscribeByMail {
    const ACTION: Action = Action::new("console", "UnsubscribeByMail");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(BY_MAIL);
    const HIDDEN: &'static [&'static str] = &["Token", "Endpoint", "UnsubscribeToken"];
    type Output = LinkedSubscription;

    fn check(&self, fields: &mut Fields) {
        if let Err(error) = self.subscription_arn.parse::<SubscriptionArn>() {
            fields.refuse(error);
        }
        fields.secret_length("token", self.token.expose(), 1, 512);
    }

    fn example() -> Self {
        Self {
            subscription_arn: "arn:aws:sns:us-east-1:111122223333:example-topic:01234567-89ab-4cde-8f01-23456789abcd"
                .into(),
            token: "Canary-UnsubscribeLink-1".into(),
        }
    }
}
