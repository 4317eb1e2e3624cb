//! CloudWatch: metrics, and alarms that change their state once with everything that this does.

mod charges;
mod metrics;

use cloud::{Cloud, Request, Settings, Source};
use model::{
    Operation as _, Timestamp,
    billing::{AddSpend, UpdateBillingPreferences},
    cloudwatch::{
        DeleteAlarms, DescribeAlarmHistory, DescribeAlarms, DescribeAlarmsForMetric, DisableAlarmActions,
        EnableAlarmActions, GetMetricStatistics, ListMetrics, MetricAlarm, MetricDatum, PutMetricAlarm, PutMetricData,
        SetAlarmState,
    },
    sns::{ConfirmSubscription, CreateTopic, SetTopicAttributes, Subscribe},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, house, root},
    scene::{Scene, sql},
    sns::member,
};

const HOUR: i64 = 3_600_000;

fn alarm(name: &str, threshold: f64) -> PutMetricAlarm {
    PutMetricAlarm { alarm_name: name.into(), threshold: Some(threshold), ..PutMetricAlarm::example() }
}

fn spend(service: &str, amount: &str) -> AddSpend {
    AddSpend { service: service.into(), amount: amount.into(), ..AddSpend::default() }
}

/// Billing preferences with the box for CloudWatch billing alerts.
fn billing_alerts() -> UpdateBillingPreferences {
    UpdateBillingPreferences { receive_billing_alerts: true, ..UpdateBillingPreferences::default() }
}

async fn described(scene: &Scene, name: &str) -> MetricAlarm {
    let ask = DescribeAlarms { alarm_names: vec![name.into()], ..DescribeAlarms::default() };
    scene.root(ask).await.metric_alarms.pop().expect("the alarm")
}

async fn state(scene: &Scene, name: &str) -> String {
    described(scene, name).await.state_value
}

/// Moves an account's clock.
async fn forward(pool: &PgPool, account: &str, by: i64) {
    let move_on = format!(
        "update account set clock_offset_ms = clock_offset_ms + {by} where account_id = '{account}' returning account_id"
    );
    sql(pool, account, &move_on).await;
}

/// Makes everything due, and does what the workers do.
async fn work(cloud: &Cloud, pool: &PgPool) {
    sqlx::query("update account set alarms_due_at = now() where alarms_due_at is not null")
        .execute(pool)
        .await
        .expect("is due");
    while cloud.evaluate_alarms().await.expect("evaluates") > 0 {}
}

/// A topic with one confirmed address.
async fn topic(owner: &Browser, name: &str) -> String {
    let arn = owner.call(CreateTopic { name: name.into(), ..CreateTopic::default() }).await.expect("a topic").topic_arn;
    let subscribe = Subscribe { topic_arn: arn.clone(), ..Subscribe::example() };
    owner.call(subscribe).await.expect("subscribes");
    let mail = owner.mails().await.remove(0);
    let link = mail.text.expose().split_whitespace().find(|word| word.starts_with("http")).expect("a link").to_owned();
    let confirm = ConfirmSubscription {
        topic_arn: arn.clone(),
        token: member(&link, "Token").into(),
        authenticate_on_unsubscribe: None,
    };
    owner.call(confirm).await.expect("confirms");
    arn
}

async fn history(owner: &Browser, name: &str) -> Vec<(String, String)> {
    let ask = DescribeAlarmHistory { alarm_name: Some(name.into()), ..DescribeAlarmHistory::default() };
    let items = owner.call(ask).await.expect("lists").alarm_history_items;
    items.into_iter().map(|item| (item.history_item_type, item.history_summary)).collect()
}

