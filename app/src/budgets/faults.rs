//! What is wrong with a budget in the making, by the control's id.

use model::{
    budgets::{ADDRESSES, ALERTS, MOST, MOST_PERCENT, TimePeriod, most_look_back},
    money::Usd,
    name,
    sns::TopicArn,
};

use super::draft::{Alert, Draft, Fault};

impl Draft {
    pub(super) fn budget_faults(&self) -> Vec<Fault> {
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
        let TimePeriod { start, end } = self.period();
        if start.is_none() && !self.start.is_empty() {
            fault("budget-start", "Choose a start month.");
        }
        match (start, end) {
            (_, None) if self.expiring => fault("budget-end", "Choose an end month."),
            (Some(start), Some(end)) if end <= start => {
                fault("budget-end", "The end month must not be before the start month.");
            }
            _ => {}
        }
        let mut amount = |control: &str, text: &str| {
            let what = match text.parse::<Usd>() {
                _ if text.is_empty() => "Enter a budgeted amount.",
                Ok(Usd(amount)) if amount > 0 && amount <= MOST => return,
                Ok(Usd(0)) => "The budgeted amount must be greater than 0.",
                Ok(_) => "The budgeted amount is too large.",
                Err(_) => "Enter an amount such as 100 or 9.99, greater than 0.",
            };
            fault(control, what);
        };
        match self.method.as_str() {
            _ if self.is_ratio() => {}
            "fixed" => amount("budget-amount", &self.amount),
            "planned" if self.plan.is_empty() => amount("budget-plan-0", ""),
            "planned" => {
                for (at, text) in self.plan.iter().enumerate() {
                    amount(&format!("budget-plan-{at}"), text);
                }
            }
            _ => {}
        }
        faults.extend(self.method_faults());
        faults.extend(self.filter_faults());
        faults
    }

    fn method_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |control: &str, text: String| faults.push((control.to_owned(), text));
        let periods = match self.time_unit.as_str() {
            "MONTHLY" => 12,
            "QUARTERLY" => 4,
            _ => 0,
        };
        match self.method.as_str() {
            _ if self.is_ratio() => {}
            "planned" if periods == 0 => {
                fault("budget-method", "Only monthly and quarterly budgets can be planned.".into());
            }
            "planned" if self.plan.len() > periods => {
                fault("budget-method", format!("A plan has at most {periods} periods."));
            }
            "historical" => {
                let most = most_look_back(&self.time_unit);
                if !self.look_back.parse().is_ok_and(|periods: i64| (1..=most).contains(&periods)) {
                    fault("budget-look-back", format!("Enter a number of periods from 1 to {most}."));
                }
            }
            _ => {}
        }
        faults
    }

    fn filter_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |control: &str, text: &str| faults.push((control.to_owned(), text.to_owned()));
        if self.kind == "USAGE" && self.values("UsageType").is_empty() {
            fault("filter-UsageType", "Enter the usage types to count.");
        }
        if self.kind == "USAGE" && !name::LINE.faults(&self.unit).is_empty() {
            fault("budget-unit", "Enter what the usage is counted in, such as Hrs or GB.");
        }
        let tagged = |value: &String| value.starts_with("user:") && value.contains('$');
        if !self.values("TagKeyValue").iter().all(tagged) {
            fault("filter-TagKeyValue", "Write each tag as user:Key$Value.");
        }
        faults
    }

    pub(super) fn alert_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.alerts.len() > ALERTS {
            faults.push(("alerts".to_owned(), format!("A budget has at most {ALERTS} alerts.")));
        }
        for (at, alert) in self.alerts.iter().enumerate() {
            let same = |other: &Alert| self.notification(other) == self.notification(alert);
            if let Some(text) = self.threshold_fault(alert) {
                faults.push((format!("alert-{at}-threshold"), text.to_owned()));
            } else if self.alerts[..at].iter().any(same) {
                faults.push((format!("alert-{at}-threshold"), "Another alert has the same threshold.".to_owned()));
            }
            if alert.forecasted && self.time_unit == "DAILY" && !self.is_ratio() {
                faults.push((format!("alert-{at}-based"), "A daily budget has no forecast.".to_owned()));
            }
            if let Some(text) = emails_fault(alert) {
                faults.push((format!("alert-{at}-emails"), text));
            }
            if !alert.topic.is_empty() && TopicArn::parse("topic", &alert.topic).is_err() {
                let text = "Enter the ARN of a topic, such as arn:aws:sns:us-east-1:111122223333:alerts.";
                faults.push((format!("alert-{at}-topic"), text.to_owned()));
            }
        }
        faults
    }

    fn threshold_fault(&self, alert: &Alert) -> Option<&'static str> {
        if alert.threshold.is_empty() {
            return Some("Enter a threshold.");
        }
        match self.notification(alert) {
            None => Some("Enter a number such as 80 or 99.5."),
            Some(notification) if notification.threshold.0 <= 0 => Some("The threshold must be greater than 0."),
            Some(notification) if notification.threshold.0 > if alert.percent { MOST_PERCENT } else { MOST } => {
                Some("The threshold is too large.")
            }
            Some(_) => None,
        }
    }
}

fn emails_fault(alert: &Alert) -> Option<String> {
    let addresses = alert.addresses();
    if addresses.is_empty() && alert.topic.is_empty() {
        return Some("Enter at least one email contact, or a topic.".into());
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
