//! Alarms on estimated charges.

use cloud::{Request, Settings, Source};
use model::{
    Timestamp,
    billing::{AdvanceSandboxClock, GetSandboxClock, ResetSandboxClock},
    cloudwatch::{DescribeAlarms, ListMetrics, MetricDatum, PutMetricAlarm, PutMetricData, billing_dimensions},
};
use sqlx::PgPool;

use super::{HOUR, alarm, billing_alerts, forward, history, spend, state, topic, work};
use crate::{
    browser::{house, root},
    scene::Scene,
};

/// The lab: a billing alarm, its mails, and the new month.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_billing_alarm_mails_once_for_each_change(pool: PgPool) {
    let cloud = house(&pool, Settings { public_url: "https://c.example".into(), ..Settings::default() }).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let arn = topic(&owner, "Default_CloudWatch_Alarms_Topic").await;
    let put = PutMetricAlarm {
        alarm_description: Some("Too much".into()),
        alarm_actions: vec![arn.clone()],
        ok_actions: vec![arn.clone()],
        ..alarm("Billing \"10\"", 10.0)
    };
    owner.call(put).await.expect("puts");
    let read = async || {
        let ask = DescribeAlarms::default();
        owner.call(ask).await.expect("lists").metric_alarms.remove(0)
    };
    let new = read().await;
    assert_eq!(
        (new.state_value.as_str(), new.state_reason.as_str()),
        ("INSUFFICIENT_DATA", "Unchecked: Initial alarm creation")
    );
    assert_eq!(new.alarm_arn, format!("arn:aws:cloudwatch:us-east-1:{account}:alarm:Billing \"10\""));
    owner.call(billing_alerts()).await.expect("turns on");
    let mails = async || {
        let all = owner.mails().await;
        all.into_iter().filter(|mail| mail.summary.subject.contains("Billing")).collect::<Vec<_>>()
    };

    owner.call(spend("AWS Lambda", "9.99")).await.expect("spends");
    assert_eq!(read().await.state_value, "OK");
    owner.call(spend("AWS Lambda", "0.01")).await.expect("spends");
    assert_eq!(read().await.state_value, "OK", "ten is not greater than ten");
    owner.call(spend("Tax", "6.23")).await.expect("spends");
    let over = read().await;
    assert_eq!(over.state_value, "ALARM");
    assert!(over.state_reason.starts_with("Threshold Crossed: 1 datapoint [16.23 ("), "{}", over.state_reason);
    assert!(over.state_reason.ends_with(")] was greater than the threshold (10.0)."), "{}", over.state_reason);
    owner.call(spend("Tax", "1")).await.expect("spends");
    let found = mails().await;
    let subjects: Vec<_> = found.iter().map(|mail| mail.summary.subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["ALARM: \"Billing \"10\"\" in US East (N. Virginia)", "OK: \"Billing \"10\"\" in US East (N. Virginia)"]
    );
    let text = found[0].text.expose();
    for part in [
        "Your CloudWatch alarm \"Billing \"10\"\" in the US East (N. Virginia) region has entered the ALARM state",
        "- Description: Too much\n",
        "- State Change: OK -> ALARM\n",
        "GreaterThanThreshold 10.0 for at least 1 of the last 1 period(s) of 21600 seconds.",
        "- Dimensions: [Currency = USD]\n",
        "https://c.example/cloudwatch/alarms/Billing%20%2210%22?region=us-east-1",
        "/subscription/unsubscribe?",
    ] {
        assert!(text.to_lowercase().contains(&part.to_lowercase()), "{part}: {text}");
    }
    let told = history(&owner, "Billing \"10\"").await;
    let expected = [
        ("Action", format!("Successfully executed action {arn}")),
        ("StateUpdate", "Alarm updated from OK to ALARM".to_owned()),
        ("Action", format!("Successfully executed action {arn}")),
        ("StateUpdate", "Alarm updated from INSUFFICIENT_DATA to OK".to_owned()),
        ("ConfigurationUpdate", "Alarm \"Billing \"10\"\" created".to_owned()),
    ];
    assert_eq!(told, expected.map(|(kind, text)| (kind.to_owned(), text)));

    // A new month begins at nothing: only the clock has moved, and a worker sees it.
    forward(&pool, &account, 32 * 24 * HOUR).await;
    work(&cloud, &pool).await;
    assert_eq!(read().await.state_value, "OK");
    assert_eq!(mails().await.len(), 3);
    work(&cloud, &pool).await;
    assert_eq!(mails().await.len(), 3, "a state that stays says nothing");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_alarm_that_is_put_above_its_threshold_goes_off_at_once(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(billing_alerts()).await;
    scene.root(spend("Amazon DynamoDB", "5")).await;
    scene.root(spend("AWS Lambda", "7")).await;
    scene.root(alarm("all", 11.0)).await;
    let dimensions = billing_dimensions(Some("AWSLambda"));
    scene.root(PutMetricAlarm { dimensions: dimensions.clone(), ..alarm("lambda", 7.0) }).await;
    scene
        .root(PutMetricAlarm {
            dimensions,
            comparison_operator: "GreaterThanOrEqualToThreshold".into(),
            ..alarm("lambda too", 7.0)
        })
        .await;
    for (name, expected) in [("all", "ALARM"), ("lambda", "OK"), ("lambda too", "ALARM")] {
        assert_eq!(state(&scene, name).await, expected, "{name}");
    }
    // An overwritten alarm keeps its state until it is evaluated: which is at once.
    scene.root(alarm("all", 12.0)).await;
    assert_eq!(state(&scene, "all").await, "OK");
    assert_eq!(scene.sql("select alarms::text from account_count").await, ["3"]);
    // The metric is one of us-east-1 alone.
    let ohio = Request { region: "us-east-2".into(), ..Request::new(Source::Api) };
    scene.cloud.call(&scene.root, &ohio, alarm("all", 1.0)).await.expect("puts");
    let there = scene.cloud.call(&scene.root, &ohio, DescribeAlarms::default()).await.expect("lists").metric_alarms;
    assert_eq!((there.len(), there[0].state_value.as_str()), (1, "INSUFFICIENT_DATA"));
    let metrics = scene.cloud.call(&scene.root, &ohio, ListMetrics::default()).await.expect("lists").metrics;
    assert!(metrics.is_empty(), "{metrics:?}");
}

