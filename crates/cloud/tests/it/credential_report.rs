//! The credential report: what stands in it, how long it is the newest, who may have it.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use cloud::{Request, Source};
use model::{
    console::RegenerateCredentialReport,
    iam::{
        CREDENTIAL_REPORT_COLUMNS, CreateAccessKey, DeleteAccessKey, GenerateCredentialReport, GetCredentialReport,
        ListAccessKeys, UpdateAccessKey,
    },
};
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene, sql};

/// Four hours.
const LIFE_MS: i64 = 4 * 3_600_000;

async fn state(scene: &Scene) -> String {
    scene.root(GenerateCredentialReport {}).await.state
}

/// The report's lines, the header first.
async fn report(scene: &Scene) -> Vec<String> {
    let report = scene.root(GetCredentialReport {}).await;
    assert_eq!(report.report_format, "text/csv");
    let bytes = BASE64_STANDARD.decode(report.content).expect("base64");
    String::from_utf8(bytes).expect("text").lines().map(str::to_owned).collect()
}

/// The report made now, whatever there was.
async fn anew(scene: &Scene) -> Vec<String> {
    scene.root(RegenerateCredentialReport {}).await;
    report(scene).await
}

/// One user's fields from `password_enabled` on, by the names of their columns.
fn fields<'a>(lines: &'a [String], user: &str) -> impl Fn(&str) -> &'a str {
    let line = lines.iter().find(|line| line.starts_with(&format!("{user},"))).expect("the user's line");
    let fields: Vec<&str> = line.split(',').collect();
    assert_eq!(fields.len(), 22, "{line}");
    move |column| fields[CREDENTIAL_REPORT_COLUMNS.iter().position(|name| *name == column).expect("a column")]
}

fn is_time(text: &str) -> bool {
    text.len() == 25 && text.ends_with("+00:00") && text.as_bytes()[10] == b'T'
}

