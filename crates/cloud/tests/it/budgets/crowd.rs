//! Many servers on one database, over many periods, some of which die: no alert is missing and none is doubled.

use cloud::{Caller, Cloud, MasterKey, Request, Settings, Source};
use model::{
    Timestamp,
    budgets::{Budget, CreateBudget, Notification, NotificationWithSubscribers, Subscriber, TimePeriod},
    money::Threshold,
    operator::EvaluateCosts,
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{
    ledger::{Line, at},
    monthly,
};
use crate::scene::Scene;

const WORKERS: usize = 8;
const DAYS: i64 = 24;

/// Two alerts, each to an address of its own, on a budget of ten dollars.
async fn furnish(scene: &Scene, unit: &str, forecasted: bool) {
    let alerts = [50, 90].map(|percent| NotificationWithSubscribers {
        notification: Notification::of("COST", forecasted, Threshold(percent * 1_000_000), true),
        subscribers: vec![Subscriber::email(format!("{unit}-{forecasted}-{percent}@example.com").to_lowercase())],
    });
    let start: Timestamp = "2032-01-01T00:00:00Z".parse().expect("an instant");
    let budget = Budget {
        time_unit: unit.into(),
        time_period: Some(TimePeriod { start: Some(start), end: None }),
        ..Budget::monthly(format!("{unit} {forecasted}"), "10")
    };
    scene
        .root(CreateBudget { budget, notifications_with_subscribers: alerts.into(), ..monthly(scene, "", "1", &[]) })
        .await;
}

/// Ends the connections of all who are in a transaction.
const KILL: &str = "select pg_terminate_backend(pid)::text from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null";

/// Whether a server could look.
async fn look(cloud: &Cloud, account_id: String) -> bool {
    cloud.call(&Caller::operator(), &Request::new(Source::Service), EvaluateCosts { account_id }).await.is_ok()
}

/// Every day eight servers look at the same time, and some are killed wherever they are.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn workers_that_die_lose_and_double_nothing(pool: PgPool) {
    let key = MasterKey::generate();
    let mut clouds = Vec::new();
    for _ in 0..WORKERS {
        clouds.push(Cloud::open(pool.clone(), &key, Settings::default()).await.expect("opens"));
    }
    let scene = Scene::open(clouds[0].clone(), pool.clone(), "owner@example.org").await;
    at(&scene, "2032-03-20T00:00:00Z").await;
    furnish(&scene, "DAILY", false).await;
    furnish(&scene, "MONTHLY", false).await;
    furnish(&scene, "MONTHLY", true).await;
    let first: Timestamp = "2032-03-20T00:00:00Z".parse().expect("an instant");
    for day in 0..DAYS {
        // Over the end of March: every day six dollars, every third day ten more.
        let on = Timestamp(first.0 + day * 86_400_000).day();
        let amount = if day % 3 == 0 { "16" } else { "6" };
        Line { day: &on, unblended: amount, ..Line::default() }.enter(&scene).await;
    }
    let mut killed = 0;
    for day in 0..DAYS {
        let now = Timestamp(first.0 + day * 86_400_000 + 3_600_000);
        let set = format!(
            "update account set clock_offset_ms = {} - (extract(epoch from clock_timestamp()) * 1000)::bigint
             where account_id = '{}' returning account_id",
            now.0, scene.account
        );
        scene.sql(&set).await;
        let mut workers = JoinSet::new();
        for cloud in &clouds {
            let (cloud, account_id) = (cloud.clone(), scene.account.clone());
            workers.spawn(async move { look(&cloud, account_id).await });
        }
        // Whoever is in the middle of it now dies there, and with the connection their transaction.
        for _ in 0..3 {
            tokio::task::yield_now().await;
            killed += scene.sql(KILL).await.len();
        }
        while workers.join_next().await.is_some() {}
        let mut tries = 0;
        while !look(&scene.cloud, scene.account.clone()).await {
            tries += 1;
            assert!(tries < WORKERS * 4, "nobody can look any more");
        }
    }
    assert!(killed > 0, "the test needs some to die");
    let mails = scene.sql("select recipient || ' ' || count(*) from mail where recipient like '%-%@example.com' group by recipient order by 1").await;
    let alerts = scene.sql("select count(*)::text from budget_alert").await;
    // Each of the days is above 50%, every third above 90%; both months are above both, and so are their forecasts.
    assert_eq!(
        mails,
        [
            format!("daily-false-50@example.com {DAYS}"),
            format!("daily-false-90@example.com {}", DAYS / 3),
            "monthly-false-50@example.com 2".into(),
            "monthly-false-90@example.com 2".into(),
            "monthly-true-50@example.com 2".into(),
            "monthly-true-90@example.com 2".into(),
        ]
    );
    assert_eq!(alerts, [(DAYS + DAYS / 3 + 8).to_string()]);
}
