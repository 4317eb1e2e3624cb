//! What a budget is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{MOST, elsewhere};
use crate::{ApiError, Fields, Timestamp, money::Usd, name};

/// A sum with its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Spend {
    /// A decimal text: `100`, `9.99`.
    pub amount: String,
    /// `USD`.
    pub unit: String,
}

impl From<Usd> for Spend {
    fn from(amount: Usd) -> Self {
        Self { amount: amount.to_string(), unit: "USD".into() }
    }
}

/// Which kinds of cost count. What is absent is as AWS has it: everything counts, unblended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct CostTypes {
    /// Taxes: entries of the service `Tax`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_tax: Option<bool>,
    /// Subscriptions such as reservations; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_subscription: Option<bool>,
    /// Blended instead of unblended rates; the same in a single account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_blended: Option<bool>,
    /// Refunds; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_refund: Option<bool>,
    /// Credits; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_credit: Option<bool>,
    /// Upfront fees; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_upfront: Option<bool>,
    /// Recurring fees of reservations; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_recurring: Option<bool>,
    /// Other subscriptions; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_other_subscription: Option<bool>,
    /// Support plans: entries of services whose name begins with `AWS Support`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_support: Option<bool>,
    /// Discounts; the ledger holds none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_discount: Option<bool>,
    /// Amortized costs; the same without upfront fees.
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
    /// The first instant; the beginning of the current month if absent.
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
    /// Spent in this month so far.
    pub actual_spend: Spend,
    /// What the month will come to at this pace; absent in its first two days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecasted_spend: Option<Spend>,
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

/// A budget as AWS's wire has it, both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Budget {
    /// Its name, unique in the account.
    pub budget_name: String,
    /// How much a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_limit: Option<Spend>,
    /// Limits that differ by month: refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_budget_limits: Option<Refused>,
    /// Which costs only: refused if any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cost_filters: BTreeMap<String, Vec<String>>,
    /// Which kinds of cost count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_types: Option<CostTypes>,
    /// `MONTHLY`.
    pub time_unit: String,
    /// From when to when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_period: Option<TimePeriod>,
    /// What was spent; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculated_spend: Option<CalculatedSpend>,
    /// `COST`.
    pub budget_type: String,
    /// When it was last changed; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_updated_time: Option<Timestamp>,
    /// A limit that adjusts itself: refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_adjust_data: Option<Refused>,
    /// Which costs only, in a newer form: refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter_expression: Option<Refused>,
    /// Which metric: refused if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<String>,
    /// Whose costs: refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_view_arn: Option<String>,
    /// Only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_status: Option<HealthStatus>,
}

const BUDGET_TYPES: [&str; 6] =
    ["USAGE", "COST", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"];
const TIME_UNITS: [&str; 5] = ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"];

impl Budget {
    /// A monthly cost budget.
    pub fn monthly(name: impl Into<String>, limit: impl Into<String>) -> Self {
        Self {
            budget_name: name.into(),
            budget_limit: Some(Spend { amount: limit.into(), unit: "USD".into() }),
            time_unit: "MONTHLY".into(),
            budget_type: "COST".into(),
            ..Self::default()
        }
    }

    /// The limit, once [`Budget::check`] has found nothing wrong with it.
    pub fn limit(&self) -> Option<Usd> {
        self.budget_limit.as_ref().and_then(|limit| limit.amount.parse().ok())
    }

    pub(super) fn check(&self, fields: &mut Fields, at: &str) {
        fields.rule(&format!("{at}.budgetName"), &self.budget_name, &name::BUDGET_NAME);
        fields.one_of(&format!("{at}.timeUnit"), &self.time_unit, &TIME_UNITS);
        fields.one_of(&format!("{at}.budgetType"), &self.budget_type, &BUDGET_TYPES);
        self.check_limit(fields, at);
        if self.budget_type != "COST" {
            elsewhere(fields, format_args!("BudgetType {}", self.budget_type));
        }
        if self.time_unit != "MONTHLY" {
            elsewhere(fields, format_args!("TimeUnit {}", self.time_unit));
        }
        for (there, what) in [
            (self.planned_budget_limits.is_some(), "PlannedBudgetLimits"),
            (self.auto_adjust_data.is_some(), "AutoAdjustData"),
            (!self.cost_filters.is_empty(), "CostFilters"),
            (self.filter_expression.is_some(), "FilterExpression"),
            (!self.metrics.is_empty(), "Metrics"),
            (self.billing_view_arn.is_some(), "BillingViewArn"),
        ] {
            if there {
                elsewhere(fields, what);
            }
        }
        self.check_period(fields);
        if let Some(types) = &self.cost_types
            && types.use_blended == Some(true)
            && types.use_amortized == Some(true)
        {
            fields.refuse(ApiError::InvalidParameter {
                message: "UseBlended and UseAmortized cannot both be true.".into(),
            });
        }
    }

    fn check_limit(&self, fields: &mut Fields, at: &str) {
        let Some(limit) = &self.budget_limit else {
            let others = self.planned_budget_limits.is_some() || self.auto_adjust_data.is_some();
            if !others {
                fields.refuse(ApiError::InvalidParameter {
                    message: "Unable to create/update budget - please provide one of the followings: Budget Limit/ Planned Budget Limit/ Auto Adjust Data".into(),
                });
            }
            return;
        };
        let field = format!("{at}.budgetLimit.amount");
        match limit.amount.parse::<Usd>() {
            Err(_) => fields.fault(
                &field,
                Some(&limit.amount),
                r"Member must satisfy regular expression pattern: ([0-9]*\.)?[0-9]+",
            ),
            Ok(Usd(amount)) if amount <= 0 => {
                fields.fault(&field, Some(&limit.amount), "Member must be greater than 0")
            }
            Ok(Usd(amount)) if amount > MOST => {
                fields.fault(
                    &field,
                    Some(&limit.amount),
                    format!("Member must have value less than or equal to {}", Usd(MOST)),
                );
            }
            Ok(_) => {}
        }
        if limit.unit != "USD" {
            elsewhere(fields, format_args!("A BudgetLimit in {}", limit.unit));
        }
    }

    fn check_period(&self, fields: &mut Fields) {
        let Some(period) = &self.time_period else { return };
        if let (Some(start), Some(end)) = (period.start, period.end)
            && end <= start
        {
            fields.refuse(TimePeriod::ends_too_early());
        }
        if period.start.is_some_and(|start| start.0 < 0 || start >= TimePeriod::NEVER) {
            fields.refuse(ApiError::InvalidParameter { message: "Start date is out of range.".into() });
        }
    }
}
