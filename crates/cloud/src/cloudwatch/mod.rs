//! CloudWatch's deeds, a file a noun. Here is what they share: the questions to policies, and an alarm's row.

mod alarms;
mod evaluate;
mod history;
mod judge;
mod ledger;
mod metrics;
mod notice;
mod series;
mod state;
mod statistics;
mod worker;

use model::{
    ApiError, Timestamp,
    cloudwatch::{CloudWatchFault, Dimension, MetricAlarm, PutMetricAlarm},
};
use policy::Arn;
use sqlx::types::Json;

pub(crate) use evaluate::{evaluate_all, evaluate_billing};

use crate::{error::Result, execute::Target, marker::Position, tx::Tx};

/// An alarm's ARN.
fn arn(tx: &Tx, region: &str, name: &str) -> Result<Arn> {
    let resource = format!("alarm:{name}");
    let arn = Arn::new("aws", "cloudwatch", region, tx.account().as_str(), &resource);
    Ok(arn.map_err(|error| anyhow::anyhow!(error))?)
}

/// The question about one alarm, of whatever region.
pub(crate) fn about(tx: &Tx, region: &str, name: &str) -> Result<Target> {
    Ok(Target::of(&arn(tx, region, name)?))
}

/// The question about an alarm of the call's region; about all of them without a name.
fn target(tx: &Tx, name: Option<&str>) -> Result<Target> {
    let region = tx.request.region.clone();
    Ok(Target::of(&arn(tx, &region, name.unwrap_or("*"))?))
}

/// The question about several alarms: about each of them.
fn target_of_all(tx: &Tx, action: &'static str, names: &[String]) -> Result<Target> {
    let (first, rest) = match names.split_first() {
        Some((first, rest)) => (Some(first.as_str()), rest),
        None => (None, names),
    };
    let region = tx.request.region.clone();
    let mut target = target(tx, first)?;
    for name in rest {
        target = target.also(action, arn(tx, &region, name)?.to_string());
    }
    Ok(target)
}

/// "ResourceNotFound" of alarms that are not there.
fn missing(names: &str) -> ApiError {
    CloudWatchFault::ResourceNotFound.says(format!("Unknown alarms: {names}"))
}

/// Where a page begins.
fn after(token: Option<&str>) -> Result<Position, ApiError> {
    Position::parse(token).map_err(|_| CloudWatchFault::InvalidNextToken.says("The next token specified is invalid."))
}

/// Dimensions as a key: the same whatever their order.
fn key_of(dimensions: &[Dimension]) -> Result<String> {
    Ok(serde_json::to_string(&sorted(dimensions))?)
}

fn sorted(dimensions: &[Dimension]) -> Vec<Dimension> {
    let mut sorted = dimensions.to_vec();
    sorted.sort();
    sorted
}

/// An alarm as the database keeps it.
#[derive(Clone)]
struct Row {
    region: String,
    name: String,
    configuration: Json<PutMetricAlarm>,
    actions_enabled: bool,
    state: String,
    state_reason: String,
    state_reason_data: Option<String>,
    state_updated_at: i64,
    state_transitioned_at: i64,
    configured_at: i64,
}

impl Row {
    fn shown(self, tx: &Tx) -> Result<MetricAlarm> {
        let alarm_arn = arn(tx, &self.region, &self.name)?.to_string();
        let put = self.configuration.0;
        Ok(MetricAlarm {
            alarm_name: self.name,
            alarm_arn,
            alarm_description: put.alarm_description,
            alarm_configuration_updated_timestamp: Timestamp(self.configured_at),
            actions_enabled: self.actions_enabled,
            ok_actions: put.ok_actions,
            alarm_actions: put.alarm_actions,
            insufficient_data_actions: put.insufficient_data_actions,
            state_value: self.state,
            state_reason: self.state_reason,
            state_reason_data: self.state_reason_data,
            state_updated_timestamp: Timestamp(self.state_updated_at),
            metric_name: put.metric_name,
            namespace: put.namespace,
            statistic: put.statistic,
            dimensions: put.dimensions,
            period: put.period,
            unit: put.unit,
            evaluation_periods: put.evaluation_periods,
            datapoints_to_alarm: put.datapoints_to_alarm,
            threshold: put.threshold,
            comparison_operator: put.comparison_operator,
            treat_missing_data: put.treat_missing_data,
            state_transitioned_timestamp: Timestamp(self.state_transitioned_at),
        })
    }
}
