//! Evaluation: what state each alarm is in now.
//!
//! Alarms on estimated charges are evaluated in the transaction that changes a cost; all of them by a worker each minute,
//! and one alone in the transaction that puts it. Whoever evaluates holds the account first, so that a change of state
//! happens once, with everything that it does.

use model::cloudwatch::{BILLING, PutMetricAlarm};
use serde_json::json;
use sqlx::types::Json;

use super::{
    Row,
    judge::{Point, SPARE, Verdict, judge},
    ledger, notice,
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

/// Evaluates all of the account's alarms. The caller holds the account.
pub(super) async fn evaluate_all(tx: &mut Tx) -> Result<(usize, i64)> {
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
    let mut changed = 0;
    for alarm in alarms {
        let points = points(tx, &alarm).await?;
        let Verdict::Is { state, reason, used } = judge(&alarm.configuration, &points) else { continue };
        if state == alarm.state {
            continue;
        }
        let data = data(tx, &alarm, &used);
        change(tx, &alarm, &Change { state, reason: &reason, data: Some(&data) }).await?;
        changed += 1;
    }
    Ok(changed)
}

/// The evaluated periods and those before them, the latest first. Estimated charges only ever grow within a month, so
/// that their current period counts as it is; of other metrics a period counts once it is over.
async fn points(tx: &mut Tx, alarm: &Row) -> Result<Vec<Point>> {
    let now = tx.now().0;
    let put = &alarm.configuration.0;
    let period = put.period.unwrap_or(60).max(1) * 1000;
    let of = Of {
        region: &alarm.region,
        namespace: put.namespace.as_deref().unwrap_or_default(),
        name: put.metric_name.as_deref().unwrap_or_default(),
        dimensions: &put.dimensions,
        unit: put.unit.as_deref(),
    };
    let grows = ledger::counted(tx, of.region, of.namespace, of.name, of.dimensions).is_some();
    let newest = if grows { now.div_euclid(period) * period } else { now.div_euclid(60_000) * 60_000 - period };
    let count = put.evaluation_periods.saturating_add(SPARE);
    let oldest = newest - (count - 1) * period;
    let until = if grows { now } else { newest + period - 1 };
    let samples = series::samples(tx, &of, oldest, until).await?;
    let periods = by_period(&samples, period, newest);
    let name = put.statistic.as_deref().unwrap_or("Maximum");
    let value = |at: i64| periods.get(&at).map(|(set, _)| statistic(set, name));
    Ok((0..count).map(|back| newest - back * period).map(|at| Point { at, value: value(at) }).collect())
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
