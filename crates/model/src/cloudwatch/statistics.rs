//! Reading what metrics hold.

use serde::{Deserialize, Serialize};

use super::{
    Absent, CloudWatchFault, Dimension, Metric, STATISTICS, UNITS, check_kind, check_metric, check_period, elsewhere,
};
use crate::{Access, Action, Fields, Operation, Timestamp};

/// Most datapoints that GetMetricStatistics answers.
pub const DATAPOINTS: i64 = 1440;
/// Most datapoints that GetMetricData answers.
pub const MORE_DATAPOINTS: i64 = 100_800;
/// Most queries of one GetMetricData.
pub const QUERIES: usize = 500;

fn check_range(fields: &mut Fields, start: Timestamp, end: Timestamp, period: i64, most: i64) {
    if start >= end {
        fields.refuse(
            CloudWatchFault::InvalidParameterValue
                .says("The parameter StartTime must be less than the parameter EndTime."),
        );
        return;
    }
    let asked = (end.0 - start.0) / 1000 / period.max(1);
    if asked > most {
        fields.refuse(CloudWatchFault::InvalidParameterCombination.says(format!(
            "You have requested up to {asked} datapoints, which exceeds the limit of {most}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
        )));
    }
}

/// Reads one metric by periods.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMetricStatistics {
    /// Where the metric is.
    pub namespace: String,
    /// Its name.
    pub metric_name: String,
    /// Its dimensions, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// From then.
    pub start_time: Timestamp,
    /// Until before then.
    pub end_time: Timestamp,
    /// Seconds of a period.
    pub period: i64,
    /// Which statistics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<String>,
    /// Percentiles: refused if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended_statistics: Vec<String>,
    /// Only data of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A period's statistics: those that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Datapoint {
    /// When the period begins.
    pub timestamp: Timestamp,
    /// How many samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_count: Option<f64>,
    /// Their average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average: Option<f64>,
    /// Their sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<f64>,
    /// The smallest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// The largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// Their unit.
    pub unit: String,
}

/// What GetMetricStatistics answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMetricStatisticsOutput {
    /// The metric's name.
    pub label: String,
    /// The periods that have data, in their order.
    pub datapoints: Vec<Datapoint>,
}

impl Operation for GetMetricStatistics {
    const ACTION: Action = Action::new("cloudwatch", "GetMetricStatistics");
    const ACCESS: Access = Access::Read;
    type Output = GetMetricStatisticsOutput;

    fn check(&self, fields: &mut Fields) {
        check_metric(fields, "", Some(&self.namespace), Some(&self.metric_name), &self.dimensions);
        check_period(fields, self.period);
        for (index, statistic) in self.statistics.iter().enumerate() {
            fields.one_of(&format!("statistics.{}.member", index + 1), statistic, &STATISTICS);
        }
        check_kind(fields, None, self.extended_statistics.first().map(String::as_str), self.unit.as_deref());
        if self.statistics.is_empty() && self.extended_statistics.is_empty() {
            fields
                .refuse(CloudWatchFault::MissingParameter.says("Must specify either Statistics or ExtendedStatistics"));
        }
        check_range(fields, self.start_time, self.end_time, self.period, DATAPOINTS);
    }

    fn example() -> Self {
        Self {
            namespace: super::BILLING.into(),
            metric_name: super::ESTIMATED_CHARGES.into(),
            dimensions: super::billing_dimensions(None),
            start_time: Timestamp(1_795_305_600_000),
            end_time: Timestamp(1_795_392_000_000),
            period: 21_600,
            statistics: vec!["Maximum".into()],
            ..Self::default()
        }
    }
}

/// A metric with a statistic of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricStat {
    /// The metric.
    pub metric: Metric,
    /// Seconds of a period.
    pub period: i64,
    /// The statistic.
    pub stat: String,
    /// Only data of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// One of the series that are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricDataQuery {
    /// How the answer calls it: begins with a lower-case letter.
    pub id: String,
    /// The metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_stat: Option<MetricStat>,
    /// Metric math: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// What the answer's label is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it is answered; it is if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_data: Option<bool>,
    /// An expression's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<i64>,
    /// Another account: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