/// Without the box in the billing preferences there is no metric; what was spent before counts once it is ticked.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn estimated_charges_begin_with_the_billing_preferences(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(alarm("a", 10.0)).await;
    scene.root(spend("AWS Lambda", "11")).await;
    assert_eq!(state(&scene, "a").await, "INSUFFICIENT_DATA");
    assert!(scene.root(ListMetrics::default()).await.metrics.is_empty());
    scene.root(billing_alerts()).await;
    assert_eq!(state(&scene, "a").await, "ALARM", "the month's charges are published at once");
    assert_eq!(scene.root(ListMetrics::default()).await.metrics.len(), 2);
}

/// The sandbox clock moves alarms in its own transaction, on charges and on other metrics.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_sandbox_clock_moves_alarms(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let advance = |by: &str| AdvanceSandboxClock { by: by.into() };
    scene.root(advance("DAY")).await;
    scene.root(billing_alerts()).await;
    scene.root(spend("AWS Lambda", "11")).await;
    scene.root(alarm("charges", 10.0)).await;
    let soon = Timestamp(scene.root(GetSandboxClock {}).await.now.0 + HOUR / 2);
    let datum =
        MetricDatum { metric_name: "Queue".into(), value: Some(11.0), timestamp: Some(soon), ..MetricDatum::default() };
    scene.root(PutMetricData { namespace: "Own".into(), metric_data: vec![datum], ..PutMetricData::default() }).await;
    let own = PutMetricAlarm {
        namespace: Some("Own".into()),
        metric_name: Some("Queue".into()),
        dimensions: vec![],
        period: Some(3600),
        ..alarm("own", 10.0)
    };
    scene.root(own).await;
    let states = async || [state(&scene, "charges").await, state(&scene, "own").await];
    assert_eq!(states().await, ["ALARM", "INSUFFICIENT_DATA"], "the hour is not over");
    scene.root(advance("HOUR")).await;
    assert_eq!(states().await, ["ALARM", "ALARM"]);
    scene.root(advance("NEXT_MONTH")).await;
    assert_eq!(states().await, ["OK", "INSUFFICIENT_DATA"], "a new month begins at nothing, and nobody put anything");
    scene.root(ResetSandboxClock {}).await;
    scene.root(spend("Tax", "12")).await;
    assert_eq!(states().await, ["ALARM", "INSUFFICIENT_DATA"], "charges that were turned on ahead are published still");
}
