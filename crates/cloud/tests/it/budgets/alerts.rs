//! Alerts: each once a month, none lost, on however many servers.

use std::{collections::BTreeMap, sync::Arc};

use cloud::{Cloud, MasterKey, Settings, Verdict};
use model::{
    billing::{AddSpend, ListSpend},
    budgets::{
        Budget, CostTypes, CreateBudget, Notification, NotificationWithSubscribers, Subscriber, UpdateBudget,
        UpdateNotification,
    },
    money::Threshold,
};
use sqlx::PgPool;
use tokio::{sync::Mutex, task::JoinSet};

use super::{describe, monthly, notifications, percent};
use crate::scene::Scene;

pub async fn spend(scene: &Scene, amount: &str) -> i64 {
    scene.root(AddSpend { service: "AWS Lambda".into(), amount: amount.into(), ..AddSpend::default() }).await.alerts
}

pub async fn subjects(scene: &Scene) -> usize {
    let mails = scene.sql(&format!("select subject from mail where account_id = '{}'", scene.account)).await;
    mails.iter().filter(|subject| subject.contains("has exceeded your alert threshold")).count()
}

pub async fn move_clock(scene: &Scene, days: i64) {
    let moved = format!(
        "update account set clock_offset_ms = clock_offset_ms + {} where account_id = '{}' returning account_id",
        days * 86_400_000,
        scene.account
    );
    scene.sql(&moved).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_alert_goes_off_once_a_month(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(monthly(&scene, "Practice", "10", &[80])).await;
    assert_eq!(spend(&scene, "7.9").await, 0, "79%");
    assert_eq!(spend(&scene, "0.1").await, 0, "80% is not above 80%");
    assert_eq!(notifications(&scene, "Practice").await, [("80".into(), "OK".into())]);
    assert_eq!(spend(&scene, "0.000001").await, 1, "a millionth above");
    assert_eq!(spend(&scene, "5").await, 0, "once");
    assert_eq!(notifications(&scene, "Practice").await, [("80".into(), "ALARM".into())]);
    let subject = "select subject from mail where recipient = 'ann@example.com'";
    assert_eq!(scene.sql(subject).await, ["Understudy Budgets: Practice has exceeded your alert threshold"]);
    assert_eq!(describe(&scene, "Practice").await.calculated_spend.expect("spend").actual_spend.amount, "13.000001");

    move_clock(&scene, 31).await;
    assert_eq!(describe(&scene, "Practice").await.calculated_spend.expect("spend").actual_spend.amount, "0.0");
    assert_eq!(notifications(&scene, "Practice").await, [("80".into(), "OK".into())]);
    assert_eq!(spend(&scene, "8.5").await, 1, "the next month's crossing");
    assert_eq!(subjects(&scene).await, 2);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn editing_arms_again(pool: PgPool) {
    let scene = Scene::new(pool).await;
    spend(&scene, "9").await;
    scene.root(monthly(&scene, "x", "10", &[80])).await;
    assert_eq!(subjects(&scene).await, 1, "made already above: it goes off at once");
    let limit =
        |amount: &str| UpdateBudget { account_id: scene.account.clone(), new_budget: Budget::monthly("x", amount) };
    scene.root(limit("10.0")).await;
    assert_eq!(subjects(&scene).await, 1, "nothing was changed");
    scene.root(limit("11")).await;
    assert_eq!(subjects(&scene).await, 2, "still above");
    scene.root(limit("20")).await;
    assert_eq!(spend(&scene, "7.5").await, 1);
    let at = |old: i64, new: i64| UpdateNotification {
        account_id: scene.account.clone(),
        budget_name: "x".into(),
        old_notification: percent(old),
        new_notification: percent(new),
    };
    scene.root(at(80, 80)).await;
    assert_eq!(subjects(&scene).await, 3);
    scene.root(at(80, 90)).await;
    assert_eq!((subjects(&scene).await, spend(&scene, "2").await), (3, 1));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_counts(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let types = CostTypes { include_tax: Some(false), include_support: Some(false), ..CostTypes::default() };
    let budget = Budget { cost_types: Some(types), ..Budget::monthly("net", "10") };
    scene.root(CreateBudget { budget, ..monthly(&scene, "net", "10", &[80]) }).await;
    scene.root(monthly(&scene, "gross", "10", &[100])).await;
    for (service, alerts) in [("Tax", 0), ("AWS Support (Developer)", 1), ("AWS Lambda", 0)] {
        let entry = AddSpend { service: service.into(), amount: "6".into(), ..AddSpend::default() };
        assert_eq!(scene.root(entry).await.alerts, alerts, "{service}");
    }
    let actual = |budget: Budget| budget.calculated_spend.expect("spend").actual_spend.amount;
    assert_eq!(actual(describe(&scene, "net").await), "6.0");
    assert_eq!(actual(describe(&scene, "gross").await), "18.0");

    let now = scene.root(ListSpend::default()).await.now;
    let before = model::Timestamp(now.month().0 - 1);
    let entry =
        |day: String| AddSpend { day: Some(day), amount: "50".into(), service: "AWS Lambda".into(), note: None };
    assert_eq!(scene.root(entry(before.day())).await.month_to_date, "50.0");
    assert_eq!(actual(describe(&scene, "gross").await), "18.0", "another month's");
    let tomorrow = model::Timestamp(now.0 + 2 * 86_400_000).day();
    assert_eq!(scene.refusal(entry(tomorrow)).await.0, "ValidationError");
    let month = before.day()[..7].to_owned();
    let listed = scene.root(ListSpend { month: Some(month), ..ListSpend::default() }).await;
    assert_eq!((listed.total.as_str(), listed.entries.len()), ("50.0", 1));

    let first = scene.root(ListSpend { max_items: Some(2), ..ListSpend::default() }).await;
    assert_eq!((first.total.as_str(), first.services.len(), first.is_truncated), ("18.0", 3, true));
    let rest = scene.root(ListSpend { marker: first.marker, ..ListSpend::default() }).await;
    assert_eq!((first.entries.len() + rest.entries.len(), rest.is_truncated), (3, false));
    assert!(!first.entries.contains(&rest.entries[0]));
}

const WORKERS: usize = 8;
const ACCOUNTS: usize = 4;

/// Five budgets with five alerts each, every alert with an address of its own.
async fn furnish(scene: &Scene, account: usize) {
    for budget in 1..=5 {
        let notifications_with_subscribers = (1..=5)
            .map(|step| NotificationWithSubscribers {
                notification: Notification::actual(Threshold(step * 15_000_000), true),
                subscribers: vec![Subscriber::email(format!("a{account}b{budget}n{step}@example.com"))],
            })
            .collect();
        let create = CreateBudget {
            notifications_with_subscribers,
            ..monthly(scene, &format!("b{budget}"), &format!("{}", budget * 8), &[])
        };
        scene.root(create).await;
    }
}

/// Every worker has a cloud of its own, enters costs and sends mail, all at once: each of the hundred crossings is
/// one mail, and every mail leaves once.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn eight_workers_and_a_hundred_crossings(pool: PgPool) {
    let settings =
        Settings { smtp: true, mail_allow: vec!["@example.com".into()], mail_daily_quota: 1000, ..Settings::default() };
    let key = MasterKey::generate();
    let mut clouds = Vec::new();
    for _ in 0..WORKERS {
        clouds.push(Cloud::open(pool.clone(), &key, settings.clone()).await.expect("opens"));
    }
    let mut scenes = Vec::new();
    for account in 0..ACCOUNTS {
        let scene = Scene::open(clouds[0].clone(), pool.clone(), &format!("owner{account}@example.org")).await;
        furnish(&scene, account).await;
        scenes.push(scene);
    }
    let sent: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
    let mut workers = JoinSet::new();
    for (worker, cloud) in clouds.into_iter().enumerate() {
        let (scenes, sent) = (scenes.clone(), sent.clone());
        workers.spawn(async move {
            let mut alerts = 0;
            for round in 0..5 {
                for turn in 0..ACCOUNTS {
                    let scene = &scenes[(worker + turn + round) % ACCOUNTS];
                    let scene = Scene { cloud: cloud.clone(), ..scene.clone() };
                    // Forty entries of 0.77 an account: 30.80, above 75% of the largest budget of 40.
                    alerts += spend(&scene, "0.77").await;
                }
                let deliver = |mail: cloud::Delivery| {
                    let sent = sent.clone();
                    async move {
                        *sent.lock().await.entry(mail.to).or_default() += 1;
                        Verdict::Sent
                    }
                };
                while cloud.deliver_due(deliver).await.expect("delivers") > 0 {}
            }
            alerts
        });
    }
    let alerts: i64 = workers.join_all().await.into_iter().sum();
    let cloud = scenes[0].cloud.clone();
    while cloud
        .deliver_due(|mail| {
            let sent = sent.clone();
            async move {
                *sent.lock().await.entry(mail.to).or_default() += 1;
                Verdict::Sent
            }
        })
        .await
        .expect("delivers")
        > 0
    {}
    let sent = sent.lock().await;
    assert_eq!(alerts, 100);
    assert_eq!(sent.len(), 100, "none is missing");
    assert!(sent.values().all(|times| *times == 1), "none is doubled: {sent:?}");
    for scene in &scenes {
        assert_eq!(scene.sql("select count(*)::text from budget_alert").await, ["25"]);
        assert_eq!(subjects(scene).await, 25);
    }
}
