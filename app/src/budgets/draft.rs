//! A budget in the making: what the wizard's forms carry from step to step, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Timestamp,
    budgets::{ALERTS, DIMENSIONS, Notification, TimePeriod, amount},
    money::{Threshold, Usd},
};

/// The values of "Budget effective dates".
pub const RECURRING: &str = "recurring";
/// See [`RECURRING`].
pub const EXPIRING: &str = "expiring";
/// Most periods of a plan: the months of a year.
pub const PLANNED: usize = 12;
/// What costs are made of, as the API calls it, and as people do.
pub const PARTS: [(&str, &str); 9] = [
    ("IncludeRefund", "Refunds"),
    ("IncludeCredit", "Credits"),
    ("IncludeUpfront", "Upfront reservation fees"),
    ("IncludeRecurring", "Recurring reservation charges"),
    ("IncludeTax", "Taxes"),
    ("IncludeSupport", "Support charges"),
    ("IncludeOtherSubscription", "Other subscription costs"),
    ("IncludeDiscount", "Discounts"),
    ("IncludeSubscription", "Subscriptions of any kind"),
];

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
    /// Past what.
    pub threshold: String,
    /// Whether the threshold is a percentage of the budgeted amount.
    pub percent: bool,
    /// Whether it is about what the period will come to.
    pub forecasted: bool,
    /// Mail addresses with commas, blanks or line breaks between them.
    pub emails: String,
    /// A topic's ARN, or nothing.
    pub topic: String,
}

impl Default for Alert {
    fn default() -> Self {
        Self { threshold: "80".into(), percent: true, forecasted: false, emails: String::new(), topic: String::new() }
    }
}

impl Alert {
    /// The addresses, one by one.
    pub fn addresses(&self) -> Vec<&str> {
        self.emails.split([',', ';', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()).collect()
    }
}

/// A budget as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Today, by the account's clock: `2026-11-22`.
    pub today: String,
    /// Its name.
    pub name: String,
    /// What it watches: `COST`, `USAGE`, `SAVINGS_PLANS` or `RESERVATION`.
    pub kind: String,
    /// Of the last two: `UTILIZATION` or `COVERAGE`.
    pub watch: String,
    /// How long a period is, as the API writes it.
    pub time_unit: String,
    /// How the amount is set: `fixed`, `planned`, `historical` or `forecast`.
    pub method: String,
    /// Its fixed amount.
    pub amount: String,
    /// What usage is counted in.
    pub unit: String,
    /// The planned amounts, from the first period on.
    pub plan: Vec<String>,
    /// How many past periods a historical amount is the average of.
    pub look_back: String,
    /// The service whose reservations are watched.
    pub service: String,
    /// Which lines count, by dimension: values with line breaks between them.
    pub filters: BTreeMap<String, String>,
    /// Whether costs are `unblended`, `amortized` or `blended`.
    pub aggregate: String,
    /// What does not count, of [`PARTS`].
    pub left_out: BTreeSet<String>,
    /// The first instant of the month it begins in, as the API writes it.
    pub start: String,
    /// Whether it ends: an "Expiring budget" rather than a "Recurring budget".
    pub expiring: bool,
    /// The first instant after the month it ends in; of a recurring budget what was last chosen.
    pub end: String,
    /// Its alerts.
    pub alerts: Vec<Alert>,
}

/// A control's id and what is wrong with what it holds.
pub type Fault = (String, String);

impl Draft {
    /// What the first form starts from: a monthly cost budget of the current month and one alert at 80%.
    pub fn begin(now: Timestamp) -> Self {
        Self {
            today: now.day(),
            kind: "COST".into(),
            watch: "UTILIZATION".into(),
            time_unit: "MONTHLY".into(),
            method: "fixed".into(),
            look_back: "3".into(),
            service: model::budgets::RESERVABLE[0].into(),
            aggregate: "unblended".into(),
            start: now.month().to_string(),
            alerts: vec![Alert::default()],
            ..Self::default()
        }
    }

    /// What a form of the wizard carried.
    pub fn read(values: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let or = |name: &str, other: &str| Some(text(name)).filter(|text| !text.is_empty()).unwrap_or(other.into());
        let count: usize = values.get("Alerts").and_then(|count| count.parse().ok()).unwrap_or(1);
        let alerts = (0..count.min(ALERTS + 1)).map(|at| Alert {
            threshold: text(&format!("Alert{at}Threshold")),
            percent: values.get(&format!("Alert{at}Kind")).is_none_or(|kind| kind != "absolute"),
            forecasted: text(&format!("Alert{at}Based")) == "FORECASTED",
            emails: text(&format!("Alert{at}Emails")),
            topic: text(&format!("Alert{at}Topic")),
        });
        let mut plan: Vec<String> = (0..PLANNED).map(|at| text(&format!("Plan{at}"))).collect();
        while plan.last().is_some_and(String::is_empty) {
            plan.pop();
        }
        let filters = DIMENSIONS.iter().map(|of| ((*of).to_owned(), text(&format!("Filter{of}"))));
        // A box that is not ticked is not in a form: "Parts" says that the form had the boxes.
        let left_out = PARTS.iter().filter(|(part, _)| values.contains_key("Parts") && !values.contains_key(*part));
        Self {
            today: text("Today"),
            name: text("Name"),
            kind: or("Type", "COST"),
            watch: or("Watch", "UTILIZATION"),
            time_unit: or("Period", "MONTHLY"),
            method: or("Method", "fixed"),
            amount: text("Amount"),
            unit: text("Unit"),
            plan,
            look_back: or("LookBack", "3"),
            service: or("Service", model::budgets::RESERVABLE[0]),
            filters: filters.filter(|(_, values)| !values.is_empty()).collect(),
            aggregate: or("Aggregate", "unblended"),
            left_out: left_out.map(|(part, _)| (*part).to_owned()).collect(),
            start: text("Start"),
            expiring: text("Dates") == EXPIRING,
            end: text("End"),
            alerts: alerts.collect(),
        }
    }

