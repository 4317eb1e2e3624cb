//! What a metric holds, as samples, and their statistics by periods.

use std::collections::BTreeMap;

use model::cloudwatch::{Dimension, StatisticSet};

use super::{
    key_of,
    ledger::{self, Charges},
};
use crate::{error::Result, tx::Tx};

/// What was said of a metric at one instant, or in one minute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) at: i64,
    pub(super) set: StatisticSet,
    pub(super) unit: String,
}

/// Which metric, of which region.
pub(super) struct Of<'a> {
    pub(super) region: &'a str,
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    pub(super) dimensions: &'a [Dimension],
    /// Only data of this unit.
    pub(super) unit: Option<&'a str>,
}

/// The samples between two instants, both included, in their order.
pub(super) async fn samples(tx: &mut Tx, of: &Of<'_>, from: i64, to: i64) -> Result<Vec<Sample>> {
    let samples = match ledger::counted(tx, of.region, of.namespace, of.name, of.dimensions) {
        Some(counted) => {
            let charges = Charges::read(tx, from, to).await?;
            charges.map(|charges| charges.published(&counted, from, to)).unwrap_or_default()
        }
        None => put(tx, of, from, to).await?,
    };
    Ok(in_unit(samples, of.unit))
}

/// The samples of one unit, where one is asked for.
pub(super) fn in_unit(mut samples: Vec<Sample>, unit: Option<&str>) -> Vec<Sample> {
    if let Some(unit) = unit {
        samples.retain(|sample| sample.unit == unit);
    }
    samples
}

/// The samples that programs put.
async fn put(tx: &mut Tx, of: &Of<'_>, from: i64, to: i64) -> Result<Vec<Sample>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "select d.minute, d.unit, d.samples, d.total, d.smallest, d.largest
         from cloudwatch_metric m
         join cloudwatch_datum d on d.account_id = m.account_id and d.metric_id = m.metric_id
         where m.account_id = $1 and m.region = $2 and m.namespace = $3 and m.name = $4 and m.dimensions_key = $5
           and d.minute >= $6 and d.minute <= $7
         order by d.minute, d.unit",
        account.as_str(),
        of.region,
        of.namespace,
        of.name,
        key_of(of.dimensions)?,
        from,
        to
    )
    .fetch_all(tx.conn())
    .await?;
    let sample = |at, unit, samples, total, smallest, largest| Sample {
        at,
        set: StatisticSet { sample_count: samples, sum: total, minimum: smallest, maximum: largest },
        unit,
    };
    Ok(rows
        .into_iter()
        .map(|row| sample(row.minute, row.unit, row.samples, row.total, row.smallest, row.largest))
        .collect())
}

/// Two summaries as one.
pub(super) fn merged(a: StatisticSet, b: StatisticSet) -> StatisticSet {
    StatisticSet {
        sample_count: a.sample_count + b.sample_count,
        sum: a.sum + b.sum,
        minimum: a.minimum.min(b.minimum),
        maximum: a.maximum.max(b.maximum),
    }
}

/// A statistic of a summary.
pub(super) fn statistic(set: &StatisticSet, name: &str) -> f64 {
    match name {
        "SampleCount" => set.sample_count,
        "Average" => set.sum / set.sample_count,
        "Sum" => set.sum,
        "Minimum" => set.minimum,
        _ => set.maximum,
    }
}

/// Samples summed up by periods of so many milliseconds, by the period's first; the periods begin at `offset` and its
/// multiples before and after.
pub(super) fn by_period(samples: &[Sample], period: i64, offset: i64) -> BTreeMap<i64, (StatisticSet, String)> {
    let mut periods: BTreeMap<i64, (StatisticSet, String)> = BTreeMap::new();
    for sample in samples {
        let begins = (sample.at - offset).div_euclid(period) * period + offset;
        periods
            .entry(begins)
            .and_modify(|(set, _)| *set = merged(*set, sample.set))
            .or_insert_with(|| (sample.set, sample.unit.clone()));
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_summed_up_by_periods() {
        let one = |at, value| Sample {
            at,
            set: StatisticSet { sample_count: 1.0, sum: value, minimum: value, maximum: value },
            unit: "Count".into(),
        };
        let samples = [one(0, 1.0), one(59_999, 3.0), one(60_000, 8.0)];
        let periods = by_period(&samples, 60_000, 0);
        let told: Vec<_> = periods
            .iter()
            .map(|(at, (set, _))| {
                (*at, ["SampleCount", "Average", "Sum", "Minimum", "Maximum"].map(|name| statistic(set, name)))
            })
            .collect();
        assert_eq!(told, [(0, [2.0, 2.0, 4.0, 1.0, 3.0]), (60_000, [1.0, 8.0, 8.0, 8.0, 8.0])]);
        assert_eq!(by_period(&samples, 60_000, 30_000).keys().copied().collect::<Vec<_>>(), [-30_000, 30_000]);
    }
}
