//! The mail of a free quantity that is nearly used up.

use model::{decimal::Decimal, id::AccountId};

use super::letter::{Letter, Part};

/// What the mail tells.
#[derive(Clone, Debug)]
pub(crate) struct FreeTierAlert<'a> {
    /// Whose usage.
    pub account: &'a AccountId,
    /// The service as bills spell it.
    pub service: &'a str,
    /// The usage, as free tier alerts call it.
    pub family: &'a str,
    /// What has been used in the month.
    pub used: Decimal,
    /// What the month has for nothing.
    pub limit: Decimal,
    /// What is counted.
    pub unit: &'a str,
    /// Above so many per cent the mail is sent.
    pub percent: i64,
}

impl FreeTierAlert<'_> {
    pub(super) fn letter(&self, url: &str) -> Letter {
        let facts = [
            ("Service", self.service.to_owned()),
            ("Usage type", self.family.to_owned()),
            ("Free Tier usage", format!("{} {}", self.used, self.unit)),
            ("Free Tier usage limit", format!("{} {}", self.limit, self.unit)),
        ];
        Letter {
            subject: format!("Understudy: your Free Tier usage limit alert: {}%", self.percent),
            greeting: "Dear Understudy customer,".into(),
            parts: vec![
                Part::Text(format!(
                    "Account {} has used more than {}% of what this month has for nothing. What goes beyond the limit is charged at the list price.",
                    self.account, self.percent
                )),
                Part::Facts(facts.map(|(label, value)| (label.into(), value)).into()),
                Part::text("What was used stands in the cost ledger:"),
                Part::Link(format!("{url}/billing/ledger")),
                Part::text("Whether these mails are sent is one of the billing preferences:"),
                Part::Link(format!("{url}/billing/preferences")),
            ],
        }
    }

    #[cfg(test)]
    pub(super) fn example(account: &AccountId) -> FreeTierAlert<'_> {
        FreeTierAlert {
            account,
            service: "<script>",
            family: "Global-BoxUsage:freetier.micro",
            used: Decimal::whole(640),
            limit: Decimal::whole(750),
            unit: "Hrs",
            percent: 85,
        }
    }
}
