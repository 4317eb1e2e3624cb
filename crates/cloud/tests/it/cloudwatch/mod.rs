//! CloudWatch: metrics, and alarms that change their state once with everything that this does.

mod metrics;

use cloud::{Cloud, Request, Settings, Source};
use model::{
    Operation as _, Timestamp,
    billing::{AddSpend, AdvanceSandboxClock, GetSandboxClock, ResetSandboxClock, UpdateBillingPreferences},
    cloudwatch::{
        DeleteAlarms, DescribeAlarmHistory, DescribeAlarms, DescribeAlarmsForMetric, DisableAlarmActions,
        EnableAlarmActions, GetMetricStatistics, ListMetrics, MetricAlarm, MetricDatum, PutMetricAlarm, PutMetricData,
        SetAlarmState, billing_dimensions,
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
    let datum = MetricDatum {
        metric_name: "Queue".into(),
        value: Some(11.0),
        timestamp: Some(soon),
        ..MetricDatum::default()
    };
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
    let on = DescribeAlarmsForMetric { statistic: Some("Sum".into()), ..DescribeAlarmsForMetric::example() };
    assert_eq!(scene.root(on).await.metric_alarms.len(), 1);
}
