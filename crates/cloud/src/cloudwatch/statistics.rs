//! Reading what metrics hold.

use model::{
    Timestamp,
    cloudwatch::{
        Datapoint, GetMetricData, GetMetricDataOutput, GetMetricStatistics, GetMetricStatisticsOutput,
        MetricDataResult, MetricStat, StatisticSet,
    },
};

use super::series::{Of, by_period, samples, statistic};
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// The periods of a metric between two instants that have data; the first one begins where its period does.
async fn periods(
    tx: &mut Tx,
    stat: &MetricStat,
    start: Timestamp,
    end: Timestamp,
) -> Result<Vec<(i64, StatisticSet, String)>> {
    let region = tx.request.region.clone();
    let period = stat.period.max(1) * 1000;
    let from = start.0.div_euclid(period) * period;
    let of = Of {
        region: &region,
        namespace: &stat.metric.namespace,
        name: &stat.metric.metric_name,
        dimensions: &stat.metric.dimensions,
        unit: stat.unit.as_deref(),
    };
    let samples = samples(tx, &of, from, end.0 - 1).await?;
    Ok(by_period(&samples, period, 0).into_iter().map(|(at, (set, unit))| (at, set, unit)).collect())
}

impl Execute for GetMetricStatistics {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetMetricStatisticsOutput> {
        let metric = model::cloudwatch::Metric {
            namespace: self.namespace,
            metric_name: self.metric_name.clone(),
            dimensions: self.dimensions,
        };
        let stat = MetricStat { metric, period: self.period, stat: String::new(), unit: self.unit };
        let found = periods(tx, &stat, self.start_time, self.end_time).await?;
        let datapoints = found
            .into_iter()
            .map(|(at, set, unit)| {
                let of = |name: &str| self.statistics.iter().any(|asked| asked == name).then(|| statistic(&set, name));
                Datapoint {
                    timestamp: Timestamp(at),
                    sample_count: of("SampleCount"),
                    average: of("Average"),
                    sum: of("Sum"),
                    minimum: of("Minimum"),
                    maximum: of("Maximum"),
                    unit,
                }
            })
            .collect();
        Ok(GetMetricStatisticsOutput { label: self.metric_name, datapoints })
    }
}

impl Execute for GetMetricData {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetMetricDataOutput> {
        let ascending = self.scan_by.as_deref() == Some("TimestampAscending");
        let mut left = usize::try_from(self.max_datapoints.unwrap_or(i64::MAX)).unwrap_or(usize::MAX);
        let mut results = Vec::new();
        for query in self.metric_data_queries {
            let Some(stat) = query.metric_stat.filter(|_| query.return_data != Some(false)) else { continue };
            let mut found = periods(tx, &stat, self.start_time, self.end_time).await?;
            if !ascending {
                found.reverse();
            }
            found.truncate(left);
            left -= found.len();
            results.push(MetricDataResult {
                id: query.id,
                label: query.label.unwrap_or(stat.metric.metric_name),
                timestamps: found.iter().map(|(at, ..)| Timestamp(*at)).collect(),
                values: found.iter().map(|(_, set, _)| statistic(set, &stat.stat)).collect(),
                status_code: "Complete".into(),
            });
        }
        Ok(GetMetricDataOutput { metric_data_results: results })
    }
}
