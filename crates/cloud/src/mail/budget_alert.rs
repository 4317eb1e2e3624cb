//! The mail of a budget that has passed a threshold, or is bound to.

use model::{
    MONTHS, Timestamp,
    budgets::{Notification, amount, period_name, type_name},
    id::AccountId,
    money::Usd,
};

use super::letter::{Letter, Part};
use crate::Settings;

/// What the mail tells.
#[derive(Clone, Debug)]
pub(crate) struct BudgetAlert<'a> {
    /// Whose budget.
    pub account: &'a AccountId,
    /// When the threshold was passed, by the account's clock.
    pub at: Timestamp,
    /// The budget's name.
    pub name: &'a str,
    /// The budget's type.
    pub budget_type: &'a str,
    /// How long its periods are.
    pub time_unit: &'a str,
    /// What its amounts are counted in.
    pub unit: &'a str,
    /// Its limit for the period, if it has one.
    pub limit: Option<Usd>,
    /// The alert.
    pub notification: Notification,
    /// What has passed the threshold: the actual amount, or the forecast.
    pub value: Usd,
}

/// `November 22, 2026`.
fn long_date(at: Timestamp) -> String {
    let (year, month, day, ..) = at.parts();
    let name = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{name} {day:02}, {year}")
}

impl BudgetAlert<'_> {
    /// For a topic: a subject as it allows one, and the text.
    pub(crate) fn spoken(&self, settings: &Settings) -> (String, String) {
        let letter = self.letter(&settings.public_url);
        let subject =
            letter.subject.chars().map(|c| if (' '..='~').contains(&c) { c } else { '?' }).take(100).collect();
        (subject, letter.text(settings))
    }

    pub(super) fn letter(&self, url: &str) -> Letter {
        let limit = self.limit.unwrap_or_default();
        let (above, value) = (amount(self.notification.above(limit), self.unit), amount(self.value, self.unit));
        let below = self.notification.comparison_operator == "LESS_THAN";
        let (sign, compared) = if below { ('<', "less than") } else { ('>', "greater than") };
        let threshold = match self.notification.is_percentage() && !below {
            true => format!("{sign} {above} ({}% of the budgeted amount)", self.notification.threshold),
            false => format!("{sign} {above}"),
        };
        let based = if self.notification.is_forecasted() { "Forecasted" } else { "Actual" };
        let watched = match self.budget_type {
            "COST" => "Cost",
            "USAGE" => "Usage",
            ratio if ratio.ends_with("COVERAGE") => "Coverage",
            _ => "Utilization",
        };
        let budgeted = self.limit.map_or_else(|| "-".to_owned(), |limit| amount(limit, self.unit));
        let facts = vec![
            ("Budget Name".to_owned(), self.name.to_owned()),
            ("Budget Type".to_owned(), type_name(self.budget_type).to_owned()),
            ("Budgeted Amount".to_owned(), budgeted),
            ("Alert Type".to_owned(), based.to_owned()),
            ("Alert Threshold".to_owned(), threshold),
            (format!("{} Amount", based.to_uppercase()), value.clone()),
        ];
        Letter {
            subject: format!("Understudy Budgets: {} has exceeded your alert threshold", self.name),
            greeting: format!("Understudy Budget Notification {}", long_date(self.at)),
            parts: vec![
                Part::Text(format!("Account {}", self.account)),
                Part::text("Dear Understudy customer,"),
                Part::Text(format!(
                    "You requested that we alert you when the {based} {watched} associated with your {} budget is {compared} {above} for the current {}. The {based} {watched} associated with this budget is {value}. You can find additional details below and by opening the budget's page.",
                    self.name,
                    period_name(self.time_unit).1
                )),
                Part::Facts(facts),
                Part::text("Go to the budgets of your account:"),
                Part::Link(format!("{url}/billing/budgets")),
            ],
        }
    }

    #[cfg(test)]
    pub(super) fn example(account: &AccountId) -> BudgetAlert<'_> {
        BudgetAlert {
            account,
            at: Timestamp(1_795_345_530_000),
            name: "<script>alert(1)</script> & \"Co\"",
            budget_type: "COST",
            time_unit: "MONTHLY",
            unit: "USD",
            limit: Some(Usd(1_000_000)),
            notification: Notification::actual(model::money::Threshold(80_000_000), true),
            value: Usd(1_250_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_tells_what_was_budgeted_and_what_was_spent() {
        let account = AccountId("012345678901".into());
        let settings = crate::Settings::default();
        let text = BudgetAlert { name: "Monthly", ..BudgetAlert::example(&account) }.letter("http://x").text(&settings);
        for line in [
            "Understudy Budget Notification November 22, 2026",
            "Account 012345678901",
            "Budget Name: Monthly",
            "Budgeted Amount: $1.00",
            "Alert Threshold: > $0.80 (80% of the budgeted amount)",
            "ACTUAL Amount: $1.25",
            "http://x/billing/budgets",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }

    #[test]
    fn every_type_is_told_in_its_own_words() {
        let account = AccountId("012345678901".into());
        let settings = crate::Settings::default();
        let told = |budget_type: &'static str, time_unit: &'static str, unit: &'static str, forecasted: bool| {
            let notification = Notification::of(budget_type, forecasted, model::money::Threshold(80_000_000), true);
            let alert = BudgetAlert {
                name: "x",
                budget_type,
                time_unit,
                unit,
                limit: Some(Usd(100_000_000)),
                value: Usd(75_500_000),
                notification,
                ..BudgetAlert::example(&account)
            };
            alert.letter("http://x").text(&settings)
        };
        let forecast = told("COST", "QUARTERLY", "USD", true);
        assert!(
            forecast.contains(
                "the Forecasted Cost associated with your x budget is greater than $80.00 for the current quarter"
            ),
            "{forecast}"
        );
        assert!(forecast.contains("FORECASTED Amount: $75.50"), "{forecast}");
        let usage = told("USAGE", "ANNUALLY", "Hrs", false);
        assert!(usage.contains("ACTUAL Amount: 75.5 Hrs") && usage.contains("for the current year"), "{usage}");
        let coverage = told("SAVINGS_PLANS_COVERAGE", "DAILY", "PERCENTAGE", false);
        assert!(
            coverage.contains("the Actual Coverage associated with your x budget is less than 80% for the current day"),
            "{coverage}"
        );
        assert!(coverage.contains("Alert Threshold: < 80%"), "{coverage}");
        assert!(coverage.contains("Budget Type: Savings Plans coverage"), "{coverage}");
    }
}
