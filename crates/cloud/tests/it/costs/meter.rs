//! Alarms cost their part of a month for every hour.

use cloud::{Cloud, Settings};
use model::{
    Operation as _,
    billing::{ListCostEntries, ResetSandboxClock},
    cloudwatch::{DeleteAlarms, PutMetricAlarm},
};
use sqlx::PgPool;

use super::{advance, day, hours_go_by, lines, sums_hold};
use crate::{browser::house, scene::Scene};

async fn alarms(scene: &Scene, names: std::ops::Range<i32>) {
    for name in names {
        scene.root(PutMetricAlarm { alarm_name: format!("alarm-{name}"), ..PutMetricAlarm::example() }).await;
    }
}

/// Alarms are due, and looked at by two servers at once.
async fn looked_at(scene: &Scene, other: &Cloud) {
    let due = "update account set alarms_due_at = now() where account_id = '$' and alarms_due_at is not null
               returning account_id";
    scene.sql(&due.replace('$', &scene.account)).await;
    let (one, two) = tokio::join!(scene.cloud.evaluate_alarms(), other.evaluate_alarms());
    one.and(two).expect("look");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn each_hour_is_metered_once_and_ten_alarms_are_free(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let other = house(&pool, Settings::default()).await;
    // At the first hour of a month, so that its lines are of one day.
    advance(&scene, "NEXT_MONTH").await;
    alarms(&scene, 0..12).await;
    looked_at(&scene, &other).await;
    let today = day(&scene, 0).await;
    assert!(lines(&scene, &today).await.is_empty(), "no whole hour has passed");

    hours_go_by(&scene, 1).await;
    looked_at(&scene, &other).await;
    looked_at(&scene, &other).await;
    let metered = lines(&scene, &today).await;
    let [line] = metered.as_slice() else { panic!("{metered:?}") };
    assert!(line.free_tier && line.usage_type == "CW:AlarmMonitorUsage" && line.operation == "Unknown", "{line:?}");
    assert_eq!((line.unit.as_str(), line.service.as_str()), ("Alarms", "AmazonCloudWatch"));
    sums_hold(&scene).await;

    // Twelve alarms have used up ten months of an alarm before the month is over.
    advance(&scene, "NEXT_MONTH").await;
    let month = lines(&scene, &today).await;
    let sum = |free: bool| -> f64 {
        let of = month.iter().filter(|line| line.free_tier == free);
        of.map(|line| line.quantity.parse::<f64>().expect("a number")).sum()
    };
    assert!((sum(true) - 10.0).abs() < 1e-6 && (sum(false) - 2.0).abs() < 1e-6, "{} {}", sum(true), sum(false));
    let paid: f64 = month.iter().map(|line| line.unblended_cost.parse::<f64>().expect("a number")).sum();
    assert!((paid - 0.2).abs() < 1e-6, "two at ten cents: {paid}");
    let entries = scene.root(ListCostEntries { marker: None, max_items: None }).await.entries;
    let metered: Vec<_> = entries.iter().filter(|entry| entry.kind == "METER").collect();
    assert_eq!(metered.len(), 1, "{entries:?}");
    assert_eq!(metered[0].title, format!("Metered in {}: CloudWatch alarms", &today[..7]));
    assert_eq!(metered[0].lines, i64::try_from(month.len()).expect("some"));
    sums_hold(&scene).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn without_alarms_and_back_in_real_time_nothing_is_metered(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let other = house(&pool, Settings::default()).await;
    alarms(&scene, 0..1).await;
    looked_at(&scene, &other).await;
    scene.root(DeleteAlarms { alarm_names: vec!["alarm-0".into()] }).await;
    looked_at(&scene, &other).await;
    advance(&scene, "DAY").await;
    // The day without alarms is not the next one's.
    alarms(&scene, 1..2).await;
    looked_at(&scene, &other).await;
    let all = "select count(*)::text from spend where account_id = '$'".replace('$', &scene.account);
    assert_eq!(scene.sql(&all).await, ["0"]);
    advance(&scene, "HOUR").await;
    assert_eq!(scene.sql(&all).await, ["1"]);
    scene.root(ResetSandboxClock {}).await;
    looked_at(&scene, &other).await;
    assert_eq!(scene.sql(&all).await, ["1"], "the hour has been metered already");
}
