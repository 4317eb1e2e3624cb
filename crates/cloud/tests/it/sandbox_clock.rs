//! The sandbox clock: what follows it, what never does, who may move it, and what a way back leaves.

use model::{
    Timestamp,
    billing::{
        AddSpend, AdvanceSandboxClock, GetSandboxClock, ResetSandboxClock, SandboxClockMoved, UpdateIAMAccessPreference,
    },
    budgets::{Budget, CreateBudget, DescribeBudget, Notification, NotificationWithSubscribers, Subscriber},
    cloudtrail::{LookupAttribute, LookupEvents},
    console::{ListOwnSessions, ListSignIns},
    iam::{GenerateCredentialReport, GetCredentialReport, UpdateAccountPasswordPolicy},
    money::Threshold,
    sts::GetCallerIdentity,
};
use serde_json::Value;
use sqlx::PgPool;

use crate::{
    browser::{Browser, column},
    mfa::{ALICE, submit, with_alice},
    scene::{PASSWORD, Scene},
};

const DAY_MS: i64 = 86_400_000;

fn by(step: &str) -> AdvanceSandboxClock {
    AdvanceSandboxClock { by: step.into() }
}

async fn advance(scene: &Scene, step: &str) -> SandboxClockMoved {
    scene.root(by(step)).await
}

async fn now(scene: &Scene) -> Timestamp {
    scene.root(GetSandboxClock {}).await.now
}

/// A budget of ten dollars with an alert at eighty per cent.
async fn budget(scene: &Scene) {
    let alert = NotificationWithSubscribers {
        notification: Notification::actual(Threshold(80_000_000), true),
        subscribers: vec![Subscriber::email("ann@example.com")],
    };
    let create = CreateBudget {
        account_id: scene.account.clone(),
        budget: Budget::monthly("Practice", "10"),
        notifications_with_subscribers: vec![alert],
        resource_tags: vec![],
    };
    scene.root(create).await;
}

async fn spend(scene: &Scene, amount: &str) -> i64 {
    scene.root(AddSpend { service: "AWS Lambda".into(), amount: amount.into(), ..AddSpend::default() }).await.alerts
}

async fn actual(scene: &Scene) -> String {
    let asked = DescribeBudget {
        account_id: scene.account.clone(),
        budget_name: "Practice".into(),
        ..model::Operation::example()
    };
    scene.root(asked).await.budget.calculated_spend.expect("spend").actual_spend.amount
}

