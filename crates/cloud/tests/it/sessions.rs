//! The session store: a dead session stays dead, and the table opens none.

use cloud::{Execute, Request, SessionHash, SessionStore, Settings, Source};
use model::{
    ApiError,
    account::{ChangeRootPassword, PutAccountName, StartPrimaryEmailUpdate},
    console::{ListOwnSessions, RevokeUserSessions},
    iam::{AttachUserPolicy, ChangePassword, ListUsers},
    operator::ResetRootPassword,
    signin::SignOut,
};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tower_sessions_core::{SessionStore as _, session::Id};

use crate::{
    browser::{Browser, PASSWORD, house, root, user},
    scene::{Scene, managed},
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

/// Calls as the console's door does where a password is typed anew: with a fresh session beside the caller's own, which
/// takes its place if it works.
async fn retype<O: Execute>(browser: &mut Browser, operation: O) -> Result<(), ApiError> {
    let fresh = Browser::open(&browser.cloud).await;
    let request = Request { session: Some(fresh.session()), ..browser.request() };
    browser.cloud.call(&browser.caller().await, &request, operation).await?;
    let renewed = Browser { device: browser.device.clone(), ..fresh };
    let so_far = std::mem::replace(browser, renewed);
    let caller = so_far.caller().await;
    assert!(!caller.is_signed_in() && !caller.has_session(), "{}: the id so far", O::ACTION);
    assert!(browser.caller().await.is_signed_in(), "{}: the new one", O::ACTION);
    Ok(())
}

/// OWASP ASVS 5.0.0, 7.2.4: a new id at every authentication anew, under which the same session goes on.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_typed_anew_renews_the_session(pool: PgPool) {
    const NEW: &str = "Canary-New-Passw0rd!";
    const ANN: &str = "Canary-Ann-Passw0rd!";
    let cloud = house(&pool, Settings::default()).await;
    let (mut root, account) = root(&cloud, "root@example.com").await;
    user(&root, "ann", ANN, true).await;
    let policy = AttachUserPolicy { user_name: "ann".into(), policy_arn: managed("IAMUserChangePassword") };
    root.call(policy).await.expect("attaches");
    let mut ann = Browser::open(&cloud).await;
    ann.sign_in_user(&account, "ann", ANN).await.expect("signs in");
    let facts = async |browser: &Browser| {
        let all: Vec<String> = sqlx::query_scalar(
            "select concat_ws('|', session_id, account_id, user_id, signed_in_at, expires_at) from session
             where id_hash = sha256($1)",
        )
        .bind(browser.record.id.0.to_be_bytes().as_slice())
        .fetch_all(&pool)
        .await
        .expect("reads");
        assert_eq!(all.len(), 1);
        all
    };

    let rename = |password: &str| PutAccountName { account_name: "Renamed".into(), current_password: password.into() };
    let before = facts(&root).await;
    retype(&mut root, rename("Not-The-Password-1")).await.expect_err("a wrong one");
    assert!(root.caller().await.is_signed_in(), "goes on under its id");
    let in_flight = root.caller().await;
    retype(&mut root, rename(PASSWORD)).await.expect("renames");
    // A request of the id so far that was under way meanwhile: it cannot bring that back.
    let late = Request { session: Some(Browser::open(&cloud).await.session()), ..root.request() };
    let refused = cloud.call(&in_flight, &late, rename(PASSWORD)).await.expect_err("it is gone");
    assert!(matches!(refused, ApiError::SignedOut), "{refused:?}");
    let address =
        StartPrimaryEmailUpdate { primary_email: "new@example.com".into(), current_password: PASSWORD.into() };
    retype(&mut root, address).await.expect("sends a code");
    let other = Browser::open(&cloud).await;
    other.sign_in_root("root@example.com", PASSWORD).await.expect("signs in elsewhere");
    let change = ChangeRootPassword { current_password: PASSWORD.into(), new_password: NEW.into() };
    retype(&mut root, change).await.expect("changes it");
    assert!(!other.caller().await.is_signed_in(), "all others end, and not the renewed one");
    assert_eq!(facts(&root).await, before, "the same session, no longer than before");
    let own = root.call(ListOwnSessions {}).await.expect("lists").sessions;
    assert!(own.len() == 1 && own[0].current, "{own:?}");

    let before = facts(&ann).await;
    assert!(ann.caller().await.must_change_password());
    let change = ChangePassword { old_password: ANN.into(), new_password: NEW.into() };
    retype(&mut ann, change).await.expect("changes it");
    assert!(!ann.caller().await.must_change_password());
    assert_eq!(facts(&ann).await, before);

    // Whoever calls without a door that renews, as programs do, keeps the session as it is.
    root.call(rename(NEW)).await.expect("renames");
    assert!(root.caller().await.is_signed_in());
}
