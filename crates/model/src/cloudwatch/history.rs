//! What became of alarms.

use serde::{Deserialize, Serialize};

use super::{check_page, check_text};
use crate::{Access, Action, Fields, Operation, Timestamp};

/// Kinds of entries.
pub const HISTORY_ITEM_TYPES: [&str; 5] =
    ["ConfigurationUpdate", "StateUpdate", "Action", "AlarmContributorStateUpdate", "AlarmContributorAction"];

/// Lists what became of alarms in the last thirty days, of deleted ones too.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmHistory {
    /// Only of this alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_name: Option<String>,
    /// Of alarms on many series: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_contributor_id: Option<String>,
    /// `MetricAlarm`, `CompositeAlarm`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_types: Vec<String>,
    /// Only entries of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history_item_type: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Timestamp>,
    /// Not after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Timestamp>,
    /// Most on a page; a hundred if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_records: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `TimestampAscending`; the latest first if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan_by: Option<String>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AlarmHistoryItem {
    /// The alarm.
    pub alarm_name: String,
    /// `MetricAlarm`.
    pub alarm_type: String,
    /// When.
    pub timestamp: Timestamp,
    /// One of [`HISTORY_ITEM_TYPES`].
    pub history_item_type: String,
    /// What, in a sentence.
    pub history_summary: String,
    /// What, in JSON.
    pub history_data: String,
}

/// What DescribeAlarmHistory answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeAlarmHistoryOutput {
    /// The page.
    pub alarm_history_items: Vec<AlarmHistoryItem>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl Operation for DescribeAlarmHistory {
    const ACTION: Action = Action::new("cloudwatch", "DescribeAlarmHistory");
    const ACCESS: Access = Access::Read;
    type Output = DescribeAlarmHistoryOutput;

    fn check(&self, fields: &mut Fields) {
        if let Some(name) = &self.alarm_name {
            check_text(fields, "alarmName", name, 1, 255);
        }
        if let Some(kind) = &self.history_item_type {
            fields.one_of("historyItemType", kind, &HISTORY_ITEM_TYPES);
        }
        if let Some(scan) = &self.scan_by {
            fields.one_of("scanBy", scan, &["TimestampDescending", "TimestampAscending"]);
        }
        check_page(fields, self.max_records);
    }

    fn example() -> Self {
        Self::default()
    }
}