    /// What the first step asks for, as hidden fields.
    pub fn kept_fields(&self) -> Vec<(String, String)> {
        [("Today", &self.today), ("Type", &self.kind)].map(|(name, value)| (name.to_owned(), value.clone())).into()
    }

    /// What the second step asks for, as hidden fields, but for the type.
    pub fn parameter_fields(&self) -> Vec<(String, String)> {
        let dates = if self.expiring { EXPIRING } else { RECURRING };
        let texts: [(&str, &str); 13] = [
            ("Name", self.name.as_str()),
            ("Watch", &self.watch),
            ("Period", &self.time_unit),
            ("Method", &self.method),
            ("Amount", &self.amount),
            ("Unit", &self.unit),
            ("LookBack", &self.look_back),
            ("Service", &self.service),
            ("Aggregate", &self.aggregate),
            ("Start", &self.start),
            ("Dates", dates),
            ("End", &self.end),
            ("Parts", "1"),
        ];
        let mut fields: Vec<(String, String)> = texts.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        fields.extend(self.plan.iter().enumerate().map(|(at, amount)| (format!("Plan{at}"), amount.clone())));
        fields.extend(self.filters.iter().map(|(of, values)| (format!("Filter{of}"), values.clone())));
        let counts = PARTS.iter().filter(|(part, _)| !self.left_out.contains(*part));
        fields.extend(counts.map(|(part, _)| ((*part).to_owned(), "true".to_owned())));
        fields
    }

    /// All but the alerts, as hidden fields.
    pub fn budget_fields(&self) -> Vec<(String, String)> {
        [self.kept_fields(), self.parameter_fields()].concat()
    }

    /// The alerts as hidden fields.
    pub fn alert_fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("Alerts".to_owned(), self.alerts.len().to_string())];
        for (at, alert) in self.alerts.iter().enumerate() {
            let based = if alert.forecasted { "FORECASTED" } else { "ACTUAL" };
            fields.push((format!("Alert{at}Threshold"), alert.threshold.clone()));
            fields.push((format!("Alert{at}Kind"), if alert.percent { "percent" } else { "absolute" }.into()));
            fields.push((format!("Alert{at}Based"), based.into()));
            fields.push((format!("Alert{at}Emails"), alert.emails.clone()));
            fields.push((format!("Alert{at}Topic"), alert.topic.clone()));
        }
        fields
    }

    /// The budget's type, as the API writes it.
    pub fn budget_type(&self) -> String {
        match self.kind.as_str() {
            "SAVINGS_PLANS" => format!("SAVINGS_PLANS_{}", self.watch),
            "RESERVATION" => format!("RI_{}", self.watch),
            kind => kind.to_owned(),
        }
    }

    /// Whether it watches a ratio, which has no amount.
    pub fn is_ratio(&self) -> bool {
        model::budgets::is_ratio(&self.budget_type())
    }

    /// What its amounts are counted in.
    pub fn counted_in(&self) -> &str {
        match self.kind.as_str() {
            "COST" => "USD",
            "USAGE" => &self.unit,
            _ => "PERCENTAGE",
        }
    }

    /// From when to when.
    pub fn period(&self) -> TimePeriod {
        let end = if self.expiring { self.end.parse().ok() } else { None };
        TimePeriod { start: self.start.parse().ok(), end }
    }

    /// The values of a filter, one by one.
    pub fn values(&self, dimension: &str) -> Vec<String> {
        let text = self.filters.get(dimension).map(String::as_str).unwrap_or_default();
        text.lines().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// The amount of the first period, if it is one that is said.
    pub fn limit(&self) -> Option<Usd> {
        let text = match self.method.as_str() {
            _ if self.is_ratio() => return Some(Usd(100_000_000)),
            "fixed" => &self.amount,
            "planned" => self.plan.first()?,
            _ => return None,
        };
        text.parse().ok().filter(|Usd(amount)| *amount > 0)
    }

    /// What an alert comes to, where its threshold is a number.
    pub fn notification(&self, alert: &Alert) -> Option<Notification> {
        let threshold: Threshold = alert.threshold.trim().parse().ok()?;
        let percent = alert.percent || self.is_ratio();
        Some(Notification::of(&self.budget_type(), alert.forecasted && !self.is_ratio(), threshold, percent))
    }

    /// When an alert goes off, in words: `80% ($8.00)`; nothing where the threshold is none.
    pub fn past(&self, alert: &Alert) -> Option<String> {
        let notification = self.notification(alert).filter(|notification| notification.threshold.0 > 0)?;
        Some(match self.limit() {
            _ if self.is_ratio() => format!("{}%", notification.threshold),
            Some(limit) if notification.is_percentage() => {
                format!("{}% ({})", notification.threshold, amount(notification.above(limit), self.counted_in()))
            }
            None if notification.is_percentage() => format!("{}%", notification.threshold),
            _ => amount(Usd(notification.threshold.0), self.counted_in()),
        })
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
}
