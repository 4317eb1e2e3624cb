//! What past periods came to, and all notifications at once.

use model::{
    Operation as _, Timestamp,
    budgets::{
        Budget, CreateBudget, DescribeBudgetNotificationsForAccount, DescribeBudgetPerformanceHistory, TimePeriod,
    },
};
use sqlx::PgPool;

use super::{
    ledger::{at, dollars},
    monthly,
};
use crate::scene::Scene;

fn instant(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().expect("an instant")
}

fn ask(scene: &Scene, name: &str) -> DescribeBudgetPerformanceHistory {
    DescribeBudgetPerformanceHistory {
        account_id: scene.account.clone(),
        budget_name: name.into(),
        ..DescribeBudgetPerformanceHistory::example()
    }
}

/// First day, what it came to.
async fn periods(scene: &Scene, ask: DescribeBudgetPerformanceHistory) -> Vec<(String, String)> {
    let found = scene.root(ask).await.budget_performance_history.budgeted_and_actual_amounts_list;
    let period = |period: TimePeriod| period.start.expect("a start").day();
    found.into_iter().map(|of| (period(of.time_period), of.actual_amount.expect("an amount").amount)).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_budget_tells_its_periods(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for (day, amount) in
        [("2031-01-31", "1"), ("2031-11-30", "2"), ("2032-01-31", "4"), ("2032-02-01", "8"), ("2032-02-20", "16")]
    {
        dollars(&scene, day, amount).await;
    }
    at(&scene, "2032-02-15T00:00:00Z").await;
    let made = |name: &str, start: &str, end: Option<&str>| {
        let period = TimePeriod { start: Some(instant(start)), end: end.map(instant) };
        CreateBudget {
            budget: Budget { time_period: Some(period), ..Budget::monthly(name, "10") },
            ..monthly(&scene, "", "1", &[])
        }
    };
    scene.root(made("long", "2020-01-01", None)).await;
    scene.root(made("short", "2031-12-15", Some("2032-02-01"))).await;
    let year = periods(&scene, ask(&scene, "long")).await;
    assert_eq!(year.len(), 12);
    let ends = |at: usize| (year[at].0.as_str(), year[at].1.as_str());
    assert_eq!((ends(0), ends(8), ends(11)), (("2031-03-01", "0.0"), ("2031-11-01", "2.0"), ("2032-02-01", "8.0")));
    let short = periods(&scene, ask(&scene, "short")).await;
    assert_eq!(short, [("2031-12-01".into(), "0.0".into()), ("2032-01-01".into(), "4.0".into())]);
    let wanted = TimePeriod { start: Some(instant("2031-01-01")), end: Some(instant("2031-03-01")) };
    let asked = DescribeBudgetPerformanceHistory { time_period: Some(wanted), ..ask(&scene, "long") };
    let some = periods(&scene, asked).await;
    assert_eq!(some, [("2031-01-01".into(), "1.0".into()), ("2031-02-01".into(), "0.0".into())]);

    let first = scene.root(DescribeBudgetPerformanceHistory { max_results: Some(7), ..ask(&scene, "long") }).await;
    assert_eq!(first.budget_performance_history.budgeted_and_actual_amounts_list.len(), 7);
    let rest = DescribeBudgetPerformanceHistory { next_token: first.next_token, ..ask(&scene, "long") };
    assert_eq!(periods(&scene, rest).await, year[7..]);
    let missing = ("NotFoundException", "Unable to get budget: x - the budget doesn't exist.".to_owned());
    assert_eq!(scene.refusal(ask(&scene, "x")).await, missing);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_account_tells_all_notifications(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for (name, percents) in [("a", &[80, 50][..]), ("b", &[]), ("c", &[90])] {
        scene.root(monthly(&scene, name, "10", percents)).await;
    }
    let ask = DescribeBudgetNotificationsForAccount {
        account_id: scene.account.clone(),
        max_results: Some(2),
        next_token: None,
    };
    let first = scene.root(ask.clone()).await;
    let told: Vec<_> = first
        .budget_notifications_for_account
        .iter()
        .map(|of| {
            (of.budget_name.as_str(), of.notifications.iter().map(|n| n.threshold.to_string()).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(told, [("a", vec!["50".to_owned(), "80".to_owned()]), ("b", vec![])]);
    let rest = scene.root(DescribeBudgetNotificationsForAccount { next_token: first.next_token, ..ask }).await;
    assert_eq!(rest.budget_notifications_for_account[0].budget_name, "c");
    assert_eq!((rest.budget_notifications_for_account.len(), rest.next_token), (1, None));
}
