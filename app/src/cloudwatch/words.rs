//! How the console speaks of alarms: states, conditions, periods.

use leptos::prelude::*;
use model::cloudwatch::{Dimension, MetricAlarm};

use crate::ui::{Status, StatusIndicator};

/// "In alarm".
pub(super) fn state(value: &str) -> &'static str {
    match value {
        "ALARM" => "In alarm",
        "OK" => "OK",
        _ => "Insufficient data",
    }
}

/// The state with its colour.
pub(super) fn indicator(value: &str) -> AnyView {
    let (status, text) = match value {
        "ALARM" => (Status::Error, state(value)),
        "OK" => (Status::Success, state(value)),
        _ => (Status::Pending, state(value)),
    };
    view! { <StatusIndicator status testid="alarm-state">{text}</StatusIndicator> }.into_any()
}

/// `>`.
pub(super) fn sign(operator: &str) -> &'static str {
    match operator {
        "GreaterThanOrEqualToThreshold" => ">=",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "<=",
        _ => ">",
    }
}

/// Periods that the wizard offers, in seconds.
pub(super) const PERIODS: [(i64, &str); 9] = [
    (60, "1 minute"),
    (300, "5 minutes"),
    (900, "15 minutes"),
    (3600, "1 hour"),
    (10_800, "3 hours"),
    (21_600, "6 hours"),
    (43_200, "12 hours"),
    (86_400, "1 day"),
    (604_800, "7 days"),
];

/// "6 hours".
pub(super) fn duration(seconds: i64) -> String {
    if let Some((_, text)) = PERIODS.iter().find(|(known, _)| *known == seconds) {
        return (*text).to_owned();
    }
    for (unit, word) in [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")] {
        if seconds % unit == 0 {
            let count = seconds / unit;
            return format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        }
    }
    format!("{seconds} seconds")
}

/// A number without a needless fraction.
pub(super) fn number(value: f64) -> String {
    format!("{value}")
}

/// "EstimatedCharges > 10 for 1 datapoints within 6 hours".
pub(super) fn condition(alarm: &MetricAlarm) -> String {
    let datapoints = alarm.datapoints_to_alarm.unwrap_or(alarm.evaluation_periods);
    let within = duration(alarm.period.unwrap_or_default() * alarm.evaluation_periods);
    format!(
        "{} {} {} for {datapoints} datapoints within {within}",
        alarm.metric_name.as_deref().unwrap_or_default(),
        sign(&alarm.comparison_operator),
        number(alarm.threshold.unwrap_or_default())
    )
}

/// "Currency = USD".
pub(super) fn dimensions(dimensions: &[Dimension]) -> String {
    dimensions.iter().map(|one| format!("{} = {}", one.name, one.value)).collect::<Vec<_>>().join(", ")
}

/// "Treat missing data as missing".
pub(super) fn missing(treat: Option<&str>) -> &'static str {
    match treat {
        Some("notBreaching") => "Treat missing data as good (not breaching threshold)",
        Some("breaching") => "Treat missing data as bad (breaching threshold)",
        Some("ignore") => "Treat missing data as ignore (maintain the alarm state)",
        _ => "Treat missing data as missing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_their_largest_unit() {
        for (seconds, text) in
            [(21_600, "6 hours"), (60, "1 minute"), (10, "10 seconds"), (172_800, "2 days"), (5400, "90 minutes")]
        {
            assert_eq!(duration(seconds), text);
        }
    }
}
