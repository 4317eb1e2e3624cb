//! Costs of days to come fall due by themselves.

use cloud::Settings;
use model::billing::ResetSandboxClock;
use sqlx::PgPool;

use super::{advance, budget, day, hours_go_by, mails, plan, total};
use crate::{browser::house, scene::Scene};

const SUBJECT: &str = "Practice has exceeded your alert threshold";

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_alert_goes_off_when_the_day_begins(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let other = scene.neighbour().await;
    advance(&scene, "NEXT_MONTH").await;
    budget(&scene, "40").await;
    scene.root(plan("runaway-nat-gateway", None, 5)).await;
    other.root(plan("idle-m5-large", None, 1)).await;
    assert_eq!(scene.cloud.evaluate_due_costs().await.expect("looks"), 0, "tomorrow's is not due");
    assert_eq!(mails(&scene, SUBJECT).await, 0);

    hours_go_by(&scene, 24).await;
    let second = house(&pool, Settings::default()).await;
    let (one, two) = tokio::join!(scene.cloud.evaluate_due_costs(), second.evaluate_due_costs());
    assert!(one.expect("looks") + two.expect("looks") >= 1);
    assert_eq!(mails(&scene, SUBJECT).await, 1, "47.16 of 40, told once by two servers");
    assert_eq!(scene.cloud.evaluate_due_costs().await.expect("looks"), 0, "done until the next day");
    let row = "select source || ' ' || principal_type from trail where name = 'EvaluateCosts' limit 1";
    assert_eq!(scene.sql(row).await, ["service Operator"]);

    hours_go_by(&scene, 40 * 24).await;
    assert_eq!(scene.cloud.evaluate_due_costs().await.expect("looks"), 1);
    let nothing = "select (costs_due_at is null)::text from account where account_id = '$'";
    assert_eq!(scene.sql(&nothing.replace('$', &scene.account)).await, ["true"], "there is no day to come left");
    assert_eq!(mails(&scene, SUBJECT).await, 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn back_at_the_real_time_the_same_days_are_to_come(pool: PgPool) {
    let scene = Scene::new(pool).await;
    budget(&scene, "20").await;
    advance(&scene, "NEXT_MONTH").await;
    let ahead = day(&scene, 0).await;
    assert_eq!(scene.root(plan("runaway-nat-gateway", None, 1)).await.alerts, 1);
    scene.root(ResetSandboxClock {}).await;
    assert_eq!(total(&scene, &ahead).await, "0.0", "it does not count yet");
    let due = "select to_char(to_timestamp(costs_due_at / 1000) at time zone 'UTC', 'YYYY-MM-DD') from account
               where account_id = '$'";
    assert_eq!(scene.sql(&due.replace('$', &scene.account)).await, [ahead.as_str()]);
    hours_go_by(&scene, 31 * 24).await;
    assert_eq!(scene.cloud.evaluate_due_costs().await.expect("looks"), 1);
    assert_eq!(mails(&scene, SUBJECT).await, 2, "what went off ahead goes off again when it comes");
    assert_eq!(total(&scene, &ahead).await, "23.58");
}