/// Reads several metrics by periods.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMetricData {
    /// What is asked for.
    pub metric_data_queries: Vec<MetricDataQuery>,
    /// From then.
    pub start_time: Timestamp,
    /// Until before then.
    pub end_time: Timestamp,
    /// Answers come on one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `TimestampAscending`; the latest first if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan_by: Option<String>,
    /// Most datapoints in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_datapoints: Option<i64>,
    /// How labels show times: they show none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_options: Option<Absent>,
}

/// One series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricDataResult {
    /// The query's.
    pub id: String,
    /// The query's, or the metric's name.
    pub label: String,
    /// When the periods begin that have data.
    pub timestamps: Vec<Timestamp>,
    /// Their values.
    pub values: Vec<f64>,
    /// `Complete`.
    pub status_code: String,
}

/// What GetMetricData answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMetricDataOutput {
    /// The series, in the order of the queries.
    pub metric_data_results: Vec<MetricDataResult>,
}

impl Operation for GetMetricData {
    const ACTION: Action = Action::new("cloudwatch", "GetMetricData");
    const ACCESS: Access = Access::Read;
    type Output = GetMetricDataOutput;

    fn check(&self, fields: &mut Fields) {
        if self.metric_data_queries.is_empty() || self.metric_data_queries.len() > QUERIES {
            fields.refuse(CloudWatchFault::ValidationError.says(format!(
                "The collection MetricDataQueries must not have a size less than 1 or greater than {QUERIES}."
            )));
        }
        let mut datapoints = 0;
        for (index, query) in self.metric_data_queries.iter().enumerate() {
            let lower = |c: char| c.is_ascii_lowercase();
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !query.id.starts_with(lower) || !query.id.chars().all(word) || query.id.len() > 255 {
                fields.refuse(CloudWatchFault::ValidationError.says(format!(
                    "The value {} for parameter MetricDataQueries.member.{}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.",
                    query.id,
                    index + 1
                )));
            }
            if self.metric_data_queries[..index].iter().any(|other| other.id == query.id) {
                fields.refuse(
                    CloudWatchFault::ValidationError.says(format!(
                        "The values for parameter id in MetricDataQueries are not unique: {}.",
                        query.id
                    )),
                );
            }
            if query.expression.is_some() {
                elsewhere(fields, "Expression");
                continue;
            }
            let Some(stat) = &query.metric_stat else {
                fields.refuse(CloudWatchFault::ValidationError.says(format!(
                    "Exactly one of Expression and MetricStat must be specified in MetricDataQueries.member.{}.",
                    index + 1
                )));
                continue;
            };
            let Metric { namespace, metric_name, dimensions } = &stat.metric;
            let at = format!("metricDataQueries.{}.member.metricStat.metric", index + 1);
            check_metric(fields, &at, Some(namespace), Some(metric_name), dimensions);
            check_period(fields, stat.period);
            fields.one_of("stat", &stat.stat, &STATISTICS);
            if let Some(unit) = &stat.unit {
                fields.one_of("unit", unit, &UNITS);
            }
            datapoints += (self.end_time.0 - self.start_time.0).max(0) / 1000 / stat.period.max(1);
        }
        check_range(fields, self.start_time, self.end_time, 1, i64::MAX);
        if datapoints > MORE_DATAPOINTS {
            fields.refuse(CloudWatchFault::ValidationError.says(format!(
                "You have requested up to {datapoints} datapoints, which exceeds the limit of {MORE_DATAPOINTS}."
            )));
        }
        if let Some(scan) = &self.scan_by {
            fields.one_of("scanBy", scan, &["TimestampDescending", "TimestampAscending"]);
        }
    }

    fn example() -> Self {
        let metric = Metric {
            namespace: super::BILLING.into(),
            metric_name: super::ESTIMATED_CHARGES.into(),
            dimensions: super::billing_dimensions(None),
        };
        let stat = MetricStat { metric, period: 21_600, stat: "Maximum".into(), unit: None };
        Self {
            metric_data_queries: vec![MetricDataQuery {
                id: "m1".into(),
                metric_stat: Some(stat),
                ..MetricDataQuery::default()
            }],
            start_time: Timestamp(1_795_305_600_000),
            end_time: Timestamp(1_795_392_000_000),
            ..Self::default()
        }
    }
}
