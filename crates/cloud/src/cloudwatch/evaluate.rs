//! Evaluation: what state each alarm is in now.
//!
//! Alarms on estimated charges are evaluated in the transaction that changes a cost; all of them in the one that moves the
//! account's clock, and by a worker each minute; and one alone in the one that puts it. Whoever evaluates holds the account first, so that a change of state
//! happens once, with everything that it does.

use model::cloudwatch::{BILLING, PutMetricAlarm};
use serde_json::json;
use sqlx::types::Json;

use super::{
    Row,
    judge::{Point, SPARE, Verdict, judge},
    ledger::{self, Charges, Counted},
    notice,
    series::{self, Of, by_period, statistic},
    state::{Change, change},
};
use crate::{error::Result, tx::Tx};

/// The account's alarms in an order, held until the end of the transaction: all, or those in a namespace, or one.
async fn held(tx: &mut Tx, namespace: Option<&str>, one: Option<(&str, &str)>) -> Result<Vec<Row>> {
    let account = tx.account().clone();
    let (region, name) = one.unzip();
    Ok(sqlx::query_as!(
        Row,
        r#"select region, name, configuration as "configuration: Json<PutMetricAlarm>", actions_enabled, state, state_reason,
                  state_reason_data, state_updated_at, state_transitioned_at, configured_at
           from cloudwatch_alarm
           where account_id = $1 and ($2::text is null or namespace = $2)
             and ($3::text is null or (region = $3 and name = $4))
           order by region, name for update"#,
        account.as_str(),
        namespace,
        region,
        name
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Evaluates the alarms on estimated charges: how many changed their state. The caller holds the account's costs.
pub(crate) async fn evaluate_billing(tx: &mut Tx) -> Result<i64> {
    let alarms = held(tx, Some(BILLING), None).await?;
    evaluate_these(tx, alarms).await
}

/// Evaluates all of the account's alarms: how many there are, and how many changed their state. The caller holds the
/// account.
pub(crate) async fn evaluate_all(tx: &mut Tx) -> Result<(usize, i64)> {
    let alarms = held(tx, None, None).await?;
    let count = alarms.len();
    Ok((count, evaluate_these(tx, alarms).await?))
}

/// Evaluates one alarm. The caller holds the account.
pub(super) async fn evaluate_one(tx: &mut Tx, region: &str, name: &str) -> Result<i64> {
    let alarms = held(tx, None, Some((region, name))).await?;
    evaluate_these(tx, alarms).await
}

async fn evaluate_these(tx: &mut Tx, alarms: Vec<Row>) -> Result<i64> {
    let looks: Vec<Look> = alarms.iter().map(|alarm| Look::of(tx, alarm)).collect();
    let on_charges = looks.iter().filter(|look| look.counted.is_some());
    let charges = match on_charges.map(|look| look.oldest).min() {
        Some(oldest) => {
            let now = tx.now().0;
            Charges::read(tx, oldest, now).await?
        }
        None => None,
    };
    let mut changed = 0;
    for (alarm, look) in alarms.iter().zip(&looks) {
        let points = points(tx, alarm, look, charges.as_ref()).await?;
        let Verdict::Is { state, reason, used } = judge(&alarm.configuration, &points) else { continue };
        if state == alarm.state {
            continue;
        }
        let data = data(tx, alarm, &used);
        change(tx, alarm, &Change { state, reason: &reason, data: Some(&data) }).await?;
        changed += 1;
    }
    Ok(changed)
}

/// What an alarm's metric is, and the time that an evaluation looks at.
struct Look {
    /// What of the estimated charges it counts, if it is on them.
    counted: Option<Counted>,
    /// A period, in milliseconds.
    period: i64,
    /// How many periods: the evaluated ones and those before them.
    periods: i64,
    /// When the latest period begins.
    newest: i64,
    /// When the first one does.
    oldest: i64,
    /// The last instant that counts.
    until: i64,
}

impl Look {
    /// Estimated charges only ever grow within a month, so that their current period counts as it is; of other metrics a
    /// period counts once it is over.
    fn of(tx: &Tx, alarm: &Row) -> Self {
        let now = tx.now().0;
        let metric = metric(alarm);
        let counted = ledger::counted(tx, metric.region, metric.namespace, metric.name, metric.dimensions);
        let period = alarm.configuration.period.unwrap_or(60).max(1) * 1000;
        let newest = match counted {
            Some(_) => now.div_euclid(period) * period,
            None => now.div_euclid(60_000) * 60_000 - period,
        };
        let periods = alarm.configuration.evaluation_periods.saturating_add(SPARE);
        let until = if counted.is_some() { now } else { newest + period - 1 };
        Self { counted, period, periods, newest, oldest: newest - (periods - 1) * period, until }
    }
}

/// The metric that an alarm is on.
fn metric(alarm: &Row) -> Of<'_> {
    let put = &alarm.configuration.0;
    Of {
        region: &alarm.region,
        namespace: put.namespace.as_deref().unwrap_or_default(),
        name: put.metric_name.as_deref().unwrap_or_default(),
        dimensions: &put.dimensions,
        unit: put.unit.as_deref(),
    }
}

/// The periods that an evaluation looks at, the latest first.
async fn points(tx: &mut Tx, alarm: &Row, look: &Look, charges: Option<&Charges>) -> Result<Vec<Point>> {
    let metric = metric(alarm);
    let samples = match &look.counted {
        Some(counted) => {
            let published = charges.map(|charges| charges.published(counted, look.oldest, look.until));
            series::in_unit(published.unwrap_or_default(), metric.unit)
        }
        None => series::samples(tx, &metric, look.oldest, look.until).await?,
    };
    let periods = by_period(&samples, look.period, look.newest);
    let name = alarm.configuration.statistic.as_deref().unwrap_or("Maximum");
    let value = |at: i64| periods.get(&at).map(|(set, _)| statistic(set, name));
    Ok((0..look.periods)
        .map(|back| look.newest - back * look.period)
        .map(|at| Point { at, value: value(at) })
        .collect())
}

/// Why, in JSON, as AWS keeps it.
fn data(tx: &Tx, alarm: &Row, used: &[(i64, f64)]) -> String {
    let put = &alarm.configuration.0;
    let evaluated: Vec<_> =
        used.iter().map(|(at, value)| json!({ "timestamp": notice::precise(*at), "value": value })).collect();
    let values: Vec<f64> = used.iter().rev().map(|(_, value)| *value).collect();
    json!({
        "version": "1.0",
        "queryDate": notice::precise(tx.now().0),
        "startDate": used.last().map(|(at, _)| notice::precise(*at)),
        "statistic": put.statistic,
        "period": put.period,
        "recentDatapoints": values,
        "threshold": put.threshold,
        "evaluatedDatapoints": evaluated,
    })
    .to_string()
}
