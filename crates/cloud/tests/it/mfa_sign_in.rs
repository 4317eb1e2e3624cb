//! Between password and code: a device whose clock ran away is set right there, and any of several devices will do.

use cloud::Settings;
use model::{
    ApiError,
    signin::{ResyncMfaDevice, SubmitMfaCode},
    sts::GetCallerIdentity,
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, house, root, user},
    mfa::{ALICE, Phone, assigned, submit, with_alice},
    scene::sql,
};

fn resync(first: String, second: String) -> ResyncMfaDevice {
    ResyncMfaDevice { mfa_code1: first.into(), mfa_code2: second.into() }
}

/// Two codes in a row of a device whose clock is `away` steps off.
fn drifted(phone: &Phone, away: i64) -> ResyncMfaDevice {
    resync(phone.code(away), phone.code(away + 1))
}

const REFUSED: Option<ApiError> = Some(ApiError::AuthenticationFailure);

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_device_that_ran_away_is_set_right_at_sign_in(pool: PgPool) {
    let (cloud, _, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    assert_eq!(browser.call(drifted(&phone, -20)).await.err(), Some(ApiError::SignedOut), "no password yet");
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert_eq!(browser.call(submit(phone.code(-20))).await.err(), REFUSED);
    for (what, wrong) in [
        ("the same twice", resync(phone.code(-20), phone.code(-20))),
        ("the wrong way round", resync(phone.code(-19), phone.code(-20))),
    ] {
        assert_eq!(browser.call(wrong).await.err(), REFUSED, "{what}");
    }
    browser.call(drifted(&phone, -20)).await.expect("sets it right");
    let caller = browser.caller().await;
    assert!(caller.mfa_pending() && !caller.is_signed_in(), "it signs nobody in");
    assert_eq!(browser.call(GetCallerIdentity {}).await.err(), Some(ApiError::SignedOut));
    assert_eq!(browser.call(submit(phone.code(-19))).await.err(), REFUSED, "used at setting it right");
    browser.call(submit(phone.code(-18))).await.expect("signs in");
    assert_eq!(browser.call(drifted(&phone, -17)).await.err(), Some(ApiError::SignedOut), "there is nothing to set");
    assert!(browser.caller().await.is_signed_in());

    let trail = "select coalesce(error_code, 'done') from trail where name = 'ResyncMfaDevice' order by event_time";
    let trail = sql(&pool, &account, trail).await;
    assert_eq!(trail.iter().filter(|outcome| *outcome == "done").count(), 1, "{trail:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn setting_right_takes_the_same_tries_as_a_code(pool: PgPool) {
    let (cloud, _, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    for at in 0..5 {
        let outcome = if at % 2 == 0 {
            browser.call(resync("000000x".into(), "000001x".into())).await.err()
        } else {
            browser.call(submit("000000x")).await.err()
        };
        assert_eq!(outcome, REFUSED);
    }
    assert_eq!(browser.call(drifted(&phone, -20)).await.err(), Some(ApiError::SignedOut));
    assert!(!browser.caller().await.mfa_pending());

    let again = Browser::open(&cloud).await;
    again.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert_eq!(again.call(drifted(&phone, -20)).await.err(), REFUSED, "the user's tries are used up");
    assert_eq!(again.call(submit(phone.code(1))).await.err(), REFUSED, "of codes too");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_session_s_tries_begin_anew_once_the_device_is_right(pool: PgPool) {
    let (cloud, _, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    for _ in 0..4 {
        assert_eq!(browser.call(submit(phone.code(-20))).await.err(), REFUSED);
    }
    browser.call(drifted(&phone, -20)).await.expect("the fifth try");
    browser.call(submit(phone.code(-18))).await.expect("signs in");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn any_of_several_devices_will_do(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    for name in ["alice", "bob"] {
        user(&owner, name, ALICE, false).await;
    }
    let first = assigned(&owner, Some("alice"), "first").await;
    let second = assigned(&owner, Some("alice"), "second").await;
    let other = assigned(&owner, Some("bob"), "other").await;
    let sign_in = async |code: SubmitMfaCode| {
        let browser = Browser::open(&cloud).await;
        browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
        (browser.call(code).await, browser)
    };
    for phone in [&first, &second] {
        sign_in(submit(phone.code(1))).await.0.expect("signs in");
    }
    let (refused, browser) = sign_in(submit(other.code(1))).await;
    assert_eq!(refused.err(), REFUSED, "somebody else's");
    assert_eq!(browser.call(drifted(&other, -20)).await.err(), REFUSED, "somebody else's");
    browser.call(drifted(&second, -20)).await.expect("the second is set right");
    browser.call(submit(second.code(-18))).await.expect("signs in");
}
