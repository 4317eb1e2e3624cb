//! CloudWatch's words, as AWS's API of 2010-08-01 spells them.
//!
//! This version has metrics that programs put, the metric of estimated charges, and alarms with a static threshold on one
//! metric. What AWS has besides is understood, so that whoever asks for it is told so.

mod alarm;
mod history;
mod metric;
mod state;
mod statistics;

pub use alarm::*;
pub use history::*;
pub use metric::*;
use serde::{Deserialize, Serialize};
pub use state::*;
pub use statistics::*;

use crate::{ApiError, Fields};

/// Alarms of an account in a region (CloudWatch quotas).
pub const ALARMS: i64 = 5000;
/// Own metrics of an account. AWS has no limit; here it bounds what one account can store.
pub const METRICS: i64 = 10_000;
/// Actions for one state of an alarm.
pub const ACTIONS: usize = 5;
/// Dimensions of a metric.
pub const DIMENSIONS: usize = 30;
/// Where estimated charges are.
pub const BILLING_REGION: &str = "us-east-1";
/// The namespace of estimated charges.
pub const BILLING: &str = "AWS/Billing";
/// The metric of estimated charges.
pub const ESTIMATED_CHARGES: &str = "EstimatedCharges";

/// CloudWatch's own error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CloudWatchFault {
    /// A value that is wrong.
    InvalidParameterValue,
    /// Values that do not go together.
    InvalidParameterCombination,
    /// A value that must be there.
    MissingParameter,
    /// No such alarm.
    ResourceNotFound,
    /// A quota is full.
    LimitExceeded,
    /// A page's beginning that we did not make.
    InvalidNextToken,
    /// A text that is not JSON.
    InvalidFormat,
    /// Too many names for one call, and the like.
    ValidationError,
}

impl CloudWatchFault {
    /// AWS's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidParameterValue => "InvalidParameterValue",
            Self::InvalidParameterCombination => "InvalidParameterCombination",
            Self::MissingParameter => "MissingParameter",
            Self::ResourceNotFound => "ResourceNotFound",
            Self::LimitExceeded => "LimitExceeded",
            Self::InvalidNextToken => "InvalidNextToken",
            Self::InvalidFormat => "InvalidFormat",
            Self::ValidationError => "ValidationError",
        }
    }

    /// The HTTP status AWS answers with.
    pub const fn status(self) -> u16 {
        match self {
            Self::ResourceNotFound => 404,
            _ => 400,
        }
    }

    /// The error with its sentence.
    pub fn says(self, message: impl Into<String>) -> ApiError {
        ApiError::CloudWatch { fault: self, message: message.into() }
    }
}

/// What this version does not have, said to whoever asks for it.
fn elsewhere(fields: &mut Fields, what: &str) {
    fields.refuse(CloudWatchFault::InvalidParameterValue.says(format!(
        "{what} is not available: this version of Understudy has alarms with a static threshold on one metric"
    )));
}

/// A structure that is refused, or absent, whenever it could be there: of its members nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {}

/// A name and a value that tell a metric from its sisters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Dimension {
    /// `Currency`.
    pub name: String,
    /// `USD`.
    #[serde(default)]
    pub value: String,
}

impl Dimension {
    /// A dimension.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// The dimensions of estimated charges: of the account, or of one service.
pub fn billing_dimensions(service: Option<&str>) -> Vec<Dimension> {
    let mut dimensions = vec![Dimension::new("Currency", "USD")];
    dimensions.extend(service.map(|service| Dimension::new("ServiceName", service)));
    dimensions
}

/// Units (CloudWatch API Reference, `StandardUnit`).
pub const UNITS: [&str; 27] = [
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];

/// Statistics.
pub const STATISTICS: [&str; 5] = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

fn printable(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// Notes what is wrong with a metric's namespace, name and dimensions.
fn check_metric(fields: &mut Fields, at: &str, namespace: Option<&str>, name: Option<&str>, dimensions: &[Dimension]) {
    let place = |member: &str| if at.is_empty() { member.to_owned() } else { format!("{at}.{member}") };
    for (member, text, most) in [("namespace", namespace, 255), ("metricName", name, 255)] {
        let Some(text) = text else { continue };
        check_text(fields, &place(member), text, 1, most);
    }
    if namespace.is_some_and(|namespace| namespace.starts_with(':')) {
        fields.fault(&place("namespace"), namespace, "Member must satisfy regular expression pattern: [^:].*");
    }
    if dimensions.len() > DIMENSIONS {
        fields.fault(&place("dimensions"), None, format!("Member must have length less than or equal to {DIMENSIONS}"));
    }
    for (index, dimension) in dimensions.iter().enumerate() {
        let here = format!("{}.{}.member", place("dimensions"), index + 1);
        check_text(fields, &format!("{here}.name"), &dimension.name, 1, 255);
        check_text(fields, &format!("{here}.value"), &dimension.value, 1, 1024);
        if dimensions[..index].iter().any(|other| other.name == dimension.name) {
            fields.refuse(
                CloudWatchFault::InvalidParameterValue
                    .says(format!("The dimension {} is named more than once.", dimension.name)),
            );
        }
    }
}

/// Notes what is wrong with a text of some length.
fn check_text(fields: &mut Fields, field: &str, text: &str, least: usize, most: usize) {
    let length = text.chars().count();
    if length < least {
        fields.fault(field, Some(text), format!("Member must have length greater than or equal to {least}"));
    } else if length > most {
        fields.fault(field, Some(text), format!("Member must have length less than or equal to {most}"));
    }
    if !printable(text) {
        fields.fault(field, None, "Member must not contain control characters");
    }
}

/// Notes a period that CloudWatch does not know: 10, 20, 30 or a multiple of 60 seconds.
fn check_period(fields: &mut Fields, period: i64) {
    if period < 1 {
        fields.range("period", period, 1, i64::MAX);
    } else if ![10, 20, 30].contains(&period) && period % 60 != 0 {
        fields.refuse(
            CloudWatchFault::InvalidParameterValue
                .says("The value for parameter Period must be 10, 20, 30 or a multiple of 60."),
        );
    }
}

/// Notes a statistic or unit that there is none of.
fn check_kind(fields: &mut Fields, statistic: Option<&str>, extended: Option<&str>, unit: Option<&str>) {
    if let Some(statistic) = statistic {
        fields.one_of("statistic", statistic, &STATISTICS);
    }
    if let Some(unit) = unit {
        fields.one_of("unit", unit, &UNITS);
    }
    if extended.is_some() {
        elsewhere(fields, "ExtendedStatistic");
    }
}

/// Notes a page size that is none.
fn check_page(fields: &mut Fields, max_records: Option<i64>) {
    if let Some(max_records) = max_records {
        fields.range("maxRecords", max_records, 1, 100);
    }
}

/// Notes names of alarms that are none, or too many of them.
fn check_names(fields: &mut Fields, names: &[String]) {
    if names.len() > 100 {
        fields.fault("alarmNames", None, "Member must have length less than or equal to 100");
    }
    for (index, name) in names.iter().enumerate() {
        check_text(fields, &format!("alarmNames.{}.member", index + 1), name, 1, 255);
    }
}