/// Own metrics, by the worker: two of three, and what is missing.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn own_metrics_are_evaluated_by_the_worker(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let now =
        scene.sql("select (extract(epoch from now()) * 1000)::bigint::text").await[0].parse::<i64>().expect("a time");
    // Each datum lies in the middle of an hour counted back from this minute: a test that is slow stays right.
    let minute = now.div_euclid(60_000) * 60_000;
    let put = async |back: i64, value: f64| {
        let datum = MetricDatum {
            metric_name: "Queue".into(),
            value: Some(value),
            timestamp: Some(Timestamp(minute - back * HOUR + HOUR / 2)),
            unit: Some("Count".into()),
            ..MetricDatum::default()
        };
        scene
            .root(PutMetricData { namespace: "Own".into(), metric_data: vec![datum], ..PutMetricData::default() })
            .await;
    };
    let on = |name: &str, treat: &str| PutMetricAlarm {
        namespace: Some("Own".into()),
        metric_name: Some("Queue".into()),
        dimensions: vec![],
        statistic: Some("Average".into()),
        period: Some(3600),
        evaluation_periods: 3,
        datapoints_to_alarm: Some(2),
        treat_missing_data: Some(treat.into()),
        ..alarm(name, 10.0)
    };
    for treat in ["missing", "notBreaching", "breaching", "ignore"] {
        scene.root(on(treat, treat)).await;
    }
    let states = async || {
        let mut states = Vec::new();
        for treat in ["missing", "notBreaching", "breaching", "ignore"] {
            states.push(state(&scene, treat).await);
        }
        states
    };
    assert_eq!(states().await, ["INSUFFICIENT_DATA", "OK", "ALARM", "INSUFFICIENT_DATA"], "nothing was put yet");
    for (back, value) in [(3, 11.0), (2, 1.0), (1, 9.0), (1, 13.0)] {
        put(back, value).await;
    }
    work(&scene.cloud, &pool).await;
    assert_eq!(states().await, ["ALARM"; 4], "two of three, the last hour's average is 11");
    put(1, 1.0).await;
    put(0, 100.0).await;
    work(&scene.cloud, &pool).await;
    assert_eq!(states().await, ["OK"; 4], "the hour that is not over does not count");

    let listed = scene.root(ListMetrics { namespace: Some("Own".into()), ..ListMetrics::default() }).await.metrics;
    assert_eq!((listed.len(), listed[0].metric_name.as_str()), (1, "Queue"));
    let ask = GetMetricStatistics {
        namespace: "Own".into(),
        metric_name: "Queue".into(),
        start_time: Timestamp(minute - 3 * HOUR),
        end_time: Timestamp(minute),
        period: 60,
        statistics: vec!["Sum".into(), "SampleCount".into()],
        ..GetMetricStatistics::default()
    };
    let points = scene.root(ask.clone()).await.datapoints;
    let told: Vec<_> = points.iter().map(|point| (point.sum, point.sample_count, point.average)).collect();
    assert_eq!(told, [(Some(11.0), Some(1.0), None), (Some(1.0), Some(1.0), None), (Some(23.0), Some(3.0), None)]);
    assert!(scene.root(GetMetricStatistics { unit: Some("Bytes".into()), ..ask }).await.datapoints.is_empty());
}

