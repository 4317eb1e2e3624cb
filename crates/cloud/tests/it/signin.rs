//! Signing in: one answer to every failure, tries counted before passwords are looked at, nobody locked out.

use cloud::{Caller, Identity, Settings};
use model::{
    ApiError,
    iam::{CreateAccountAlias, CreateUser, DeleteLoginProfile, UpdateLoginProfile},
    signin::{SignInUser, SignOut},
    sts::GetCallerIdentity,
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, dump, finds, house, root, user},
    careless::look_then_write,
    recorder::Recorder,
    scene::bare_user,
};

const SECRET: &str = "Canary-Alice-Passw0rd!";

/// Who tries cannot tell by the time what was wrong: every failure runs one argon2 and the same statements. Time itself
/// is not measured here, since a busy machine would answer; the right password at the end shows that the measure sees a
/// difference where there is one. Whether a user has a second factor is told to those alone who know the password.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn enum_timing(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    user(&root, "alice", SECRET, false).await;
    user(&root, "full", SECRET, false).await;
    root.call(CreateUser { user_name: "keyless".into(), ..bare_user() }).await.expect("a user");
    user(&root, "guarded", SECRET, false).await;
    crate::mfa::assigned(&root, Some("guarded"), "guarded").await;
    for _ in 0..6 {
        let stranger = Browser::open(&cloud).await;
        stranger.sign_in_user(&account, "full", "wrong").await.expect_err("wrong");
    }
    let (recorder, _guard) = Recorder::start();
    let mut first = None;
    for (what, account, name, password) in [
        ("unknown account", "999999999999", "alice", SECRET),
        ("unknown alias", "no-such-alias", "alice", SECRET),
        ("unknown user", account.as_str(), "nobody", SECRET),
        ("user without a password", &account, "keyless", SECRET),
        ("wrong password", &account, "alice", "wrong"),
        ("wrong password before a second factor", &account, "guarded", "wrong"),
        ("no try left", &account, "full", SECRET),
    ] {
        let browser = Browser::open(&cloud).await;
        let (caller, request) = (browser.caller().await, browser.request());
        let hashes = cloud.hashes_run();
        recorder.take();
        let operation = SignInUser { account: account.into(), user_name: name.into(), password: password.into() };
        let error = cloud.call(&caller, &request, operation).await.expect_err(what);
        assert_eq!(error, ApiError::AuthenticationFailure, "{what}");
        assert_eq!(cloud.hashes_run() - hashes, 1, "{what}: argon2 runs");
        // The rows that a statement touched are the database's secret; its text is not.
        let statements: Vec<String> = recorder
            .take_statements()
            .iter()
            .map(|line| {
                line.split(" rows_affected")
                    .next()
                    .unwrap_or_default()
                    .replace(account, "…")
                    .replace("000000000000", "…")
            })
            .collect();
        let (_, expected) = first.get_or_insert_with(|| (what, statements.clone()));
        assert_eq!(&statements, expected, "{what}: statements");
    }
    let expected = first.map(|(_, statements)| statements.len()).unwrap_or_default();
    assert!(expected >= 6);
    recorder.take();
    Browser::open(&cloud).await.sign_in_user(&account, "alice", SECRET).await.expect("signs in");
    assert_ne!(recorder.take_statements().len(), expected, "the recorder cannot see what it should");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn enum_timing_of_root(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (_, known) = root(&cloud, "root@example.com").await;
    let (_, closed) = root(&cloud, "closed@example.com").await;
    sqlx::query("update account set status = 'CLOSED' where account_id = $1")
        .bind(closed)
        .execute(&pool)
        .await
        .expect("closes");
    let (recorder, _guard) = Recorder::start();
    let mut counts = Vec::new();
    for (email, password) in
        [("nobody@example.com", PASSWORD), ("root@example.com", "wrong"), ("closed@example.com", PASSWORD)]
    {
        let browser = Browser::open(&cloud).await;
        let (caller, request, hashes) = (browser.caller().await, browser.request(), cloud.hashes_run());
        recorder.take();
        let operation = model::signin::SignInRoot { email: email.into(), password: password.into() };
        let error = cloud.call(&caller, &request, operation).await.expect_err(email);
        assert_eq!((error, cloud.hashes_run() - hashes), (ApiError::AuthenticationFailure, 1), "{email}");
        counts.push(recorder.take_statements().len());
    }
    assert!(counts.windows(2).all(|pair| pair[0] == pair[1]) && counts[0] > 3, "{counts:?}");
    let failures: i64 = {
        let mut tx = pool.begin().await.expect("begins");
        sqlx::query("select set_config('app.account', $1, true)").bind(&known).execute(&mut *tx).await.expect("sets");
        sqlx::query_scalar("select count(*) from trail where name = 'SignInRoot' and error_code is not null")
            .fetch_one(&mut *tx)
            .await
            .expect("counts")
    };
    assert_eq!(failures, 1, "the account's owner can see the failed try");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_sign_in_binds_the_session_and_replaces_its_owner(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, account) = root(&cloud, "root@example.com").await;
    user(&browser, "Alice", SECRET, true).await;
    browser.call(CreateAccountAlias { account_alias: "my-team".into() }).await.expect("an alias");
    let dashed = format!("{}-{}-{}", &account[..4], &account[4..8], &account[8..]);
    for name in ["my-team", "MY-TEAM", &account, &dashed] {
        let output = Browser::open(&cloud).await.sign_in_user(name, "alice", SECRET).await.expect("signs in");
        assert_eq!(output.arn, format!("arn:aws:iam::{account}:user/Alice"));
        assert!(output.password_reset_required && !output.sign_up_pending);
    }
    assert_eq!(browser.caller().await.identity(), &Identity::Root);
    let shown_to_root = browser.request();
    browser.sign_in_user(&account, "alice", SECRET).await.expect("signs in");
    let caller = browser.caller().await;
    assert!(matches!(caller.identity(), Identity::User(_)) && caller.must_change_password());
    let stale = cloud::Request { expected_principal: Some(account.clone()), ..shown_to_root };
    assert_eq!(cloud.call(&caller, &stale, GetCallerIdentity {}).await.err(), Some(ApiError::OtherPrincipal));
    // Into another account from the same session: the user signed in before must not matter.
    let (_, other) = root(&cloud, "other@example.com").await;
    let output = browser.sign_in_root("OTHER@example.com", PASSWORD).await.expect("signs in");
    assert_eq!(output.arn, format!("arn:aws:iam::{other}:root"));
    assert_eq!(browser.caller().await.principal_id(), other);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn signing_out_ends_this_browsers_session_alone(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (here, _) = root(&cloud, "root@example.com").await;
    let there = Browser::open(&cloud).await;
    there.sign_in_root("root@example.com", PASSWORD).await.expect("signs in");
    here.call(SignOut {}).await.expect("signs out");
    assert!(!here.caller().await.is_signed_in());
    assert!(there.caller().await.is_signed_in());
    here.call(SignOut {}).await.expect("again is no error");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn throttle_parallel(pool: PgPool) {
    assert_eq!(look_then_write(&pool, 5, 40).await, 40, "who counts afterwards looks at all of them");
    let (one, two) = (house(&pool, Settings::default()).await, house(&pool, Settings::default()).await);
    let (root, account) = root(&one, "root@example.com").await;
    user(&root, "alice", SECRET, false).await;
    let mut tries = tokio::task::JoinSet::new();
    for at in 0..40 {
        let browser = Browser::open(if at % 2 == 0 { &one } else { &two }).await;
        let account = account.clone();
        tries.spawn(async move { browser.sign_in_user(&account, "alice", "wrong").await });
    }
    while let Some(outcome) = tries.join_next().await {
        assert_eq!(outcome.expect("runs").err(), Some(ApiError::AuthenticationFailure));
    }
    // Five tries, then one every thirty seconds, however many came at once.
    let ahead: f64 =
        sqlx::query_scalar("select max(extract(epoch from tat - now()))::float8 from throttle where key like 'user:%'")
            .fetch_one(&pool)
            .await
            .expect("reads");
    assert!((100.0..=150.0).contains(&ahead), "{ahead}");
    let late = Browser::open(&two).await;
    assert!(late.sign_in_user(&account, "alice", SECRET).await.is_err(), "the right password does not help a flood");
    assert!(late.sign_in_user(&account, "ALICE", SECRET).await.is_err(), "nor does another spelling");
    assert!(late.sign_in_user(&account, "bob", SECRET).await.is_err());
}

/// The stranger, whom the same flood does keep out although the password is right, is the variant without device cookies.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn lockout_dos(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    user(&root, "alice", SECRET, false).await;
    user(&root, "bob", SECRET, false).await;
    let mut own = Browser::open(&cloud).await;
    for name in ["bob", "alice"] {
        let output = own.sign_in_user(&account, name, SECRET).await.expect("signs in");
        own.device = Some(cloud.device_token(&output, own.device.as_deref()));
    }
    for _ in 0..10 {
        let stranger = Browser::open(&cloud).await;
        for name in ["alice", "bob"] {
            stranger.sign_in_user(&account, name, "wrong").await.expect_err("wrong");
        }
    }
    let mut stranger = Browser::open(&cloud).await;
    assert!(stranger.sign_in_user(&account, "alice", SECRET).await.is_err());
    for name in ["alice", "bob"] {
        own.sign_in_user(&account, name, SECRET).await.expect("the owner gets in");
    }
    for forged in ["", "x", ".....", &"A".repeat(64), &own.device.clone().expect("a token").replace('.', "A.")] {
        stranger.device = Some(forged.into());
        assert!(stranger.sign_in_user(&account, "alice", SECRET).await.is_err(), "{forged}");
    }
    let (_, other) = crate::browser::root(&cloud, "other@example.com").await;
    assert_ne!(other, account);
    let foreign = cloud.device_token(
        &Browser::open(&cloud).await.sign_in_root("other@example.com", PASSWORD).await.expect("signs in"),
        None,
    );
    stranger.device = Some(foreign);
    assert!(stranger.sign_in_user(&account, "alice", SECRET).await.is_err(), "a proof is for one principal");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_address_that_fails_too_often_is_slowed_down_and_others_are_not(pool: PgPool) {
    let cloud = house(&pool, Settings { ip_failures_per_minute: 1, ..Settings::default() }).await;
    root(&cloud, "root@example.com").await;
    let mut browser = Browser::open(&cloud).await;
    browser.ip = "2001:db8:1:2:3::4".parse().expect("an address");
    for at in 0..4 {
        browser.sign_in_root(&format!("nobody{at}@example.com"), PASSWORD).await.expect_err("unknown");
    }
    browser.ip = "2001:db8:1:2:ffff::1".parse().expect("an address");
    assert!(browser.sign_in_root("root@example.com", PASSWORD).await.is_err(), "the same /64");
    browser.ip = "2001:db8:1:3::1".parse().expect("an address");
    browser.sign_in_root("root@example.com", PASSWORD).await.expect("another network");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_that_is_gone_or_changed_signs_nobody_in(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    user(&root, "alice", SECRET, false).await;
    Browser::open(&cloud).await.sign_in_user(&account, "alice", SECRET).await.expect("signs in");
    let changed = UpdateLoginProfile {
        user_name: "alice".into(),
        password: Some("Canary-Another-1!".into()),
        ..model::Operation::example()
    };
    root.call(changed).await.expect("changes");
    let refused = Some(ApiError::AuthenticationFailure);
    // The change ended the browser's session, and the door gives it a new one.
    let alice = Browser::open(&cloud).await;
    assert_eq!(alice.sign_in_user(&account, "alice", SECRET).await.err(), refused);
    root.call(DeleteLoginProfile { user_name: Some("alice".into()) }).await.expect("deletes");
    assert_eq!(alice.sign_in_user(&account, "alice", "Canary-Another-1!").await.err(), refused);
    alice.sign_in_root("root@example.com", PASSWORD).await.expect("the root user is another matter");
}

/// What people type into the wrong field must not be found anywhere.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_in_the_name_field_is_written_nowhere(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (_, account) = root(&cloud, "root@example.com").await;
    let (recorder, _guard) = Recorder::start();
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "canary-typed-here", "Canary-Typed-There").await.expect_err("wrong");
    browser.sign_in_user("999999999999", "canary-typed-here", "Canary-Typed-There").await.expect_err("wrong");
    let everything = dump(&pool).await + &recorder.take().join("\n");
    for secret in ["canary-typed-here", "Canary-Typed-There"] {
        assert_eq!(finds(&everything, secret), None);
    }
    assert!(finds(&everything, "SignInUser").is_some(), "the failure itself is in the trail");
    assert_eq!(
        cloud.call(&Caller::anonymous(), &browser.request(), GetCallerIdentity {}).await.err(),
        Some(ApiError::SignedOut)
    );
}
