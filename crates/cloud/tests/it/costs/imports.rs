//! Imports: all of an export or nothing, each fault by its line, the file in parts that fit.

use cloud::{Request, Source, Upload, Uploaded};
use model::{
    ApiError,
    billing::{DeleteCostEntry, ImportCosts, ImportCostsOutput, ListCostEntries, MOST_IMPORT_LINES},
};
use sqlx::PgPool;

use super::{budget, last_month, lines, sums_hold, total};
use crate::scene::Scene;

const FOCUS: &str =
    "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName,EffectiveCost,Tags,x_UsageType";

fn import(content: &str) -> ImportCosts {
    ImportCosts { content: Some(content.into()), title: Some("export".into()), dry_run: false }
}

async fn spool(name: &str, bytes: &[u8]) -> Uploaded {
    let mut upload = Upload::begin(name).await.expect("begins");
    for part in bytes.chunks(4096) {
        assert!(upload.take(part).await.expect("is written"));
    }
    upload.end().await.expect("ends").expect("a file")
}

async fn send(scene: &Scene, file: Uploaded, dry_run: bool) -> Result<ImportCostsOutput, ApiError> {
    let request = Request { upload: Some(file), ..Request::new(Source::Console) };
    let operation = ImportCosts { content: None, title: None, dry_run };
    scene.cloud.call(&scene.root, &request, operation).await
}

