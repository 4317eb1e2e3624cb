//! The cost ledger and what fills it: simulated usage, plans, curves, imports; and what falls due by itself.

mod due;
mod imports;
mod ledger;
mod meter;
mod preferences;
mod simulator;

use model::{
    Timestamp,
    billing::{
        AddUsage, AddUsagePlan, AdvanceSandboxClock, GetSandboxClock, LineItem, ListLineItems, ListSpend, UsageAdded,
    },
    budgets::{Budget, CreateBudget, Notification, NotificationWithSubscribers, Subscriber},
    money::Threshold,
};

use crate::scene::Scene;

const DAY_MS: i64 = 86_400_000;

/// The day that is `away` from the account's today.
async fn day(scene: &Scene, away: i64) -> String {
    Timestamp(scene.root(GetSandboxClock {}).await.now.0 + away * DAY_MS).day()
}

/// The first day of the month before the account's.
async fn last_month(scene: &Scene) -> String {
    Timestamp(scene.root(GetSandboxClock {}).await.now.month().0 - 1).month().day()
}

fn usage(key: &str, quantity: &str) -> AddUsage {
    AddUsage { usage: key.into(), quantity: quantity.into(), ..AddUsage::default() }
}

async fn add(scene: &Scene, key: &str, quantity: &str) -> UsageAdded {
    scene.root(usage(key, quantity)).await
}

/// The lines of a day's month, in the order of their days.
async fn lines(scene: &Scene, of: &str) -> Vec<LineItem> {
    let (mut all, mut marker) = (Vec::new(), None);
    loop {
        let ask = ListLineItems { month: Some(of[..7].into()), marker, max_items: Some(7), service: None };
        let page = scene.root(ask).await;
        all.extend(page.line_items);
        marker = page.marker;
        if marker.is_none() {
            all.reverse();
            return all;
        }
    }
}

async fn total(scene: &Scene, of: &str) -> String {
    scene.root(ListSpend { month: Some(of[..7].into()), ..ListSpend::default() }).await.total
}

async fn advance(scene: &Scene, step: &str) -> i64 {
    scene.root(AdvanceSandboxClock { by: step.into() }).await.alerts
}

/// So many hours go by, with nobody there.
async fn hours_go_by(scene: &Scene, hours: i64) {
    let by = format!(
        "update account set clock_offset_ms = clock_offset_ms + {hours} * 3600000::bigint where account_id = '{}'
         returning account_id",
        scene.account
    );
    scene.sql(&by).await;
}

/// A monthly budget with an alert at eighty per cent.
async fn budget(scene: &Scene, limit: &str) {
    let alert = NotificationWithSubscribers {
        notification: Notification::actual(Threshold(80_000_000), true),
        subscribers: vec![Subscriber::email("ann@example.com")],
    };
    let create = CreateBudget {
        account_id: scene.account.clone(),
        budget: Budget::monthly("Practice", limit),
        notifications_with_subscribers: vec![alert],
        resource_tags: vec![],
    };
    scene.root(create).await;
}

async fn mails(scene: &Scene, subject: &str) -> usize {
    let mails = scene.sql(&format!("select subject from mail where account_id = '{}'", scene.account)).await;
    mails.iter().filter(|have| have.contains(subject)).count()
}

/// The sums by day are those of the lines.
async fn sums_hold(scene: &Scene) {
    let by_line = scene
        .sql(
            "select (day, service, item_type, usage_type, operation, region, unit, free_tier, count(*), sum(quantity),
                     sum(unblended_cost), sum(blended_cost), sum(amortized_cost))::text
             from spend group by day, service, item_type, usage_type, operation, region, unit, free_tier order by 1",
        )
        .await;
    let kept = scene
        .sql(
            "select (day, service, item_type, usage_type, operation, region, unit, free_tier, lines, quantity,
                     unblended_cost, blended_cost, amortized_cost)::text
             from spend_daily order by 1",
        )
        .await;
    assert_eq!(by_line, kept);
    let counted = scene.sql("select cost_lines::text from account_count").await;
    assert_eq!(counted, scene.sql("select count(*)::text from spend").await);
}

fn plan(id: &str, start_day: Option<String>, days: i64) -> AddUsagePlan {
    AddUsagePlan { plan: id.into(), start_day, days: Some(days), ..AddUsagePlan::default() }
}
