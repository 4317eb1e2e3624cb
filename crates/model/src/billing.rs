//! Billing's own words: the cost ledger, which stands in for what services would cost, and root's switch that lets
//! IAM users see any of it. AWS has no public API for either: the names of the switch are
//! those of AWS's actions, the ledger's are ours.

mod clock;
mod import;
mod lines;
mod preferences;
mod prices;
mod usage;

pub use clock::{
    AdvanceSandboxClock, CLOCK_STEPS, GetSandboxClock, GetSandboxClockOutput, MOST_AHEAD_MS, ResetSandboxClock,
    SandboxClockMoved,
};
pub use import::{
    ImportCosts, ImportCostsOutput, ImportError, MOST_IMPORT_ERRORS, MOST_IMPORT_LINES, MOST_IMPORT_TEXT,
};
pub use lines::{
    CostEntry, DeleteCostEntry, DeleteCostEntryOutput, LineItem, ListCostEntries, ListCostEntriesOutput, ListLineItems,
    ListLineItemsOutput,
};
pub use preferences::{BillingPreferences, GetBillingPreferences, UpdateBillingPreferences};
pub use prices::{Free, PRICED_REGIONS, Price, family, price_of, prices};
pub use usage::{
    AddUsage, AddUsageCurve, AddUsagePlan, MOST_DAYS, MOST_LINE_COST, MOST_QUANTITY, PLANS, Plan, PlannedUsage, SHAPES,
    UsageAdded,
};

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Timestamp, money::Usd, name};

/// Largest amount of one entry, in millionths of a dollar: a million dollars.
pub const MOST_SPEND: i64 = 1_000_000_000_000;

/// Services that the form for new spend suggests, as bills spell them.
pub const SERVICES: [&str; 12] = [
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Simple Storage Service",
    "Amazon Relational Database Service",
    "Amazon DynamoDB",
    "AWS Lambda",
    "Amazon CloudFront",
    "AmazonCloudWatch",
    "AWS Key Management Service",
    "Amazon Route 53",
    "Amazon Simple Notification Service",
    "AWS Support (Developer)",
    "Tax",
];

/// One entry of the cost ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SpendEntry {
    /// Its id.
    pub spend_id: String,
    /// The day it counts for, `2026-11-22`, UTC.
    pub day: String,
    /// The service it is for.
    pub service: String,
    /// The amount in US dollars: `9.99`.
    pub amount: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was entered.
    pub create_date: Timestamp,
}

/// Enters a cost into the ledger. Budgets are evaluated at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddSpend {
    /// The service it is for, as bills spell it.
    #[serde(default)]
    pub service: String,
    /// The amount in US dollars: more than 0, at most a million, six digits after the point.
    #[serde(default)]
    pub amount: String,
    /// The day it counts for, `2026-11-22`, UTC; today if absent. Never a day to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What AddSpend answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddSpendOutput {
    /// The entry.
    pub entry: SpendEntry,
    /// What its month has come to, in US dollars.
    pub month_to_date: String,
    /// How many budget alerts it set off.
    pub alerts: i64,
}

/// The first instant of a day such as `2026-11-22`, if that is a day.
pub fn day(text: &str) -> Option<Timestamp> {
    let instant: Timestamp = format!("{text}T00:00:00Z").parse().ok()?;
    (text.len() == 10 && instant.to_string().starts_with(text)).then_some(instant)
}

impl Operation for AddSpend {
    const ACTION: Action = Action::new("billing", "AddSpend");
    const ACCESS: Access = Access::Write;
    type Output = AddSpendOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("service", &self.service, &name::LINE);
        match self.amount.parse::<Usd>() {
            Ok(Usd(amount)) if amount > 0 && amount <= MOST_SPEND => {}
            Ok(_) => fields.fault(
                "amount",
                Some(&self.amount),
                format!("Member must be greater than 0 and at most {}", Usd(MOST_SPEND)),
            ),
            Err(reason) => fields.fault("amount", Some(&self.amount), format!("Member is {reason}")),
        }
        if let Some(text) = &self.day
            && day(text).is_none()
        {
            fields.fault("day", Some(text), "Member must be a day such as 2026-11-22");
        }
        fields.optional("note", self.note.as_deref(), &name::LINE);
    }

    fn example() -> Self {
        Self { service: SERVICES[0].into(), amount: "12.34".into(), day: None, note: Some("example".into()) }
    }
}

/// Lists the entries of one month, the latest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSpend {
    /// Which month, `2026-11`; the current one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`crate::page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What a service has cost in the month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSpend {
    /// The service.
    pub service: String,
    /// Its sum in US dollars.
    pub amount: String,
}

/// What ListSpend answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSpendOutput {
    /// The month, `2026-11`.
    pub month: String,
    /// Its sum in US dollars.
    pub total: String,
    /// Its sum by service, the dearest first.
    pub services: Vec<ServiceSpend>,
    /// The page.
    pub entries: Vec<SpendEntry>,
    /// The account's time.
    pub now: Timestamp,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListSpend {
    const ACTION: Action = Action::new("billing", "ListSpend");
    const ACCESS: Access = Access::List;
    type Output = ListSpendOutput;

    fn check(&self, fields: &mut Fields) {
        lines::check_month(fields, self.month.as_deref());
        crate::page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

const SWITCH: &str = "root alone decides whether IAM users may see billing information";

/// Tells whether IAM users may see billing information, if their policies let them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GetIAMAccessPreference {}

/// What GetIAMAccessPreference answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetIAMAccessPreferenceOutput {
    /// Whether "IAM access to billing" is activated.
    pub activated: bool,
}

impl Operation for GetIAMAccessPreference {
    const ACTION: Action = Action::new("billing", "GetIAMAccessPreference");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::RootOnly(SWITCH);
    type Output = GetIAMAccessPreferenceOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Lets IAM users see billing information if their policies allow it, or ends that.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateIAMAccessPreference {
    /// Whether it is activated.
    #[serde(default)]
    pub activated: bool,
}

impl Operation for UpdateIAMAccessPreference {
    const ACTION: Action = Action::new("billing", "UpdateIAMAccessPreference");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(SWITCH);
    type Output = ();

    fn example() -> Self {
        Self { activated: true }
    }
}
