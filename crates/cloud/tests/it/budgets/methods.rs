//! How much a period may bring: the same, as planned, or out of the past. And which days a period has.

use std::collections::BTreeMap;

use model::{
    ApiError, Timestamp,
    budgets::{
        AutoAdjustData, Budget, CreateBudget, HistoricalOptions, Notification, NotificationWithSubscribers, Spend,
        Subscriber, TimePeriod, UpdateBudget,
    },
    money::Threshold,
};
use sqlx::PgPool;

use super::{
    describe,
    ledger::{at, dollars, look},
    monthly,
};
use crate::scene::Scene;

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn create(scene: &Scene, budget: Budget, percent: i64) -> CreateBudget {
    let period = TimePeriod { start: Some(instant("2030-01-01T00:00:00Z")), end: None };
    CreateBudget { budget: Budget { time_period: Some(period), ..budget }, ..monthly(scene, "", "1", &[percent]) }
}

fn plan(amounts: &[(&str, &str)]) -> Option<BTreeMap<String, Spend>> {
    let spend = |amount: &str| Spend { amount: amount.into(), unit: "USD".into() };
    let seconds = |day: &str| (instant(&format!("{day}T00:00:00Z")).0 / 1000).to_string();
    Some(amounts.iter().map(|(day, amount)| (seconds(day), spend(amount))).collect())
}

async fn limit(scene: &Scene, name: &str) -> Option<String> {
    describe(scene, name).await.budget_limit.map(|limit| limit.amount)
}

