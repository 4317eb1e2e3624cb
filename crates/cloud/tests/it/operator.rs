//! The operator: accounts made, listed, repaired and deleted; and the link that works once.

use cloud::{Caller, Cloud, Identity, Request, Settings, Source};
use model::{
    ApiError,
    console::PutPreferences,
    operator::{CreateAccount, CreateOperatorLink, DeleteAccount, ListAccounts, OpenOperatorLink, ResetRootPassword},
    sts::GetCallerIdentity,
};
use sqlx::PgPool;

use crate::browser::{Browser, PASSWORD, column, house, root, user};

/// Calls as the holder of the host.
pub async fn operate<O: cloud::Execute>(cloud: &Cloud, operation: O) -> Result<O::Output, ApiError> {
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), operation).await
}

/// The token in a link.
pub fn key_in(url: &str, name: &str) -> String {
    url.split_once(&format!("?{name}=")).expect("a link").1.to_owned()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn accounts_are_made_and_listed(pool: PgPool) {
    let cloud = house(&pool, Settings { public_url: "https://c.example".into(), ..Settings::default() }).await;
    let create = |email: &str| CreateAccount {
        email: email.into(),
        account_name: "Example".into(),
        password: None,
        root_access_key: true,
    };
    let made = operate(&cloud, create("a@example.com")).await.expect("makes");
    assert!(made.mailbox_url.expose().starts_with("https://c.example/inbox?key="));
    let (id, secret) = (made.access_key_id.expect("an id"), made.secret_access_key.expect("a secret"));
    assert!(id.starts_with("AKIA") && secret.expose().len() == 40);
    let caller = cloud
        .caller_of_signature(&id, |stored| {
            assert_eq!(stored, secret.expose());
            Ok(())
        })
        .await
        .expect("a caller");
    let identity = cloud.call(&caller, &Request::new(Source::Api), GetCallerIdentity {}).await.expect("answers");
    assert_eq!(identity.arn, format!("arn:aws:iam::{}:root", made.account_id));
    let taken = operate(&cloud, create("A@EXAMPLE.com")).await.expect_err("taken");
    assert_eq!((taken.code(), taken.to_string().contains("already exists")), ("EntityAlreadyExists", true));
    let browser = Browser::open(&cloud).await;
    assert!(browser.sign_in_root("a@example.com", PASSWORD).await.is_err(), "without a password nobody signs in");
    for at in 0..4 {
        operate(&cloud, create(&format!("b{at}@example.com"))).await.expect("makes");
    }
    let (mut ids, mut marker) = (Vec::new(), None);
    loop {
        let page = operate(&cloud, ListAccounts { marker, max_items: Some(1) }).await.expect("lists");
        ids.extend(page.accounts.into_iter().map(|account| account.account_id));
        marker = page.marker;
        assert_eq!(page.is_truncated, marker.is_some());
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(ids, column(&pool, "select account_id from account order by account_id").await);
    assert_eq!(ids.len(), 5);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn only_the_operator_operates(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    let error = root.call(DeleteAccount { account_id: account.clone() }).await.expect_err("root may not");
    assert_eq!(error.code(), "AccessDenied");
    let nobody = Browser::open(&cloud).await;
    assert_eq!(nobody.call(CreateOperatorLink {}).await.err(), Some(ApiError::SignedOut));
    let unknown =
        operate(&cloud, ResetRootPassword { account_id: "999999999999".into(), password: PASSWORD.into() }).await;
    assert_eq!(unknown.expect_err("unknown").code(), "NoSuchEntity");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_deleted_account_leaves_one_line_that_says_so(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (gone, id) = root(&cloud, "gone@example.com").await;
    let (stays, _) = root(&cloud, "stays@example.com").await;
    user(&gone, "alice", "Canary-Alice-Passw0rd!", false).await;
    gone.call(model::iam::CreateGroup { group_name: "g".into(), path: "/".into() }).await.expect("a group");
    gone.call(model::iam::AddUserToGroup { group_name: "g".into(), user_name: "alice".into() }).await.expect("joins");
    gone.call(PutPreferences { visited: Some("iam".into()), ..PutPreferences::default() }).await.expect("prefers");
    let alice = Browser::open(&cloud).await;
    alice.sign_in_user(&id, "alice", "Canary-Alice-Passw0rd!").await.expect("signs in");
    operate(&cloud, DeleteAccount { account_id: id.clone() }).await.expect("deletes");
    assert!(!gone.caller().await.is_signed_in() && !alice.caller().await.is_signed_in());
    assert!(stays.caller().await.is_signed_in());
    assert_eq!(
        operate(&cloud, DeleteAccount { account_id: id.clone() }).await.expect_err("gone").code(),
        "NoSuchEntity"
    );
    let mut tx = pool.begin().await.expect("begins");
    sqlx::query("select set_config('app.account', $1, true)").bind(&id).execute(&mut *tx).await.expect("sets");
    for table in ["iam_user", "iam_group", "group_member", "login_profile", "preference", "account_count", "form_token"]
    {
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut *tx)
            .await
            .expect("counts");
        assert_eq!(rows, 0, "{table}");
    }
    let told: Vec<String> = sqlx::query_scalar("select name from trail").fetch_all(&mut *tx).await.expect("reads");
    assert_eq!(told, ["DeleteAccount"]);
    let error = sqlx::query("delete from trail").execute(&mut *tx).await.expect_err("append-only as before");
    assert!(error.to_string().contains("permission denied"), "{error}");
    assert!(mails_of(&pool, &id).await.is_empty());
}

/// Every mail of an account that is still kept.
async fn mails_of(pool: &PgPool, account: &str) -> Vec<uuid::Uuid> {
    let asked = sqlx::query_scalar("select mail_id from mail where account_id = $1").bind(account);
    asked.fetch_all(pool).await.expect("reads")
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_operators_link_works_once_and_for_a_quarter_of_an_hour(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, _) = root(&cloud, "root@example.com").await;
    let link = || async { key_in(operate(&cloud, CreateOperatorLink {}).await.expect("a link").url.expose(), "token") };
    let token = link().await;
    assert!(browser.call(OpenOperatorLink { token: "x".into() }).await.is_err());
    browser.call(OpenOperatorLink { token: token.as_str().into() }).await.expect("opens");
    assert_eq!(browser.caller().await.identity(), &Identity::Operator, "the root who was here is gone");
    assert!(!browser.call(ListAccounts::default()).await.expect("lists").accounts.is_empty());
    let second = Browser::open(&cloud).await;
    assert!(second.call(OpenOperatorLink { token: token.into() }).await.is_err(), "once");
    let late = link().await;
    sqlx::query("update operator_link set expires_at = now() - interval '1 second'")
        .execute(&pool)
        .await
        .expect("ages");
    assert!(second.call(OpenOperatorLink { token: late.into() }).await.is_err(), "in time");
    sqlx::query("update session set operator_until = now() - interval '1 second'").execute(&pool).await.expect("ages");
    assert_eq!(browser.caller().await.identity(), &Identity::Anonymous, "and not for ever");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn preferences_keep_the_ten_newest_visits(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, _) = root(&cloud, "root@example.com").await;
    root.call(PutPreferences { theme: Some("dark".into()), ..PutPreferences::default() }).await.expect("prefers");
    for service in ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s3"] {
        root.call(PutPreferences { visited: Some(service.into()), ..PutPreferences::default() }).await.expect("visits");
    }
    let kept = cloud.profile(&root.caller().await).await.expect("a profile").preferences;
    assert_eq!(kept.recent, ["s3", "s10", "s9", "s8", "s7", "s6", "s5", "s4", "s2", "s1"]);
    assert_eq!(kept.theme.as_deref(), Some("dark"));
}
