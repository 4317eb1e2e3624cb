//! Many at once: one code opens one session, and no number of servers has more tries than one.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use cloud::{Caller, Cloud, Execute, Request, Settings, Source};
use model::{ApiError, account::PutAccountName, iam::ChangePassword, signin::SignInUser};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::{
    browser::{Browser, PASSWORD as ROOTS, house, root, user},
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

/// Guesses at nobody in particular that keep every core busy.
struct Flood {
    over: Arc<AtomicBool>,
    guessers: JoinSet<()>,
}

impl Flood {
    async fn start(cloud: &Cloud, account: &str) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let mut guessers = JoinSet::new();
        for at in 0..200 {
            let (browser, account) = (Browser::open(cloud).await, account.to_owned());
            let (cloud, over) = (cloud.clone(), over.clone());
            guessers.spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let (account, user_name) = (account.clone(), format!("nobody-{at}"));
                    let guess = SignInUser { account, user_name, password: "wrong".into() };
                    let _refused = cloud.call(&Caller::anonymous(), &browser.request(), guess).await;
                }
            });
        }
        Self { over, guessers }
    }

    /// Calls until it was told so often to come back later. Whatever else is answered must have worked; how many did
    /// is what the next call is made of.
    async fn turns_away<O: Execute>(
        &self,
        times: u32,
        (cloud, caller, request): (&Cloud, &Caller, Request),
        operation: impl Fn(u32) -> O,
    ) {
        let (mut busy, mut done) = (0, 0);
        while busy < times {
            assert!(busy + done < 300, "that is no flood: {busy} were turned away");
            match cloud.call(caller, &request, operation(done)).await {
                Err(ApiError::Unavailable) => busy += 1,
                Err(error) => panic!("{}: {error:?}", O::ACTION),
                Ok(_) => done += 1,
            }
        }
    }

    async fn end(mut self) {
        self.over.store(true, Ordering::Relaxed);
        while self.guessers.join_next().await.is_some() {}
    }
}

/// Whoever was told to come back later has not tried. Without that, a flood at nobody in particular would use up the
/// tries of everybody who came meanwhile: five "try again" would be as good as five wrong passwords.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn lockout_dos_by_overload(pool: PgPool) {
    let cloud = house(&pool, Settings { ip_failures_per_minute: 100_000, ..Settings::default() }).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let flood = Flood::start(&cloud, &account).await;
    let alice = Browser::open(&cloud).await;
    let right = |_| SignInUser { account: account.clone(), user_name: "alice".into(), password: ALICE.into() };
    flood.turns_away(6, (&cloud, &Caller::anonymous(), alice.request()), right).await;
    flood.end().await;
    Browser::open(&cloud).await.sign_in_user(&account, "alice", ALICE).await.expect("nothing was used up");
}

/// The same where somebody who is signed in types the password once more.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn lockout_dos_of_those_who_are_in(pool: PgPool) {
    let cloud = house(&pool, Settings { ip_failures_per_minute: 100_000, ..Settings::default() }).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let scene = Scene::open(cloud.clone(), pool, "owner@example.com").await;
    let ann = scene.user("ann", &["IAMUserChangePassword"]).await;
    scene.password("ann", false).await;
    let numbered = |at: u32| if at == 0 { PASSWORD.to_owned() } else { format!("Correct-Mule-{at}") };
    let change = |at| ChangePassword { old_password: numbered(at).into(), new_password: numbered(at + 1).into() };
    let rename = |at| PutAccountName { account_name: format!("Name {at}"), current_password: ROOTS.into() };
    let root = owner.caller().await;
    let flood = Flood::start(&cloud, &account).await;
    // The new password is hashed, too: who is turned away there has been looked at before.
    flood.turns_away(20, (&cloud, &ann, Request::new(Source::Api)), change).await;
    flood.turns_away(6, (&cloud, &root, owner.request()), rename).await;
    flood.end().await;
    owner.call(rename(0)).await.expect("root's tries are all there");
    let wrong = ChangePassword { old_password: "wrong".into(), new_password: numbered(500).into() };
    let answer = cloud.call(&ann, &Request::new(Source::Api), wrong).await.expect_err("wrong").code();
    assert_eq!(answer, "AccessDenied", "it was looked at");
}
