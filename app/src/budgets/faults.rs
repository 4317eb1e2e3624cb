//! What is wrong with a budget in the making, by the control's id.

use model::{
    budgets::{ADDRESSES, MOST, MOST_PERCENT, NOTIFICATIONS, TimePeriod},
    money::Usd,
    name,
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
        match self.amount.parse::<Usd>() {
            _ if self.amount.is_empty() => fault("budget-amount", "Enter a budgeted amount."),
            Ok(Usd(amount)) if amount > 0 && amount <= MOST => {}
            Ok(Usd(0)) => fault("budget-amount", "The budgeted amount must be greater than 0."),
            Ok(_) => fault("budget-amount", "The budgeted amount is too large."),
            Err(_) => fault("budget-amount", "Enter an amount in dollars such as 100 or 9.99, greater than 0."),
        }
        faults
    }

    pub(super) fn alert_faults(&self) -> Vec<Fault> {
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
