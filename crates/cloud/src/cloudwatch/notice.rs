//! What an alarm's change of state says, to people and to programs.

use model::{Timestamp, region::region_name};
use serde_json::json;

use super::{Row, state::Change};
use crate::tx::Tx;

/// `2026-11-22T10:00:00.000+0000`, as CloudWatch writes instants into JSON.
pub(super) fn precise(at: i64) -> String {
    format!("{}.{:03}+0000", Timestamp(at).to_string().trim_end_matches('Z'), at.rem_euclid(1000))
}

/// `Saturday 14 December, 2024 18:00:00 UTC`.
fn spoken(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
    let (year, month, day, hour, minute, second) = at.parts();
    let weekday = DAYS.get(usize::try_from(at.0.div_euclid(86_400_000).rem_euclid(7)).unwrap_or_default());
    let month = model::MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{} {day:02} {month}, {year} {hour:02}:{minute:02}:{second:02} UTC", weekday.copied().unwrap_or_default())
}

/// `ALARM: "<name>" in US East (N. Virginia)`, as far as a subject may hold it.
pub(super) fn subject(alarm: &Row, state: &str) -> String {
    let ascii: String = alarm.name.chars().map(|c| if (' '..='~').contains(&c) { c } else { '?' }).collect();
    let region: String = region_name(&alarm.region).chars().filter(char::is_ascii).collect();
    format!("{state}: \"{ascii}\" in {region}").chars().take(100).collect()
}

/// What people read.
pub(super) fn text(tx: &Tx, alarm: &Row, arn: &str, to: &Change<'_>) -> String {
    let put = &alarm.configuration.0;
    let (region, at, account) = (region_name(&alarm.region), spoken(tx.now()), tx.account());
    let name = &alarm.name;
    let url = &tx.cloud.settings().public_url;
    let link = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let threshold = put.threshold.unwrap_or_default();
    let period = put.period.unwrap_or_default();
    let dimensions: Vec<String> =
        put.dimensions.iter().map(|dimension| format!("{} = {}", dimension.name, dimension.value)).collect();
    let actions = |actions: &[String]| actions.iter().map(|arn| format!(" [{arn}]")).collect::<String>();
    format!(
        "You are receiving this email because your CloudWatch alarm \"{name}\" in the {region} region has entered the {} state, because \"{}\" at \"{at}\".\n\
         \n\
         View this alarm in the console:\n\
         {url}/cloudwatch/alarms/{link}?region={}\n\
         \n\
         Alarm Details:\n\
         - Name: {name}\n\
         - Description: {}\n\
         - State Change: {} -> {}\n\
         - Reason for State Change: {}\n\
         - Timestamp: {at}\n\
         - Account: {account}\n\
         - Alarm Arn: {arn}\n\
         \n\
         Threshold:\n\
         - The alarm is in the ALARM state when the metric is {} {threshold:?} for at least {} of the last {} period(s) of {period} seconds.\n\
         \n\
         Monitored Metric:\n\
         - MetricNamespace: {}\n\
         - MetricName: {}\n\
         - Dimensions: [{}]\n\
         - Period: {period} seconds\n\
         - Statistic: {}\n\
         - Unit: {}\n\
         - TreatMissingData: {}\n\
         \n\
         State Change Actions:\n\
         - OK:{}\n\
         - ALARM:{}\n\
         - INSUFFICIENT_DATA:{}",
        to.state,
        to.reason,
        alarm.region,
        put.alarm_description.as_deref().unwrap_or_default(),
        alarm.state,
        to.state,
        to.reason,
        put.comparison_operator,
        put.datapoints(),
        put.evaluation_periods,
        put.namespace.as_deref().unwrap_or_default(),
        put.metric_name.as_deref().unwrap_or_default(),
        dimensions.join(", "),
        put.statistic.as_deref().unwrap_or_default(),
        put.unit.as_deref().unwrap_or("not specified"),
        put.treat_missing_data.as_deref().unwrap_or("missing"),
        actions(&put.ok_actions),
        actions(&put.alarm_actions),
        actions(&put.insufficient_data_actions),
    )
}

/// What programs read, as CloudWatch publishes it.
pub(super) fn json(tx: &Tx, alarm: &Row, arn: &str, to: &Change<'_>) -> String {
    let put = &alarm.configuration.0;
    let dimensions: Vec<_> =
        put.dimensions.iter().map(|dimension| json!({ "name": dimension.name, "value": dimension.value })).collect();
    json!({
        "AlarmName": alarm.name,
        "AlarmDescription": put.alarm_description,
        "AWSAccountId": tx.account().as_str(),
        "AlarmConfigurationUpdatedTimestamp": precise(alarm.configured_at),
        "NewStateValue": to.state,
        "NewStateReason": to.reason,
        "StateChangeTime": precise(tx.now().0),
        "Region": region_name(&alarm.region),
        "AlarmArn": arn,
        "OldStateValue": alarm.state,
        "OKActions": put.ok_actions,
        "AlarmActions": put.alarm_actions,
        "InsufficientDataActions": put.insufficient_data_actions,
        "Trigger": {
            "MetricName": put.metric_name,
            "Namespace": put.namespace,
            "StatisticType": "Statistic",
            "Statistic": put.statistic.as_deref().map(str::to_uppercase),
            "Unit": put.unit,
            "Dimensions": dimensions,
            "Period": put.period,
            "EvaluationPeriods": put.evaluation_periods,
            "DatapointsToAlarm": put.datapoints(),
            "ComparisonOperator": put.comparison_operator,
            "Threshold": put.threshold,
            "TreatMissingData": put.treat_missing_data.as_deref().unwrap_or("missing"),
            "EvaluateLowSampleCountPercentile": "",
        },
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_spoken_as_aws_speaks_them() {
        assert_eq!(spoken(Timestamp(1_734_199_200_000)), "Saturday 14 December, 2024 18:00:00 UTC");
        assert_eq!(precise(1_734_199_200_007), "2024-12-14T18:00:00.007+0000");
    }
}
