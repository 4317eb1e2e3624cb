//! What a root user changes of itself: the password is asked anew, a new address proves itself, the former is told.

use cloud::{Request, Settings, Source};
use model::{
    ApiError,
    account::{AcceptPrimaryEmailUpdate, ChangeRootPassword, PutAccountName, StartPrimaryEmailUpdate},
    iam::{CreateAccessKey, CreateLoginProfile, CreateUser},
    operator::{ListAccounts, ResetRootPassword},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, column, house, root, user},
    operator::operate,
    scene::bare_user,
};

const NEW: &str = "Canary-New-Root-2!";

fn name(password: &str) -> PutAccountName {
    PutAccountName { account_name: "Renamed".into(), current_password: password.into() }
}

fn to(email: &str) -> StartPrimaryEmailUpdate {
    StartPrimaryEmailUpdate { primary_email: email.into(), current_password: PASSWORD.into() }
}

fn change(from: &str, to: &str) -> ChangeRootPassword {
    ChangeRootPassword { current_password: from.into(), new_password: to.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_password_is_asked_anew_and_tries_are_counted(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    root.call(name(PASSWORD)).await.expect("renames");
    let accounts = operate(&cloud, ListAccounts::default()).await.expect("lists").accounts;
    assert_eq!(accounts[0].account_name, "Renamed");
    user(&root, "alice", "Canary-Alice-Passw0rd!", false).await;
    let alice = Browser::open(&cloud).await;
    alice.sign_in_user(&account, "alice", "Canary-Alice-Passw0rd!").await.expect("signs in");
    assert_eq!(alice.call(name(PASSWORD)).await.expect_err("not hers").code(), "AccessDenied");
    for _ in 0..5 {
        let wrong = root.call(name("wrong")).await.expect_err("wrong");
        assert!(matches!(&wrong, ApiError::Validation { fields } if fields[0].field == "currentPassword"), "{wrong:?}");
    }
    assert_eq!(root.call(name(PASSWORD)).await, Err(ApiError::Throttling), "whoever has the console may not guess");
    Browser::open(&cloud).await.sign_in_root("root@example.com", PASSWORD).await.expect("sign-in has its own counter");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_changed_password_ends_other_sessions_and_keeps_the_rules(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, _) = root(&cloud, "root@example.com").await;
    let other = Browser::open(&cloud).await;
    other.sign_in_root("root@example.com", PASSWORD).await.expect("signs in");
    for weak in ["weak", "root@example.com", PASSWORD] {
        assert_eq!(
            root.call(change(PASSWORD, weak)).await.expect_err(weak).code(),
            "PasswordPolicyViolation",
            "{weak}"
        );
    }
    root.call(change(PASSWORD, NEW)).await.expect("changes");
    assert!(root.caller().await.is_signed_in() && !other.caller().await.is_signed_in());
    assert_eq!(root.mails().await[0].summary.subject, "Understudy Password Updated");
    assert!(other.sign_in_root("root@example.com", PASSWORD).await.is_err());
    Browser::open(&cloud).await.sign_in_root("root@example.com", NEW).await.expect("signs in");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn with_a_device_the_code_of_the_sign_in_is_fresh(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, _) = root(&cloud, "root@example.com").await;
    sqlx::query("update account set root_mfa_devices = 1").execute(&pool).await.expect("a device");
    assert_eq!(root.call(change(PASSWORD, NEW)).await.expect_err("without a code").code(), "AccessDenied");
    let passed = |minutes: i64| {
        let pool = pool.clone();
        async move {
            sqlx::query(
                "update session set mfa_at = (extract(epoch from clock_timestamp()) * 1000)::bigint - $1 * 60000
                 where account_id is not null",
            )
            .bind(minutes)
            .execute(&pool)
            .await
            .expect("ages");
        }
    };
    passed(16).await;
    assert_eq!(root.call(name(PASSWORD)).await.expect_err("too old").code(), "AccessDenied");
    passed(14).await;
    root.call(change(PASSWORD, NEW)).await.expect("changes");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_new_address_proves_itself_and_the_former_is_told(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, _) = root(&cloud, "old@example.com").await;
    root.call(to("New@example.com")).await.expect("starts");
    let first = root.newest_code().await;
    let wrong = if first == "000000" { "000001" } else { "000000" };
    assert_eq!(
        root.call(AcceptPrimaryEmailUpdate { otp: wrong.into() }).await.expect_err("wrong").code(),
        "InvalidAuthenticationCode"
    );
    root.call(to("newer@example.com")).await.expect("starts anew");
    assert!(root.call(AcceptPrimaryEmailUpdate { otp: first.into() }).await.is_err(), "another address's code");
    Browser::open(&cloud).await.sign_in_root("old@example.com", PASSWORD).await.expect("nothing has changed yet");
    let code = root.newest_code().await;
    root.call(AcceptPrimaryEmailUpdate { otp: code.as_str().into() }).await.expect("changes");
    assert!(root.call(AcceptPrimaryEmailUpdate { otp: code.into() }).await.is_err(), "once");
    let told: Vec<String> = root.mails().await.iter().take(2).map(|mail| mail.summary.to.clone()).collect();
    assert!(told.contains(&"old@example.com".into()) && told.contains(&"newer@example.com".into()), "{told:?}");
    assert!(Browser::open(&cloud).await.sign_in_root("old@example.com", PASSWORD).await.is_err());
    Browser::open(&cloud).await.sign_in_root("newer@example.com", PASSWORD).await.expect("signs in");
}

/// Ten strangers a day may be written to in an account's name, however patiently it is done; a code that was refused
/// does not count, a taken address does. Another account has its own ten.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn codes_to_new_addresses_are_counted_by_the_day(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (ours, account) = root(&cloud, "ours@example.com").await;
    let (theirs, _) = root(&cloud, "theirs@example.com").await;
    // A minute and more goes by: the counter of the minute has forgotten.
    let later = async || {
        sqlx::query("delete from throttle where key = 'address:' || $1")
            .bind(&account)
            .execute(&pool)
            .await
            .expect("goes by");
    };
    for at in 0..3 {
        ours.call(to(&format!("stranger-{at}@example.com"))).await.expect("three at once");
    }
    assert_eq!(ours.call(to("hasty@example.com")).await, Err(ApiError::Throttling), "more come one a minute");
    later().await;
    ours.call(to("theirs@example.com")).await.expect("a taken one looks like any other");
    for at in 4..10 {
        later().await;
        ours.call(to(&format!("stranger-{at}@example.com"))).await.expect("ten a day");
    }
    later().await;
    let eleventh = ours.call(to("stranger-10@example.com")).await.expect_err("the eleventh");
    assert_eq!(eleventh, ApiError::quota("EmailAddressCodesPerDay", 10));
    let codes = "select count(*)::text from mail where subject = (select subject from mail where recipient = 'stranger-0@example.com')";
    assert_eq!(column(&pool, codes).await, ["9"], "and nothing was written");
    theirs.call(to("stranger-10@example.com")).await.expect("another account's first");
    // The last code that was sent is still good.
    let sent = ours.mails().await.into_iter().find(|mail| mail.summary.to == "stranger-9@example.com").expect("a mail");
    let otp = crate::browser::code_in(sent.text.expose()).into();
    ours.call(AcceptPrimaryEmailUpdate { otp }).await.expect("changes");
    // On another day there are ten again: the counter's name is the day's.
    sqlx::query("update throttle set key = regexp_replace(key, '[0-9]+$', '1') where key ~ '^address:[0-9]+:'")
        .execute(&pool)
        .await
        .expect("a day goes by");
    ours.call(to("tomorrow@example.com")).await.expect("ten more");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_taken_address_looks_like_another_and_codes_run_out(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (ours, _) = root(&cloud, "ours@example.com").await;
    let (theirs, _) = root(&cloud, "theirs@example.com").await;
    ours.call(to("THEIRS@example.com")).await.expect("the same answer");
    assert_eq!(theirs.mails().await[0].summary.subject, "Understudy: your email address was asked for");
    for at in 0..7 {
        let error = ours.call(AcceptPrimaryEmailUpdate { otp: format!("{at:06}").into() }).await.expect_err("no code");
        assert_eq!(error.code(), "InvalidAuthenticationCode");
    }
    ours.call(to("free@example.com")).await.expect("starts");
    let code = ours.newest_code().await;
    sqlx::query("update email_change set code_expires = now() - interval '1 second'")
        .execute(&pool)
        .await
        .expect("ages");
    assert!(ours.call(AcceptPrimaryEmailUpdate { otp: code.into() }).await.is_err(), "too late");
    ours.call(to("free@example.com")).await.expect("starts");
    let code = ours.newest_code().await;
    // Somebody else takes the address between the code and its coming back.
    crate::browser::account(&cloud, "free@example.com").await;
    assert!(ours.call(AcceptPrimaryEmailUpdate { otp: code.into() }).await.is_err());
    let addresses = column(&pool, "select email from account order by 1").await;
    assert_eq!(addresses, ["free@example.com", "ours@example.com", "theirs@example.com"]);
}

/// Somebody else takes the address while the code is being looked at: the same answer as a moment later.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_address_that_is_taken_at_the_same_moment_is_no_fault_of_ours(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (ours, _) = root(&cloud, "ours@example.com").await;
    let (_, theirs) = root(&cloud, "theirs@example.com").await;
    ours.call(to("free@example.com")).await.expect("starts");
    let code = ours.newest_code().await;
    let mut other = pool.begin().await.expect("begins");
    sqlx::query("update account set email = 'free@example.com', email_key = 'free@example.com' where account_id = $1")
        .bind(&theirs)
        .execute(&mut *other)
        .await
        .expect("takes it");
    let accept = tokio::spawn({
        let ours = ours.clone();
        async move { ours.call(AcceptPrimaryEmailUpdate { otp: code.into() }).await }
    });
    let waiting = "select count(*)::text from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    while !accept.is_finished() && column(&pool, waiting).await == ["0"] {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    other.commit().await.expect("commits");
    assert_eq!(accept.await.expect("ends").expect_err("taken").code(), "InvalidAuthenticationCode");
}

/// An access key outlives a password: it must not finish what the former password began.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_new_password_ends_a_change_of_the_address(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    let key = root.call(CreateAccessKey { user_name: None }).await.expect("a key").access_key.access_key_id;
    let signed = cloud.caller_of_signature(&key, |_| Ok(())).await.expect("signs");
    let api = Request::new(Source::Api);
    root.call(to("elsewhere@example.com")).await.expect("starts");
    let code = root.newest_code().await;
    root.call(change(PASSWORD, NEW)).await.expect("changes");
    let refused = cloud.call(&signed, &api, AcceptPrimaryEmailUpdate { otp: code.into() }).await;
    assert_eq!(refused.expect_err("it was begun before").code(), "InvalidAuthenticationCode");

    root.call(StartPrimaryEmailUpdate { primary_email: "elsewhere@example.com".into(), current_password: NEW.into() })
        .await
        .expect("starts");
    let code = root.newest_code().await;
    operate(&cloud, ResetRootPassword { account_id: account, password: PASSWORD.into() }).await.expect("resets");
    let refused = cloud.call(&signed, &api, AcceptPrimaryEmailUpdate { otp: code.into() }).await;
    assert_eq!(refused.expect_err("the operator's, too").code(), "InvalidAuthenticationCode");
    assert_eq!(column(&pool, "select email from account").await, ["root@example.com"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_console_refuses_common_passwords_and_the_api_does_not(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, _) = root(&cloud, "root@example.com").await;
    let refused = root.call(change(PASSWORD, "Password1!")).await.expect_err("common");
    let ApiError::PasswordPolicyViolation { rules, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(rules, ["Password should not be one of the most common passwords"]);
    root.call(CreateUser { user_name: "tom".into(), ..bare_user() }).await.expect("a user");
    let profile =
        CreateLoginProfile { user_name: "tom".into(), password: "Monkey123!".into(), password_reset_required: false };
    let refused = root.call(profile.clone()).await.expect_err("common");
    assert_eq!(refused.code(), "PasswordPolicyViolation");
    let api = Request::new(Source::Api);
    cloud.call(&root.caller().await, &api, profile).await.expect("AWS's rules know no such list");
    let lax = house(&pool, Settings { refuse_common_passwords: false, ..Settings::default() }).await;
    let root = Browser { cloud: lax, ..root };
    root.call(change(PASSWORD, "Password1!")).await.expect("the operator lets them pass");
}
