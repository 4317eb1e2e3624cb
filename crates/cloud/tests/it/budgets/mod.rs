//! Budgets, their notifications and subscribers: AWS's shapes and sentences.

mod access;
mod alerts;
mod crowd;
mod forecast;
mod history;
mod kinds;
mod ledger;
mod methods;
mod period;
mod rows;
mod tags;
mod topics;

use model::{
    Operation as _,
    budgets::{
        Budget, CostTypes, CreateBudget, CreateNotification, CreateSubscriber, DeleteBudget, DeleteNotification,
        DeleteSubscriber, DescribeBudget, DescribeBudgets, DescribeNotificationsForBudget,
        DescribeSubscribersForNotification, Notification, NotificationWithSubscribers, Refused, Subscriber, TimePeriod,
        UpdateBudget, UpdateNotification, UpdateSubscriber,
    },
    money::Threshold,
};
use sqlx::PgPool;

use crate::scene::Scene;

/// An alert at so many per cent.
fn percent(percent: i64) -> Notification {
    Notification::actual(Threshold(percent * 1_000_000), true)
}

/// A monthly budget with alerts at some percentages, all to one address.
pub fn monthly(scene: &Scene, name: &str, limit: &str, percents: &[i64]) -> CreateBudget {
    CreateBudget {
        account_id: scene.account.clone(),
        budget: Budget::monthly(name, limit),
        notifications_with_subscribers: percents
            .iter()
            .map(|at| NotificationWithSubscribers {
                notification: percent(*at),
                subscribers: vec![Subscriber::email("ann@example.com")],
            })
            .collect(),
        resource_tags: vec![],
    }
}

async fn describe(scene: &Scene, name: &str) -> Budget {
    let (account_id, budget_name) = (scene.account.clone(), name.into());
    scene.root(DescribeBudget { account_id, budget_name, show_filter_expression: None }).await.budget
}

