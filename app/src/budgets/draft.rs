//! A budget in the making: what the wizard's forms carry from step to step, what is wrong with it, what it comes to.

use std::collections::BTreeMap;

use model::{
    Timestamp,
    budgets::{
        Budget, CostTypes, CreateBudget, NOTIFICATIONS, Notification, NotificationWithSubscribers, Subscriber,
        TimePeriod,
    },
    console::BudgetRow,
    money::{Threshold, Usd},
    name,
};

/// The values of "Budget effective dates".
pub const RECURRING: &str = "recurring";
/// See [`RECURRING`].
pub const EXPIRING: &str = "expiring";
/// The field that carries the kinds of cost of a copy.
const COST_TYPES: &str = "CostTypes";

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Which type of budget.
    Type,
    /// Name and amount.
    Budget,
    /// Alerts.
    Alerts,
    /// All of it once more.
    Confirm,
}

impl Step {
    /// The step with that number, from 1.
    pub fn numbered(number: &str) -> Option<Self> {
        [Self::Type, Self::Budget, Self::Alerts, Self::Confirm].into_iter().find(|step| step.number() == number)
    }

    /// Its number, from 1.
    pub fn number(self) -> &'static str {
        match self {
            Self::Type => "1",
            Self::Budget => "2",
            Self::Alerts => "3",
            Self::Confirm => "4",
        }
    }
}

/// One alert as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Above what.
    pub threshold: String,
    /// Whether the threshold is a percentage of the budgeted amount.
    pub percent: bool,
    /// Mail addresses with commas, blanks or line breaks between them.
    pub emails: String,
}

impl Default for Alert {
    fn default() -> Self {
        Self { threshold: "80".into(), percent: true, emails: String::new() }
    }
}

impl Alert {
    /// The addresses, one by one.
    pub fn addresses(&self) -> Vec<&str> {
        self.emails.split([',', ';', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()).collect()
    }

    /// What it comes to, where the threshold is a number.
    pub fn notification(&self) -> Option<Notification> {
        let threshold: Threshold = self.threshold.trim().parse().ok()?;
        Some(Notification::actual(threshold, self.percent))
    }

    /// When it goes off, in words: `80% ($8.00)`; nothing where the threshold is none.
    pub fn above(&self, limit: Option<Usd>) -> Option<String> {
        let notification = self.notification().filter(|notification| notification.threshold.0 > 0)?;
        Some(match limit {
            Some(limit) if self.percent => {
                format!("{}% ({})", notification.threshold, notification.above(limit).dollars())
            }
            None if self.percent => format!("{}%", notification.threshold),
            _ => Usd(notification.threshold.0).dollars(),
        })
    }
}

/// A budget as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Its amount in dollars.
    pub amount: String,
    /// The first instant of the month it begins in, as the API writes it.
    pub start: String,
    /// Whether it ends: an "Expiring budget" rather than a "Recurring budget".
    pub expiring: bool,
    /// The first instant after the month it ends in; of a recurring budget what was last chosen.
    pub end: String,
    /// Which kinds of cost count, where it is the copy of a budget that says so.
    pub cost_types: Option<CostTypes>,
    /// Its alerts.
    pub alerts: Vec<Alert>,
}

/// A control's id and what is wrong with what it holds.
pub type Fault = (String, String);

impl Draft {
    /// What the first form starts from: the current month and one alert at 80%.
    pub fn begin(now: Timestamp) -> Self {
        Self { start: now.month().to_string(), alerts: vec![Alert::default()], ..Self::default() }
    }

    /// What the copy of a budget starts from: all of it but the name.
    pub fn copy_of(row: &BudgetRow) -> Self {
        let period = row.budget.time_period.clone().unwrap_or_default();
        let alerts = row.alerts.iter().map(|alert| Alert {
            threshold: alert.notification.threshold.to_string(),
            percent: alert.notification.is_percentage(),
            emails: alert.addresses.join(", "),
        });
        Self {
            name: format!("Copy of {}", row.budget.budget_name).chars().take(name::BUDGET_NAME.max).collect(),
            amount: row
                .budget
                .limit()
                .map(|limit| limit.to_string().trim_end_matches(".0").to_owned())
                .unwrap_or_default(),
            start: period.start.map(|start| start.to_string()).unwrap_or_default(),
            expiring: period.expires().is_some(),
            end: period.expires().map(|end| end.to_string()).unwrap_or_default(),
            cost_types: row.budget.cost_types.clone(),
            alerts: alerts.collect(),
        }
    }