async fn actual(scene: &Scene, name: &str) -> String {
    describe(scene, name).await.calculated_spend.expect("spend").actual_spend.amount
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn periods_are_those_of_the_calendar(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for (day, amount) in [
        ("2031-12-31", "1"),
        ("2032-01-01", "2"),
        ("2032-02-01", "4"),
        ("2032-02-28", "8"),
        ("2032-02-29", "16"),
        ("2032-03-01", "32"),
    ] {
        dollars(&scene, day, amount).await;
    }
    at(&scene, "2032-02-29T23:50:00Z").await;
    let units = ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY"];
    for unit in units {
        scene.root(create(&scene, Budget { time_unit: unit.into(), ..Budget::monthly(unit, "1000") }, 80)).await;
    }
    for (now, sums) in [
        ("2032-02-29T23:50:00Z", ["16.0", "28.0", "30.0", "30.0"]),
        ("2032-03-01T00:00:00Z", ["32.0", "32.0", "62.0", "62.0"]),
        ("2032-03-31T23:50:00Z", ["0.0", "32.0", "62.0", "62.0"]),
        ("2032-04-01T00:00:00Z", ["0.0", "0.0", "0.0", "62.0"]),
        ("2032-12-31T23:50:00Z", ["0.0", "0.0", "0.0", "62.0"]),
        ("2033-01-01T00:00:00Z", ["0.0", "0.0", "0.0", "0.0"]),
    ] {
        at(&scene, now).await;
        for (unit, sum) in units.iter().zip(sums) {
            assert_eq!(actual(&scene, unit).await, sum, "{unit} {now}");
        }
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn without_a_start_a_budget_begins_with_its_period(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-05-17T10:00:00Z").await;
    for (unit, start) in [
        ("DAILY", "2032-05-17T00:00:00Z"),
        ("MONTHLY", "2032-05-01T00:00:00Z"),
        ("QUARTERLY", "2032-04-01T00:00:00Z"),
        ("ANNUALLY", "2032-01-01T00:00:00Z"),
    ] {
        let budget = Budget { time_unit: unit.into(), ..Budget::monthly(unit, "1") };
        scene.root(CreateBudget { budget, ..monthly(&scene, "", "1", &[]) }).await;
        assert_eq!(describe(&scene, unit).await.time_period.expect("a period").start, Some(instant(start)), "{unit}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_plan_has_an_amount_for_each_period(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-02-10T00:00:00Z").await;
    let months = plan(&[("2032-02-01", "10"), ("2032-03-01", "20"), ("2032-04-01", "40")]);
    let budget = Budget { budget_limit: None, planned_budget_limits: months.clone(), ..Budget::monthly("plan", "1") };
    scene.root(create(&scene, budget.clone(), 80)).await;
    let told = describe(&scene, "plan").await.planned_budget_limits.expect("a plan");
    assert_eq!(told.values().map(|limit| limit.amount.as_str()).collect::<Vec<_>>(), ["10.0", "20.0", "40.0"]);
    assert_eq!(told.keys().collect::<Vec<_>>(), months.as_ref().expect("a plan").keys().collect::<Vec<_>>());
    dollars(&scene, "2032-02-10", "9").await;
    assert_eq!((limit(&scene, "plan").await.as_deref(), look(&scene).await), (Some("10.0"), 1));
    dollars(&scene, "2032-03-05", "9").await;
    assert_eq!(at(&scene, "2032-03-06T00:00:00Z").await, 0, "9 of 20");
    assert_eq!(limit(&scene, "plan").await.as_deref(), Some("20.0"));
    at(&scene, "2032-11-01T00:00:00Z").await;
    assert_eq!(limit(&scene, "plan").await.as_deref(), Some("40.0"), "the last amount stays");

    let wrong = |unit: &str, amounts: &[(&str, &str)]| Budget {
        time_unit: unit.into(),
        budget_limit: None,
        planned_budget_limits: plan(amounts),
        ..Budget::monthly("wrong", "1")
    };
    for (budget, word) in [
        (wrong("MONTHLY", &[("2032-11-02", "1")]), "first instants of periods"),
        (wrong("QUARTERLY", &[("2032-11-01", "1")]), "first instants of periods"),
        (wrong("MONTHLY", &[("2032-11-01", "1"), ("2033-01-01", "1")]), "without a gap"),
        (wrong("ANNUALLY", &[("2032-01-01", "1")]), "only for monthly and quarterly"),
        (wrong("MONTHLY", &[("2032-12-01", "1")]), "must start with the period of 2032-11-01"),
        (Budget { budget_limit: Budget::monthly("x", "1").budget_limit, ..budget }, "cannot be used together"),
    ] {
        let (code, sentence) = scene.refusal(create(&scene, budget, 80)).await;
        assert_eq!(code, "InvalidParameterException", "{sentence}");
        assert!(sentence.contains(word), "{sentence}");
    }
    let quarters = wrong("QUARTERLY", &[("2032-10-01", "5"), ("2033-01-01", "6")]);
    scene.root(create(&scene, quarters, 80)).await;
    assert_eq!(limit(&scene, "wrong").await.as_deref(), Some("5.0"));
}

fn adjusting(name: &str, kind: &str, periods: Option<i64>) -> Budget {
    let historical_options =
        periods.map(|of| HistoricalOptions { budget_adjustment_period: of, look_back_available_periods: None });
    let data = AutoAdjustData { auto_adjust_type: kind.into(), historical_options, last_auto_adjust_time: None };
    Budget { budget_limit: None, auto_adjust_data: Some(data), ..Budget::monthly(name, "1") }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_amount_adjusts_itself_to_the_past(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-05-10T00:00:00Z").await;
    scene.root(create(&scene, adjusting("average", "HISTORICAL", Some(3)), 100)).await;
    scene.root(create(&scene, adjusting("trend", "FORECAST", None), 100)).await;
    assert_eq!(limit(&scene, "average").await, None, "nothing is known yet");
    dollars(&scene, "2032-05-02", "50").await;
    assert_eq!(look(&scene).await, 0, "a share of nothing is none");
    dollars(&scene, "2032-04-15", "30").await;
    assert_eq!(limit(&scene, "average").await.as_deref(), Some("30.0"));
    assert_eq!(limit(&scene, "trend").await.as_deref(), Some("30.0"));
    dollars(&scene, "2032-02-15", "10").await;
    // February 10, March nothing, April 30: on the average 13.333333, and 10 more each month.
    assert_eq!(limit(&scene, "average").await.as_deref(), Some("13.333333"));
    assert_eq!(limit(&scene, "trend").await.as_deref(), Some("40.0"));
    assert_eq!(look(&scene).await, 2, "50 of either is more than all of it");
    let told = describe(&scene, "average").await;
    let data = told.auto_adjust_data.clone().expect("adjusts");
    let options = data.historical_options.expect("looks back");
    assert_eq!((options.budget_adjustment_period, options.look_back_available_periods), (3, Some(3)));
    dollars(&scene, "2031-05-15", "999").await;
    assert_eq!(limit(&scene, "average").await.as_deref(), Some("13.333333"), "three months, no more");

    // What was read can be sent back as it is.
    scene.root(UpdateBudget { account_id: scene.account.clone(), new_budget: told.clone() }).await;
    assert_eq!(describe(&scene, "average").await.budget_limit, told.budget_limit);
    for (budget, place) in [
        (adjusting("x", "HISTORICAL", Some(13)), "less than or equal to 12"),
        (adjusting("x", "HISTORICAL", Some(0)), "greater than or equal to 1"),
        (adjusting("x", "HISTORICAL", None), "HistoricalOptions are required"),
        (adjusting("x", "GUESS", None), "[HISTORICAL, FORECAST]"),
    ] {
        let (_, sentence) = scene.refusal(create(&scene, budget, 80)).await;
        assert!(sentence.contains(place), "{sentence}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_daily_budget_alerts_each_day_and_has_no_forecast(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2032-05-10T00:00:00Z").await;
    let daily = Budget { time_unit: "DAILY".into(), ..Budget::monthly("daily", "10") };
    scene.root(create(&scene, daily.clone(), 80)).await;
    let forecast = NotificationWithSubscribers {
        notification: Notification::of("COST", true, Threshold(80_000_000), true),
        subscribers: vec![Subscriber::email("ann@example.com")],
    };
    let refused = CreateBudget { notifications_with_subscribers: vec![forecast], ..create(&scene, daily, 80) };
    let sentence = "NotificationType FORECASTED is not supported for daily budgets.".to_owned();
    assert_eq!(scene.refusal(refused).await, (ApiError::InvalidParameter { message: String::new() }.code(), sentence));
    for day in 11..=14 {
        dollars(&scene, &format!("2032-05-{day}"), "9").await;
    }
    // Nobody moved the clock by days: the worker sees each of them.
    scene
        .root(model::billing::AddSpend { service: "AWS Lambda".into(), amount: "1".into(), ..Default::default() })
        .await;
    assert_eq!(at(&scene, "2032-05-14T12:00:00Z").await, 4, "no day is lost");
    assert_eq!(describe(&scene, "daily").await.calculated_spend.expect("spend").forecasted_spend, None);
    assert_eq!(look(&scene).await, 0);
}
