//! A budget as AWS's wire has it, and what it must keep to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AutoAdjustData, CalculatedSpend, CostTypes, HealthStatus, MOST, Refused, Spend, TimePeriod, elsewhere, invalid,
};
use crate::{ApiError, Fields, Timestamp, money::Usd, name};

/// A budget, both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Budget {
    /// Its name, unique in the account.
    pub budget_name: String,
    /// How much a period: the current one's, where it is planned or adjusts itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_limit: Option<Spend>,
    /// Limits that differ by period: by its first instant in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_budget_limits: Option<BTreeMap<String, Spend>>,
    /// Which costs only: values by dimension. Within one any of them, of all dimensions each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cost_filters: BTreeMap<String, Vec<String>>,
    /// Which kinds of cost count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_types: Option<CostTypes>,
    /// `DAILY`, `MONTHLY`, `QUARTERLY` or `ANNUALLY`.
    pub time_unit: String,
    /// From when to when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_period: Option<TimePeriod>,
    /// What was spent; only told, never asked. Absent where there is nothing to take a ratio of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculated_spend: Option<CalculatedSpend>,
    /// One of [`BUDGET_TYPES`].
    pub budget_type: String,
    /// When it was last changed; only told, never asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_updated_time: Option<Timestamp>,
    /// A limit that adjusts itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_adjust_data: Option<AutoAdjustData>,
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

