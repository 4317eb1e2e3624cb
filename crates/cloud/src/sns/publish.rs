//! Messages: each is written to the outbox for every confirmed subscription, in the transaction that publishes it.

use ::policy::{Context, PolicySet, Principal, Request};
use model::{
    ApiError, Timestamp,
    sns::{MessageAttributeValue, Publish, PublishOutput, TopicArn, no_topic},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{existing, find, links, policy, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    mail::{Message, TopicMessage},
    outbox::{Route, To, enqueue},
    tx::Tx,
};

/// A message on its way to a topic's subscriptions.
pub(crate) struct Outgoing<'a> {
    /// The mails' subject.
    pub(crate) subject: Option<&'a str>,
    /// What people read.
    pub(crate) email: String,
    /// What programs read, as the member `Message`.
    pub(crate) json: String,
    /// `MessageAttributes`, as email-json has them.
    pub(crate) attributes: Value,
}

/// `2026-11-22T10:00:00.000Z`.
fn with_milliseconds(at: Timestamp) -> String {
    format!("{}.{:03}Z", at.to_string().trim_end_matches('Z'), at.0.rem_euclid(1000))
}

/// Writes a message to the outbox for every confirmed subscription of a topic: its id.
async fn deliver(tx: &mut Tx, topic: &TopicArn, message: &Outgoing<'_>) -> Result<Uuid> {
    let (account, id, now) = (tx.account().clone(), tx.uuid(), tx.now());
    let rows = sqlx::query!(
        "select subscription_id, protocol, endpoint from sns_subscription
         where account_id = $1 and region = $2 and topic = $3 and confirmed_at is not null order by subscription_id",
        account.as_str(),
        topic.region,
        topic.name
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows {
        let link = links::unsubscribe(tx, topic, row.subscription_id);
        let body = if row.protocol == "email-json" {
            let mut body = json!({
                "Type": "Notification",
                "MessageId": id.to_string(),
                "TopicArn": topic.to_string(),
                "Message": message.json,
                "Timestamp": with_milliseconds(now),
                "UnsubscribeURL": link,
            });
            if let Some(subject) = message.subject {
                body["Subject"] = subject.into();
            }
            if message.attributes.as_object().is_some_and(|attributes| !attributes.is_empty()) {
                body["MessageAttributes"] = message.attributes.clone();
            }
            format!("{body:#}")
        } else {
            message.email.clone()
        };
        let json = row.protocol == "email-json";
        let mail = Message::TopicMessage(TopicMessage { subject: message.subject, body: &body, link, json });
        let to =
            To { recipient: &row.endpoint, account: Some(&account), sign_up: None, route: Route::Rule, dedupe: None };
        enqueue(tx, to, &mail).await?;
    }
    Ok(id)
}

/// Publishes as a service of AWS's that acts for the account, if the topic's policy lets it in. `source` is the ARN of
/// what it acts for, such as an alarm's.
///
/// # Errors
/// In the inner result why nothing was published, in AWS's words.
pub(crate) async fn deliver_as(
    tx: &mut Tx,
    service: &str,
    source: &str,
    topic: &TopicArn,
    message: &Outgoing<'_>,
) -> Result<std::result::Result<Uuid, String>> {
    const ACTION: &str = "SNS:Publish";
    let foreign = topic.account != tx.account().as_str();
    let row = if foreign { None } else { find(tx, topic).await? };
    let Some(row) = row else { return Ok(Err(no_topic().to_string())) };
    let text = row.policy.unwrap_or_else(|| policy::default(topic));
    let set =
        policy::attached(&topic.name, &text).map_or_else(PolicySet::new, |own| PolicySet::new().with_resource(own));
    let context = Context::new()
        .with("aws:SourceAccount", topic.account.as_str())
        .with("aws:SourceArn", source)
        .with("aws:CurrentTime", tx.now().to_string())
        .with("aws:SecureTransport", "true");
    // A topic's default policy asks for this key. CloudWatch has it; a budget needs a statement of its own (AWS Cost
    // Management User Guide, "Creating an Amazon SNS topic for budget notifications").
    let context = match service {
        "cloudwatch.amazonaws.com" => context.with("aws:SourceOwner", topic.account.as_str()),
        _ => context,
    };
    let request = Request::new(Principal::service(service), ACTION, topic).with_context(context);
    if !::policy::evaluate(&set, &request).is_allowed() {
        return Ok(Err(format!(
            "Resource: {source} is not authorized to perform: {ACTION} on resource: {topic} because no resource-based policy allows the {ACTION} action"
        )));
    }
    Ok(Ok(deliver(tx, topic, message).await?))
}

fn attribute((name, value): (&String, &MessageAttributeValue)) -> (String, Value) {
    let text = value.string_value.as_ref().or(value.binary_value.as_ref());
    (name.clone(), json!({ "Type": value.data_type, "Value": text }))
}

fn topic_of(publish: &Publish) -> Result<TopicArn, ApiError> {
    let (field, arn) = publish.destination();
    TopicArn::parse(field, arn)
}

impl Execute for Publish {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:Publish", self.destination().0, &topic_of(self)?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<PublishOutput> {
        let topic = topic_of(&self)?;
        existing(tx, &topic).await?;
        let attributes = self.message_attributes.iter().map(attribute).collect::<serde_json::Map<_, _>>();
        let message = Outgoing {
            subject: self.subject.as_deref(),
            email: self.text_for("email")?,
            json: self.text_for("email-json")?,
            attributes: Value::Object(attributes),
        };
        let id = deliver(tx, &topic, &message).await?;
        Ok(PublishOutput { message_id: id.to_string(), sequence_number: None })
    }
}
