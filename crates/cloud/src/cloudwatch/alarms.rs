//! Alarms themselves.

use model::cloudwatch::{
    ALARMS, CloudWatchFault, DescribeAlarms, DescribeAlarmsForMetric, DescribeAlarmsForMetricOutput,
    DescribeAlarmsOutput, MetricAlarm, PutMetricAlarm,
};
use serde_json::json;
use sqlx::types::Json;

use super::{Row, after, evaluate::evaluate_one, history, key_of, target};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// Why a new alarm is in the state that it begins with.
const UNCHECKED: &str = "Unchecked: Initial alarm creation";

/// Takes a place among the account's alarms, or gives one back.
pub(super) async fn count(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set alarms = alarms + $2 where account_id = $1 and alarms + $2 <= $3",
        account.as_str(),
        change,
        i32::try_from(ALARMS).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if rows == 1 {
        return Ok(());
    }
    Err(CloudWatchFault::LimitExceeded.says(format!("The maximum limit of {ALARMS} alarms has been exceeded.")).into())
}

impl Execute for PutMetricAlarm {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, Some(&self.alarm_name))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, now, region) = (tx.account().clone(), tx.now(), tx.request.region.clone());
        for action in self.ok_actions.iter().chain(&self.alarm_actions).chain(&self.insufficient_data_actions) {
            let there = action.split(':').nth(3).unwrap_or_default();
            if there != region {
                let message = format!("Invalid region {there} specified. Only {region} is supported.");
                return Err(CloudWatchFault::ValidationError.says(message).into());
            }
        }
        budgets::hold(tx).await?;
        let enabled = self.actions_enabled.unwrap_or(true);
        let made = sqlx::query_scalar!(
            r#"insert into cloudwatch_alarm
                   (account_id, region, name, configuration, namespace, metric_name, dimensions_key, actions_enabled, state,
                    state_reason, state_updated_at, state_transitioned_at, configured_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, 'INSUFFICIENT_DATA', $9, $10, $10, $10)
               on conflict (account_id, region, name) do update
               set configuration = excluded.configuration, namespace = excluded.namespace,
                   metric_name = excluded.metric_name, dimensions_key = excluded.dimensions_key,
                   actions_enabled = excluded.actions_enabled, configured_at = excluded.configured_at
               returning (xmax = 0) as "made!""#,
            account.as_str(),
            region,
            self.alarm_name,
            Json(&self) as _,
            self.namespace.as_deref().unwrap_or_default(),
            self.metric_name.as_deref().unwrap_or_default(),
            key_of(&self.dimensions)?,
            enabled,
            UNCHECKED,
            now.0
        )
        .fetch_one(tx.conn())
        .await?;
        if made {
            count(tx, 1).await?;
        }
        sqlx::query!(
            "update account set alarms_due_at = coalesce(alarms_due_at, now() + interval '1 minute') where account_id = $1",
            account.as_str()
        )
        .execute(tx.conn())
        .await?;
        let (kind, member, word) =
            if made { ("Create", "createdAlarm", "created") } else { ("Update", "updatedAlarm", "updated") };
        let name = self.alarm_name.clone();
        let row = Row {
            region: region.clone(),
            name: name.clone(),
            configuration: Json(self),
            actions_enabled: enabled,
            state: "INSUFFICIENT_DATA".into(),
            state_reason: UNCHECKED.into(),
            state_reason_data: None,
            state_updated_at: now.0,
            state_transitioned_at: now.0,
            configured_at: now.0,
        };
        let data = json!({ "version": "1.0", "type": kind, member: row.configuration.0 });
        history::note(tx, &row, "ConfigurationUpdate", &format!("Alarm \"{name}\" {word}"), data).await?;
        evaluate_one(tx, &region, &name).await?;
        Ok(())
    }
}

fn shown(tx: &Tx, rows: Vec<Row>) -> Result<Vec<MetricAlarm>> {
    rows.into_iter().map(|row| row.shown(tx)).collect()
}

impl Execute for DescribeAlarms {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.alarm_names.first().filter(|_| self.alarm_names.len() == 1).map(String::as_str))
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeAlarmsOutput> {
        let (account, region) = (tx.account().clone(), tx.request.region.clone());
        let none = DescribeAlarmsOutput { composite_alarms: Vec::new(), metric_alarms: Vec::new(), next_token: None };
        // No alarm is composite: none has children, and none that is there has parents.
        if let Some(name) = self.children_of_alarm_name {
            return Err(super::missing(&name).into());
        }
        if let Some(name) = self.parents_of_alarm_name {
            super::state::hold_alarm(tx, &name).await?.ok_or_else(|| super::missing(&name))?;
            return Ok(none);
        }
        if !self.alarm_types.is_empty() && !self.alarm_types.iter().any(|kind| kind == "MetricAlarm") {
            return Ok(none);
        }
        let limit = self.max_records.unwrap_or(50);
        let names = (!self.alarm_names.is_empty()).then_some(self.alarm_names);
        let after = after(self.next_token.as_deref())?;
        let rows = sqlx::query_as!(
            Row,
            r#"select region, name, configuration as "configuration: Json<PutMetricAlarm>", actions_enabled, state, state_reason,
                      state_reason_data, state_updated_at, state_transitioned_at, configured_at
               from cloudwatch_alarm a
               where account_id = $1 and region = $2 and name > $3
                 and ($4::text[] is null or name = any($4))
                 and ($5::text is null or starts_with(name, $5))
                 and ($6::text is null or state = $6)
                 and ($7::text is null or exists (
                     select from jsonb_array_elements_text(
                         coalesce(a.configuration -> 'AlarmActions', '[]') || coalesce(a.configuration -> 'OKActions', '[]')
                         || coalesce(a.configuration -> 'InsufficientDataActions', '[]')) action
                     where starts_with(action, $7)))
               order by name limit $8"#,
            account.as_str(),
            region,
            after.name,
            names.as_deref() as _,
            self.alarm_name_prefix,
            self.state_value,
            self.action_prefix,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, _, next_token) =
            marker::page(rows, limit, |row| Position { name: row.name.clone(), id: String::new() });
        Ok(DescribeAlarmsOutput { metric_alarms: shown(tx, rows)?, next_token, ..none })
    }
}

impl Execute for DescribeAlarmsForMetric {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, None)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeAlarmsForMetricOutput> {
        let (account, region) = (tx.account().clone(), tx.request.region.clone());
        let mut rows = sqlx::query_as!(
            Row,
            r#"select region, name, configuration as "configuration: Json<PutMetricAlarm>", actions_enabled, state, state_reason,
                      state_reason_data, state_updated_at, state_transitioned_at, configured_at
               from cloudwatch_alarm
               where account_id = $1 and region = $2 and namespace = $3 and metric_name = $4 and dimensions_key = $5
               order by name"#,
            account.as_str(),
            region,
            self.namespace,
            self.metric_name,
            key_of(&self.dimensions)?
        )
        .fetch_all(tx.conn())
        .await?;
        let same = |asked: &Option<String>, has: &Option<String>| asked.is_none() || asked == has;
        rows.retain(|row| {
            let put = &row.configuration.0;
            same(&self.statistic, &put.statistic)
                && same(&self.unit, &put.unit)
                && (self.period.is_none() || self.period == put.period)
        });
        Ok(DescribeAlarmsForMetricOutput { metric_alarms: shown(tx, rows)? })
    }
}