async fn age(scene: &Scene, by: i64) {
    let older = format!(
        "update account set clock_offset_ms = clock_offset_ms + {by} where account_id = '{}' returning account_id",
        scene.account
    );
    scene.sql(&older).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_report_is_made_at_most_every_four_hours(pool: PgPool) {
    let scene = Scene::new(pool).await;
    assert_eq!(
        scene.refusal(GetCredentialReport {}).await,
        ("ReportNotPresent", "Credential report not present".into())
    );
    let first = scene.root(GenerateCredentialReport {}).await;
    assert_eq!(first.state, "STARTED");
    assert_eq!(first.description.as_deref(), Some("No report exists. Starting a new report generation task"));
    assert_eq!(state(&scene).await, "COMPLETE");
    let lines = report(&scene).await;
    scene.plain_user("late").await;
    age(&scene, LIFE_MS - 60_000).await;
    assert_eq!(state(&scene).await, "COMPLETE");
    assert_eq!(report(&scene).await, lines, "the same until four hours are over");
    age(&scene, 60_000).await;
    assert_eq!(scene.refusal(GetCredentialReport {}).await.0, "ReportExpired");
    assert_eq!(state(&scene).await, "STARTED");
    assert_eq!(report(&scene).await.len(), lines.len() + 1);
    scene.plain_user("later").await;
    assert_eq!(anew(&scene).await.len(), lines.len() + 2, "practice need not wait");
    age(&scene, -LIFE_MS).await;
    assert_eq!(state(&scene).await, "STARTED", "a clock that was set back leaves no newest report");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn while_somebody_makes_it_others_are_told_so(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let mut other = pool.begin().await.expect("begins");
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('credential report ' || $1, 0))")
        .bind(&scene.account)
        .execute(&mut *other)
        .await
        .expect("locks");
    assert_eq!(state(&scene).await, "INPROGRESS");
    assert_eq!(scene.refusal(GetCredentialReport {}).await.0, "ReportInProgress");
    assert_eq!(scene.refusal(RegenerateCredentialReport {}).await.0, "ReportInProgress");
    other.rollback().await.expect("lets go");
    // Whoever only looks keeps nobody out: neither another who looks, nor the maker.
    for _ in 0..10 {
        let looks = (0..8).map(|_| scene.cloud.clone()).map(|cloud| {
            let root = scene.root.clone();
            tokio::spawn(async move { cloud.call(&root, &Request::new(Source::Api), GetCredentialReport {}).await })
        });
        for look in looks.collect::<Vec<_>>() {
            let error = look.await.expect("ends").expect_err("there is none");
            assert_eq!(error.code(), "ReportNotPresent");
        }
    }
    let neighbour = scene.neighbour().await;
    assert_eq!(state(&neighbour).await, "STARTED");
    assert_eq!(state(&scene).await, "STARTED");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_line_tells_the_state_of_every_credential(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("bare").await;
    scene.plain_user("Ann").await;
    scene.password("Ann", false).await;
    let lines = anew(&scene).await;
    assert_eq!(lines[0], CREDENTIAL_REPORT_COLUMNS.join(","));
    assert!(lines[1].starts_with(&format!("<root_account>,arn:aws:iam::{}:root,", scene.account)), "{}", lines[1]);
    assert!(lines[2].starts_with("Ann,") && lines[3].starts_with("bare,") && lines.len() == 4, "{lines:?}");
    let root = fields(&lines, "<root_account>");
    assert_eq!(
        ["password_enabled", "password_last_used", "password_last_changed", "password_next_rotation", "mfa_active"]
            .map(&root),
        ["not_supported", "no_information", "not_supported", "not_supported", "false"]
    );
    assert_eq!(root("access_key_1_active"), "true");
    let bare = fields(&lines, "bare");
    assert_eq!(
        ["password_enabled", "password_last_used", "password_last_changed", "password_next_rotation"].map(&bare),
        ["false", "N/A", "N/A", "N/A"]
    );
    assert!(is_time(bare("user_creation_time")), "{}", bare("user_creation_time"));
    for key in ["1", "2"] {
        assert_eq!(bare(&format!("access_key_{key}_active")), "false");
        for column in ["last_rotated", "last_used_date", "last_used_region", "last_used_service"] {
            assert_eq!(bare(&format!("access_key_{key}_{column}")), "N/A");
        }
        assert_eq!((bare(&format!("cert_{key}_active")), bare(&format!("cert_{key}_last_rotated"))), ("false", "N/A"));
    }
    let ann = fields(&lines, "Ann");
    assert_eq!(
        ["password_enabled", "password_last_used", "password_next_rotation"].map(&ann),
        ["true", "no_information", "N/A"]
    );
    assert!(is_time(ann("password_last_changed")));

    scene.sign_in("Ann", PASSWORD).await.expect("signs in");
    let policy = format!(
        "insert into password_policy values ('{}', 8, true, true, true, true, true, 90, null, null) returning account_id",
        scene.account
    );
    scene.sql(&policy).await;
    let lines = anew(&scene).await;
    let ann = fields(&lines, "Ann");
    assert!(is_time(ann("password_last_used")) && is_time(ann("password_next_rotation")));
    assert!(ann("password_next_rotation") > ann("password_last_changed"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_counts_from_its_last_change_of_status(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    scene.user("ann", &[]).await;
    let made = anew(&scene).await;
    let made = fields(&made, "ann")("access_key_1_last_rotated").to_owned();
    let key = scene.root(ListAccessKeys { user_name: Some("ann".into()), ..Default::default() }).await;
    let access_key_id = key.access_key_metadata[0].access_key_id.clone();
    let turn = |status: &str| UpdateAccessKey {
        user_name: Some("ann".into()),
        access_key_id: access_key_id.clone(),
        status: status.into(),
    };
    age(&scene, 3_600_000).await;
    scene.root(turn("Active")).await;
    assert_eq!(fields(&anew(&scene).await, "ann")("access_key_1_last_rotated"), made, "it was active already");
    scene.root(turn("Inactive")).await;
    scene.cloud.record_key_use(&access_key_id, "iam", "us-east-1").await.expect("notes");
    let lines = anew(&scene).await;
    let ann = fields(&lines, "ann");
    assert!(ann("access_key_1_active") == "false" && *ann("access_key_1_last_rotated") > *made);
    assert!(is_time(ann("access_key_1_last_used_date")));
    assert_eq!((ann("access_key_1_last_used_region"), ann("access_key_1_last_used_service")), ("us-east-1", "iam"));
    age(&scene, 3_600_000).await;
    scene.cloud.record_key_use(&access_key_id, "s3", "eu-central-1").await.expect("notes");
    let lines = anew(&scene).await;
    assert_eq!(fields(&lines, "ann")("access_key_1_last_used_region"), "N/A", "the service has no region of its own");
    // A second key, and what becomes of the columns when the first goes.
    scene.root(CreateAccessKey { user_name: Some("ann".into()) }).await;
    assert_eq!(fields(&anew(&scene).await, "ann")("access_key_2_active"), "true");
    scene.root(DeleteAccessKey { user_name: Some("ann".into()), access_key_id: access_key_id.clone() }).await;
    let lines = anew(&scene).await;
    let ann = fields(&lines, "ann");
    assert_eq!((ann("access_key_1_active"), ann("access_key_2_active")), ("true", "false"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn each_step_needs_its_permission_and_a_neighbour_sees_nothing(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let eve = scene.user("eve", &[]).await;
    scene.root(GenerateCredentialReport {}).await;
    for (code, sentence) in [
        scene.refusal_of(&eve, GenerateCredentialReport {}).await,
        scene.refusal_of(&eve, RegenerateCredentialReport {}).await,
    ] {
        assert_eq!(code, "AccessDenied");
        assert!(sentence.contains("iam:GenerateCredentialReport on resource: *"), "{sentence}");
    }
    assert!(scene.refusal_of(&eve, GetCredentialReport {}).await.1.contains("iam:GetCredentialReport"));
    let auditor = scene.user("auditor", &["IAMReadOnlyAccess"]).await;
    scene.call(&auditor, GetCredentialReport {}).await.expect("may read");
    let neighbour = scene.neighbour().await;
    assert_eq!(neighbour.refusal(GetCredentialReport {}).await.0, "ReportNotPresent");
    // A name with a comma stays one field.
    neighbour.plain_user("a,b").await;
    let lines = anew(&neighbour).await;
    assert!(lines[2].starts_with(&format!("\"a,b\",\"arn:aws:iam::{}:user/a,b\",", neighbour.account)), "{}", lines[2]);
    let rows = sql(&pool, &scene.account, "select name from trail where name = 'RegenerateCredentialReport'").await;
    assert!(rows.is_empty(), "in the trail it is the action that it stands for: {rows:?}");
}