    /// What a form of the wizard carried.
    pub fn read(values: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let count: usize = values.get("Alerts").and_then(|count| count.parse().ok()).unwrap_or(1);
        let alerts = (0..count.min(NOTIFICATIONS + 1)).map(|at| Alert {
            threshold: text(&format!("Alert{at}Threshold")),
            percent: values.get(&format!("Alert{at}Kind")).is_none_or(|kind| kind != "absolute"),
            emails: text(&format!("Alert{at}Emails")),
        });
        Self {
            name: text("Name"),
            amount: text("Amount"),
            start: text("Start"),
            expiring: text("Dates") == EXPIRING,
            end: text("End"),
            cost_types: serde_json::from_str(&text(COST_TYPES)).ok(),
            alerts: alerts.collect(),
        }
    }

    /// What the second step asks for, as hidden fields.
    pub fn budget_fields(&self) -> Vec<(String, String)> {
        let dates = if self.expiring { EXPIRING } else { RECURRING };
        let mut fields = vec![
            ("Name".to_owned(), self.name.clone()),
            ("Amount".to_owned(), self.amount.clone()),
            ("Start".to_owned(), self.start.clone()),
            ("Dates".to_owned(), dates.to_owned()),
            ("End".to_owned(), self.end.clone()),
        ];
        fields.extend(self.kept_fields());
        fields
    }

    /// What no step asks for, as hidden fields.
    pub fn kept_fields(&self) -> Vec<(String, String)> {
        let types = self.cost_types.as_ref().and_then(|types| serde_json::to_string(types).ok());
        types.map(|types| (COST_TYPES.to_owned(), types)).into_iter().collect()
    }

    /// From when to when.
    pub fn period(&self) -> TimePeriod {
        let end = if self.expiring { self.end.parse().ok() } else { None };
        TimePeriod { start: self.start.parse().ok(), end }
    }

    /// The alerts as hidden fields.
    pub fn alert_fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("Alerts".to_owned(), self.alerts.len().to_string())];
        for (at, alert) in self.alerts.iter().enumerate() {
            fields.push((format!("Alert{at}Threshold"), alert.threshold.clone()));
            fields.push((format!("Alert{at}Kind"), if alert.percent { "percent" } else { "absolute" }.into()));
            fields.push((format!("Alert{at}Emails"), alert.emails.clone()));
        }
        fields
    }

    /// The amount, if it is one.
    pub fn limit(&self) -> Option<Usd> {
        self.amount.parse().ok().filter(|Usd(amount)| *amount > 0)
    }

    /// What is wrong with one step, by the control's id.
    pub fn faults(&self, step: Step) -> Vec<Fault> {
        match step {
            Step::Type | Step::Confirm => Vec::new(),
            Step::Budget => self.budget_faults(),
            Step::Alerts => self.alert_faults(),
        }
    }

    /// The first step before `wanted` that something is wrong with, or `wanted` itself.
    pub fn open(&self, wanted: Step) -> Step {
        let mut before = [Step::Budget, Step::Alerts].into_iter().filter(|step| *step < wanted);
        before.find(|step| !self.faults(*step).is_empty()).unwrap_or(wanted)
    }

    /// The operation that makes the budget.
    pub fn operation(&self, account_id: &str) -> CreateBudget {
        let notifications = self.alerts.iter().filter_map(|alert| {
            let subscribers = alert.addresses().into_iter().map(Subscriber::email).collect();
            Some(NotificationWithSubscribers { notification: alert.notification()?, subscribers })
        });
        CreateBudget {
            account_id: account_id.to_owned(),
            budget: Budget {
                time_period: Some(self.period()),
                cost_types: self.cost_types.clone(),
                ..Budget::monthly(&self.name, &self.amount)
            },
            notifications_with_subscribers: notifications.collect(),
            resource_tags: Vec::new(),
        }
    }
}
