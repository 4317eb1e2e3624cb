//! What programs put into metrics, and which metrics there are.

use model::cloudwatch::{
    BILLING, BILLING_REGION, CloudWatchFault, Dimension, ESTIMATED_CHARGES, ListMetrics, ListMetricsOutput, METRICS,
    Metric, MetricDatum, PutMetricData, billing_dimensions,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{after, key_of, ledger, sorted};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// Metrics on a page.
const PAGE: i64 = 500;
const DAY: i64 = 86_400_000;

/// The metric that a datum is of, made if it is new.
async fn metric(tx: &mut Tx, namespace: &str, datum: &MetricDatum, at: i64) -> Result<Uuid> {
    let (account, region, id) = (tx.account().clone(), tx.request.region.clone(), tx.uuid());
    let row = sqlx::query!(
        r#"insert into cloudwatch_metric (account_id, metric_id, region, namespace, name, dimensions_key, dimensions, last_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (account_id, region, namespace, name, dimensions_key)
           do update set last_at = greatest(cloudwatch_metric.last_at, excluded.last_at)
           returning metric_id, (xmax = 0) as "made!""#,
        account.as_str(),
        id,
        region,
        namespace,
        datum.metric_name,
        key_of(&datum.dimensions)?,
        Json(sorted(&datum.dimensions)) as _,
        at
    )
    .fetch_one(tx.conn())
    .await?;
    if row.made {
        let rows = sqlx::query!(
            "update account_count set metrics = metrics + 1 where account_id = $1 and metrics < $2",
            account.as_str(),
            i32::try_from(METRICS).unwrap_or(i32::MAX)
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if rows == 0 {
            let message =
                format!("An account can have up to {METRICS} metrics of its own in this version of Understudy.");
            return Err(CloudWatchFault::LimitExceeded.says(message).into());
        }
    }
    Ok(row.metric_id)
}

impl Execute for PutMetricData {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().with("cloudwatch:namespace", vec![self.namespace.clone()]))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, now) = (tx.account().clone(), tx.now().0);
        let mut data: Vec<(i64, MetricDatum)> = Vec::with_capacity(self.metric_data.len());
        for (index, datum) in self.metric_data.into_iter().enumerate() {
            let at = datum.timestamp.map_or(now, |at| at.0);
            if at < now - 14 * DAY || at > now + DAY / 12 {
                let message = format!(
                    "The parameter MetricData.member.{}.Timestamp must specify a time within the past two weeks and not more than two hours ahead.",
                    index + 1
                );
                return Err(CloudWatchFault::InvalidParameterValue.says(message).into());
            }
            data.push((at, datum));
        }
        // Every writer takes the rows in the same order.
        data.sort_by(|(_, a), (_, b)| {
            (&a.metric_name, sorted(&a.dimensions)).cmp(&(&b.metric_name, sorted(&b.dimensions)))
        });
        for (at, datum) in data {
            let Some(set) = datum.summary() else { continue };
            let metric_id = metric(tx, &self.namespace, &datum, at).await?;
            sqlx::query!(
                "insert into cloudwatch_datum as d (account_id, metric_id, minute, unit, samples, total, smallest, largest)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (account_id, metric_id, minute, unit) do update
                 set samples = d.samples + excluded.samples, total = d.total + excluded.total,
                     smallest = least(d.smallest, excluded.smallest), largest = greatest(d.largest, excluded.largest)",
                account.as_str(),
                metric_id,
                at.div_euclid(60_000) * 60_000,
                datum.unit.as_deref().unwrap_or("None"),
                set.sample_count,
                set.sum,
                set.minimum,
                set.maximum
            )
            .execute(tx.conn())
            .await?;
        }
        Ok(())
    }
}

/// The metrics of estimated charges that this region has.
async fn billing(tx: &mut Tx) -> Result<Vec<Metric>> {
    if tx.request.region != BILLING_REGION {
        return Ok(Vec::new());
    }
    let Some(services) = ledger::services(tx).await? else { return Ok(Vec::new()) };
    let metric = |dimensions: Vec<Dimension>| Metric {
        namespace: BILLING.into(),
        metric_name: ESTIMATED_CHARGES.into(),
        dimensions,
    };
    let mut metrics = vec![metric(billing_dimensions(None))];
    metrics.extend(services.iter().map(|service| metric(billing_dimensions(Some(service)))));
    Ok(metrics)
}

fn wanted(ask: &ListMetrics, metric: &Metric) -> bool {
    let same = |asked: &Option<String>, has: &str| asked.as_deref().is_none_or(|asked| asked == has);
    same(&ask.namespace, &metric.namespace)
        && same(&ask.metric_name, &metric.metric_name)
        && ask.dimensions.iter().all(|filter| {
            metric.dimensions.iter().any(|one| one.name == filter.name && same(&filter.value, &one.value))
        })
}

impl Execute for ListMetrics {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListMetricsOutput> {
        let (account, region, now) = (tx.account().clone(), tx.request.region.clone(), tx.now().0);
        let since = if self.recently_active.is_some() { now - DAY / 8 } else { now - 14 * DAY };
        let after = after(self.next_token.as_deref())?;
        // Estimated charges come first, on the first page alone.
        let mut metrics = if self.next_token.is_none() { billing(tx).await? } else { Vec::new() };
        metrics.retain(|metric| wanted(&self, metric));
        let from = match after.id.as_str() {
            "" => Uuid::nil(),
            id => Uuid::parse_str(id)
                .map_err(|_| CloudWatchFault::InvalidNextToken.says("The next token specified is invalid."))?,
        };
        let limit = PAGE - i64::try_from(metrics.len()).unwrap_or(0).min(PAGE - 1);
        let filters: Vec<serde_json::Value> = self
            .dimensions
            .iter()
            .map(|filter| match &filter.value {
                Some(value) => serde_json::json!([{ "Name": filter.name, "Value": value }]),
                None => serde_json::json!([{ "Name": filter.name }]),
            })
            .collect();
        let rows = sqlx::query!(
            r#"select metric_id, namespace, name, dimensions as "dimensions: Json<Vec<Dimension>>" from cloudwatch_metric
               where account_id = $1 and region = $2 and metric_id > $3 and last_at >= $4
                 and ($5::text is null or namespace = $5) and ($6::text is null or name = $6)
                 and dimensions @> all($7::jsonb[])
               order by metric_id limit $8"#,
            account.as_str(),
            region,
            from,
            since,
            self.namespace,
            self.metric_name,
            &filters,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, _, next_token) =
            marker::page(rows, limit, |row| Position { name: String::new(), id: row.metric_id.to_string() });
        metrics.extend(rows.into_iter().map(|row| Metric {
            namespace: row.namespace,
            metric_name: row.name,
            dimensions: row.dimensions.0,
        }));
        Ok(ListMetricsOutput { metrics, next_token })
    }
}
