//! Lines and sums: what was there before is there still, what is exact stays exact, what is taken back is gone.

use cloud::MIGRATOR;
use model::billing::{AddSpend, AddUsage, DeleteCostEntry, GetSandboxClock, ListCostEntries, ListLineItems, ListSpend};
use sqlx::{AssertSqlSafe, PgPool};

use super::{add, day, last_month, lines, plan, sums_hold, total, usage};
use crate::scene::{Scene, sql};

/// Amounts of before the ledger had lines are lines now: none is lost, and sums are what they were.
#[sqlx::test(migrations = false)]
async fn amounts_of_before_are_lines(pool: PgPool) {
    let apply = async |wanted: &dyn Fn(i64) -> bool| {
        for migration in MIGRATOR.iter().filter(|migration| wanted(migration.version)) {
            let mut tx = pool.begin().await.expect("begins");
            sqlx::raw_sql(migration.sql.clone()).execute(&mut *tx).await.expect("applies");
            tx.commit().await.expect("commits");
        }
    };
    // The tests' databases may come with a schema of today.
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&pool).await.expect("begins anew");
    apply(&|version| version < 17).await;
    for account in ["111122223333", "444455556666"] {
        let rows = format!(
            "insert into account (account_id, name, email, email_key, status, sign_up_step, created_at)
                 values ('{account}', 'n', '{account}@example.com', '{account}@example.com', 'ACTIVE', '', 0);
             set app.account = '{account}';
             insert into account_count (account_id) values ('{account}');
             insert into spend (account_id, spend_id, day, service, amount, note, created_at) values
                 ('{account}', gen_random_uuid(), '2026-10-31', 'AWS Lambda', 12345678, 'why', 1),
                 ('{account}', gen_random_uuid(), '2026-11-01', 'AWS Lambda', 1, null, 2),
                 ('{account}', gen_random_uuid(), '2026-11-01', 'Tax', 1900000, null, 3);
             reset app.account"
        );
        sqlx::raw_sql(AssertSqlSafe(rows)).execute(&pool).await.expect("fills in");
    }
    apply(&|version| version >= 17).await;
    for account in ["111122223333", "444455556666"] {
        let kept = "select day || ' ' || service || ' ' || item_type || ' ' || trim_scale(unblended_cost) || ' '
                        || trim_scale(blended_cost) || ' ' || trim_scale(amortized_cost) || ' ' || coalesce(note, '-')
                    from spend order by created_at";
        assert_eq!(
            sql(&pool, account, kept).await,
            [
                "2026-10-31 AWS Lambda Usage 12.345678 12.345678 12.345678 why",
                "2026-11-01 AWS Lambda Usage 0.000001 0.000001 0.000001 -",
                "2026-11-01 Tax Tax 1.9 1.9 1.9 -",
            ]
        );
        let sums = "select day || ' ' || sum(lines) || ' ' || trim_scale(sum(unblended_cost)) from spend_daily group by day order by day";
        assert_eq!(sql(&pool, account, sums).await, ["2026-10-31 1 12.345678", "2026-11-01 2 1.900001"]);
        assert_eq!(sql(&pool, account, "select cost_lines::text from account_count").await, ["3"]);
        let forced = "select string_agg(relforcerowsecurity::text, ' ') from pg_class where relname in ('spend', 'account_count')";
        assert_eq!(sql(&pool, account, forced).await, ["true true"]);
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn sums_are_those_of_the_lines(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    let month = last_month(&scene).await;
    other.root(plan("idle-m5-large", Some(month.clone()), 3)).await;
    scene.root(AddSpend { service: "Tax".into(), amount: "1.23".into(), ..AddSpend::default() }).await;
    for at in 0..3 {
        let start = day(&scene, -40 - at).await;
        scene.root(plan("small-website", Some(start), 60)).await;
    }
    let first = add(&scene, "AmazonS3/Requests-Tier1", "0.000000000001").await;
    assert_eq!(first.lines, 1);
    sums_hold(&scene).await;

    let entries = scene.root(ListCostEntries { max_items: Some(2), marker: None }).await;
    assert_eq!((entries.entries.len(), entries.is_truncated), (2, true));
    let rest = scene.root(ListCostEntries { max_items: None, marker: entries.marker }).await.entries;
    assert_eq!(rest.len(), 2);
    assert!(entries.entries.iter().all(|entry| !rest.contains(entry)));
    let gone = scene.root(DeleteCostEntry { entry_id: rest[0].entry_id.clone() }).await;
    assert_eq!(gone.lines, rest[0].lines);
    sums_hold(&scene).await;
    let again = DeleteCostEntry { entry_id: rest[0].entry_id.clone() };
    assert_eq!(scene.refusal(again).await.0, "NoSuchEntity");
    let theirs = other.root(ListCostEntries::default()).await.entries.remove(0).entry_id;
    assert_eq!(scene.refusal(DeleteCostEntry { entry_id: theirs }).await.0, "NoSuchEntity");
    assert_eq!(scene.refusal(DeleteCostEntry { entry_id: "everything".into() }).await.0, "NoSuchEntity");
    assert_ne!(total(&other, &month).await, "0.0");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn ten_million_cheap_requests_are_no_cent_off(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    // What the free tier has is used up first.
    let at = |quantity: &str| AddUsage { day: Some(month.clone()), ..usage("AmazonSNS/Requests-Tier1", quantity) };
    scene.root(at("1000000")).await;
    assert_eq!(total(&scene, &month).await, "0.0");
    for _ in 0..10 {
        scene.root(at("1")).await;
    }
    assert_eq!(total(&scene, &month).await, "0.000005", "ten times half a millionth");
    let services = scene.root(ListSpend { month: Some(month[..7].into()), ..ListSpend::default() }).await.services;
    assert_eq!(services[0].amount, "0.000005");
    let one = lines(&scene, &month).await.pop().expect("a line");
    assert_eq!((one.unblended_cost.as_str(), one.rate.as_deref()), ("0.0000005", Some("0.0000005")));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn lists_by_month_and_service(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    scene.root(plan("runaway-nat-gateway", Some(month.clone()), 5)).await;
    scene.root(plan("idle-m5-large", Some(month.clone()), 5)).await;
    let all = lines(&scene, &month).await;
    assert_eq!(all.len(), 20);
    assert!(all.windows(2).all(|pair| pair[0].day <= pair[1].day), "in order, and every page once");
    let mut ids: Vec<&str> = all.iter().map(|line| line.line_item_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    let of = |service: &str| ListLineItems {
        month: Some(month[..7].into()),
        service: Some(service.into()),
        ..ListLineItems::default()
    };
    let compute = scene.root(of("Amazon Elastic Compute Cloud - Compute")).await.line_items;
    assert!(compute.len() == 5 && compute.iter().all(|line| line.usage_type == "BoxUsage:m5.large"), "{compute:?}");
    assert!(scene.root(of("AWS Lambda")).await.line_items.is_empty());
    let now = scene.root(GetSandboxClock {}).await.now;
    let this = scene.root(ListLineItems::default()).await;
    assert_eq!((this.month.as_str(), this.line_items.len()), (&now.day()[..7], 0));
    for bad in ["2026", "2026-13", "november"] {
        let ask = ListLineItems { month: Some(bad.into()), ..ListLineItems::default() };
        assert_eq!(scene.refusal(ask).await.0, "ValidationError", "{bad}");
    }
    let forged = ListLineItems { marker: Some("forged".into()), ..ListLineItems::default() };
    assert_eq!(scene.refusal(forged).await.1, "Invalid Marker.");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_ledger_has_an_end(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    scene.sql("update account_count set cost_lines = 999999 returning account_id").await;
    let full = ("LimitExceeded", "Cannot exceed quota for CostLinesPerAccount: 1000000".to_owned());
    assert_eq!(scene.refusal(plan("idle-m5-large", None, 1)).await, full, "two lines");
    add(&scene, "awskms/KMS-Keys", "1").await;
    assert_eq!(scene.refusal(usage("awskms/KMS-Keys", "1")).await, full);
    let amount = AddSpend { service: "Tax".into(), amount: "1".into(), ..AddSpend::default() };
    assert_eq!(scene.refusal(amount).await, full);
    add(&other, "awskms/KMS-Keys", "1").await;
}
