//! What a draft is made of and comes to: templates, copies, the budget itself.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Timestamp,
    billing::day,
    budgets::{
        AutoAdjustData, Budget, CostTypes, CreateBudget, HistoricalOptions, NotificationWithSubscribers, Spend,
        Subscriber, planned_day,
    },
    console::BudgetRow,
    name,
};

use super::draft::{Alert, Draft, PARTS};

/// A budget that is ready but for its contacts.
pub struct Template {
    /// What a form names it by.
    pub key: &'static str,
    /// Its name, as the console has it.
    pub title: &'static str,
    /// What it does.
    pub text: &'static str,
}

/// The templates of the console.
pub const TEMPLATES: [Template; 4] = [
    Template {
        key: "zero-spend",
        title: "Zero spend budget",
        text: "Mails once the month has cost more than $0.01, which the free tier does not.",
    },
    Template {
        key: "monthly-cost",
        title: "Monthly cost budget",
        text: "Mails at 85% and 100% of what you plan to spend, and when that is to be expected.",
    },
    Template {
        key: "savings-plans-coverage",
        title: "Daily Savings Plans coverage budget",
        text: "Mails on a day on which Savings Plans cover less of the usage than you aim at.",
    },
    Template {
        key: "reservation-utilization",
        title: "Daily reservation utilization budget",
        text: "Mails on a day on which less of your reservations is used than you aim at.",
    },
];

fn alert(threshold: &str, percent: bool, forecasted: bool) -> Alert {
    Alert { threshold: threshold.into(), percent, forecasted, ..Alert::default() }
}

/// An amount as people type it.
fn typed(limit: &Spend) -> String {
    limit.amount.strip_suffix(".0").unwrap_or(&limit.amount).to_owned()
}

impl Draft {
    /// What a template starts from.
    pub fn template(key: &str, now: Timestamp) -> Self {
        let draft = Self::begin(now);
        match key {
            "zero-spend" => Self {
                name: "My Zero-Spend Budget".into(),
                amount: "1".into(),
                alerts: vec![alert("0.01", false, false)],
                ..draft
            },
            "monthly-cost" => Self {
                name: "My Monthly Cost Budget".into(),
                alerts: vec![alert("85", true, false), alert("100", true, false), alert("100", true, true)],
                ..draft
            },
            "savings-plans-coverage" => Self {
                name: "My Daily SP Coverage Budget".into(),
                kind: "SAVINGS_PLANS".into(),
                watch: "COVERAGE".into(),
                time_unit: "DAILY".into(),
                alerts: vec![alert("70", true, false)],
                ..draft
            },
            "reservation-utilization" => Self {
                name: "My Daily RI Utilization Budget".into(),
                kind: "RESERVATION".into(),
                time_unit: "DAILY".into(),
                alerts: vec![alert("80", true, false)],
                ..draft
            },
            _ => draft,
        }
    }

    /// What the copy of a budget starts from: all of it but the name.
    pub fn copy_of(row: &BudgetRow, now: Timestamp) -> Self {
        let name = format!("Copy of {}", row.budget.budget_name).chars().take(name::BUDGET_NAME.max).collect();
        let alerts = row.alerts.iter().map(|alert| Alert {
            threshold: alert.notification.threshold.to_string(),
            percent: alert.notification.is_percentage(),
            forecasted: alert.notification.is_forecasted(),
            emails: alert.addresses.join(", "),
            topic: alert.topic.clone().unwrap_or_default(),
        });
        Self { name, alerts: alerts.collect(), ..Self::of(&row.budget, now) }
    }

    /// A budget as it is, without its alerts.
    pub fn of(budget: &Budget, now: Timestamp) -> Self {
        let (kind, watch) = match budget.budget_type.rsplit_once('_') {
            Some(("RI", watch)) => ("RESERVATION", watch),
            Some((_, watch)) => ("SAVINGS_PLANS", watch),
            None => (budget.budget_type.as_str(), "UTILIZATION"),
        };
        let period = budget.time_period.clone().unwrap_or_default();
        let types = budget.cost_types.clone().unwrap_or_default();
        let flags = serde_json::to_value(types.clone()).unwrap_or_default();
        let left_out = PARTS.iter().filter(|(part, _)| flags.get(*part) == Some(&false.into()));
        let data = budget.auto_adjust_data.as_ref();
        let method = match data.map(|data| data.auto_adjust_type.as_str()) {
            Some("HISTORICAL") => "historical",
            Some(_) => "forecast",
            None if budget.planned_budget_limits.is_some() => "planned",
            None => "fixed",
        };
        let look_back = data.and_then(|data| data.historical_options.as_ref());
        let service = budget.cost_filters.get("Service").and_then(|services| services.first());
        let lines = |values: &Vec<String>| values.join("\n");
        Self {
            name: budget.budget_name.clone(),
            kind: kind.into(),
            watch: watch.into(),
            time_unit: budget.time_unit.clone(),
            method: method.into(),
            amount: budget.budget_limit.as_ref().map(typed).filter(|_| method == "fixed").unwrap_or_default(),
            unit: if kind == "USAGE" { budget.unit().to_owned() } else { String::new() },
            plan: planned(budget, now),
            look_back: look_back.map_or_else(|| "3".into(), |options| options.budget_adjustment_period.to_string()),
            service: service.filter(|_| kind == "RESERVATION").cloned().unwrap_or(Self::begin(now).service),
            filters: budget
                .cost_filters
                .iter()
                .filter(|(of, _)| kind != "RESERVATION" || of.as_str() != "Service")
                .map(|(of, values)| (of.clone(), lines(values)))
                .collect(),
            aggregate: match (types.use_blended, types.use_amortized) {
                (Some(true), _) => "blended",
                (_, Some(true)) => "amortized",
                _ => "unblended",
            }
            .into(),
            left_out: left_out.map(|(part, _)| (*part).to_owned()).collect(),
            start: period.start.map(|start| start.to_string()).unwrap_or_default(),
            expiring: period.expires().is_some(),
            end: period.expires().map(|end| end.to_string()).unwrap_or_default(),
            alerts: Vec::new(),
            today: now.day(),
        }
    }

