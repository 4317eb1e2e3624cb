//! The wizard's last form: makes the new topics, subscribes their addresses, and puts the alarm.

use model::sns::{CreateTopic, Subscribe};
use serde_json::{Value, json};

use super::draft::{Draft, Notice};
use crate::{CallError, iam::plan::Runner};

/// The form's name.
pub const PUT: &str = "console-form:PutAlarm";

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    if operation != PUT {
        return None;
    }
    let draft = Draft::read(&fields.iter().cloned().collect());
    Some(put(&draft, runner).await)
}

async fn put(draft: &Draft, runner: &impl Runner) -> Result<Value, CallError> {
    let mut made: Vec<(Notice, String)> = Vec::new();
    for notice in draft.notices.iter().filter(|notice| notice.chosen().is_none()) {
        let topic = CreateTopic { name: notice.topic.clone(), ..CreateTopic::default() };
        let topic_arn = runner.run(topic).await?.topic_arn;
        for address in notice.addresses() {
            let subscribe = Subscribe {
                topic_arn: topic_arn.clone(),
                protocol: "email".into(),
                endpoint: Some(address),
                attributes: Default::default(),
                return_subscription_arn: None,
            };
            runner.run(subscribe).await?;
        }
        made.push((notice.clone(), topic_arn));
    }
    let topic_of = |notice: &Notice| match notice.chosen() {
        Some(arn) => arn.to_owned(),
        None => made.iter().find(|(one, _)| one == notice).map(|(_, arn)| arn.clone()).unwrap_or_default(),
    };
    runner.run(draft.operation(topic_of)).await?;
    Ok(json!({ "AlarmName": draft.name }))
}
