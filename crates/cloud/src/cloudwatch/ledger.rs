//! Estimated charges, derived from the cost ledger: the one place where CloudWatch reads what services would have cost.
//!
//! The metric begins when billing alerts are turned on in the billing preferences, or with the first cost if that comes
//! later. It is published then, every six hours, and whenever a cost is entered: what the month has come to by then. A
//! cost counts from the later of its day and its entry, so that what was published never changes.

use std::collections::BTreeSet;

use model::{
    Timestamp,
    cloudwatch::{BILLING, BILLING_REGION, Dimension, ESTIMATED_CHARGES, StatisticSet},
};

use super::series::Sample;
use crate::{error::Result, tx::Tx};

/// How often estimated charges are published, in milliseconds.
const EVERY: i64 = 6 * 3_600_000;

/// Services by what the bill calls them, and by what the metric's dimension does.
const CODES: [(&str, &str); 11] = [
    ("Amazon Elastic Compute Cloud - Compute", "AmazonEC2"),
    ("Amazon Simple Storage Service", "AmazonS3"),
    ("Amazon Relational Database Service", "AmazonRDS"),
    ("Amazon DynamoDB", "AmazonDynamoDB"),
    ("AWS Lambda", "AWSLambda"),
    ("Amazon CloudFront", "AmazonCloudFront"),
    ("AmazonCloudWatch", "AmazonCloudWatch"),
    ("AWS Key Management Service", "awskms"),
    ("Amazon Route 53", "AmazonRoute53"),
    ("Amazon Simple Notification Service", "AmazonSNS"),
    ("AWS Support (Developer)", "AWSSupportDeveloper"),
];

fn code(service: &str) -> &str {
    CODES.iter().find(|(name, _)| *name == service).map_or(service, |(_, code)| code)
}

/// Some cost, from the instant on that it counts.
#[derive(Clone, Debug)]
pub(super) struct Cost {
    from: i64,
    day: i64,
    service: String,
    amount: i64,
}

/// The costs that can count between two instants.
async fn costs(tx: &mut Tx, from: i64, to: i64) -> Result<Vec<Cost>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select (extract(epoch from day) * 1000)::bigint as "day!", created_at, service,
                  round(sum(unblended_cost) * 1000000)::bigint as "amount!"
           from spend
           where account_id = $1 and day >= $2::text::date and day < $3::text::date and created_at <= $4
           group by 1, 2, 3"#,
        account.as_str(),
        Timestamp(from).month().day(),
        Timestamp(to).next_month().day(),
        to
    )
    .fetch_all(tx.conn())
    .await?;
    let cost =
        |row: (i64, i64, String, i64)| Cost { from: row.0.max(row.1), day: row.0, service: row.2, amount: row.3 };
    let mut costs: Vec<Cost> =
        rows.into_iter().map(|row| cost((row.day, row.created_at, row.service, row.amount))).collect();
    costs.sort_by_key(|cost| cost.from);
    Ok(costs)
}

/// When the first estimate is published. None while billing alerts are off, or nothing has cost anything.
async fn beginning(tx: &mut Tx) -> Result<Option<i64>> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        r#"select greatest(p.billing_alerts_since, c.first) as "begins!"
           from billing_preference p
           cross join (select least(
               (select min(created_at) from cost_entry where account_id = $1),
               (select min(created_at) from spend where account_id = $1 and entry_id is null)) as first) c
           where p.account_id = $1 and p.billing_alerts_since is not null and c.first is not null"#,
        account.as_str()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// What the estimates of some time are made of. A ledger may be long: it is read once for all alarms of a transaction.
pub(super) struct Charges {
    begins: i64,
    costs: Vec<Cost>,
    to: i64,
}

impl Charges {
    /// Reads what counts between two instants. None while nothing is published.
    pub(super) async fn read(tx: &mut Tx, from: i64, to: i64) -> Result<Option<Self>> {
        let to = to.min(tx.now().0);
        let Some(begins) = beginning(tx).await? else { return Ok(None) };
        Ok(Some(Self { begins, costs: costs(tx, from, to).await?, to }))
    }

    /// The publications between two instants of those that were read, the second included, but none of days to come.
    pub(super) fn published(&self, counted: &Counted, from: i64, to: i64) -> Vec<Sample> {
        publications(&self.costs, counted, self.begins, (from, to.min(self.to)))
    }
}

/// Which of the costs a metric of estimated charges counts: all, or one service's.
pub(super) enum Counted {
    /// All of the account's.
    All,
    /// Those of a service, by its code.
    Of(String),
}

