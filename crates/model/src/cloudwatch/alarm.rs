//! Alarms.

use serde::{Deserialize, Serialize};

use super::{
    ACTIONS, Absent, CloudWatchFault, Dimension, check_kind, check_metric, check_names, check_page, check_period,
    check_text, elsewhere,
};
use crate::{Access, Action, Fields, Operation, Tag, Timestamp};

/// How a datapoint is held against a static threshold.
pub const COMPARISONS: [&str; 4] =
    ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];
/// How one is held against a band that is learned: not in this version.
const BAND_COMPARISONS: [&str; 3] =
    ["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"];
/// What a missing datapoint counts as; `missing` if nothing is said.
pub const MISSING_DATA: [&str; 4] = ["missing", "notBreaching", "breaching", "ignore"];
/// The states of an alarm.
pub const STATES: [&str; 3] = ["OK", "ALARM", "INSUFFICIENT_DATA"];

/// Creates an alarm, or overwrites the one of that name. Its state is kept, and evaluated at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutMetricAlarm {
    /// 1 to 255 characters; unique in its region.
    #[serde(default)]
    pub alarm_name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_description: Option<String>,
    /// Whether a change of state does anything; it does if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions_enabled: Option<bool>,
    /// Topics that hear of the state OK.
    #[serde(default, rename = "OKActions", skip_serializing_if = "Vec::is_empty")]
    pub ok_actions: Vec<String>,
    /// Topics that hear of the state ALARM.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_actions: Vec<String>,
    /// Topics that hear of the state INSUFFICIENT_DATA.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insufficient_data_actions: Vec<String>,
    /// The metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_name: Option<String>,
    /// Its namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Which statistic of a period is a datapoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistic: Option<String>,
    /// A percentile: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_statistic: Option<String>,
    /// The metric's dimensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Seconds of a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<i64>,
    /// Only data of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// N: how many periods are looked at.
    #[serde(default)]
    pub evaluation_periods: i64,
    /// M: how many of their datapoints must breach; all of them if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datapoints_to_alarm: Option<i64>,
    /// The threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// One of [`COMPARISONS`].
    #[serde(default)]
    pub comparison_operator: String,
    /// One of [`MISSING_DATA`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treat_missing_data: Option<String>,
    /// For percentiles: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluate_low_sample_count_percentile: Option<String>,
    /// Metric math: refused if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<Absent>,
    /// Tags: refused if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// The band of an anomaly alarm: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold_metric_id: Option<String>,
    /// A query: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation_criteria: Option<Absent>,
    /// A query's: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation_interval: Option<i64>,
}

impl PutMetricAlarm {
    /// M.
    pub fn datapoints(&self) -> i64 {
        self.datapoints_to_alarm.unwrap_or(self.evaluation_periods)
    }

    /// The actions of a state.
    pub fn actions(&self, state: &str) -> &[String] {
        match state {
            "OK" => &self.ok_actions,
            "ALARM" => &self.alarm_actions,
            _ => &self.insufficient_data_actions,
        }
    }

    fn check_unserved(&self, fields: &mut Fields) {
        for (there, what) in [
            (!self.metrics.is_empty(), "Metrics"),
            (!self.tags.is_empty(), "Tags"),
            (self.threshold_metric_id.is_some(), "ThresholdMetricId"),
            (self.evaluation_criteria.is_some(), "EvaluationCriteria"),
            (self.evaluation_interval.is_some(), "EvaluationInterval"),
            (self.evaluate_low_sample_count_percentile.is_some(), "EvaluateLowSampleCountPercentile"),
            (BAND_COMPARISONS.contains(&self.comparison_operator.as_str()), "An anomaly detection band"),
        ] {
            if there {
                elsewhere(fields, what);
            }
        }
    }

    fn check_actions(&self, fields: &mut Fields) {
        for (member, actions) in [
            ("oKActions", &self.ok_actions),
            ("alarmActions", &self.alarm_actions),
            ("insufficientDataActions", &self.insufficient_data_actions),
        ] {
            if actions.len() > ACTIONS {
                fields.fault(member, None, format!("Member must have length less than or equal to {ACTIONS}"));
            }
            for arn in actions {
                if !arn.starts_with("arn:aws:") || arn.split(':').count() < 6 {
                    fields.refuse(CloudWatchFault::ValidationError.says(format!("Invalid arn syntax: {arn}")));
                } else if arn.parse::<crate::sns::TopicArn>().is_err() {
                    elsewhere(fields, &format!("The action {arn}"));
                }
            }
        }
    }

