//! A budget in the making: what the wizard's forms carry from step to step, what is wrong with it, what it comes to.

use std::collections::BTreeMap;

use model::{
    budgets::{
        ADDRESSES, Budget, CreateBudget, MOST, MOST_PERCENT, NOTIFICATIONS, Notification, NotificationWithSubscribers,
        Subscriber,
    },
    money::{Threshold, Usd},
    name,
};

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
    fn addresses(&self) -> Vec<&str> {
        self.emails.split([',', ';', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()).collect()
    }

    fn notification(&self) -> Option<Notification> {
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
    /// Its alerts.
    pub alerts: Vec<Alert>,
}

/// A control's id and what is wrong with what it holds.
pub type Fault = (String, String);

impl Draft {
    /// What the first form starts from: one alert at 80%.
    pub fn begin() -> Self {
        Self { alerts: vec![Alert::default()], ..Self::default() }
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
        Self { name: text("Name"), amount: text("Amount"), alerts: alerts.collect() }
    }

    /// The name and the amount as hidden fields.
    pub fn budget_fields(&self) -> Vec<(String, String)> {
        vec![("Name".into(), self.name.clone()), ("Amount".into(), self.amount.clone())]
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

    fn budget_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |control: &str, text: &str| faults.push((control.to_owned(), text.to_owned()));
        let allowed = |c: char| c.is_ascii_alphanumeric() || " _./=+-%@".contains(c);
        if self.name.is_empty() {
            fault("budget-name", "Enter a budget name.");
        } else if self.name.chars().count() > name::BUDGET_NAME.max {
            fault("budget-name", "A budget name has at most 100 characters.");
        } else if !self.name.chars().all(allowed) || !name::BUDGET_NAME.faults(&self.name).is_empty() {
            fault("budget-name", "A budget name may hold A-Z, a-z, 0-9, space and _ . / = + - % @");
        }
        match self.amount.parse::<Usd>() {
            _ if self.amount.is_empty() => fault("budget-amount", "Enter a budgeted amount."),
            Ok(Usd(amount)) if amount > 0 && amount <= MOST => {}
            Ok(Usd(0)) => fault("budget-amount", "The budgeted amount must be greater than 0."),
            Ok(_) => fault("budget-amount", "The budgeted amount is too large."),
            Err(_) => fault("budget-amount", "Enter an amount in dollars such as 100 or 9.99, greater than 0."),
        }
        faults
    }

    fn alert_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.alerts.len() > NOTIFICATIONS {
            faults.push(("alerts".to_owned(), format!("A budget has at most {NOTIFICATIONS} alerts.")));
        }
        for (at, alert) in self.alerts.iter().enumerate() {
            if let Some(text) = threshold_fault(alert) {
                faults.push((format!("alert-{at}-threshold"), text.to_owned()));
            } else if self.alerts[..at].iter().any(|other| other.notification() == alert.notification()) {
                faults.push((format!("alert-{at}-threshold"), "Another alert has the same threshold.".to_owned()));
            }
            if let Some(text) = emails_fault(alert) {
                faults.push((format!("alert-{at}-emails"), text));
            }
        }
        faults
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
            budget: Budget::monthly(&self.name, &self.amount),
            notifications_with_subscribers: notifications.collect(),
            resource_tags: Vec::new(),
        }
    }
}

fn threshold_fault(alert: &Alert) -> Option<&'static str> {
    if alert.threshold.is_empty() {
        return Some("Enter a threshold.");
    }
    match alert.notification() {
        None => Some("Enter a number such as 80 or 99.5."),
        Some(notification) if notification.threshold.0 <= 0 => Some("The threshold must be greater than 0."),
        Some(notification) if notification.threshold.0 > if alert.percent { MOST_PERCENT } else { MOST } => {
            Some("The threshold is too large.")
        }
        Some(_) => None,
    }
}

fn emails_fault(alert: &Alert) -> Option<String> {
    let addresses = alert.addresses();
    if addresses.is_empty() {
        return Some("Enter at least one email contact.".into());
    }
    if addresses.len() > ADDRESSES {
        return Some(format!("An alert has at most {ADDRESSES} email contacts."));
    }
    let wrong = addresses.iter().find(|address| !name::EMAIL.faults(address).is_empty());
    if let Some(wrong) = wrong {
        return Some(format!("{wrong} is not an email address."));
    }
    let twice =
        addresses.iter().enumerate().find(|(at, one)| addresses[..*at].iter().any(|o| o.eq_ignore_ascii_case(one)));
    twice.map(|(_, address)| format!("{address} is named twice."))
}
