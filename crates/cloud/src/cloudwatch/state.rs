//! Changes of an alarm's state, with what they do: an entry in its history, and a message to each topic.

use model::{
    cloudwatch::{DeleteAlarms, DisableAlarmActions, EnableAlarmActions, PutMetricAlarm, SetAlarmState},
    sns::TopicArn,
};
use serde_json::json;
use sqlx::types::Json;

use super::{Row, arn, history, missing, notice, target, target_of_all};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    sns,
    tx::Tx,
};

/// Who publishes to topics, as their policies name it.
const SERVICE: &str = "cloudwatch.amazonaws.com";

/// A new state with its reason.
pub(super) struct Change<'a> {
    pub(super) state: &'a str,
    pub(super) reason: &'a str,
    pub(super) data: Option<&'a str>,
}

/// Puts an alarm into another state. The caller holds the account and the alarm.
pub(super) async fn change(tx: &mut Tx, alarm: &Row, to: &Change<'_>) -> Result<()> {
    let (account, now) = (tx.account().clone(), tx.now());
    let changed = sqlx::query!(
        "update cloudwatch_alarm
         set state = $4, state_reason = $5, state_reason_data = $6, state_updated_at = $7, state_transitioned_at = $7
         where account_id = $1 and region = $2 and name = $3 and state <> $4",
        account.as_str(),
        alarm.region,
        alarm.name,
        to.state,
        to.reason,
        to.data,
        now.0
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if changed == 0 {
        return Ok(());
    }
    let read = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let told = |value: &str, reason: &str, data: Option<&str>| {
        let mut told = json!({ "stateValue": value, "stateReason": reason });
        if let Some(data) = read(data) {
            told["stateReasonData"] = data;
        }
        told
    };
    let data = json!({
        "version": "1.0",
        "oldState": told(&alarm.state, &alarm.state_reason, alarm.state_reason_data.as_deref()),
        "newState": told(to.state, to.reason, to.data),
    });
    let summary = format!("Alarm updated from {} to {}", alarm.state, to.state);
    history::note(tx, alarm, "StateUpdate", &summary, data).await?;
    if !alarm.actions_enabled {
        return Ok(());
    }
    for action in alarm.configuration.actions(to.state) {
        act(tx, alarm, action, to).await?;
    }
    Ok(())
}

/// Publishes a change to one topic, and notes what became of it.
async fn act(tx: &mut Tx, alarm: &Row, action: &str, to: &Change<'_>) -> Result<()> {
    let source = arn(tx, &alarm.region, &alarm.name)?.to_string();
    let subject = notice::subject(alarm, to.state);
    let message = sns::Outgoing {
        subject: Some(&subject),
        email: notice::text(tx, alarm, &source, to),
        json: notice::json(tx, alarm, &source, to),
        attributes: json!({}),
    };
    let published = match action.parse::<TopicArn>() {
        Ok(topic) => sns::deliver_as(tx, SERVICE, &source, &topic, &message).await?,
        Err(error) => Err(error.to_string()),
    };
    let (summary, error) = match published {
        Ok(_) => (format!("Successfully executed action {action}"), None),
        Err(error) => (format!("Failed to execute action {action}. Received error: \"{error}\""), Some(error)),
    };
    let data = json!({
        "version": "1.0",
        "actionState": if error.is_none() { "Succeeded" } else { "Failed" },
        "stateUpdateTimestamp": tx.now().0,
        "notificationResource": action,
        "error": error,
    });
    history::note(tx, alarm, "Action", &summary, data).await
}

/// One alarm of the call's region, held.
pub(super) async fn hold_alarm(tx: &mut Tx, name: &str) -> Result<Option<Row>> {
    let (account, region) = (tx.account().clone(), tx.request.region.clone());
    Ok(sqlx::query_as!(
        Row,
        r#"select region, name, configuration as "configuration: Json<PutMetricAlarm>", actions_enabled, state, state_reason,
                  state_reason_data, state_updated_at, state_transitioned_at, configured_at
           from cloudwatch_alarm where account_id = $1 and region = $2 and name = $3 for update"#,
        account.as_str(),
        region,
        name
    )
    .fetch_optional(tx.conn())
    .await?)
}

impl Execute for SetAlarmState {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, Some(&self.alarm_name))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        budgets::hold(tx).await?;
        let alarm = hold_alarm(tx, &self.alarm_name).await?.ok_or_else(|| missing(&self.alarm_name))?;
        let to =
            Change { state: &self.state_value, reason: &self.state_reason, data: self.state_reason_data.as_deref() };
        change(tx, &alarm, &to).await
    }
}

impl Execute for DeleteAlarms {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of_all(tx, "cloudwatch:DeleteAlarms", &self.alarm_names)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        budgets::hold(tx).await?;
        let (account, mut names) = (tx.account().clone(), self.alarm_names);
        names.sort();
        names.dedup();
        for name in &names {
            let alarm = hold_alarm(tx, name).await?.ok_or_else(|| missing(name))?;
            sqlx::query!(
                "delete from cloudwatch_alarm where account_id = $1 and region = $2 and name = $3",
                account.as_str(),
                alarm.region,
                alarm.name
            )
            .execute(tx.conn())
            .await?;
            super::alarms::count(tx, -1).await?;
            let data = json!({ "version": "1.0", "type": "Delete", "deletedAlarm": alarm.configuration.0 });
            history::note(tx, &alarm, "ConfigurationUpdate", &format!("Alarm \"{name}\" deleted"), data).await?;
        }
        Ok(())
    }
}

/// Lets alarms act, or keeps them from it. Names of none are passed over, as AWS does.
async fn enable(tx: &mut Tx, names: Vec<String>, enabled: bool) -> Result<()> {
    budgets::hold(tx).await?;
    let account = tx.account().clone();
    for name in names {
        let Some(mut alarm) = hold_alarm(tx, &name).await?.filter(|alarm| alarm.actions_enabled != enabled) else {
            continue;
        };
        alarm.configuration.actions_enabled = Some(enabled);
        sqlx::query!(
            "update cloudwatch_alarm set actions_enabled = $4, configuration = $5
             where account_id = $1 and region = $2 and name = $3",
            account.as_str(),
            alarm.region,
            alarm.name,
            enabled,
            Json(&alarm.configuration.0) as _
        )
        .execute(tx.conn())
        .await?;
        let data = json!({ "version": "1.0", "type": "Update", "updatedAlarm": alarm.configuration.0 });
        history::note(tx, &alarm, "ConfigurationUpdate", &format!("Alarm \"{name}\" updated"), data).await?;
    }
    Ok(())
}

impl Execute for EnableAlarmActions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of_all(tx, "cloudwatch:EnableAlarmActions", &self.alarm_names)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        enable(tx, self.alarm_names, true).await
    }
}

impl Execute for DisableAlarmActions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of_all(tx, "cloudwatch:DisableAlarmActions", &self.alarm_names)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        enable(tx, self.alarm_names, false).await
    }
}
