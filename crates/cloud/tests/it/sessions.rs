//! The session store: a dead session stays dead, and the table opens none.

use cloud::{Request, SessionHash, SessionStore, Settings, Source};
use model::{console::RevokeUserSessions, iam::ListUsers, operator::ResetRootPassword, signin::SignOut};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tower_sessions_core::{SessionStore as _, session::Id};

use crate::{
    browser::{Browser, PASSWORD, house, root},
    scene::Scene,
};

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn session_resurrection(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, _) = root(&cloud, "root@example.com").await;
    let store = SessionStore::new(cloud.clone());
    // A request in flight holds the record while another one signs out.
    let mut held = store.load(&browser.record.id).await.expect("loads").expect("lives");
    browser.call(SignOut {}).await.expect("signs out");
    held.data.insert("late".into(), "write".into());
    store.save(&held).await.expect("is no error");
    assert!(store.load(&browser.record.id).await.expect("loads").is_none(), "saving brings nothing back to life");
    assert!(!browser.caller().await.is_signed_in());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn session_fixation(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let store = SessionStore::new(cloud.clone());
    let mut planted = Browser::open(&cloud).await.record;
    // An id that somebody else chose and that is taken gives way to a new one.
    let chosen = planted.id;
    store.create(&mut planted).await.expect("creates");
    assert_ne!(planted.id, chosen);
    // An id that nobody made cannot be signed in with.
    let mut browser = Browser::open(&cloud).await;
    crate::browser::account(&cloud, "root@example.com").await;
    browser.record.id = Id::default();
    assert!(browser.sign_in_root("root@example.com", PASSWORD).await.is_err());
    assert!(!browser.caller().await.is_signed_in());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn db_dump_gives_no_session(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, _) = root(&cloud, "root@example.com").await;
    let hash: Vec<u8> = sqlx::query_scalar("select id_hash from session where account_id is not null")
        .fetch_one(&pool)
        .await
        .expect("reads");
    let store = SessionStore::new(cloud.clone());
    assert!(store.load(&browser.record.id).await.expect("loads").is_some());
    for half in hash.chunks(16) {
        let stolen = Id(i128::from_be_bytes(half.try_into().expect("sixteen bytes")));
        assert!(store.load(&stolen).await.expect("loads").is_none());
        let caller = cloud.caller_of_session(Some(&SessionHash::of(&stolen))).await.expect("asks");
        assert!(!caller.is_signed_in());
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_expired_session_is_nobodys(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (mut browser, _) = root(&cloud, "root@example.com").await;
    browser.record.expiry_date = OffsetDateTime::now_utc() - Duration::seconds(1);
    SessionStore::new(cloud.clone()).save(&browser.record).await.expect("saves");
    assert!(!browser.caller().await.is_signed_in());
    assert!(SessionStore::new(cloud.clone()).load(&browser.record.id).await.expect("loads").is_none());
    assert!(browser.sign_in_root("root@example.com", PASSWORD).await.is_err(), "nor can it be signed in with");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_a_door_writes_into_a_session_makes_no_principal(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (_, account) = root(&cloud, "root@example.com").await;
    let mut browser = Browser::open(&cloud).await;
    for name in ["account_id", "accountId", "principal"] {
        browser.record.data.insert(name.into(), account.clone().into());
    }
    SessionStore::new(cloud.clone()).save(&browser.record).await.expect("saves");
    assert!(!browser.caller().await.is_signed_in());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_reset_root_password_ends_roots_sessions(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, account) = root(&cloud, "root@example.com").await;
    let (other, _) = root(&cloud, "other@example.com").await;
    let operator = (cloud::Caller::operator(), cloud::Request::new(cloud::Source::Operator));
    let reset = |password: &str| ResetRootPassword { account_id: account.clone(), password: password.into() };
    let error = cloud.call(&operator.0, &operator.1, reset("root@example.com")).await.expect_err("is the address");
    assert_eq!(error.code(), "PasswordPolicyViolation");
    cloud.call(&operator.0, &operator.1, reset("Canary-Reset-1!")).await.expect("resets");
    assert!(!browser.caller().await.is_signed_in());
    assert!(other.caller().await.is_signed_in());
    let again = Browser::open(&cloud).await;
    assert!(again.sign_in_root("root@example.com", PASSWORD).await.is_err());
    again.sign_in_root("root@example.com", "Canary-Reset-1!").await.expect("signs in");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn revoked_sessions_may_do_nothing_and_later_ones_may(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    scene.user("ann", &["IAMReadOnlyAccess"]).await;
    scene.password("ann", false).await;
    let session = scene.sign_in("ann", crate::scene::PASSWORD).await.expect("signs in");
    let request = Request { session: Some(session.clone()), ..Request::new(Source::Console) };
    let ann = scene.of_session(&session).await;
    scene.cloud.call(&ann, &request, ListUsers::default()).await.expect("may read");
    let kim = scene.user("kim", &["IAMReadOnlyAccess"]).await;
    let revoke = RevokeUserSessions { user_name: "ann".into() };
    assert!(scene.refusal_of(&kim, revoke.clone()).await.1.contains("iam:PutUserPolicy"));
    scene.root(revoke).await;
    let refused = scene.cloud.call(&ann, &request, ListUsers::default()).await.expect_err("revoked");
    assert!(refused.to_string().contains("explicit deny"), "{refused}");
    sqlx::query("update session set signed_in_at = signed_in_at + 2000").execute(&pool).await.expect("later");
    let later = scene.of_session(&session).await;
    scene.cloud.call(&later, &request, ListUsers::default()).await.expect("signed in afterwards");
    let rows = scene.sql("select name from trail where name = 'PutUserPolicy'").await;
    assert_eq!(rows.len(), 2, "what was tried and what was done: {rows:?}");
}