    fn check_periods(&self, fields: &mut Fields) {
        let value = CloudWatchFault::InvalidParameterValue;
        let Some(period) = self.period else {
            fields.refuse(CloudWatchFault::MissingParameter.says("The parameter Period is required."));
            return;
        };
        check_period(fields, period);
        let (range, said) = if period >= 3600 { (604_800, "7 days") } else { (86_400, "a day") };
        if self.evaluation_periods < 1 {
            fields.range("evaluationPeriods", self.evaluation_periods, 1, i64::MAX);
        } else if self.evaluation_periods.saturating_mul(period) > range {
            fields.refuse(value.says(format!(
                "Metrics cannot be checked across more than {said} (EvaluationPeriods * Period must be <= {range})."
            )));
        }
        if let Some(datapoints) = self.datapoints_to_alarm
            && (datapoints < 1 || datapoints > self.evaluation_periods)
        {
            fields.refuse(value.says(
                "The parameter DatapointsToAlarm must be at least 1 and must not be greater than EvaluationPeriods.",
            ));
        }
    }
}

impl Operation for PutMetricAlarm {
    const ACTION: Action = Action::new("cloudwatch", "PutMetricAlarm");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_text(fields, "alarmName", &self.alarm_name, 1, 255);
        let description = self.alarm_description.as_deref().unwrap_or_default();
        if description.chars().count() > 1024 {
            fields.fault("alarmDescription", None, "Member must have length less than or equal to 1024");
        }
        self.check_unserved(fields);
        self.check_actions(fields);
        for (name, value) in [("MetricName", &self.metric_name), ("Namespace", &self.namespace)] {
            if value.is_none() {
                fields.refuse(CloudWatchFault::MissingParameter.says(format!("The parameter {name} is required.")));
            }
        }
        check_metric(fields, "", self.namespace.as_deref(), self.metric_name.as_deref(), &self.dimensions);
        check_kind(fields, self.statistic.as_deref(), self.extended_statistic.as_deref(), self.unit.as_deref());
        if self.statistic.is_none() {
            fields.refuse(
                CloudWatchFault::MissingParameter
                    .says("Exactly one of Statistic and ExtendedStatistic must be specified."),
            );
        }
        self.check_periods(fields);
        let mut known: Vec<&str> = COMPARISONS.to_vec();
        known.extend(BAND_COMPARISONS);
        fields.one_of("comparisonOperator", &self.comparison_operator, &known);
        if let Some(treat) = &self.treat_missing_data
            && !MISSING_DATA.contains(&treat.as_str())
        {
            fields.refuse(CloudWatchFault::ValidationError.says(format!(
                "Option {treat} is not supported. Supported options for parameter TreatMissingData are [{}].",
                MISSING_DATA.join(", ")
            )));
        }
        match self.threshold {
            None => fields.refuse(CloudWatchFault::MissingParameter.says("The parameter Threshold is required.")),
            Some(threshold) if !threshold.is_finite() => {
                fields.fault("threshold", None, "Member must be a finite number");
            }
            Some(_) => {}
        }
    }

    fn example() -> Self {
        Self {
            alarm_name: "example-alarm".into(),
            metric_name: Some(super::ESTIMATED_CHARGES.into()),
            namespace: Some(super::BILLING.into()),
            statistic: Some("Maximum".into()),
            dimensions: super::billing_dimensions(None),
            period: Some(21_600),
            evaluation_periods: 1,
            threshold: Some(10.0),
            comparison_operator: "GreaterThanThreshold".into(),
            ..Self::default()
        }
    }
}

