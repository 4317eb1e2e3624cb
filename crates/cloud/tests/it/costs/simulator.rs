//! Usage at list prices: what is free first, plans day by day, curves that are exact.

use model::{
    Tag,
    billing::{AddUsage, AddUsageCurve, AddUsagePlan, LineItem, UpdateIAMAccessPreference},
};
use sqlx::PgPool;

use super::{add, advance, budget, day, last_month, lines, plan, total, usage};
use crate::scene::Scene;

const T2: &str = "AmazonEC2/BoxUsage:t2.micro";
const T3: &str = "AmazonEC2/BoxUsage:t3.micro";
const M5: &str = "AmazonEC2/BoxUsage:m5.large";

fn facts(line: &LineItem) -> (&str, &str, &str, bool) {
    (&line.usage_type, &line.quantity, &line.unblended_cost, line.free_tier)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_line_has_what_a_report_has(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let added = scene
        .root(AddUsage {
            region: Some("us-west-2".into()),
            day: Some(month.clone()),
            resource_id: Some("i-0123456789abcdef0".into()),
            tags: vec![Tag { key: "team".into(), value: "red".into() }],
            note: Some("why".into()),
            ..usage(M5, "24.5")
        })
        .await;
    assert_eq!((added.lines, added.amount.as_str(), added.alerts), (1, "2.352", 0));
    let line = lines(&scene, &month).await.remove(0);
    assert_eq!(facts(&line), ("USW2-BoxUsage:m5.large", "24.5", "2.352", false));
    assert_eq!(
        (line.service.as_str(), line.operation.as_str()),
        ("Amazon Elastic Compute Cloud - Compute", "RunInstances")
    );
    assert_eq!((line.region.as_str(), line.unit.as_str(), line.item_type.as_str()), ("us-west-2", "Hrs", "Usage"));
    assert_eq!((line.rate.as_deref(), line.resource_id.as_deref()), (Some("0.096"), Some("i-0123456789abcdef0")));
    assert_eq!((line.blended_cost.as_str(), line.amortized_cost.as_str()), ("2.352", "2.352"));
    assert_eq!((line.tags.get("team").map(String::as_str), line.note.as_deref()), (Some("red"), Some("why")));
    assert!(line.entry_id == Some(added.entry_id) && !line.is_scheduled);
    assert_eq!(total(&scene, &month).await, "2.352");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_is_free_comes_first(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let at = |key: &str, quantity: &str, region: &str| AddUsage {
        day: Some(month.clone()),
        region: Some(region.into()),
        ..usage(key, quantity)
    };
    assert_eq!(scene.root(at(T2, "700", "us-east-1")).await.amount, "0.0");
    let mixed = scene.root(at(T3, "100", "us-east-2")).await;
    assert_eq!(
        (mixed.lines, mixed.amount.as_str()),
        (2, "0.52"),
        "fifty hours are left for both types and all regions"
    );
    let seen = lines(&scene, &month).await;
    let mut seen: Vec<_> = seen.iter().map(facts).collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            ("BoxUsage:t2.micro", "700", "0.0", true),
            ("USE2-BoxUsage:t3.micro", "50", "0.0", true),
            ("USE2-BoxUsage:t3.micro", "50", "0.52", false),
        ]
    );
    assert_eq!(scene.root(at(T2, "1", "us-east-1")).await.amount, "0.0116");
    assert_eq!(add(&scene, T2, "1").await.amount, "0.0", "another month");
    assert_eq!(add(&scene, "AWSLambda/Request", "1500000").await.amount, "0.1");

    for _ in 0..13 {
        advance(&scene, "NEXT_MONTH").await;
    }
    assert_eq!(add(&scene, T2, "1").await.amount, "0.0116", "twelve months from sign-up are over");
    assert_eq!(add(&scene, "AWSLambda/Request", "1500000").await.amount, "0.1", "some is free for ever");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_plan_goes_on_as_the_clock_does(pool: PgPool) {
    let scene = Scene::new(pool).await;
    // Far from the end of a month, whatever day it is.
    advance(&scene, "NEXT_MONTH").await;
    let today = day(&scene, 0).await;
    // 0.045 an hour and 500 GB a day: 1.08 and 22.50.
    budget(&scene, "60").await;
    let added = scene.root(plan("runaway-nat-gateway", None, 5)).await;
    assert_eq!((added.lines, added.amount.as_str(), added.alerts), (10, "117.9", 0));
    assert_eq!(total(&scene, &today).await, "23.58", "today's alone counts");
    let seen = lines(&scene, &today).await;
    assert_eq!(seen.iter().filter(|line| line.is_scheduled).count(), 8);
    assert_eq!((advance(&scene, "DAY").await, total(&scene, &today).await), (0, "47.16".into()));
    assert_eq!((advance(&scene, "HOUR").await, total(&scene, &today).await), (0, "47.16".into()));
    assert_eq!((advance(&scene, "DAY").await, total(&scene, &today).await), (1, "70.74".into()), "above 48");
    assert_eq!(advance(&scene, "NEXT_MONTH").await, 0, "once a month");
    assert_eq!(total(&scene, &today).await, "117.9");
}

/// A step to the next month passes over days whose costs are above: the month that ends has its alert all the same.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_month_that_is_left_has_its_alert(pool: PgPool) {
    let scene = Scene::new(pool).await;
    advance(&scene, "NEXT_MONTH").await;
    budget(&scene, "10").await;
    assert_eq!(scene.root(plan("idle-m5-large", Some(day(&scene, 2).await), 5)).await.alerts, 0);
    assert_eq!(advance(&scene, "NEXT_MONTH").await, 1);
    let period = "select to_char(period, 'YYYY-MM') from budget_alert";
    let before = last_month(&scene).await;
    assert_eq!(scene.sql(period).await, [before[..7].to_owned()]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_months_storage_is_spread_over_its_days(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for _ in 0..14 {
        advance(&scene, "NEXT_MONTH").await;
    }
    let start = day(&scene, 0).await;
    let all = scene.root(plan("idle-m5-large", Some(start.clone()), 31)).await;
    let volume: Vec<LineItem> =
        lines(&scene, &start).await.into_iter().filter(|line| line.usage_type.starts_with("EBS:")).collect();
    let sum: f64 = volume.iter().map(|line| line.quantity.parse::<f64>().expect("a number")).sum();
    assert!((sum - 8.0).abs() < 1e-9, "{sum} GB-Mo in {} days", volume.len());
    assert!(all.lines == 62, "{all:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn curves(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let curve = |shape: &str, change: &str| AddUsageCurve {
        usage: M5.into(),
        quantity: "10".into(),
        shape: shape.into(),
        change: change.into(),
        start_day: Some(month.clone()),
        days: Some(4),
        ..AddUsageCurve::default()
    };
    let quantities = async |added: &str| -> Vec<String> {
        let all = lines(&scene, &month).await;
        let mine = all.into_iter().filter(|line| line.entry_id.as_deref() == Some(added));
        mine.map(|line| line.quantity).collect()
    };
    let up = scene.root(curve("LINEAR", "2.5")).await;
    assert_eq!(quantities(&up.entry_id).await, ["10", "12.5", "15", "17.5"]);
    assert_eq!(up.amount, "5.28");
    let down = scene.root(curve("LINEAR", "-6")).await;
    assert_eq!(quantities(&down.entry_id).await, ["10", "4"], "what is nothing has no line");
    let doubled = scene.root(curve("PERCENT", "100")).await;
    assert_eq!(quantities(&doubled.entry_id).await, ["10", "20", "40", "80"]);
    let tenth = scene.root(curve("PERCENT", "10")).await;
    assert_eq!(quantities(&tenth.entry_id).await, ["10", "11", "12.1", "13.31"]);
    let (code, sentence) = scene.refusal(curve("PERCENT", "100000000000000")).await;
    assert_eq!(code, "ValidationError");
    assert!(sentence.contains("too large a quantity"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_is_wrong_is_said_and_nothing_is_added(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let far = day(&scene, 367).await;
    for (wrong, field) in [
        (usage("AmazonEC2/BoxUsage:x9.huge", "1"), "usage"),
        (usage(M5, ""), "quantity"),
        (usage(M5, "0"), "quantity"),
        (usage(M5, "-1"), "quantity"),
        (usage(M5, "1,5"), "quantity"),
        (usage(M5, "1000000000001"), "quantity"),
        (usage(M5, "999999999999"), "quantity"),
        (AddUsage { region: Some("mars-1".into()), ..usage(M5, "1") }, "region"),
        (AddUsage { day: Some("2026-02-30".into()), ..usage(M5, "1") }, "day"),
        (AddUsage { day: Some("1999-12-31".into()), ..usage(M5, "1") }, "day"),
        (AddUsage { day: Some(far.clone()), ..usage(M5, "1") }, "day"),
    ] {
        let (code, sentence) = scene.refusal(wrong).await;
        assert_eq!(code, "ValidationError");
        assert!(sentence.contains(&format!("'{field}'")), "{sentence}");
    }
    for wrong in [plan("nothing", None, 1), plan("idle-m5-large", None, 0), plan("idle-m5-large", None, 367)] {
        assert_eq!(scene.refusal(wrong).await.0, "ValidationError");
    }
    let wrong = AddUsagePlan { start_day: Some(far), ..plan("idle-m5-large", None, 1) };
    assert!(scene.refusal(wrong).await.1.contains("at most 366 days after today"));
    assert_eq!(scene.sql("select count(*)::text from spend").await, ["0"]);
    assert_eq!(scene.sql("select count(*)::text from cost_entry").await, ["0"]);

    let reader = scene.user("reader", &["AWSBillingReadOnlyAccess"]).await;
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    assert!(scene.refusal_of(&reader, usage(M5, "1")).await.1.contains("aws-portal:ModifyBilling"));
}

/// Free quantities are taken under the account's lock: together sixteen get what one month has, and no more.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn many_at_once_share_what_is_free(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let scene = scene.clone();
        running.spawn(async move { add(&scene, T2, "50").await });
    }
    running.join_all().await;
    let free = "select trim_scale(sum(quantity))::text from spend where free_tier";
    assert_eq!(scene.sql(free).await, ["750"]);
    assert_eq!(total(&scene, &day(&scene, 0).await).await, "0.58");
}
