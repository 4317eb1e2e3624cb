//! What a budget is made of.

use serde::{Deserialize, Serialize};

use crate::{ApiError, Timestamp, decimal::Decimal, money::Usd};

/// A number with its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Spend {
    /// A decimal text: `100`, `9.99`.
    pub amount: String,
    /// `USD`, of usage what is counted (`Hrs`), `PERCENTAGE` of utilization and coverage.
    pub unit: String,
}

impl Spend {
    /// Millionths of a unit.
    pub fn of(amount: Usd, unit: &str) -> Self {
        Self { amount: amount.to_string(), unit: unit.to_owned() }
    }

    /// The number in millionths; nothing if it is none.
    pub fn millionths(&self) -> Option<Usd> {
        self.amount.parse().ok().or_else(|| self.amount.parse::<Decimal>().ok()?.usd())
    }
}

/// Millionths of a unit as people read them: `$1,234.50`, `80%`, `750 Hrs`.
pub fn amount(value: Usd, unit: &str) -> String {
    match unit {
        "USD" => value.dollars(),
        "PERCENTAGE" => format!("{}%", value.to_string().trim_end_matches(".0")),
        "" => value.to_string().trim_end_matches(".0").to_owned(),
        unit => format!("{} {unit}", value.to_string().trim_end_matches(".0")),
    }
}

/// Which kinds of cost count. What is absent is as AWS has it: everything counts, unblended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CostTypes {
    /// Taxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_tax: Option<bool>,
    /// Fees of reservations, Savings Plans and other subscriptions, whatever the kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_subscription: Option<bool>,
    /// Blended instead of unblended rates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_blended: Option<bool>,
    /// Refunds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_refund: Option<bool>,
    /// Credits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_credit: Option<bool>,
    /// Upfront fees of reservations and Savings Plans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_upfront: Option<bool>,
    /// Recurring fees of reservations and Savings Plans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_recurring: Option<bool>,
    /// Fees of anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_other_subscription: Option<bool>,
    /// Support plans: entries of services whose name begins with `AWS Support`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_support: Option<bool>,
    /// Discounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_discount: Option<bool>,
    /// Amortized costs: fees paid upfront are spread over their time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_amortized: Option<bool>,
}

impl CostTypes {
    /// With AWS's defaults for what is absent.
    #[must_use]
    pub fn filled(self) -> Self {
        let yes = |given: Option<bool>| Some(given.unwrap_or(true));
        let no = |given: Option<bool>| Some(given.unwrap_or(false));
        Self {
            include_tax: yes(self.include_tax),
            include_subscription: yes(self.include_subscription),
            use_blended: no(self.use_blended),
            include_refund: yes(self.include_refund),
            include_credit: yes(self.include_credit),
            include_upfront: yes(self.include_upfront),
            include_recurring: yes(self.include_recurring),
            include_other_subscription: yes(self.include_other_subscription),
            include_support: yes(self.include_support),
            include_discount: yes(self.include_discount),
            use_amortized: no(self.use_amortized),
        }
    }
}

/// From when to when a budget is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct TimePeriod {
    /// The first instant; the beginning of the current period if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Timestamp>,
    /// The end: costs of days that begin later do not count. [`TimePeriod::NEVER`] or absent for a budget that recurs
    /// without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
}

impl TimePeriod {
    /// The end that AWS gives to budgets without one: 2087-06-15T00:00:00Z.
    pub const NEVER: Timestamp = Timestamp(3_706_473_600_000);

    /// The end, unless the budget recurs without one.
    pub fn expires(&self) -> Option<Timestamp> {
        self.end.filter(|end| *end < Self::NEVER)
    }

    /// The refusal of an end that does not lie after the start.
    pub fn ends_too_early() -> ApiError {
        ApiError::InvalidParameter { message: "End date should be after start date.".into() }
    }
}

/// What has been spent and what may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CalculatedSpend {
    /// Spent in this period so far.
    pub actual_spend: Spend,
    /// What the period will come to at this pace; absent in its first two days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecasted_spend: Option<Spend>,
}

/// How a limit adjusts itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AutoAdjustData {
    /// `HISTORICAL`: the average of past periods. `FORECAST`: what they let expect.
    pub auto_adjust_type: String,
    /// Of `HISTORICAL`: which periods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub historical_options: Option<HistoricalOptions>,
    /// When it adjusted itself last; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_auto_adjust_time: Option<Timestamp>,
}

/// Which past periods a limit is the average of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HistoricalOptions {
    /// How many periods before the current one: up to 60 days, 12 months, 4 quarters or 1 year.
    pub budget_adjustment_period: i64,
    /// How many of them there are; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_back_available_periods: Option<i64>,
}

/// A structure of AWS's that is refused whenever it is there: what is in it is of no interest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {}

/// How the data behind a budget are; only ever told, never asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HealthStatus {
    /// `HEALTHY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_updated_time: Option<Timestamp>,
}

/// A budget's type as people read it: `Cost`, `RI utilization`.
pub fn type_name(budget_type: &str) -> &'static str {
    match budget_type {
        "COST" => "Cost",
        "USAGE" => "Usage",
        "RI_UTILIZATION" => "RI utilization",
        "RI_COVERAGE" => "RI coverage",
        "SAVINGS_PLANS_UTILIZATION" => "Savings Plans utilization",
        _ => "Savings Plans coverage",
    }
}

/// A budget's period as people read it, and one such period: `Monthly`, `month`.
pub fn period_name(time_unit: &str) -> (&'static str, &'static str) {
    match time_unit {
        "DAILY" => ("Daily", "day"),
        "QUARTERLY" => ("Quarterly", "quarter"),
        "ANNUALLY" => ("Annually", "year"),
        _ => ("Monthly", "month"),
    }
}
