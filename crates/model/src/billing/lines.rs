//! The ledger's lines, as a cost and usage report has them, and the entries that brought them. AWS has no API for either:
//! the names are ours.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::day;
use crate::{Access, Action, Fields, Operation, Timestamp, name};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LineItem {
    /// Its id.
    pub line_item_id: String,
    /// The entry that brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<String>,
    /// The day it counts for, `2026-11-22`, UTC.
    pub day: String,
    /// `Usage`, `Tax`, `Fee`, `Credit`, `Refund` and what else exports know.
    pub item_type: String,
    /// The service as bills spell it.
    pub service: String,
    /// The usage type with its region in front: `USE2-BoxUsage:m5.large`.
    pub usage_type: String,
    /// The operation: `RunInstances`.
    pub operation: String,
    /// Where.
    pub region: String,
    /// How many units.
    pub quantity: String,
    /// What is counted: `Hrs`.
    pub unit: String,
    /// US dollars a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// The cost in US dollars.
    pub unblended_cost: String,
    /// The cost at the organization's average rates.
    pub blended_cost: String,
    /// The cost with upfront payments spread over their time.
    pub amortized_cost: String,
    /// Which resource was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
    /// Its cost allocation tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// Whether it was free.
    pub free_tier: bool,
    /// Why it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether its day is still to come: it does not count yet.
    pub is_scheduled: bool,
}

/// Lists the lines of one month, the latest day first, those of days to come among them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListLineItems {
    /// Which month, `2026-11`; the current one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// Of this service alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListLineItems answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListLineItemsOutput {
    /// The month, `2026-11`.
    pub month: String,
    /// The page.
    pub line_items: Vec<LineItem>,
    /// What lies ahead of today in this month, in US dollars.
    pub scheduled: String,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// Notes a fault of a month.
pub(super) fn check_month(fields: &mut Fields, month: Option<&str>) {
    if let Some(month) = month
        && day(&format!("{month}-01")).is_none()
    {
        fields.fault("month", Some(month), "Member must be a month such as 2026-11");
    }
}

impl Operation for ListLineItems {
    const ACTION: Action = Action::new("billing", "ListLineItems");
    const ACCESS: Access = Access::List;
    type Output = ListLineItemsOutput;

    fn check(&self, fields: &mut Fields) {
        check_month(fields, self.month.as_deref());
        fields.optional("service", self.service.as_deref(), &name::LINE);
        crate::page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// What brought lines into the ledger at once: usage, a plan, a curve, an import, a month of what was metered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CostEntry {
    /// Its id.
    pub entry_id: String,
    /// `USAGE`, `PLAN`, `CURVE`, `IMPORT` or `METER`.
    pub kind: String,
    /// What it is, in a few words.
    pub title: String,
    /// How many lines it has.
    pub lines: i64,
    /// What they cost together, in US dollars.
    pub amount: String,
    /// When it was entered.
    pub create_date: Timestamp,
}

/// Lists what brought lines into the ledger, the latest first. Single amounts of AddSpend are not among it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListCostEntries {
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListCostEntries answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListCostEntriesOutput {
    /// The page.
    pub entries: Vec<CostEntry>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListCostEntries {
    const ACTION: Action = Action::new("billing", "ListCostEntries");
    const ACCESS: Access = Access::List;
    type Output = ListCostEntriesOutput;

    fn check(&self, fields: &mut Fields) {
        crate::page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Takes an entry back, with all of its lines. Alerts that they set off stay as they are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteCostEntry {
    /// Which entry.
    #[serde(default)]
    pub entry_id: String,
}

/// What DeleteCostEntry answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteCostEntryOutput {
    /// How many lines went with it.
    pub lines: i64,
}

impl Operation for DeleteCostEntry {
    const ACTION: Action = Action::new("billing", "DeleteCostEntry");
    const ACCESS: Access = Access::Write;
    type Output = DeleteCostEntryOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("entryId", &self.entry_id, &name::LINE);
    }

    fn example() -> Self {
        Self { entry_id: "00000000-0000-4000-8000-000000000000".into() }
    }
}