async fn notifications(scene: &Scene, name: &str) -> Vec<(String, String)> {
    let (account_id, budget_name) = (scene.account.clone(), name.into());
    let ask = DescribeNotificationsForBudget { account_id, budget_name, max_results: None, next_token: None };
    let found = scene.root(ask).await.notifications;
    found.into_iter().map(|n| (n.threshold.to_string(), n.notification_state.expect("a state"))).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_budget_from_making_to_deleting(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(monthly(&scene, "Team A/2026", "10", &[80])).await;
    let taken = scene.refusal(monthly(&scene, "Team A/2026", "5", &[])).await;
    assert_eq!(
        taken,
        ("DuplicateRecordException", "Error creating budget: Team A/2026 - the budget already exists.".into())
    );
    assert_eq!(scene.sql("select budgets::text from account_count").await, ["1"], "a refused budget takes no place");

    let budget = describe(&scene, "Team A/2026").await;
    assert_eq!(budget.limit().map(|limit| limit.to_string()).as_deref(), Some("10.0"));
    assert_eq!(budget.cost_types, Some(CostTypes::default().filled()));
    assert_eq!(budget.calculated_spend.map(|spend| spend.actual_spend.amount).as_deref(), Some("0.0"));
    let period = budget.time_period.expect("a period");
    assert_eq!(period.end, Some(TimePeriod::NEVER));
    assert!(period.start.expect("a start").to_string().ends_with("-01T00:00:00Z"));

    let new_budget = Budget::monthly("Team A/2026", "12.50");
    scene.root(UpdateBudget { account_id: scene.account.clone(), new_budget }).await;
    assert_eq!(describe(&scene, "Team A/2026").await.budget_limit.expect("a limit").amount, "12.5");

    let delete = DeleteBudget { account_id: scene.account.clone(), budget_name: "Team A/2026".into() };
    scene.root(delete.clone()).await;
    assert_eq!(scene.refusal(delete).await.0, "NotFoundException");
    let gone = DescribeBudget {
        account_id: scene.account.clone(),
        budget_name: "Team A/2026".into(),
        show_filter_expression: None,
    };
    let sentence = "Unable to get budget: Team A/2026 - the budget doesn't exist.";
    assert_eq!(scene.refusal(gone).await, ("NotFoundException", sentence.into()));
    assert_eq!(scene.sql("select budgets::text from account_count").await, ["0"]);
    assert_eq!(scene.sql("select count(*)::text from budget_subscriber").await, ["0"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_list_has_pages(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["b", "a", "c", "B"] {
        scene.root(monthly(&scene, name, "1", &[])).await;
    }
    let mut page =
        DescribeBudgets { account_id: scene.account.clone(), max_results: Some(2), ..DescribeBudgets::example() };
    let mut names = Vec::new();
    loop {
        let answer = scene.root(page.clone()).await;
        names.extend(answer.budgets.into_iter().map(|budget| budget.budget_name));
        page.next_token = answer.next_token;
        if page.next_token.is_none() {
            break;
        }
    }
    assert_eq!(names, ["B", "a", "b", "c"], "names are told apart by their letters' case, too");
    page.next_token = Some("forged".into());
    assert_eq!(scene.refusal(page).await.0, "InvalidNextTokenException");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_this_version_does_not_have_is_said(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let good = Budget::monthly("x", "10");
    let spend = |unit: &str| Some(model::budgets::Spend { amount: "1".into(), unit: unit.into() });
    for (budget, word) in [
        (Budget { filter_expression: Some(Refused {}), ..good.clone() }, "FilterExpression"),
        (Budget { time_unit: "CUSTOM".into(), ..good.clone() }, "TimeUnit CUSTOM"),
        (Budget { cost_filters: [("AZ".into(), vec!["x".into()])].into(), ..good.clone() }, "The cost filter AZ"),
        (Budget { budget_limit: spend("EUR"), ..good.clone() }, "A BudgetLimit in EUR"),
        (Budget { budget_limit: None, ..good.clone() }, "please provide one of the followings"),
    ] {
        let (code, sentence) = scene.refusal(CreateBudget { budget, ..monthly(&scene, "x", "1", &[]) }).await;
        assert_eq!(code, "InvalidParameterException", "{sentence}");
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn members_keep_their_constraints(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for (name, limit, place) in [
        ("", "1", "budget.budgetName"),
        ("a:b", "1", "budget.budgetName"),
        ("a\r\nBcc: x@y.zz", "1", "budget.budgetName"),
        (&"n".repeat(101), "1", "budget.budgetName"),
        ("x", "0", "budget.budgetLimit.amount"),
        ("x", "-5", "budget.budgetLimit.amount"),
        ("x", "1e9", "budget.budgetLimit.amount"),
        ("x", "40000000001", "budget.budgetLimit.amount"),
    ] {
        let (code, sentence) = scene.refusal(monthly(&scene, name, limit, &[])).await;
        assert_eq!(code, "ValidationError", "{name} {limit}");
        assert!(sentence.contains(&format!("at '{place}'")), "{sentence}");
    }
    let mut create = monthly(&scene, "x", "1", &[0, 1_000_001]);
    create.notifications_with_subscribers[0].subscribers = vec![];
    create.notifications_with_subscribers[1].subscribers = vec![Subscriber::email("no-address")];
    let (_, sentence) = scene.refusal(create).await;
    for place in ["1.member.notification.threshold", "1.member.subscribers", "2.member.notification.threshold"] {
        assert!(sentence.contains(place), "{sentence}");
    }
    assert!(!sentence.contains("no-address"), "addresses stay out of messages: {sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn notifications_and_subscribers(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(monthly(&scene, "x", "10", &[50, 60, 70, 80])).await;
    let (account_id, budget_name) = (|| scene.account.clone(), || "x".to_owned());
    let add = |at: i64| CreateNotification {
        account_id: account_id(),
        budget_name: budget_name(),
        notification: percent(at),
        subscribers: vec![Subscriber::email("ann@example.com")],
    };
    assert_eq!(scene.refusal(add(80)).await.0, "DuplicateRecordException");
    scene.root(add(90)).await;
    for at in 1..=5 {
        scene.root(add(at)).await;
    }
    let eleventh = scene.refusal(add(95)).await;
    assert_eq!(eleventh, ("CreationLimitExceededException", "one budget can only have 10 notifications".into()));
    for at in 1..=5 {
        let notification = percent(at);
        scene.root(DeleteNotification { account_id: account_id(), budget_name: budget_name(), notification }).await;
    }

    let change = UpdateNotification {
        account_id: account_id(),
        budget_name: budget_name(),
        old_notification: percent(90),
        new_notification: Notification::actual(Threshold(9_500_000), false),
    };
    scene.root(change.clone()).await;
    assert_eq!(scene.refusal(change).await.0, "NotFoundException");
    let states: Vec<_> = notifications(&scene, "x").await.into_iter().map(|(at, _)| at).collect();
    assert_eq!(states, ["50", "60", "70", "80", "9.5"]);
    let delete = DeleteNotification { account_id: account_id(), budget_name: budget_name(), notification: percent(50) };
    scene.root(delete).await;

    let subscriber = |n: usize| CreateSubscriber {
        account_id: account_id(),
        budget_name: budget_name(),
        notification: percent(80),
        subscriber: Subscriber::email(format!("s{n}@example.com")),
    };
    for n in 1..10 {
        scene.root(subscriber(n)).await;
    }
    let eleventh = scene.refusal(subscriber(10)).await;
    assert_eq!(
        eleventh,
        ("CreationLimitExceededException", "one notification can only have 10 subscribers with type of EMAIL".into())
    );
    let rename = UpdateSubscriber {
        account_id: account_id(),
        budget_name: budget_name(),
        notification: percent(80),
        old_subscriber: Subscriber::email("S1@example.com"),
        new_subscriber: Subscriber::email("zoe@example.com"),
    };
    scene.root(rename).await;
    let ask = DescribeSubscribersForNotification {
        account_id: account_id(),
        budget_name: budget_name(),
        notification: percent(80),
        max_results: Some(9),
        next_token: None,
    };
    let first = scene.root(ask.clone()).await;
    assert_eq!(first.subscribers.len(), 9);
    let rest = scene.root(DescribeSubscribersForNotification { next_token: first.next_token, ..ask }).await;
    assert_eq!((rest.subscribers, rest.next_token), (vec![Subscriber::email("zoe@example.com")], None));

    // The last address takes its notification with it.
    let last = DeleteSubscriber {
        account_id: account_id(),
        budget_name: budget_name(),
        notification: percent(70),
        subscriber: Subscriber::email("ANN@example.com"),
    };
    scene.root(last).await;
    let left: Vec<_> = notifications(&scene, "x").await.into_iter().map(|(at, _)| at).collect();
    assert_eq!(left, ["60", "80", "9.5"]);
}