async fn alerts(scene: &Scene) -> usize {
    let mails = "select subject from mail where recipient = 'ann@example.com'";
    scene.sql(mails).await.len()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn it_moves_ahead_in_steps_and_back(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    let before = scene.root(GetSandboxClock {}).await;
    assert!(before.is_real_time && before.now == before.real_time);
    let hour = advance(&scene, "HOUR").await;
    assert_eq!(hour.now.0 - hour.previous_time.0, 3_600_000);
    let day = advance(&scene, "DAY").await;
    assert_eq!(day.now.0 - day.previous_time.0, DAY_MS);
    let month = advance(&scene, "NEXT_MONTH").await;
    assert_eq!(month.now, month.previous_time.next_month());
    let seen = scene.root(GetSandboxClock {}).await;
    assert!(!seen.is_real_time && seen.now >= month.now, "it goes on from there");
    assert!(other.root(GetSandboxClock {}).await.is_real_time, "another account has a clock of its own");
    let back = scene.root(ResetSandboxClock {}).await;
    assert!(back.previous_time > back.now && scene.root(GetSandboxClock {}).await.is_real_time);
    assert_eq!(scene.refusal(by("YEAR")).await.0, "ValidationError");
    assert_eq!(scene.refusal(by("")).await.0, "ValidationError");
    let furthest = "update account set clock_offset_ms = 3653 * 86400000::bigint - 1 returning account_id";
    scene.sql(furthest).await;
    let (code, sentence) = scene.refusal(by("DAY")).await;
    assert_eq!(code, "ValidationError");
    assert!(sentence.contains("ten years ahead"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn moving_it_is_for_whoever_may_modify_billing(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let biller = scene.user("biller", &["job-function/Billing"]).await;
    let reader = scene.user("reader", &["AWSBillingReadOnlyAccess"]).await;
    let closed = "because the root user has not activated IAM access to billing information";
    for who in [&biller, &reader] {
        assert!(scene.refusal_of(who, by("DAY")).await.1.ends_with(closed));
        assert!(scene.refusal_of(who, GetSandboxClock {}).await.1.ends_with(closed));
    }
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    scene.call(&biller, by("DAY")).await.expect("may");
    scene.call(&reader, GetSandboxClock {}).await.expect("may look");
    assert!(scene.refusal_of(&reader, by("DAY")).await.1.contains("aws-portal:ModifyBilling"));
    assert!(scene.refusal_of(&reader, ResetSandboxClock {}).await.1.contains("aws-portal:ModifyBilling"));
    scene.call(&biller, ResetSandboxClock {}).await.expect("may");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_new_month_opens_a_new_period(pool: PgPool) {
    let scene = Scene::new(pool).await;
    budget(&scene).await;
    assert_eq!((spend(&scene, "9").await, alerts(&scene).await), (1, 1));
    let moved = advance(&scene, "NEXT_MONTH").await;
    assert_eq!((moved.alerts, actual(&scene).await.as_str()), (0, "0.0"));
    assert_eq!((spend(&scene, "8.5").await, alerts(&scene).await), (1, 2), "the new month has an alert of its own");

    // Back, the month that is to come has set off none yet; its costs are there when it comes.
    assert_eq!(scene.root(ResetSandboxClock {}).await.alerts, 0, "this month's went off already");
    assert_eq!(actual(&scene).await, "9.0");
    let again = advance(&scene, "NEXT_MONTH").await;
    assert_eq!((again.alerts, alerts(&scene).await), (1, 3));
    assert_eq!(actual(&scene).await, "8.5");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn passwords_and_reports_follow_it(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.password("ann", false).await;
    let policy = UpdateAccountPasswordPolicy { max_password_age: Some(1), ..model::Operation::example() };
    scene.root(UpdateAccountPasswordPolicy { hard_expiry: None, ..policy }).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    assert!(!scene.of_session(&session).await.must_change_password());
    let day = advance(&scene, "DAY").await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    assert!(scene.of_session(&session).await.must_change_password(), "a day old, by the account's clock");
    scene.root(GenerateCredentialReport {}).await;
    let report = scene.root(GetCredentialReport {}).await;
    assert!(report.generated_time >= day.now, "{report:?}");
    let used = "select password_last_used::text from iam_user where name = 'ann'";
    let used: i64 = scene.sql(used).await[0].parse().expect("an instant");
    assert!(used >= day.now.0);
    scene.root(ResetSandboxClock {}).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    assert!(!scene.of_session(&session).await.must_change_password());
    scene.root(GenerateCredentialReport {}).await;
    let report = scene.root(GetCredentialReport {}).await;
    assert!(report.generated_time < day.now, "one made ahead does not stand in the way");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn sign_in_codes_and_sessions_never_do(pool: PgPool) {
    let (cloud, owner, account, phone) = with_alice(&pool).await;
    for _ in 0..2 {
        owner.call(by("NEXT_MONTH")).await.expect("moves");
    }
    let real = owner.call(GetSandboxClock {}).await.expect("tells").real_time;
    assert!(owner.caller().await.is_signed_in(), "two months later the session is as old as it is");
    owner.call(GetCallerIdentity {}).await.expect("and good");
    let alice = Browser::open(&cloud).await;
    alice.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    alice.call(submit(phone.code(1))).await.expect("the code is one of the real time");
    let minute = 60_000;
    let listed = owner.call(ListOwnSessions {}).await.expect("lists");
    assert!(listed.sessions.iter().all(|session| session.started.0 <= real.0 + minute), "{listed:?}");
    let sign_ins = owner.call(ListSignIns::default()).await.expect("lists").sign_ins;
    assert!(!sign_ins.is_empty() && sign_ins.iter().all(|sign_in| sign_in.time.0 <= real.0 + minute), "{sign_ins:?}");
    let ahead =
        column(&pool, "select count(*)::text from mail where created_at > (extract(epoch from now()) + 60) * 1000");
    assert_eq!(ahead.await, ["0"], "mails are of the real time");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_trail_bears_both_times(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("early").await;
    let moved = advance(&scene, "NEXT_MONTH").await;
    scene.plain_user("ann").await;
    scene.refusal(by("YEAR")).await;
    let eve = scene.user("eve", &[]).await;
    scene.refusal_of(&eve, by("DAY")).await;
    let times = "select (event_time <= (extract(epoch from clock_timestamp()) * 1000)::bigint)::text || ' '
                        || coalesce((sandbox_time >= $at$)::text, 'none')
                 from trail where name in ('CreateUser', 'AdvanceSandboxClock') order by event_time, sandbox_time";
    let times = scene.sql(&times.replace("$at$", &moved.now.0.to_string())).await;
    assert_eq!(times, ["true none", "true true", "true true", "true true", "true true", "true true"]);
    let attribute = LookupAttribute { attribute_key: "ResourceName".into(), attribute_value: "ann".into() };
    let lookup = LookupEvents { lookup_attributes: vec![attribute], ..LookupEvents::default() };
    let event = scene.root(lookup).await.events.remove(0);
    assert!(event.event_time < moved.now, "the history is of the real time");
    let record: Value = serde_json::from_str(&event.cloud_trail_event).expect("JSON");
    let at: Timestamp =
        record["additionalEventData"]["SandboxTime"].as_str().expect("both").parse().expect("an instant");
    assert!(at.0 >= moved.now.0 - 1000);
    assert!(now(&scene).await.0 >= at.0);
    scene.root(ResetSandboxClock {}).await;
    let reset = "select (sandbox_time is null)::text || ' ' || (response ->> 'PreviousTime') from trail where name = 'ResetSandboxClock'";
    let reset = scene.sql(reset).await;
    assert!(reset[0].starts_with("true 2"), "{reset:?}");
}

/// The owner's clock is held while it is moved: eight moves at once are eight days.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn moves_at_once_all_count(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let mut moves = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let scene = scene.clone();
        moves.spawn(async move { advance(&scene, "DAY").await });
    }
    moves.join_all().await;
    let clock = scene.root(GetSandboxClock {}).await;
    assert_eq!(clock.now.0 - clock.real_time.0, 8 * DAY_MS);
}