async fn count(scene: &Scene) -> String {
    scene.sql("select count(*)::text from spend").await.remove(0)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_focus_export_checked_and_then_imported(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let text = format!(
        "{FOCUS}\n0.0000004,USD,Usage,{month}T00:00:00Z,AWS Lambda,0.0000003,\"{{\"\"team\"\":\"\"red\"\"}}\",Request\n\
         -1.5,USD,Credit,{month}T00:00:00Z,AWS Lambda,-1.5,,\n19,USD,Tax,{month}T00:00:00Z,Tax,19,,\n"
    );
    let checked = scene.root(ImportCosts { dry_run: true, ..import(&text) }).await;
    let expected = ImportCostsOutput {
        format: Some("FOCUS".into()),
        lines: 3,
        amount: "17.5000004".into(),
        first_day: Some(month.clone()),
        last_day: Some(month.clone()),
        ..ImportCostsOutput::default()
    };
    assert_eq!(checked, expected);
    assert_eq!(count(&scene).await, "0", "nothing was changed");

    let done = scene.root(import(&text)).await;
    assert!(done.imported && done.lines == 3, "{done:?}");
    assert_eq!(total(&scene, &month).await, "17.5", "rounded to a millionth");
    let all = lines(&scene, &month).await;
    let line = all.iter().find(|line| line.item_type == "Usage").expect("a line");
    assert_eq!((line.unblended_cost.as_str(), line.amortized_cost.as_str()), ("0.0000004", "0.0000003"));
    assert_eq!((line.usage_type.as_str(), line.tags.get("team").map(String::as_str)), ("Request", Some("red")));
    sums_hold(&scene).await;

    let (code, sentence) = scene.refusal(ImportCosts { title: Some("again".into()), ..import(&text) }).await;
    assert_eq!((code, sentence.contains("already, as export")), ("InvalidInput", true), "{sentence}");
    scene.neighbour().await.root(import(&text)).await;
    let entry = scene.root(ListCostEntries::default()).await.entries.remove(0);
    assert_eq!((entry.kind.as_str(), entry.title.as_str(), entry.lines), ("IMPORT", "export", 3));
    scene.root(DeleteCostEntry { entry_id: entry.entry_id }).await;
    assert_eq!(count(&scene).await, "0");
    assert!(scene.root(import(&text)).await.imported);
    let told = scene.sql("select t::text from trail t where name = 'ImportCosts'").await;
    assert!(told.len() == 4 && told.iter().all(|row| !row.contains("BilledCost")), "{told:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_cost_and_usage_report_sets_off_alerts(pool: PgPool) {
    let scene = Scene::new(pool).await;
    budget(&scene, "10").await;
    let today = super::day(&scene, 0).await;
    let text = format!(
        "identity/LineItemId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,\
         lineItem/UsageAmount,lineItem/UnblendedCost,product/ProductName,resourceTags/user:team\n\
         a,Usage,{today}T00:00:00Z,AmazonEC2,BoxUsage:m5.large,100,9.6,Amazon Elastic Compute Cloud,red\n"
    );
    let done = scene.root(import(&text)).await;
    assert_eq!((done.format.as_deref(), done.alerts, done.imported), (Some("CUR"), 1, true));
    let line = lines(&scene, &today).await.remove(0);
    assert_eq!((line.service.as_str(), line.quantity.as_str()), ("Amazon Elastic Compute Cloud", "100"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_line_at_fault_is_enough(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let good = format!("1,USD,Usage,{month}T00:00:00Z,S,1,,\n");
    let bad = format!("x,USD,Usage,{month}T00:00:00Z,S,1,,\n");
    let text = format!("{FOCUS}\n{good}{bad}{good}1,EUR,Usage,{month},S,,,\nshort\n");
    for dry_run in [true, false] {
        let told = scene.root(ImportCosts { dry_run, ..import(&text) }).await;
        assert_eq!((told.imported, told.lines, told.error_count), (false, 2, 3));
        let faults: Vec<(i64, Option<&str>)> =
            told.errors.iter().map(|error| (error.line, error.column.as_deref())).collect();
        assert_eq!(faults, [(3, Some("BilledCost")), (5, Some("BillingCurrency")), (6, None)]);
        assert!(told.errors[1].reason.contains("EUR is not USD"), "{told:?}");
    }
    assert_eq!(count(&scene).await, "0");
    assert!(scene.root(ListCostEntries::default()).await.entries.is_empty());
    for (text, reason) in [
        ("a,b\n1,2\n".to_owned(), "neither"),
        (String::new(), "neither"),
        (format!("{FOCUS}\n"), "no line behind the header"),
    ] {
        let told = scene.root(import(&text)).await;
        assert!(told.errors.len() == 1 && told.errors[0].reason.contains(reason), "{told:?}");
    }
    let many = format!("{FOCUS}\n{}", bad.repeat(150));
    let told = scene.root(import(&many)).await;
    assert_eq!((told.errors.len(), told.error_count), (100, 150));
    let nothing = ImportCosts { content: None, ..import("") };
    assert!(scene.refusal(nothing).await.1.contains("'content'"));
    assert_eq!(scene.refusal(import(&"x".repeat(100_001))).await.0, "ValidationError");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_file_of_some_thousand_lines(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let month = last_month(&scene).await;
    let mut text = format!("{FOCUS}\n");
    for at in 0..2500 {
        text.push_str(&format!("0.01,USD,Usage,{month}T00:00:00Z,Service {},0.01,,\n", at % 7));
    }
    let file = spool("october.csv", text.as_bytes()).await;
    let checked = send(&scene, file.clone(), true).await.expect("is checked");
    assert_eq!((checked.lines, checked.amount.as_str(), checked.imported), (2500, "25.0", false));
    let done = send(&scene, file, false).await.expect("is imported");
    assert!(done.imported);
    assert_eq!((count(&scene).await.as_str(), total(&scene, &month).await.as_str()), ("2500", "25.0"));
    sums_hold(&scene).await;
    assert_eq!(scene.root(ListCostEntries::default()).await.entries[0].title, "october.csv");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_file_has_an_end_and_goes_with_its_request(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let mut text = format!("{FOCUS}\n");
    for _ in 0..=MOST_IMPORT_LINES {
        text.push_str("1,USD,Usage,2026-10-01,S,,,\n");
    }
    let told = send(&scene, spool("long.csv", text.as_bytes()).await, false).await.expect("is read");
    assert!(
        !told.imported && told.errors[0].reason.contains(&format!("more than {MOST_IMPORT_LINES} lines")),
        "{:?}",
        told.errors
    );
    let mut upload = Upload::begin("huge").await.expect("begins");
    let part = vec![b'x'; 1024 * 1024];
    for _ in 0..64 {
        assert!(upload.take(&part).await.expect("is written"));
    }
    assert!(!upload.take(b"y").await.expect("is refused"));
    let empty = Upload::begin("none").await.expect("begins").end().await.expect("ends");
    assert!(empty.is_none(), "no file was chosen");
}
