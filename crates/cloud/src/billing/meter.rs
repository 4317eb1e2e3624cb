//! Metering of what exists here: each alarm costs its part of a month for every hour that has passed, in its region, at
//! list prices, and the first ten are free (https://aws.amazon.com/cloudwatch/pricing/, "Alarms"; rules.md section 15).
//! A month's hours are one entry of the ledger. Hours follow the account's clock; those that passed while no server ran,
//! or in a step of the clock, are metered together, a line for each day.

use std::collections::BTreeMap;

use model::{ApiError, Timestamp, decimal::Decimal};
use uuid::Uuid;

use super::{
    ledger::{self, NewEntry, NewLine},
    pricer::{Pricer, Used, listed},
};
use crate::{
    error::{Error, Result},
    tx::Tx,
};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// What an alarm's time is listed as.
const ALARM: &str = "AmazonCloudWatch/CW:AlarmMonitorUsage";

/// Meters the whole hours that have passed since the last look: whether the ledger has changed. The caller holds the
/// account's costs and settles.
pub(crate) async fn meter(tx: &mut Tx) -> Result<bool> {
    let (account, hour) = (tx.account().clone(), Timestamp(tx.now().0.div_euclid(HOUR_MS) * HOUR_MS));
    let until = sqlx::query_scalar!("select metered_until from account where account_id = $1", account.as_str())
        .fetch_one(tx.conn())
        .await?;
    // Most looks come within an hour that is metered already.
    if until.is_some_and(|until| until >= hour.0) {
        return Ok(false);
    }
    let alarms = sqlx::query!(
        r#"select region, count(*) as "alarms!" from cloudwatch_alarm where account_id = $1 group by region order by region"#,
        account.as_str()
    )
    .fetch_all(tx.conn())
    .await?;
    // Without alarms nothing is counted; the first one's hours begin now.
    let next = (!alarms.is_empty()).then_some(hour.0);
    if next != until {
        sqlx::query!("update account set metered_until = $2 where account_id = $1", account.as_str(), next)
            .execute(tx.conn())
            .await?;
    }
    let Some(from) = until.filter(|_| next.is_some()) else {
        return Ok(false);
    };
    let mut months: BTreeMap<String, Vec<NewLine>> = BTreeMap::new();
    for row in &alarms {
        let mut pricer = Pricer::new(tx, Some(&row.region), Vec::new(), None).await?;
        for (day, quantity) in parts(Timestamp(from), hour, row.alarms) {
            let lines = months.entry(day[..7].to_owned()).or_default();
            let used = Used { price: listed(ALARM)?, day: &day, quantity, resource: None };
            pricer.lines(tx, &used, lines).await?;
        }
    }
    for (month, lines) in &months {
        match enter(tx, month, lines).await {
            // A ledger that is full meters no more; whoever fills it still has their alarms evaluated.
            Err(Error::Api(ApiError::LimitExceeded { .. })) => return Ok(false),
            entered => entered?,
        }
    }
    Ok(true)
}

/// What so many alarms use on each day from one hour to another, in months of an alarm.
fn parts(from: Timestamp, to: Timestamp, alarms: i64) -> impl Iterator<Item = (String, Decimal)> {
    let days = from.0.div_euclid(DAY_MS)..=(to.0 - 1).div_euclid(DAY_MS);
    days.filter_map(move |day| {
        let hours = ((day + 1) * DAY_MS).min(to.0) - (day * DAY_MS).max(from.0);
        let first = Timestamp(day * DAY_MS).month();
        let of_month = (first.next_month().0 - first.0) / HOUR_MS;
        let quantity = Decimal::whole(alarms * (hours / HOUR_MS)).over(u32::try_from(of_month).ok()?)?;
        Some((Timestamp(day * DAY_MS).day(), quantity))
    })
}

/// Adds lines to the month's entry.
async fn enter(tx: &mut Tx, month: &str, lines: &[NewLine]) -> Result<()> {
    let account = tx.account().clone();
    let title = format!("Metered in {month}: CloudWatch alarms");
    let amount = lines.iter().fold(Decimal::ZERO, |sum, line| sum + line.unblended);
    let found: Option<Uuid> = sqlx::query_scalar!(
        "select entry_id from cost_entry where account_id = $1 and kind = 'METER' and title = $2",
        account.as_str(),
        title
    )
    .fetch_optional(tx.conn())
    .await?;
    let entry = match found {
        None => {
            ledger::begin(tx, &NewEntry { kind: "METER", title: &title, lines: lines.len(), amount, digest: None })
                .await?
        }
        Some(entry) => {
            let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
            ledger::take(tx, i64::from(count)).await?;
            sqlx::query!(
                "update cost_entry set lines = lines + $3, unblended_cost = unblended_cost + $4::text::numeric
                 where account_id = $1 and entry_id = $2",
                account.as_str(),
                entry,
                count,
                amount.to_string()
            )
            .execute(tx.conn())
            .await?;
            entry
        }
    };
    ledger::write(tx, entry, lines).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64, hour: i64) -> Timestamp {
        Timestamp(day * DAY_MS + hour * HOUR_MS)
    }

    #[test]
    fn hours_are_parts_of_their_own_month() {
        // 2026-01-31 is day 20,484 of the epoch; February has 672 hours.
        let parts: Vec<_> = parts(at(20_484, 22), at(20_485, 7), 3).collect();
        let january = Decimal::whole(6).over(744).expect("a part");
        let february = Decimal::whole(21).over(672).expect("a part");
        assert_eq!(parts, [("2026-01-31".to_owned(), january), ("2026-02-01".to_owned(), february)]);
    }

    #[test]
    fn a_whole_month_is_one_alarm() {
        let sum = parts(at(20_485, 0), at(20_485 + 28, 0), 1).fold(Decimal::ZERO, |sum, (_, part)| sum + part);
        assert_eq!(sum.usd(), Decimal::ONE.usd(), "{sum}");
        assert_eq!(parts(at(20_485, 3), at(20_485, 4), 1).count(), 1);
    }
}