/// Any number of servers may look at the same moment: a change happens once.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_change_happens_once_on_any_number_of_servers(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let arn = topic(&owner, "alarms").await;
    owner.call(billing_alerts()).await.expect("turns on");
    owner.call(spend("Tax", "20")).await.expect("spends");
    for name in ["a", "b", "c"] {
        let put = PutMetricAlarm { ok_actions: vec![arn.clone()], ..alarm(name, 10.0) };
        owner.call(put).await.expect("puts");
    }
    forward(&pool, &account, 32 * 24 * HOUR).await;
    let evaluate = model::operator::EvaluateAlarms { account_id: account.clone() };
    let looks: Vec<_> = (0..8)
        .map(|_| {
            let (cloud, evaluate) = (cloud.clone(), evaluate.clone());
            tokio::spawn(async move {
                cloud.call(&cloud::Caller::operator(), &Request::new(Source::Service), evaluate).await
            })
        })
        .collect();
    let mut changed = 0;
    for look in looks {
        changed += look.await.expect("runs").expect("evaluates").changed;
    }
    assert_eq!(changed, 3);
    let mails = owner.mails().await;
    assert_eq!(mails.iter().filter(|mail| mail.summary.subject.starts_with("OK: ")).count(), 3);
    // And an account is claimed by one worker in a minute.
    sqlx::query("update account set alarms_due_at = now()").execute(&pool).await.expect("is due");
    let (first, second) =
        (cloud.evaluate_alarms().await.expect("works"), cloud.evaluate_alarms().await.expect("works"));
    assert_eq!((first, second), (1, 0));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn whom_an_alarm_reaches(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let arn = topic(&owner, "alarms").await;
    let foreign = "arn:aws:sns:us-east-1:444455556666:theirs".to_owned();
    let put = PutMetricAlarm { alarm_actions: vec![arn.clone(), foreign.clone()], ..alarm("a", 10.0) };
    owner.call(put).await.expect("puts");
    let set = |state: &str| SetAlarmState {
        alarm_name: "a".into(),
        state_value: state.into(),
        state_reason: "a test".into(),
        state_reason_data: None,
    };
    let alarms = async || owner.mails().await.iter().filter(|mail| mail.summary.subject.starts_with("ALARM")).count();
    owner.call(set("ALARM")).await.expect("sets");
    assert_eq!(alarms().await, 1);
    let failed = format!("Failed to execute action {foreign}. Received error: \"Topic does not exist\"");
    assert!(history(&owner, "a").await.contains(&("Action".to_owned(), failed)), "another account's topic");

    owner.call(DisableAlarmActions { alarm_names: vec!["a".into(), "nobody".into()] }).await.expect("disables");
    owner.call(set("OK")).await.expect("sets");
    owner.call(set("ALARM")).await.expect("sets");
    assert_eq!(alarms().await, 1, "its actions are disabled");
    owner.call(EnableAlarmActions { alarm_names: vec!["a".into()] }).await.expect("enables");

    // A policy that does not let CloudWatch in keeps it out.
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"budgets.amazonaws.com"}},"Action":"SNS:Publish","Resource":"{arn}"}}]}}"#
    );
    let close = SetTopicAttributes {
        topic_arn: arn.clone(),
        attribute_name: "Policy".into(),
        attribute_value: Some(policy.clone()),
    };
    owner.call(close.clone()).await.expect("sets");
    owner.call(set("OK")).await.expect("sets");
    owner.call(set("ALARM")).await.expect("sets");
    assert_eq!(alarms().await, 1);
    let refused = history(&owner, "a")
        .await
        .into_iter()
        .any(|(_, text)| text.contains("is not authorized to perform: SNS:Publish"));
    assert!(refused);
    let open = policy.replace("budgets.amazonaws.com", "cloudwatch.amazonaws.com");
    owner.call(SetTopicAttributes { attribute_value: Some(open), ..close }).await.expect("sets");
    owner.call(set("OK")).await.expect("sets");
    owner.call(set("ALARM")).await.expect("sets");
    assert_eq!(alarms().await, 2);

    owner.call(DeleteAlarms { alarm_names: vec!["a".into()] }).await.expect("deletes");
    assert_eq!(history(&owner, "a").await[0].1, "Alarm \"a\" deleted", "its history outlives it");
    let gone = owner.call(DeleteAlarms { alarm_names: vec!["a".into()] }).await.expect_err("is gone");
    assert_eq!(gone.code(), "ResourceNotFound");
    work(&cloud, &pool).await;
    let due =
        sql(&pool, &account, "select (alarms_due_at is null)::text from account where alarms_due_at is null").await;
    assert!(!due.is_empty(), "an account without alarms is left alone");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_an_alarm_may_be(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let good = alarm("x", 1.0);
    for (put, code, said) in [
        (PutMetricAlarm { alarm_name: String::new(), ..good.clone() }, "ValidationError", "alarmName"),
        (PutMetricAlarm { alarm_name: "n".repeat(256), ..good.clone() }, "ValidationError", "255"),
        (PutMetricAlarm { threshold: None, ..good.clone() }, "MissingParameter", "Threshold"),
        (PutMetricAlarm { period: Some(61), ..good.clone() }, "InvalidParameterValue", "multiple of 60"),
        (PutMetricAlarm { evaluation_periods: 29, ..good.clone() }, "InvalidParameterValue", "7 days"),
        (
            PutMetricAlarm { period: Some(60), evaluation_periods: 1441, ..good.clone() },
            "InvalidParameterValue",
            "a day",
        ),
        (PutMetricAlarm { datapoints_to_alarm: Some(2), ..good.clone() }, "InvalidParameterValue", "DatapointsToAlarm"),
        (PutMetricAlarm { statistic: Some("p99".into()), ..good.clone() }, "ValidationError", "SampleCount"),
        (
            PutMetricAlarm { treat_missing_data: Some("good".into()), ..good.clone() },
            "ValidationError",
            "Option good is not supported",
        ),
        (
            PutMetricAlarm { alarm_actions: vec!["x".into()], ..good.clone() },
            "ValidationError",
            "Invalid arn syntax: x",
        ),
        (
            PutMetricAlarm { alarm_actions: vec!["arn:aws:automate:us-east-1:ec2:stop".into()], ..good.clone() },
            "InvalidParameterValue",
            "is not available",
        ),
        (
            PutMetricAlarm { alarm_actions: vec!["arn:aws:sns:us-west-2:111122223333:t".into()], ..good.clone() },
            "ValidationError",
            "Invalid region us-west-2 specified. Only us-east-1 is supported.",
        ),
        (
            PutMetricAlarm { comparison_operator: "GreaterThanUpperThreshold".into(), ..good.clone() },
            "InvalidParameterValue",
            "An anomaly detection band is not available",
        ),
    ] {
        let (found, sentence) = scene.refusal(put).await;
        assert_eq!(found, code, "{sentence}");
        assert!(sentence.contains(said), "{sentence}");
    }
    assert_eq!(scene.sql("select count(*)::text from cloudwatch_alarm").await, ["0"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn alarms_are_found_by_what_they_are(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["web-1", "web-2", "db"] {
        scene.root(alarm(name, 1.0)).await;
    }
    let topic = "arn:aws:sns:us-east-1:111122223333:t".to_owned();
    scene
        .root(PutMetricAlarm { ok_actions: vec![topic.clone()], statistic: Some("Sum".into()), ..alarm("db", 1.0) })
        .await;
    let found = async |ask: DescribeAlarms| -> Vec<String> {
        scene.root(ask).await.metric_alarms.into_iter().map(|alarm| alarm.alarm_name).collect()
    };
    let all = DescribeAlarms::default();
    assert_eq!(found(all.clone()).await, ["db", "web-1", "web-2"]);
    assert_eq!(
        found(DescribeAlarms { alarm_name_prefix: Some("web".into()), ..all.clone() }).await,
        ["web-1", "web-2"]
    );
    assert_eq!(found(DescribeAlarms { action_prefix: Some("arn:aws:sns".into()), ..all.clone() }).await, ["db"]);
    assert!(found(DescribeAlarms { state_value: Some("ALARM".into()), ..all.clone() }).await.is_empty());
    assert!(found(DescribeAlarms { alarm_types: vec!["CompositeAlarm".into()], ..all.clone() }).await.is_empty());
    let page = scene.root(DescribeAlarms { max_records: Some(2), ..all.clone() }).await;
    assert_eq!(page.metric_alarms.len(), 2);
    assert_eq!(found(DescribeAlarms { next_token: page.next_token, ..all.clone() }).await, ["web-2"]);
    assert_eq!(scene.refusal(DescribeAlarms { next_token: Some("x".into()), ..all }).await.0, "InvalidNextToken");
    let parents = |name: &str| DescribeAlarms { parents_of_alarm_name: Some(name.into()), ..DescribeAlarms::default() };
    assert!(found(parents("db")).await.is_empty(), "nothing here is composite");
    assert_eq!(scene.refusal(parents("nobody")).await.0, "ResourceNotFound");
    let on = DescribeAlarmsForMetric { statistic: Some("Sum".into()), ..DescribeAlarmsForMetric::example() };
    assert_eq!(scene.root(on).await.metric_alarms.len(), 1);
}
