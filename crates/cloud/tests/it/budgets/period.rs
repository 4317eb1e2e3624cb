//! From when to when a budget counts.

use model::{
    Timestamp,
    budgets::{Budget, CreateBudget, TimePeriod, UpdateBudget},
};
use sqlx::PgPool;

use super::{
    alerts::{move_clock, spend, subjects},
    describe, monthly, notifications,
};
use crate::scene::Scene;

fn created(scene: &Scene, name: &str, start: Option<Timestamp>, end: Option<Timestamp>) -> CreateBudget {
    let budget = Budget { time_period: Some(TimePeriod { start, end }), ..Budget::monthly(name, "10") };
    CreateBudget { budget, ..monthly(scene, name, "10", &[80]) }
}

fn actual(budget: &Budget) -> &str {
    &budget.calculated_spend.as_ref().expect("spend").actual_spend.amount
}

async fn this_month(scene: &Scene) -> Timestamp {
    scene.root(model::billing::ListSpend::default()).await.now.month()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_budget_counts_from_its_start_to_its_end(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = this_month(&scene).await;
    let next = month.next_month();
    scene.root(created(&scene, "this month only", Some(month), Some(next))).await;
    scene.root(created(&scene, "from the next month on", Some(next), None)).await;
    let period = |budget: Budget| budget.time_period.expect("a period");
    assert_eq!(period(describe(&scene, "this month only").await), TimePeriod { start: Some(month), end: Some(next) });
    assert_eq!(
        period(describe(&scene, "from the next month on").await),
        TimePeriod { start: Some(next), end: Some(TimePeriod::NEVER) }
    );

    assert_eq!(spend(&scene, "9").await, 1);
    assert_eq!(actual(&describe(&scene, "this month only").await), "9.0");
    let later = describe(&scene, "from the next month on").await;
    assert_eq!(actual(&later), "0.0");
    assert_eq!(later.calculated_spend.expect("spend").forecasted_spend, None, "it has not begun");
    assert_eq!(notifications(&scene, "from the next month on").await, [("80".into(), "OK".into())]);

    move_clock(&scene, 31).await;
    assert_eq!(spend(&scene, "9").await, 1);
    assert_eq!(actual(&describe(&scene, "from the next month on").await), "9.0");
    let over = describe(&scene, "this month only").await;
    assert_eq!(actual(&over), "0.0");
    assert_eq!(over.calculated_spend.expect("spend").forecasted_spend, None, "it is over");
    let fired = "select b.name from budget_alert a join budget b using (account_id, budget_id) order by a.fired_at";
    assert_eq!(scene.sql(fired).await, ["this month only", "from the next month on"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_end_lies_after_the_start(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = this_month(&scene).await;
    let before = Timestamp(month.0 - 1).month();
    let refused = ("InvalidParameterException", "End date should be after start date.".to_owned());
    for (start, end) in [(Some(month), month), (Some(month), before), (None, month), (None, before)] {
        assert_eq!(scene.refusal(created(&scene, "x", start, Some(end))).await, refused, "{start:?} {end}");
    }
    assert_eq!(scene.sql("select count(*)::text from budget").await, ["0"]);

    scene.root(created(&scene, "x", Some(month), Some(month.next_month()))).await;
    let update = |start: Option<Timestamp>, end: Option<Timestamp>| UpdateBudget {
        account_id: scene.account.clone(),
        new_budget: Budget { time_period: Some(TimePeriod { start, end }), ..Budget::monthly("x", "10") },
    };
    assert_eq!(scene.refusal(update(None, Some(before))).await, refused, "the start is kept");
    assert_eq!(scene.refusal(update(Some(month.next_month()), Some(month))).await, refused);
    scene.root(update(Some(before), Some(month))).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_change_of_the_period_arms_again_and_one_without_keeps_it(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = this_month(&scene).await;
    spend(&scene, "9").await;
    scene.root(created(&scene, "x", Some(month.next_month()), None)).await;
    assert_eq!(subjects(&scene).await, 0);
    let update = |time_period: Option<TimePeriod>| UpdateBudget {
        account_id: scene.account.clone(),
        new_budget: Budget { time_period, ..Budget::monthly("x", "10") },
    };
    let end = Some(month.next_month());
    scene.root(update(Some(TimePeriod { start: Some(month), end }))).await;
    assert_eq!(subjects(&scene).await, 1, "it counts from this month on");
    scene.root(update(None)).await;
    assert_eq!(describe(&scene, "x").await.time_period, Some(TimePeriod { start: Some(month), end }));
    assert_eq!(subjects(&scene).await, 1, "nothing was changed");
    scene.root(update(Some(TimePeriod { start: None, end: None }))).await;
    let endless = TimePeriod { start: Some(month), end: Some(TimePeriod::NEVER) };
    assert_eq!(describe(&scene, "x").await.time_period, Some(endless));
    assert_eq!(subjects(&scene).await, 2, "armed again");
}