    /// The first instant that an amount is planned for.
    pub fn first_planned(&self) -> Timestamp {
        let today = day(&self.today).unwrap_or_default();
        self.period().start.unwrap_or(today).max(today).period(&self.time_unit)
    }

    /// The costs that count; other types than costs have none.
    fn cost_types(&self) -> Option<CostTypes> {
        let counts = |part: &str| Some(!self.left_out.contains(part));
        (self.kind == "COST").then(|| CostTypes {
            include_tax: counts("IncludeTax"),
            include_subscription: counts("IncludeSubscription"),
            use_blended: Some(self.aggregate == "blended"),
            include_refund: counts("IncludeRefund"),
            include_credit: counts("IncludeCredit"),
            include_upfront: counts("IncludeUpfront"),
            include_recurring: counts("IncludeRecurring"),
            include_other_subscription: counts("IncludeOtherSubscription"),
            include_support: counts("IncludeSupport"),
            include_discount: counts("IncludeDiscount"),
            use_amortized: Some(self.aggregate == "amortized"),
        })
    }

    /// The budget that it comes to.
    pub fn budget(&self) -> Budget {
        let spend = |amount: &str| Spend { amount: amount.into(), unit: self.counted_in().into() };
        let mut cost_filters: BTreeMap<String, Vec<String>> =
            self.filters.keys().map(|of| (of.clone(), self.values(of))).collect();
        if self.kind == "RESERVATION" {
            cost_filters.insert("Service".into(), vec![self.service.clone()]);
        }
        let method = if self.is_ratio() { "fixed" } else { self.method.as_str() };
        let plan = |plan: &[String]| {
            let mut period = self.first_planned();
            let mut limits = BTreeMap::new();
            for amount in plan {
                limits.insert((period.0 / 1000).to_string(), spend(amount));
                period = period.next_period(&self.time_unit);
            }
            limits
        };
        let adjusts = |kind: &str, periods: Option<i64>| AutoAdjustData {
            auto_adjust_type: kind.into(),
            historical_options: periods.map(|periods| HistoricalOptions {
                budget_adjustment_period: periods,
                look_back_available_periods: None,
            }),
            last_auto_adjust_time: None,
        };
        Budget {
            budget_name: self.name.clone(),
            budget_type: self.budget_type(),
            time_unit: self.time_unit.clone(),
            time_period: Some(self.period()),
            cost_types: self.cost_types(),
            cost_filters,
            // What adjusts itself is counted in something, too.
            budget_limit: match method {
                _ if self.is_ratio() => Some(spend("100")),
                "fixed" => Some(spend(&self.amount)),
                "historical" | "forecast" if self.kind == "USAGE" => Some(spend("1")),
                _ => None,
            },
            planned_budget_limits: (method == "planned").then(|| plan(&self.plan)),
            auto_adjust_data: match method {
                "historical" => Some(adjusts("HISTORICAL", self.look_back.parse().ok())),
                "forecast" => Some(adjusts("FORECAST", None)),
                _ => None,
            },
            ..Budget::default()
        }
    }

    /// The operation that makes the budget.
    pub fn operation(&self, account_id: &str) -> CreateBudget {
        let notifications = self.alerts.iter().filter_map(|alert| {
            let topic = Some(&alert.topic).filter(|topic| !topic.is_empty()).map(Subscriber::topic);
            let subscribers = alert.addresses().into_iter().map(Subscriber::email).chain(topic).collect();
            Some(NotificationWithSubscribers { notification: self.notification(alert)?, subscribers })
        });
        CreateBudget {
            account_id: account_id.to_owned(),
            budget: self.budget(),
            notifications_with_subscribers: notifications.collect(),
            resource_tags: Vec::new(),
        }
    }
}

/// The amounts of a plan from the current period on: of those that are over only the last is of use, which stays.
fn planned(budget: &Budget, now: Timestamp) -> Vec<String> {
    let Some(planned) = &budget.planned_budget_limits else { return Vec::new() };
    let current = now.period(&budget.time_unit).0;
    let mut in_order: Vec<(i64, &Spend)> =
        planned.iter().filter_map(|(at, limit)| Some((planned_day(at)?.0, limit))).collect();
    in_order.sort_by_key(|(at, _)| *at);
    let over = in_order.iter().filter(|(at, _)| *at < current).count();
    let over = over.min(in_order.len().saturating_sub(1));
    in_order.split_off(over).into_iter().map(|(_, limit)| typed(limit)).collect()
}

/// What does not count, in words.
pub fn parts(left_out: &BTreeSet<String>) -> String {
    let names: Vec<&str> = PARTS.iter().filter(|(part, _)| left_out.contains(*part)).map(|(_, name)| *name).collect();
    if names.is_empty() { "Nothing".into() } else { names.join(", ") }
}
