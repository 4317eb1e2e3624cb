//! What the wizard's forms do: the second one makes a new topic when its button is pressed, the last one makes those that
//! are still to be made, and puts the alarm.

use std::collections::BTreeMap;

use model::sns::{CreateTopic, Subscribe};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::{Draft, Notice, topic_button};
use crate::{CallError, iam::plan::Runner};

/// The last form's name.
pub const PUT: &str = "console-form:PutAlarm";
/// The name of the second step's form.
pub const ACTIONS: &str = "console-form:AlarmActions";

/// What [`ACTIONS`] answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Answered {
    /// The draft as it is now, and the button that was pressed, as a form carries them.
    pub values: BTreeMap<String, String>,
}

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    let draft = || Draft::read(&fields.iter().cloned().collect());
    match operation {
        PUT => Some(put(&draft(), runner).await),
        ACTIONS => {
            let go = fields.iter().find(|(name, _)| name == "Go").map(|(_, go)| go.clone()).unwrap_or_default();
            Some(actions(draft(), go, runner).await)
        }
        _ => None,
    }
}

/// Makes the topic whose button was pressed, if it can be made: the page says what is wrong with one that cannot.
async fn actions(mut draft: Draft, go: String, runner: &impl Runner) -> Result<Value, CallError> {
    if let Some(at) = topic_button(&go)
        && draft.faults_of(at).is_empty()
        && let Some(notice) = draft.notices.get_mut(at).filter(|notice| notice.chosen().is_none())
    {
        notice.existing = topic(notice, runner).await?;
        notice.how = "existing".into();
    }
    let mut values: BTreeMap<String, String> = draft.fields_without(None).into_iter().collect();
    values.insert("Go".into(), go);
    Ok(serde_json::to_value(Answered { values }).unwrap_or_default())
}

/// Makes a notification's topic and subscribes its addresses: the topic's ARN.
async fn topic(notice: &Notice, runner: &impl Runner) -> Result<String, CallError> {
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
    Ok(topic_arn)
}

async fn put(draft: &Draft, runner: &impl Runner) -> Result<Value, CallError> {
    let mut made: Vec<(Notice, String)> = Vec::new();
    for notice in draft.notices.iter().filter(|notice| notice.chosen().is_none()) {
        made.push((notice.clone(), topic(notice, runner).await?));
    }
    let topic_of = |notice: &Notice| match notice.chosen() {
        Some(arn) => arn.to_owned(),
        None => made.iter().find(|(one, _)| one == notice).map(|(_, arn)| arn.clone()).unwrap_or_default(),
    };
    runner.run(draft.operation(topic_of)).await?;
    Ok(json!({ "AlarmName": draft.name }))
}