/// An alarm as it is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricAlarm {
    /// Its name.
    pub alarm_name: String,
    /// Its ARN.
    pub alarm_arn: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_description: Option<String>,
    /// When it was put last.
    pub alarm_configuration_updated_timestamp: Timestamp,
    /// Whether a change of state does anything.
    pub actions_enabled: bool,
    /// See [`PutMetricAlarm`].
    #[serde(default, rename = "OKActions")]
    pub ok_actions: Vec<String>,
    /// See [`PutMetricAlarm`].
    #[serde(default)]
    pub alarm_actions: Vec<String>,
    /// See [`PutMetricAlarm`].
    #[serde(default)]
    pub insufficient_data_actions: Vec<String>,
    /// One of [`STATES`].
    pub state_value: String,
    /// Why, in a sentence.
    pub state_reason: String,
    /// Why, in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_reason_data: Option<String>,
    /// When state or reason changed last.
    pub state_updated_timestamp: Timestamp,
    /// The metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_name: Option<String>,
    /// Its namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// See [`PutMetricAlarm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistic: Option<String>,
    /// The metric's dimensions.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// Seconds of a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<i64>,
    /// See [`PutMetricAlarm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// See [`PutMetricAlarm`].
    pub evaluation_periods: i64,
    /// See [`PutMetricAlarm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datapoints_to_alarm: Option<i64>,
    /// The threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// One of [`COMPARISONS`].
    pub comparison_operator: String,
    /// See [`PutMetricAlarm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treat_missing_data: Option<String>,
    /// When the state itself changed last.
    pub state_transitioned_timestamp: Timestamp,
}

/// Lists alarms by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarms {
    /// Only these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_names: Vec<String>,
    /// Only those whose names begin with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_name_prefix: Option<String>,
    /// `MetricAlarm`, `CompositeAlarm`; there are none of the latter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_types: Vec<String>,
    /// Of composite alarms: nothing has children here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children_of_alarm_name: Option<String>,
    /// Of composite alarms: nothing has parents here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parents_of_alarm_name: Option<String>,
    /// Only those in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_value: Option<String>,
    /// Only those with an action that begins with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_prefix: Option<String>,
    /// Most on a page; 50 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_records: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What DescribeAlarms answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmsOutput {
    /// There are none.
    #[serde(default)]
    pub composite_alarms: Vec<Absent>,
    /// The page.
    pub metric_alarms: Vec<MetricAlarm>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for DescribeAlarms {
    const ACTION: Action = Action::new("cloudwatch", "DescribeAlarms");
    const ACCESS: Access = Access::Read;
    type Output = DescribeAlarmsOutput;

    fn check(&self, fields: &mut Fields) {
        check_names(fields, &self.alarm_names);
        check_page(fields, self.max_records);
        if let Some(state) = &self.state_value {
            fields.one_of("stateValue", state, &STATES);
        }
        if !self.alarm_names.is_empty() && self.alarm_name_prefix.is_some() {
            fields.refuse(
                CloudWatchFault::InvalidParameterCombination
                    .says("AlarmNamePrefix and AlarmNames are mutually exclusive."),
            );
        }
        for (index, kind) in self.alarm_types.iter().enumerate() {
            fields.one_of(&format!("alarmTypes.{}.member", index + 1), kind, &["CompositeAlarm", "MetricAlarm"]);
        }
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Lists the alarms on one metric.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmsForMetric {
    /// The metric.
    pub metric_name: String,
    /// Its namespace.
    pub namespace: String,
    /// Only alarms on this statistic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistic: Option<String>,
    /// A percentile: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_statistic: Option<String>,
    /// The metric's dimensions, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// Only alarms with this period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<i64>,
    /// Only alarms on this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What DescribeAlarmsForMetric answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmsForMetricOutput {
    /// The alarms.
    pub metric_alarms: Vec<MetricAlarm>,
}

impl Operation for DescribeAlarmsForMetric {
    const ACTION: Action = Action::new("cloudwatch", "DescribeAlarmsForMetric");
    const ACCESS: Access = Access::Read;
    type Output = DescribeAlarmsForMetricOutput;

    fn check(&self, fields: &mut Fields) {
        check_metric(fields, "", Some(&self.namespace), Some(&self.metric_name), &self.dimensions);
        check_kind(fields, self.statistic.as_deref(), self.extended_statistic.as_deref(), self.unit.as_deref());
    }

    fn example() -> Self {
        Self {
            metric_name: super::ESTIMATED_CHARGES.into(),
            namespace: super::BILLING.into(),
            statistic: None,
            extended_statistic: None,
            dimensions: super::billing_dimensions(None),
            period: None,
            unit: None,
        }
    }
}