/// What a budget can watch.
pub const BUDGET_TYPES: [&str; 6] =
    ["USAGE", "COST", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"];
const TIME_UNITS: [&str; 5] = ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"];
/// What lines can be filtered by.
pub const DIMENSIONS: [&str; 6] = ["Service", "UsageType", "Operation", "Region", "LinkedAccount", "TagKeyValue"];
/// Most values of one filter.
const VALUES: usize = 200;
/// Services that have reservations, as bills spell them (Budgets User Guide, "Creating a reservation budget").
pub const RESERVABLE: [&str; 5] = [
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Relational Database Service",
    "Amazon Redshift",
    "Amazon ElastiCache",
    "Amazon OpenSearch Service",
];

/// Whether budgets of a type are a ratio in per cent, alerted when it is too low, not an amount that grows.
pub fn is_ratio(budget_type: &str) -> bool {
    !matches!(budget_type, "COST" | "USAGE")
}

/// The most periods that a limit can look back on.
pub fn most_look_back(time_unit: &str) -> i64 {
    match time_unit {
        "DAILY" => 60,
        "MONTHLY" => 12,
        "QUARTERLY" => 4,
        _ => 1,
    }
}

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

    /// The limit of the current period, if it has one.
    pub fn limit(&self) -> Option<Usd> {
        self.budget_limit.as_ref().and_then(Spend::millionths)
    }

    /// What its amounts are counted in.
    pub fn unit(&self) -> &str {
        match (&self.budget_limit, &self.planned_budget_limits) {
            _ if self.is_ratio() => "PERCENTAGE",
            _ if self.budget_type == "COST" => "USD",
            (Some(limit), _) => &limit.unit,
            (None, Some(planned)) => planned.values().next().map_or("", |limit| limit.unit.as_str()),
            _ => "",
        }
    }

    /// See [`is_ratio`].
    pub fn is_ratio(&self) -> bool {
        is_ratio(&self.budget_type)
    }

    /// The planned limits in millionths by the first day of their period.
    pub fn planned(&self) -> Option<BTreeMap<String, i64>> {
        let planned = self.planned_budget_limits.as_ref()?.iter();
        planned.map(|(at, limit)| Some((planned_day(at)?.day(), limit.millionths()?.0))).collect()
    }

    pub(super) fn check(&self, fields: &mut Fields, at: &str) {
        fields.rule(&format!("{at}.budgetName"), &self.budget_name, &name::BUDGET_NAME);
        fields.one_of(&format!("{at}.timeUnit"), &self.time_unit, &TIME_UNITS);
        fields.one_of(&format!("{at}.budgetType"), &self.budget_type, &BUDGET_TYPES);
        self.check_method(fields, at);
        if self.time_unit == "CUSTOM" {
            elsewhere(fields, "TimeUnit CUSTOM");
        }
        for (there, what) in [
            (self.filter_expression.is_some(), "FilterExpression"),
            (!self.metrics.is_empty(), "Metrics"),
            (self.billing_view_arn.is_some(), "BillingViewArn"),
        ] {
            if there {
                elsewhere(fields, what);
            }
        }
        self.check_filters(fields, at);
        self.check_period(fields);
        if let Some(types) = &self.cost_types
            && types.use_blended == Some(true)
            && types.use_amortized == Some(true)
        {
            invalid(fields, "UseBlended and UseAmortized cannot both be true.");
        }
    }

    fn check_method(&self, fields: &mut Fields, at: &str) {
        let adjusts = self.auto_adjust_data.is_some();
        if let Some(limit) = &self.budget_limit {
            check_amount(fields, &format!("{at}.budgetLimit"), limit, &self.budget_type);
            if self.planned_budget_limits.is_some() {
                invalid(fields, "BudgetLimit and PlannedBudgetLimits cannot be used together.");
            }
            if self.is_ratio() && limit.millionths() != Some(Usd(100_000_000)) {
                invalid(fields, format!("The BudgetLimit of a budget of type {} can only be 100.", self.budget_type));
            }
        } else if self.planned_budget_limits.is_none() && !adjusts && !self.is_ratio() {
            invalid(
                fields,
                "Unable to create/update budget - please provide one of the followings: Budget Limit/ Planned Budget Limit/ Auto Adjust Data",
            );
        }
        if (self.planned_budget_limits.is_some() || adjusts) && self.is_ratio() {
            invalid(fields, "Planned and auto-adjusting limits are only for budgets of cost and usage.");
        }
        if self.planned_budget_limits.is_some() && adjusts {
            invalid(fields, "PlannedBudgetLimits and AutoAdjustData cannot be used together.");
        }
        self.check_planned(fields, at);
        if let Some(data) = &self.auto_adjust_data {
            self.check_adjusting(fields, at, data);
        }
    }

    fn check_planned(&self, fields: &mut Fields, at: &str) {
        let Some(planned) = &self.planned_budget_limits else { return };
        let most = match self.time_unit.as_str() {
            "MONTHLY" => 12,
            "QUARTERLY" => 4,
            _ => return invalid(fields, "PlannedBudgetLimits are only for monthly and quarterly budgets."),
        };
        if planned.is_empty() || planned.len() > most {
            invalid(fields, format!("A plan has 1 to {most} periods."));
        }
        let months = if most == 12 { 1 } else { 3 };
        let mut expected: Option<Timestamp> = None;
        let mut at_instants: Vec<(i64, &Spend)> = Vec::new();
        for (key, limit) in planned {
            check_amount(fields, &format!("{at}.plannedBudgetLimits.{key}"), limit, &self.budget_type);
            match planned_day(key) {
                Some(begins) if begins.period(&self.time_unit) == begins => at_instants.push((begins.0, limit)),
                _ => invalid(
                    fields,
                    "The keys of PlannedBudgetLimits are the first instants of periods, in seconds since 1970.",
                ),
            }
        }
        at_instants.sort_by_key(|(begins, _)| *begins);
        for (begins, _) in at_instants {
            if expected.is_some_and(|expected| expected.0 != begins) {
                return invalid(fields, "The periods of a plan follow each other without a gap.");
            }
            expected = Some((0..months).fold(Timestamp(begins), |month, _| month.next_month()));
        }
    }

    fn check_adjusting(&self, fields: &mut Fields, at: &str, data: &AutoAdjustData) {
        let at = format!("{at}.autoAdjustData");
        fields.one_of(&format!("{at}.autoAdjustType"), &data.auto_adjust_type, &["HISTORICAL", "FORECAST"]);
        match &data.historical_options {
            Some(options) => fields.range(
                &format!("{at}.historicalOptions.budgetAdjustmentPeriod"),
                options.budget_adjustment_period,
                1,
                most_look_back(&self.time_unit),
            ),
            None if data.auto_adjust_type == "HISTORICAL" => {
                invalid(fields, "HistoricalOptions are required for AutoAdjustType HISTORICAL.");
            }
            None => {}
        }
    }

    fn check_filters(&self, fields: &mut Fields, at: &str) {
        for (dimension, values) in &self.cost_filters {
            if !DIMENSIONS.contains(&dimension.as_str()) {
                elsewhere(fields, format_args!("The cost filter {dimension}"));
            }
            let field = format!("{at}.costFilters.{dimension}");
            if values.is_empty() || values.len() > VALUES {
                fields.fault(&field, None, format!("Member must have between 1 and {VALUES} values"));
            }
            if values.iter().any(|value| value.is_empty() || value.chars().count() > 1024) {
                fields.fault(&field, None, "Member must have length between 1 and 1024");
            }
            let tagged = |value: &String| value.starts_with("user:") && value.contains('$');
            if dimension == "TagKeyValue" && !values.iter().all(tagged) {
                invalid(fields, "The values of the cost filter TagKeyValue are written user:Key$Value.");
            }
        }
        let values = |dimension: &str| self.cost_filters.get(dimension).map_or(&[][..], Vec::as_slice);
        if self.budget_type == "USAGE" && values("UsageType").is_empty() {
            invalid(fields, "A usage budget requires the cost filter UsageType.");
        }
        if self.budget_type.starts_with("RI_") {
            match values("Service") {
                [service] if RESERVABLE.contains(&service.as_str()) => {}
                _ => invalid(
                    fields,
                    format!(
                        "A reservation budget requires the cost filter Service with one of: {}.",
                        RESERVABLE.join(", ")
                    ),
                ),
            }
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

/// The instant of a planned limit's key.
pub fn planned_day(key: &str) -> Option<Timestamp> {
    let seconds: i64 = key.parse().ok()?;
    (0..TimePeriod::NEVER.0 / 1000).contains(&seconds).then_some(Timestamp(seconds * 1000))
}

fn check_amount(fields: &mut Fields, at: &str, limit: &Spend, budget_type: &str) {
    let field = format!("{at}.amount");
    match limit.amount.parse::<Usd>() {
        Err(_) => {
            fields.fault(
                &field,
                Some(&limit.amount),
                r"Member must satisfy regular expression pattern: ([0-9]*\.)?[0-9]+",
            );
        }
        Ok(Usd(amount)) if amount <= 0 => fields.fault(&field, Some(&limit.amount), "Member must be greater than 0"),
        Ok(Usd(amount)) if amount > MOST => {
            let constraint = format!("Member must have value less than or equal to {}", Usd(MOST));
            fields.fault(&field, Some(&limit.amount), constraint);
        }
        Ok(_) => {}
    }
    match budget_type {
        "COST" if limit.unit != "USD" => elsewhere(fields, format_args!("A BudgetLimit in {}", limit.unit)),
        "USAGE" => fields.rule(&format!("{at}.unit"), &limit.unit, &name::LINE),
        other if is_ratio(other) && limit.unit != "PERCENTAGE" => {
            invalid(fields, format!("The unit of a budget of type {other} is PERCENTAGE."));
        }
        _ => {}
    }
}
