//! A root user's forgotten password: the link works once, in time, for its account alone, and tells nobody anything.

use cloud::{Cloud, Settings};
use model::{
    ApiError,
    account::ChangeRootPassword,
    console::{CreateMailboxLink, OpenMailbox},
    operator::ResetRootPassword,
    signin::{RequestPasswordReset, ResetPassword},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, column, dump, finds, house, root},
    operator::{key_in, operate},
    recorder::Recorder,
};

const NEW: &str = "Canary-New-Root-2!";

fn ask(email: &str) -> RequestPasswordReset {
    RequestPasswordReset { email: email.into() }
}

fn set(token: &str, password: &str) -> ResetPassword {
    ResetPassword { token: token.into(), password: password.into() }
}

/// A browser that reads the account's mailbox and is signed in as nobody.
async fn reader(cloud: &Cloud, root: &Browser) -> Browser {
    let link = root.call(CreateMailboxLink {}).await.expect("a link").mailbox_url;
    let browser = Browser::open(cloud).await;
    browser.call(OpenMailbox { key: key_in(link.expose(), "key").into() }).await.expect("opens");
    browser
}

/// The link in the newest mail.
async fn link(reader: &Browser) -> String {
    let mail = reader.mails().await.remove(0);
    assert_eq!(mail.summary.subject, "Understudy Password Assistance");
    mail.text.expose().lines().find(|line| line.contains("://")).expect("a link").to_owned()
}

