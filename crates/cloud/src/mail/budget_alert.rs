//! The mail of a budget whose actual cost has passed a threshold.

use model::{
    MONTHS, Timestamp,
    id::AccountId,
    money::{Threshold, Usd},
};

use super::letter::{Letter, Part};

/// What the mail tells.
#[derive(Clone, Debug)]
pub(crate) struct BudgetAlert<'a> {
    /// Whose budget.
    pub account: &'a AccountId,
    /// When the threshold was passed, by the account's clock.
    pub at: Timestamp,
    /// The budget's name.
    pub name: &'a str,
    /// The budget's limit for the month.
    pub limit: Usd,
    /// The threshold, where it is a percentage of the limit.
    pub percent: Option<Threshold>,
    /// The threshold in dollars.
    pub above: Usd,
    /// What has been spent in the month.
    pub actual: Usd,
}

/// `November 22, 2026`.
fn long_date(at: Timestamp) -> String {
    let (year, month, day, ..) = at.parts();
    let name = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{name} {day:02}, {year}")
}

impl BudgetAlert<'_> {
    pub(super) fn letter(&self, url: &str) -> Letter {
        let (above, actual) = (self.above.dollars(), self.actual.dollars());
        let threshold = match self.percent {
            Some(percent) => format!("> {above} ({percent}% of the budgeted amount)"),
            None => format!("> {above}"),
        };
        let facts = [
            ("Budget Name", self.name.to_owned()),
            ("Budget Type", "Cost".into()),
            ("Budgeted Amount", self.limit.dollars()),
            ("Alert Type", "Actual".into()),
            ("Alert Threshold", threshold),
            ("ACTUAL Amount", actual.clone()),
        ];
        Letter {
            subject: format!("Understudy Budgets: {} has exceeded your alert threshold", self.name),
            greeting: format!("Understudy Budget Notification {}", long_date(self.at)),
            parts: vec![
                Part::Text(format!("Account {}", self.account)),
                Part::text("Dear Understudy customer,"),
                Part::Text(format!(
                    "You requested that we alert you when the Actual Cost associated with your {} budget is greater than {above} for the current month. The Actual Cost associated with this budget is {actual}. You can find additional details below and by opening the budget's page.",
                    self.name
                )),
                Part::Facts(facts.map(|(label, value)| (label.into(), value)).into()),
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
            limit: Usd(1_000_000),
            percent: Some(Threshold(80_000_000)),
            above: Usd(800_000),
            actual: Usd(1_250_000),
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
}
