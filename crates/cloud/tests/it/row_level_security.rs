//! Every tenant is blind to every other, whatever a query forgets; and the trail cannot be rewritten.

use std::collections::BTreeSet;

use cloud::{Request, Source};
use model::{
    Operation as _, Tag,
    billing::{AddSpend, AddUsage, UpdateBillingPreferences},
    budgets::{Budget, CreateBudget, Notification, NotificationWithSubscribers, Subscriber},
    cloudwatch::{PutMetricAlarm, PutMetricData},
    console::PutPreferences,
    iam::{
        AddUserToGroup, CreatePolicy, GenerateCredentialReport, GenerateServiceLastAccessedDetails, PutUserPolicy,
        TagUser,
    },
    money::Threshold,
    sns::{CreateTopic, Subscribe},
};
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use uuid::Uuid;

use crate::scene::{Scene, sql};

/// The tables that are read before an account is known, or belong to none. Nothing joins them without a reason.
const DIRECTORY: [&str; 16] = [
    "access_key",
    "account",
    "account_alias",
    "email_change",
    "hardware_token",
    "installation",
    "mail",
    "mail_server",
    "operator_link",
    "password_reset",
    "session",
    "sign_up",
    "throttle",
    "verified_address",
    "_sqlx_migrations",
    "_sqlx_test",
];

/// All tables but those of the directory.
async fn tenants(pool: &PgPool) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
         order by relname",
    )
    .fetch_all(pool)
    .await
    .expect("lists tables");
    tables.into_iter().filter(|table| !DIRECTORY.contains(&table.as_str())).collect()
}

/// A scene with at least one row in every tenant table.
async fn furnished(scene: &Scene) {
    scene.user("ann", &["ReadOnlyAccess"]).await;
    scene.password("ann", false).await;
    scene.root(crate::mfa::create("phone")).await;
    scene.group("staff").await;
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "ann".into() }).await;
    let inline = PutUserPolicy { user_name: "ann".into(), ..PutUserPolicy::example() };
    scene.root(inline).await;
    scene.root(CreatePolicy::example()).await;
    let tags = vec![Tag { key: "k".into(), value: "v".into() }];
    scene.root(TagUser { user_name: "ann".into(), tags }).await;
    let budget = Budget::monthly("all-of-it", "1");
    let notification = Notification::actual(Threshold(50_000_000), true);
    let subscribers = vec![Subscriber::email("ann@example.com")];
    scene
        .root(CreateBudget {
            account_id: scene.account.clone(),
            budget,
            notifications_with_subscribers: vec![NotificationWithSubscribers { notification, subscribers }],
            resource_tags: vec![],
        })
        .await;
    scene.root(AddSpend { service: "Tax".into(), amount: "5".into(), ..Default::default() }).await;
    scene.root(UpdateBillingPreferences::example()).await;
    let used = AddUsage { usage: "AmazonEC2/BoxUsage:t2.micro".into(), quantity: "750".into(), ..AddUsage::default() };
    scene.root(used).await;
    scene.root(PutMetricAlarm::example()).await;
    scene.root(PutMetricData::example()).await;
    let topic_arn = scene.root(CreateTopic { name: "topic".into(), ..CreateTopic::example() }).await.topic_arn;
    scene.root(Subscribe { topic_arn, ..Subscribe::example() }).await;
    let form = Request { form_token: Some(Uuid::new_v4()), ..Request::new(Source::Console) };
    scene.root(GenerateCredentialReport {}).await;
    let arn = format!("arn:aws:iam::{}:user/ann", scene.account);
    scene.root(GenerateServiceLastAccessedDetails { arn, granularity: None }).await;
    let liking = PutPreferences { theme: Some("dark".into()), ..Default::default() };
    scene.cloud.call(&scene.root, &form, liking).await.expect("keeps a preference");
    scene
        .sql(&format!(
            "insert into password_policy values ('{}', 8, true, true, true, true, true, null, null, null)
             returning account_id",
            scene.account
        ))
        .await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_query_that_forgets_its_account_finds_nothing(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let other = scene.neighbour().await;
    furnished(&scene).await;
    let tables = tenants(&pool).await;
    assert!(tables.len() >= 11, "{tables:?}");
    for table in tables {
        let count = format!("select count(*)::text from {table}");
        let ours = scene.sql(&count).await;
        assert_ne!(ours, ["0"], "{table}: the test needs a row to be blind to");
        let blind: String = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&pool).await.expect("counts");
        assert_eq!(blind, "0", "{table}: without an account");
        let foreign = format!("select count(*)::text from {table} where account_id = '{}'", scene.account);
        assert_eq!(other.sql(&foreign).await, ["0"], "{table}: with a neighbour's");
        let secured = format!(
            "select (relrowsecurity and relforcerowsecurity)::text from pg_class where oid = '{table}'::regclass"
        );
        assert_eq!(sql(&pool, &scene.account, &secured).await, ["true"], "{table}");
        // A row of ours cannot be made a neighbour's, nor the other way round.
        let mut tx = pool
            .begin_with(AssertSqlSafe(format!("begin; set local app.account = '{}'", other.account)))
            .await
            .expect("begins");
        let stolen =
            format!("update {table} set account_id = '{}' where account_id = '{}'", other.account, scene.account);
        match sqlx::query(AssertSqlSafe(stolen)).execute(&mut *tx).await {
            Ok(done) => assert_eq!(done.rows_affected(), 0, "{table}"),
            Err(refused) => assert_eq!((table.as_str(), code(&refused)), ("trail", "42501".into())),
        }
    }
}

/// Every key of a tenant table begins with the account: it shards by account without a redesign.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_account_leads_every_key(pool: PgPool) {
    let led: Vec<String> = sqlx::query(
        "select c.conrelid::regclass::text from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'p' and a.attname = 'account_id' and c.connamespace = 'public'::regnamespace",
    )
    .fetch_all(&pool)
    .await
    .expect("lists keys")
    .iter()
    .map(|row| row.get(0))
    .collect();
    let led: BTreeSet<_> = led.into_iter().collect();
    let tenants: BTreeSet<_> = tenants(&pool).await.into_iter().collect();
    assert!(tenants.is_subset(&led), "{:?}", tenants.difference(&led).collect::<Vec<_>>());
}

fn code(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned()).unwrap_or_default()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_trail_is_append_only(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    scene.plain_user("ann").await;
    for statement in ["update trail set name = 'Nothing'", "delete from trail", "truncate trail"] {
        let begin = format!("begin; set local app.account = '{}'", scene.account);
        let mut tx = pool.begin_with(AssertSqlSafe(begin)).await.expect("begins");
        let refused = sqlx::query(statement).execute(&mut *tx).await.expect_err(statement);
        assert_eq!(code(&refused), "42501", "{statement}: {refused}");
    }
    assert_eq!(scene.sql("select count(*)::text from trail where name = 'CreateUser'").await, ["1"]);
}
