//! Many at once: one code opens one session, and no number of servers has more tries than one.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use cloud::{Caller, Cloud, Request, Settings, Source};
use model::{ApiError, iam::ChangePassword, signin::SignInUser};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::{
    browser::{Browser, house, root, user},
    careless::look_then_write,
    mfa::{ALICE, assigned, submit, with_alice},
    scene::{PASSWORD, Scene},
};

/// Fifty browsers that know the password send one code to two servers. Each has a proof of an earlier sign-in, and so a
/// budget of its own: what holds them back is the noted step and nothing else.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn totp_replay(pool: PgPool) {
    assert_eq!(look_then_write(&pool, 1, 50).await, 50, "who looks first and notes afterwards lets all of them in");
    let (one, two) = (house(&pool, Settings::default()).await, house(&pool, Settings::default()).await);
    let (owner, account) = root(&one, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let known = Browser::open(&one).await.sign_in_user(&account, "alice", ALICE).await.expect("no device yet");
    let phone = assigned(&owner, Some("alice"), "alice").await;
    let mut browsers = Vec::new();
    for at in 0..50 {
        let mut browser = Browser::open(if at % 2 == 0 { &one } else { &two }).await;
        browser.device = Some(one.device_token(&known, None));
        assert!(browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right").mfa_required);
        browsers.push(browser);
    }
    let code = phone.code(1);
    let mut tries = JoinSet::new();
    for browser in browsers {
        let code = code.clone();
        tries.spawn(async move {
            let outcome = browser.call(submit(code)).await;
            assert_eq!(browser.caller().await.is_signed_in(), outcome.is_ok());
            outcome
        });
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    for error in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(error, ApiError::AuthenticationFailure);
    }
}

/// One password that was right, forty wrong codes at once on two servers: five are looked at.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn throttle_parallel_of_codes(pool: PgPool) {
    assert_eq!(look_then_write(&pool, 5, 40).await, 40, "who counts afterwards looks at all of them");
    let (one, _, account, phone) = with_alice(&pool).await;
    let two = house(&pool, Settings::default()).await;
    let browser = Browser::open(&one).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    let caller = browser.caller().await;
    let mut tries = JoinSet::new();
    for at in 0..40 {
        let cloud: Cloud = if at % 2 == 0 { one.clone() } else { two.clone() };
        let (caller, request) = (caller.clone(), browser.request());
        tries.spawn(async move { cloud.call(&caller, &request, submit("000000x")).await.err() });
    }
    let outcomes = tries.join_all().await;
    let looked_at = outcomes.iter().filter(|outcome| **outcome == Some(ApiError::AuthenticationFailure)).count();
    assert_eq!(looked_at, 5, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Some(ApiError::SignedOut)).count(), 35, "{outcomes:?}");
    assert_eq!(browser.call(submit(phone.code(1))).await.err(), Some(ApiError::SignedOut), "the try is over");
}

/// Whoever has a user's session or key guesses their password through ChangePassword no faster than at sign-in.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn throttle_parallel_of_old_passwords(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let two = house(&pool, Settings::default()).await;
    let caller = scene.user("ann", &["IAMUserChangePassword"]).await;
    scene.password("ann", false).await;
    let before = scene.cloud.hashes_run() + two.hashes_run();
    let mut tries = JoinSet::new();
    for at in 0..40 {
        let (cloud, caller) = (if at % 2 == 0 { scene.cloud.clone() } else { two.clone() }, caller.clone());
        let guess = ChangePassword { old_password: format!("Guess-{at}-Horse").into(), new_password: PASSWORD.into() };
        tries.spawn(async move { cloud.call(&caller, &Request::new(Source::Api), guess).await.map(drop) });
    }
    let codes: Vec<_> = tries.join_all().await.into_iter().map(|outcome| outcome.expect_err("wrong").code()).collect();
    assert!(codes.iter().all(|code| ["AccessDenied", "Throttling"].contains(code)), "{codes:?}");
    let looked_at = scene.cloud.hashes_run() + two.hashes_run() - before;
    assert!((1..=6).contains(&looked_at), "{looked_at} of 40 guesses were looked at");
}

/// Whoever was told to come back later has not tried. Without that, a flood at nobody in particular would use up the
/// tries of everybody who came meanwhile: five "try again" would be as good as five wrong passwords.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn lockout_dos_by_overload(pool: PgPool) {
    let cloud = house(&pool, Settings { ip_failures_per_minute: 100_000, ..Settings::default() }).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let over = Arc::new(AtomicBool::new(false));
    let mut flood = JoinSet::new();
    for at in 0..200 {
        let (browser, account) = (Browser::open(&cloud).await, account.clone());
        let (cloud, over) = (cloud.clone(), over.clone());
        flood.spawn(async move {
            while !over.load(Ordering::Relaxed) {
                let (account, user_name) = (account.clone(), format!("nobody-{at}"));
                let guess = SignInUser { account, user_name, password: "wrong".into() };
                let _refused = cloud.call(&Caller::anonymous(), &browser.request(), guess).await;
            }
        });
    }
    let alice = Browser::open(&cloud).await;
    let (mut busy, mut tries) = (0, 0);
    while busy < 6 && tries < 300 {
        tries += 1;
        let right = SignInUser { account: account.clone(), user_name: "alice".into(), password: ALICE.into() };
        match cloud.call(&Caller::anonymous(), &alice.request(), right).await {
            Err(ApiError::Unavailable) => busy += 1,
            outcome => assert!(outcome.is_ok(), "{outcome:?}"),
        }
    }
    assert_eq!(busy, 6, "that is no flood");
    over.store(true, Ordering::Relaxed);
    while flood.join_next().await.is_some() {}
    Browser::open(&cloud).await.sign_in_user(&account, "alice", ALICE).await.expect("nothing was used up");
}
