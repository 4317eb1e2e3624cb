//! Metrics: what programs put, and which there are.

use serde::{Deserialize, Serialize};

use super::{Absent, CloudWatchFault, Dimension, UNITS, check_metric, check_text};
use crate::{Access, Action, Fields, Operation, Timestamp};

/// Most data of one call.
pub const DATA: usize = 1000;
/// Most values of one datum.
pub const VALUES: usize = 150;
/// Largest value: two to the power of 360.
pub fn largest() -> f64 {
    2_f64.powi(360)
}

/// A summary of several values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatisticSet {
    /// How many.
    pub sample_count: f64,
    /// Their sum.
    pub sum: f64,
    /// The smallest.
    pub minimum: f64,
    /// The largest.
    pub maximum: f64,
}

/// What is put for one metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MetricDatum {
    /// The metric.
    pub metric_name: String,
    /// Its dimensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// When; now if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// One value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// A summary in place of values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistic_values: Option<StatisticSet>,
    /// Several values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<f64>,
    /// How often each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<f64>,
    /// `None` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 1 or 60 seconds. Data is kept by the minute here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_resolution: Option<i64>,
}

impl MetricDatum {
    /// What it says in all; nothing if it says nothing.
    pub fn summary(&self) -> Option<StatisticSet> {
        if self.statistic_values.is_some() {
            return self.statistic_values;
        }
        let single = self.value.map(|value| vec![value]);
        let values = single.as_deref().unwrap_or(&self.values);
        let count = |at: usize| self.counts.get(at).copied().unwrap_or(1.0);
        let mut all: Option<StatisticSet> = None;
        for (at, value) in values.iter().copied().enumerate() {
            let set = all.get_or_insert(StatisticSet { minimum: value, maximum: value, ..StatisticSet::default() });
            set.sample_count += count(at);
            set.sum += value * count(at);
            set.minimum = set.minimum.min(value);
            set.maximum = set.maximum.max(value);
        }
        all
    }

    fn check(&self, fields: &mut Fields, number: usize) {
        let at = format!("metricData.{number}.member");
        let here = format!("MetricData.member.{number}");
        check_metric(fields, &at, None, Some(&self.metric_name), &self.dimensions);
        if let Some(unit) = &self.unit {
            fields.one_of(&format!("{at}.unit"), unit, &UNITS);
        }
        if self.storage_resolution.is_some_and(|seconds| seconds != 1 && seconds != 60) {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The parameter {here}.StorageResolution must be 1 or 60.")),
            );
        }
        let given = [
            ("Value", self.value.is_some()),
            ("Values", !self.values.is_empty()),
            ("StatisticValues", self.statistic_values.is_some()),
        ];
        let mut named = given.iter().filter(|(_, there)| *there).map(|(name, _)| *name);
        match (named.next(), named.next()) {
            (None, _) => fields.refuse(CloudWatchFault::MissingParameter.says(format!(
                "At least one of the parameters must be specified: {here}.Value, {here}.Values, {here}.StatisticValues."
            ))),
            (Some(one), Some(other)) => fields.refuse(CloudWatchFault::InvalidParameterCombination.says(format!(
                "The parameters {here}.{one} and {here}.{other} are mutually exclusive and you have specified both."
            ))),
            _ => {}
        }
        if !self.counts.is_empty() && self.counts.len() != self.values.len() {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The parameters {here}.Values and {here}.Counts must be of the same size.")),
            );
        }
        if self.values.len() > VALUES {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The collection {here}.Values must not have a size greater than {VALUES}.")),
            );
        }
        let summary = self.statistic_values.unwrap_or_default();
        let mut numbers: Vec<f64> = self.values.iter().chain(&self.counts).copied().collect();
        numbers.extend(self.value);
        numbers.extend([summary.sample_count, summary.sum, summary.minimum, summary.maximum]);
        if numbers.iter().any(|number| !number.is_finite() || number.abs() > largest()) {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The value for parameter {here}.Value must be a number between -2^360 and 2^360.")),
            );
        }
        let counted = self.counts.iter().all(|count| *count > 0.0)
            && self.statistic_values.is_none_or(|set| set.sample_count > 0.0 && set.minimum <= set.maximum);
        if !counted {
            fields.refuse(CloudWatchFault::InvalidParameterValue.says(format!(
                "The value for parameter {here} is invalid: counts must be greater than 0, and a minimum not above its maximum."
            )));
        }
    }
}

/// Puts data into metrics; a new metric is there with its first datum.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutMetricData {
    /// Where the metrics are; never one of AWS's.
    pub namespace: String,
    /// The data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metric_data: Vec<MetricDatum>,
    /// Data of entities: refused if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entity_metric_data: Vec<Absent>,
    /// Of entities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strict_entity_validation: Option<bool>,
}

impl Operation for PutMetricData {
    const ACTION: Action = Action::new("cloudwatch", "PutMetricData");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_text(fields, "namespace", &self.namespace, 1, 255);
        if self.namespace.to_ascii_lowercase().starts_with("aws/") {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says("The value AWS/ for parameter Namespace is invalid: it is reserved for AWS's own metrics."),
            );
        }
        if !self.entity_metric_data.is_empty() {
            super::elsewhere(fields, "EntityMetricData");
        }
        if self.metric_data.is_empty() && self.entity_metric_data.is_empty() {
            fields.refuse(CloudWatchFault::MissingParameter.says("The parameter MetricData is required."));
        }
        if self.metric_data.len() > DATA {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The collection MetricData must not have a size greater than {DATA}.")),
            );
        }
        for (index, datum) in self.metric_data.iter().enumerate() {
            datum.check(fields, index + 1);
        }
    }

    fn example() -> Self {
        let datum = MetricDatum { metric_name: "example-metric".into(), value: Some(1.0), ..MetricDatum::default() };
        Self { namespace: "Example".into(), metric_data: vec![datum], ..Self::default() }
    }
}

/// A dimension that a list is filtered by: any value if it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DimensionFilter {
    /// Its name.
    pub name: String,
    /// Its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Lists the metrics that have had data in the last two weeks, five hundred on a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMetrics {
    /// Only of this namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Only of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_name: Option<String>,
    /// Only with these dimensions, among others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<DimensionFilter>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `PT3H`: only with data of the last three hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recently_active: Option<String>,
    /// Of linked accounts: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_linked_accounts: Option<bool>,
    /// Of a linked account: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owning_account: Option<String>,
}

/// A metric.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Metric {
    /// Where it is.
    #[serde(default)]
    pub namespace: String,
    /// Its name.
    #[serde(default)]
    pub metric_name: String,
    /// What tells it from its sisters, in the order of the names.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
}

/// What ListMetrics answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMetricsOutput {
    /// The page.
    pub metrics: Vec<Metric>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for ListMetrics {
    const ACTION: Action = Action::new("cloudwatch", "ListMetrics");
    const ACCESS: Access = Access::List;
    type Output = ListMetricsOutput;

    fn check(&self, fields: &mut Fields) {
        check_metric(fields, "", self.namespace.as_deref(), self.metric_name.as_deref(), &[]);
        if self.dimensions.len() > 10 {
            fields.fault("dimensions", None, "Member must have length less than or equal to 10");
        }
        if let Some(active) = &self.recently_active {
            fields.one_of("recentlyActive", active, &["PT3H"]);
        }
    }

    fn example() -> Self {
        Self::default()
    }
}
