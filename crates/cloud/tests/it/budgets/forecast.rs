//! Forecasts, and alerts on them: again after each fall, and by time alone.

use model::{
    Timestamp,
    budgets::{Budget, CreateBudget, Notification, NotificationWithSubscribers, Subscriber, TimePeriod},
    money::Threshold,
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use sqlx::PgPool;

use super::{
    alerts::subjects,
    describe,
    ledger::{at, dollars, look},
    monthly, notifications,
};
use crate::scene::Scene;

/// A budget of 2032 with an alert on its forecast.
async fn watch(scene: &Scene, name: &str, unit: &str, limit: &str, percent: i64) {
    let start: Timestamp = "2032-01-01T00:00:00Z".parse().expect("an instant");
    let budget = Budget {
        time_unit: unit.into(),
        time_period: Some(TimePeriod { start: Some(start), end: None }),
        ..Budget::monthly(name, limit)
    };
    let notification = Notification::of("COST", true, Threshold(percent * 1_000_000), true);
    let alert = NotificationWithSubscribers { notification, subscribers: vec![Subscriber::email("ann@example.com")] };
    scene
        .root(CreateBudget { budget, notifications_with_subscribers: vec![alert], ..monthly(scene, "", "1", &[]) })
        .await;
}

/// In whole dollars: the clock runs while the test does.
async fn forecast(scene: &Scene, name: &str) -> Option<String> {
    let spend = describe(scene, name).await.calculated_spend.expect("spend");
    let dollars = |amount: String| format!("{:.0}", amount.parse::<f64>().expect("a number"));
    spend.forecasted_spend.map(|spend| dollars(spend.amount))
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_forecast_goes_off_again_after_it_fell(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-06-03T00:00:00Z").await;
    watch(&scene, "x", "MONTHLY", "100", 100).await;
    dollars(&scene, "2032-06-01", "6").await;
    assert_eq!(look(&scene).await, 0);
    assert_eq!(forecast(&scene, "x").await.as_deref(), Some("90"), "6 in two of thirty days");
    dollars(&scene, "2032-06-02", "2").await;
    assert_eq!((look(&scene).await, look(&scene).await), (1, 0), "120, told once");
    assert_eq!(notifications(&scene, "x").await, [("100".into(), "ALARM".into())]);
    dollars(&scene, "2032-06-03", "4").await;
    assert_eq!(look(&scene).await, 0, "it has been above ever since");
    assert_eq!(at(&scene, "2032-06-05T00:00:00Z").await, 0, "12 in four days: 90");
    assert_eq!(notifications(&scene, "x").await, [("100".into(), "OK".into())]);
    dollars(&scene, "2032-06-05", "4").await;
    assert_eq!(look(&scene).await, 1, "16 in four days: 120, a new crossing");

    // It falls with nobody looking, and is above when somebody looks again: a new crossing all the same.
    at(&scene, "2032-06-05T00:00:01Z").await;
    dollars(&scene, "2032-06-10", "20").await;
    assert_eq!(at(&scene, "2032-06-10T00:00:00Z").await, 1, "by the 9th it had fallen to 60");
    assert_eq!(
        scene.sql("select crossing::text || fell::text from budget_alert order by crossing").await,
        ["1true", "2true", "3false"]
    );
    assert_eq!(subjects(&scene).await, 3);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_forecast_begins_on_the_third_day_with_nobody_there(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-06-30T12:00:00Z").await;
    watch(&scene, "month", "MONTHLY", "100", 80).await;
    watch(&scene, "quarter", "QUARTERLY", "100", 80).await;
    let due = "select to_char(to_timestamp(costs_due_at / 1000) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from account
               where account_id = '$'";
    let due = due.replace('$', &scene.account);
    let due = || scene.sql(&due);
    dollars(&scene, "2032-07-01", "50").await;
    assert_eq!(look(&scene).await, 0);
    assert_eq!(due().await, ["2032-07-01 00:00"], "costs");
    assert_eq!(at(&scene, "2032-07-01T00:00:00Z").await, 0);
    assert_eq!((due().await, forecast(&scene, "month").await), (vec!["2032-07-03 00:00".to_owned()], None));
    assert_eq!(at(&scene, "2032-07-02T23:50:00Z").await, 0);
    assert_eq!(at(&scene, "2032-07-03T00:00:00Z").await, 2);
    assert_eq!(forecast(&scene, "month").await.as_deref(), Some("775"), "50 in two of 31 days");
    assert_eq!(forecast(&scene, "quarter").await.as_deref(), Some("2300"), "50 in two of 92 days");
    assert_eq!(due().await, ["2032-08-03 00:00"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_more_is_spent_the_more_is_to_be_expected(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-06-15T00:00:00Z").await;
    watch(&scene, "x", "MONTHLY", "100", 100).await;
    let forecast = |period: String, actual: i64, now: i64| {
        let scene = scene.clone();
        async move {
            let ask = format!("select budget_forecast(b, '{period}', {actual}, {now})::text from budget b");
            scene.sql(&ask).await[0].parse::<i64>().expect("a forecast")
        }
    };
    let mut runner = TestRunner::deterministic();
    let some =
        (24_360_i64..30_000, 2_i64..28, 0_i64..86_400_000, 0_i64..40_000_000_000_000_000, 0_i64..1_000_000_000_000);
    for _ in 0..200 {
        let (day, days, millis, actual, more) = some.new_tree(&mut runner).expect("a case").current();
        let month = Timestamp(day * 86_400_000).month();
        let now = month.0 + days * 86_400_000 + millis;
        let (less, more) = (forecast(month.day(), actual, now).await, forecast(month.day(), actual + more, now).await);
        assert!(less <= more, "{actual} at {now}: {less} {more}");
        let later = forecast(month.day(), actual, now.max(month.next_month().0 - 1)).await;
        assert!(later <= less, "of the same costs it only falls");
        assert!(less / 10_000 >= actual / 10_000, "no less than was spent, but for a part of a cent");
    }
}