/// What a metric counts, if it is one of estimated charges that this account and region have.
pub(super) fn counted(tx: &Tx, region: &str, namespace: &str, name: &str, dimensions: &[Dimension]) -> Option<Counted> {
    if region != BILLING_REGION || namespace != BILLING || name != ESTIMATED_CHARGES {
        return None;
    }
    let mut service = None;
    let mut in_dollars = false;
    for dimension in dimensions {
        match dimension.name.as_str() {
            "Currency" => in_dollars = dimension.value == "USD",
            "ServiceName" => service = Some(dimension.value.clone()),
            "LinkedAccount" if dimension.value == tx.account().as_str() => {}
            _ => return None,
        }
    }
    in_dollars.then(|| service.map_or(Counted::All, Counted::Of))
}

fn publications(costs: &[Cost], counted: &Counted, begins: i64, (from, to): (i64, i64)) -> Vec<Sample> {
    let from = from.max(begins);
    let counts = |cost: &&Cost| match counted {
        Counted::All => true,
        Counted::Of(service) => code(&cost.service) == service,
    };
    let mut instants: BTreeSet<i64> =
        costs.iter().map(|cost| cost.from).chain([begins]).filter(|at| (from..=to).contains(at)).collect();
    let mut at = from.div_euclid(EVERY) * EVERY;
    while at <= to {
        if at >= from {
            instants.insert(at);
        }
        at += EVERY;
    }
    let mut left = costs.iter().filter(counts).peekable();
    let (mut month, mut total, mut seen) = (Timestamp(from).month(), 0_i64, false);
    let mut samples = Vec::with_capacity(instants.len());
    for at in instants {
        let this = Timestamp(at).month();
        if this != month {
            (month, total) = (this, 0);
        }
        while let Some(cost) = left.next_if(|cost| cost.from <= at) {
            seen = true;
            if Timestamp(cost.day).month() == this {
                total += cost.amount;
            }
        }
        // A service that has cost nothing yet in what is looked at has no metric.
        if seen || matches!(counted, Counted::All) {
            let dollars = total as f64 / 1_000_000.0;
            let set = StatisticSet { sample_count: 1.0, sum: dollars, minimum: dollars, maximum: dollars };
            samples.push(Sample { at, set, unit: "None".into() });
        }
    }
    samples
}

/// The services of this month's costs, by their codes: each has a metric of its own.
pub(super) async fn services(tx: &mut Tx) -> Result<Option<Vec<String>>> {
    let now = tx.now().0;
    if beginning(tx).await?.is_none() {
        return Ok(None);
    }
    let costs = costs(tx, now, now).await?;
    let codes: BTreeSet<String> =
        costs.iter().filter(|cost| cost.service != "Tax").map(|cost| code(&cost.service).to_owned()).collect();
    Ok(Some(codes.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("an instant").0
    }

    fn cost(day: &str, entered: &str, service: &str, amount: i64) -> Cost {
        let day = at(&format!("{day}T00:00:00Z"));
        Cost { from: day.max(at(entered)), day, service: service.into(), amount: amount * 1_000_000 }
    }

    fn values(samples: &[Sample]) -> Vec<(String, f64)> {
        samples.iter().map(|sample| (Timestamp(sample.at).to_string(), sample.set.maximum)).collect()
    }

    #[test]
    fn charges_grow_within_a_month_and_begin_anew_with_the_next() {
        let costs = [
            cost("2026-10-31", "2026-10-31T13:00:00Z", "Amazon DynamoDB", 3),
            // Entered late for a day of last month: it is not in any estimate of this one.
            cost("2026-10-30", "2026-11-01T01:00:00Z", "Tax", 4),
            cost("2026-11-01", "2026-11-01T07:00:00Z", "AWS Lambda", 5),
        ];
        let (from, to) = (at("2026-10-31T12:00:00Z"), at("2026-11-01T12:00:00Z"));
        let published = |counted: &Counted, begins: i64| values(&publications(&costs, counted, begins, (from, to)));
        let all = published(&Counted::All, 0);
        let expected = [
            ("2026-10-31T12:00:00Z", 0.0),
            ("2026-10-31T13:00:00Z", 3.0),
            ("2026-10-31T18:00:00Z", 3.0),
            ("2026-11-01T00:00:00Z", 0.0),
            ("2026-11-01T01:00:00Z", 0.0),
            ("2026-11-01T06:00:00Z", 0.0),
            ("2026-11-01T07:00:00Z", 5.0),
            ("2026-11-01T12:00:00Z", 5.0),
        ];
        assert_eq!(all, expected.map(|(at, value)| (at.to_owned(), value)));
        let lambda = published(&Counted::Of("AWSLambda".into()), 0);
        assert_eq!(lambda, [("2026-11-01T07:00:00Z".to_owned(), 5.0), ("2026-11-01T12:00:00Z".to_owned(), 5.0)]);
        assert!(published(&Counted::All, to + DAY).is_empty());
        // What was entered before the metric began is in its first estimate.
        let late = published(&Counted::All, at("2026-11-01T08:30:00Z"));
        let expected = [("2026-11-01T08:30:00Z", 5.0), ("2026-11-01T12:00:00Z", 5.0)];
        assert_eq!(late, expected.map(|(at, value)| (at.to_owned(), value)));
    }
}
