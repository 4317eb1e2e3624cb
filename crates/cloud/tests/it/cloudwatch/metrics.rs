//! What metrics hold: estimated charges, and what programs put.

use model::{
    Operation as _, Timestamp,
    cloudwatch::{
        Dimension, DimensionFilter, GetMetricData, GetMetricStatistics, ListMetrics, MetricDatum, PutMetricData,
        billing_dimensions,
    },
};
use sqlx::PgPool;

use super::{HOUR, billing_alerts, spend};
use crate::scene::Scene;

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn estimated_charges_are_a_metric(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(billing_alerts()).await;
    assert!(scene.root(ListMetrics::default()).await.metrics.is_empty(), "nothing was spent yet");
    scene.root(spend("Amazon Elastic Compute Cloud - Compute", "1.5")).await;
    scene.root(spend("Tax", "0.25")).await;
    let listed = scene.root(ListMetrics::default()).await.metrics;
    let expected = [billing_dimensions(None), billing_dimensions(Some("AmazonEC2"))];
    assert_eq!(listed.iter().map(|metric| metric.dimensions.clone()).collect::<Vec<_>>(), expected);
    let by = DimensionFilter { name: "ServiceName".into(), value: None };
    assert_eq!(scene.root(ListMetrics { dimensions: vec![by], ..ListMetrics::default() }).await.metrics.len(), 1);
    let now =
        scene.sql("select (extract(epoch from now()) * 1000)::bigint::text").await[0].parse::<i64>().expect("a time");
    let ask = GetMetricData {
        start_time: Timestamp(now - 24 * HOUR),
        end_time: Timestamp(now + HOUR),
        ..GetMetricData::example()
    };
    let series = scene.root(ask).await.metric_data_results.remove(0);
    assert_eq!((series.label.as_str(), series.values.as_slice()), ("EstimatedCharges", [1.75].as_slice()));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn data_keeps_its_rules(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let put = |datum: MetricDatum| PutMetricData { metric_data: vec![datum], ..PutMetricData::example() };
    let good = MetricDatum { metric_name: "m".into(), value: Some(1.0), ..MetricDatum::default() };
    let set = model::cloudwatch::StatisticSet { sample_count: 1.0, sum: 1.0, minimum: 1.0, maximum: 1.0 };
    for (datum, code, said) in [
        (
            MetricDatum { values: vec![1.0], ..good.clone() },
            "InvalidParameterCombination",
            "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.",
        ),
        (
            MetricDatum { statistic_values: Some(set), ..good.clone() },
            "InvalidParameterCombination",
            "The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.",
        ),
        (
            MetricDatum { value: None, values: vec![1.0], counts: vec![1.0, 2.0], ..good.clone() },
            "InvalidParameterValue",
            "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
        ),
        (MetricDatum { value: Some(f64::NAN), ..good.clone() }, "InvalidParameterValue", "a number between"),
        (MetricDatum { timestamp: Some(Timestamp(0)), ..good.clone() }, "InvalidParameterValue", "two weeks"),
        (
            MetricDatum { dimensions: vec![Dimension::new("a", "1"), Dimension::new("a", "2")], ..good.clone() },
            "InvalidParameterValue",
            "named more than once",
        ),
    ] {
        let (found, sentence) = scene.refusal(put(datum)).await;
        assert_eq!(found, code, "{sentence}");
        assert!(sentence.contains(said), "{sentence}");
    }
    let reserved = PutMetricData { namespace: "AWS/Billing".into(), ..PutMetricData::example() };
    assert_eq!(scene.refusal(reserved).await.0, "InvalidParameterValue");
    let ask = GetMetricStatistics { period: 1, ..GetMetricStatistics::example() };
    assert_eq!(scene.refusal(ask).await.0, "InvalidParameterValue");
    let long = GetMetricStatistics {
        period: 60,
        end_time: Timestamp(GetMetricStatistics::example().start_time.0 + 60_000 * 86_400),
        ..GetMetricStatistics::example()
    };
    assert_eq!(
        scene.refusal(long).await,
        (
            "InvalidParameterCombination",
            "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.".into()
        )
    );
    // The order of its dimensions does not tell a metric from itself.
    let two = |names: [&str; 2]| MetricDatum {
        dimensions: names.iter().map(|name| Dimension::new(*name, "1")).collect(),
        ..good.clone()
    };
    scene.root(put(two(["a", "b"]))).await;
    scene.root(put(two(["b", "a"]))).await;
    assert_eq!(scene.sql("select metrics::text from account_count").await, ["1"]);
}