async fn token(reader: &Browser) -> String {
    key_in(&link(reader).await, "token")
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_link_sets_a_password_once(pool: PgPool) {
    let cloud = house(&pool, Settings { public_url: "https://c.example".into(), ..Settings::default() }).await;
    let (root, _) = root(&cloud, "Root@example.com").await;
    let reader = reader(&cloud, &root).await;
    let nobody = Browser::open(&cloud).await;
    nobody.call(ask(" ROOT@example.com ")).await.expect("asks");
    assert_eq!(reader.mails().await[0].summary.to, "Root@example.com", "as its owner wrote it");
    // No request says where the console is: the link comes from the setting alone.
    assert!(link(&reader).await.starts_with("https://c.example/signin/reset-password?token="));
    let first = token(&reader).await;
    nobody.call(ask("root@example.com")).await.expect("asks again");
    let second = token(&reader).await;
    assert_ne!(first, second);
    let everything = dump(&pool).await;
    assert_eq!(finds(&everything, &first).or(finds(&everything, &second)), None, "tokens are kept as hashes");

    let weak = nobody.call(set(&second, "weak")).await.expect_err("too weak");
    assert!(matches!(&weak, ApiError::PasswordPolicyViolation { rules, .. } if rules.len() == 2), "{weak:?}");
    nobody.call(set(&second, NEW)).await.expect("a refused password did not use the link up");
    assert!(!nobody.caller().await.is_signed_in(), "nobody is signed in by it");
    assert!(!root.caller().await.is_signed_in(), "other sessions end");
    for used in [&second, &first] {
        assert_eq!(
            nobody.call(set(used, "Canary-Third-3!")).await.expect_err("used").code(),
            "InvalidAuthenticationCode"
        );
    }
    assert!(nobody.sign_in_root("root@example.com", PASSWORD).await.is_err());
    nobody.sign_in_root("root@example.com", NEW).await.expect("signs in");
    assert_eq!(reader.mails().await[0].summary.subject, "Understudy Password Updated");
    let kept: i64 = sqlx::query_scalar("select count(*) from password_reset").fetch_one(&pool).await.expect("counts");
    assert_eq!(kept, 0);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_link_is_good_for_an_hour_and_until_the_password_changes(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (root, account) = root(&cloud, "root@example.com").await;
    let reader = reader(&cloud, &root).await;
    let nobody = Browser::open(&cloud).await;
    nobody.call(ask("root@example.com")).await.expect("asks");
    let late = token(&reader).await;
    let hours: f64 =
        sqlx::query_scalar("select max(extract(epoch from expires_at - now()))::float8 from password_reset")
            .fetch_one(&pool)
            .await
            .expect("reads");
    assert!(hours <= 3600.0, "{hours}");
    sqlx::query("update password_reset set expires_at = now() - interval '1 second'")
        .execute(&pool)
        .await
        .expect("ages");
    assert_eq!(nobody.call(set(&late, NEW)).await.expect_err("too late").code(), "InvalidAuthenticationCode");

    nobody.call(ask("root@example.com")).await.expect("asks");
    let undone = token(&reader).await;
    let change = ChangeRootPassword { current_password: PASSWORD.into(), new_password: NEW.into() };
    root.call(change).await.expect("changes");
    assert_eq!(nobody.call(set(&undone, PASSWORD)).await.expect_err("undone").code(), "InvalidAuthenticationCode");

    nobody.call(ask("root@example.com")).await.expect("asks");
    let undone = token(&reader).await;
    operate(&cloud, ResetRootPassword { account_id: account, password: PASSWORD.into() }).await.expect("resets");
    assert_eq!(nobody.call(set(&undone, NEW)).await.expect_err("undone").code(), "InvalidAuthenticationCode");
    for wrong in ["x", &"A".repeat(43)] {
        assert_eq!(nobody.call(set(wrong, NEW)).await.expect_err("no such link").code(), "InvalidAuthenticationCode");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_link_is_for_its_account_and_no_session_comes_back(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (ours, _) = root(&cloud, "ours@example.com").await;
    let (theirs, _) = root(&cloud, "theirs@example.com").await;
    let reader = reader(&cloud, &ours).await;
    // A browser that is signed in elsewhere asks and sets: it stays who it is, and its own password what it is.
    theirs.call(ask("ours@example.com")).await.expect("asks");
    theirs.call(set(&token(&reader).await, NEW)).await.expect("sets");
    assert!(theirs.caller().await.is_signed_in(), "another account's session is not touched");
    Browser::open(&cloud).await.sign_in_root("theirs@example.com", PASSWORD).await.expect("theirs is as it was");
    Browser::open(&cloud).await.sign_in_root("ours@example.com", NEW).await.expect("ours is the new one");

    // A sign-in that waits for an MFA code is a session, too.
    let waiting = Browser::open(&cloud).await;
    waiting.sign_in_root("ours@example.com", NEW).await.expect("signs in");
    sqlx::query("update session set mfa_pending = true where signed_in_at = (select max(signed_in_at) from session)")
        .execute(&pool)
        .await
        .expect("waits");
    assert!(waiting.caller().await.mfa_pending());
    Browser::open(&cloud).await.call(ask("ours@example.com")).await.expect("asks");
    waiting.call(set(&token(&reader).await, PASSWORD)).await.expect("sets");
    let caller = waiting.caller().await;
    assert!(!caller.mfa_pending() && !caller.is_signed_in(), "{caller:?}");
}

/// One link in sixteen hands at once, on two servers: one password is set, and it is the one that was answered so. The
/// others were told what a used link is told, and nothing of theirs counts.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn of_sixteen_at_once_one_wins(pool: PgPool) {
    // No address runs out of tries: what holds them back is the link.
    let settings = || Settings { ip_failures_per_minute: 100_000, ..Settings::default() };
    let (one, two) = (house(&pool, settings()).await, house(&pool, settings()).await);
    let (root, _) = root(&one, "root@example.com").await;
    let reader = reader(&one, &root).await;
    Browser::open(&one).await.call(ask("root@example.com")).await.expect("asks");
    let token = token(&reader).await;
    let chosen = |at: usize| format!("Canary-Racer-{at}!");
    let mut tries = tokio::task::JoinSet::new();
    for at in 0..16 {
        let (browser, token) = (Browser::open(if at % 2 == 0 { &one } else { &two }).await, token.clone());
        let password = chosen(at);
        tries.spawn(async move { (at, browser.call(set(&token, &password)).await) });
    }
    let (won, lost): (Vec<_>, Vec<_>) = tries.join_all().await.into_iter().partition(|(_, answer)| answer.is_ok());
    assert_eq!(won.len(), 1, "{won:?}");
    for (at, answer) in lost {
        assert_eq!(answer.expect_err("lost").code(), "InvalidAuthenticationCode", "{at}");
    }
    let winner = won[0].0;
    let updated = column(&pool, "select subject from mail where subject = 'Understudy Password Updated'").await;
    assert_eq!(updated.len(), 1);
    let other = Browser::open(&one).await.sign_in_root("root@example.com", &chosen((winner + 1) % 16)).await;
    assert_eq!(other.expect_err("not set"), ApiError::AuthenticationFailure);
    Browser::open(&one).await.sign_in_root("root@example.com", &chosen(winner)).await.expect("the winner's");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn asking_tells_nothing_and_is_counted(pool: PgPool) {
    let smtp = Settings { smtp: true, ..Settings::default() };
    for settings in [Settings::default(), smtp] {
        let cloud = house(&pool, settings).await;
        let email = |name: &str| format!("{name}-{}@example.com", cloud.settings().smtp);
        let (_, known) = root(&cloud, &email("known")).await;
        let (_, closed) = root(&cloud, &email("closed")).await;
        let (_, proved) = root(&cloud, &email("proved")).await;
        sqlx::query("update account set status = 'CLOSED' where account_id = $1")
            .bind(&closed)
            .execute(&pool)
            .await
            .expect("closes");
        sqlx::query("insert into verified_address values ($1)")
            .bind(email("proved"))
            .execute(&pool)
            .await
            .expect("proves");
        let (recorder, _guard) = Recorder::start();
        let mut first: Option<Vec<String>> = None;
        for name in ["nobody", "known", "closed", "proved"] {
            let browser = Browser::open(&cloud).await;
            let (caller, request, hashes) = (browser.caller().await, browser.request(), cloud.hashes_run());
            recorder.take();
            cloud.call(&caller, &request, ask(&email(name))).await.expect("the same answer");
            assert_eq!(cloud.hashes_run(), hashes);
            let statements: Vec<String> = recorder
                .take_statements()
                .iter()
                .map(|line| {
                    let text = line.split(" rows_affected").next().unwrap_or_default();
                    [&known, &closed, &proved]
                        .iter()
                        .fold(text.to_owned(), |text, id| text.replace(id.as_str(), "…"))
                        .replace("000000000000", "…")
                })
                .collect();
            assert_eq!(first.get_or_insert_with(|| statements.clone()), &statements, "{name}");
        }
        let statements = first.map_or(0, |statements| statements.len());
        assert!(statements > 5, "{statements} statements");
        let mails: Vec<String> = sqlx::query_scalar(
            "select recipient from mail where subject like '%Assistance' and recipient like $1 order by 1",
        )
        .bind(format!("%-{}@%", cloud.settings().smtp))
        .fetch_all(&pool)
        .await
        .expect("reads");
        assert_eq!(mails, [email("known"), email("proved")], "nobody's letter is gone");
        let browser = Browser::open(&cloud).await;
        for name in ["nobody", "known"] {
            for _ in 0..2 {
                browser.call(ask(&email(name))).await.expect("three in all");
            }
            assert_eq!(browser.call(ask(&email(name))).await, Err(ApiError::Throttling), "{name}");
        }
    }
}

/// Whoever has used up the account's mails of the day keeps neither the way back in nor the warning from its owner; and
/// a link that could not leave would lie in the mailbox, for whoever sits at the console.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_quota_that_is_used_up_holds_no_link_back(pool: PgPool) {
    let cloud = house(&pool, Settings { smtp: true, mail_daily_quota: 1, ..Settings::default() }).await;
    let (root, _) = root(&cloud, "root@example.com").await;
    sqlx::query("insert into verified_address values ('root@example.com')").execute(&pool).await.expect("proves");
    sqlx::query("update account set mails_today = 1, mails_day = (now() at time zone 'UTC')::date")
        .execute(&pool)
        .await
        .expect("uses the quota up");
    Browser::open(&cloud).await.call(ask("root@example.com")).await.expect("asks");
    let change = ChangeRootPassword { current_password: PASSWORD.into(), new_password: NEW.into() };
    root.call(change).await.expect("changes");
    let letters =
        "select subject || ': ' || state from mail where subject like 'Understudy Password%' order by created_at";
    let states = column(&pool, letters).await;
    assert_eq!(states, ["Understudy Password Assistance: queued", "Understudy Password Updated: queued"]);
    assert!(root.mails().await.iter().all(|mail| !mail.summary.subject.contains("Assistance")), "it left");
}

/// An address that Postgres cannot keep is nobody's, and no fault of ours.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_character_that_cannot_be_stored_is_answered(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    let refused = browser.call(ask("a\0b@example.com")).await.expect_err("no address");
    assert!(matches!(refused, ApiError::InvalidInput { .. }), "{refused:?}");
    let refused = browser.sign_in_root("a\0b@example.com", PASSWORD).await.expect_err("no address");
    assert!(matches!(refused, ApiError::InvalidInput { .. } | ApiError::AuthenticationFailure), "{refused:?}");
}
