//! The outbox and the inbox: what leaves, what stays, and that a mail is sent once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use cloud::{Caller, Cloud, Delivery, Request, Settings, Source, Verdict};
use model::{
    Operation as _,
    account::{
        CompleteSignUp, PutPaymentMethod, ResendCode, SendPhoneCode, SetRootPassword, StartSignUp, VerifyEmail,
        VerifyPhone,
    },
    console::ListMail,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::browser::{Browser, PASSWORD, code_in, column, contact, house, root};

fn smtp() -> Settings {
    Settings {
        smtp: true,
        public_url: "https://class.example".into(),
        mail_from: "no-reply@class.example".into(),
        ..Settings::default()
    }
}

/// Sends what is due and answers what was sent.
async fn deliver(cloud: &Cloud) -> Vec<Delivery> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    while cloud
        .deliver_due(|mail| {
            sent.lock().expect("not poisoned").push(mail);
            async { Verdict::Sent }
        })
        .await
        .expect("delivers")
        > 0
    {}
    Arc::into_inner(sent).expect("one owner").into_inner().expect("not poisoned")
}

/// Puts `count` mails into the queue: codes that go to addresses still to be proved.
async fn queue(cloud: &Cloud, count: usize) {
    for at in 0..count {
        Browser::open(cloud).await.start_sign_up(&format!("new{at}@example.com")).await.expect("starts");
    }
}

async fn state(pool: &PgPool) -> Vec<String> {
    column(pool, "select state || ' ' || attempts || coalesce(' ' || last_error, '') from mail where state <> 'inbox' order by 1").await
}

async fn finish(browser: &Browser) {
    browser.call(contact()).await.expect("step 2");
    browser.call(PutPaymentMethod::example()).await.expect("step 3");
    browser.call(SendPhoneCode::example()).await.expect("step 4");
    browser.call(VerifyPhone { code: browser.newest_code().await.into() }).await.expect("step 4");
    browser.call(CompleteSignUp::example()).await.expect("step 5");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn without_smtp_everything_stays_in_the_inbox(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    queue(&cloud, 2).await;
    assert_eq!(column(&pool, "select distinct state from mail").await, ["inbox"]);
    assert!(deliver(&cloud).await.is_empty());
}

/// The code that leaves proves the address, and the browser does not see it; the inbox's goes on without proof.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn only_the_mailed_code_proves_an_address(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    for (email, by_mail) in [("proved@example.com", true), ("invented@example.com", false)] {
        let browser = Browser::open(&cloud).await;
        browser.start_sign_up(email).await.expect("starts");
        let sent = deliver(&cloud).await.remove(0);
        assert_eq!((sent.to.as_str(), sent.from.as_str()), (email, "Understudy <no-reply@class.example>"));
        assert_eq!(sent.message_id, format!("<{}@class.example>", sent.mail_id));
        assert!(sent.html.is_some_and(|html| html.contains("Sent by a practice console at class.example")));
        let shown = browser.mails().await;
        assert_eq!(shown.len(), 1);
        assert_ne!(shown[0].summary.mail_id, sent.mail_id.to_string());
        let hidden = browser.call(model::console::GetMail { mail_id: sent.mail_id.to_string() }).await;
        assert_eq!(hidden.expect_err("proves the address").code(), "NoSuchEntity");
        let code = if by_mail { code_in(&sent.text) } else { browser.newest_code().await };
        browser.call(VerifyEmail { code: code.into() }).await.expect("verifies");
        let password = SetRootPassword { password: PASSWORD.into(), confirm_password: PASSWORD.into() };
        browser.call(password).await.expect("makes the account");
        finish(&browser).await;
        let welcome: Vec<String> = deliver(&cloud).await.into_iter().map(|mail| mail.subject).collect();
        let expected: &[&str] = if by_mail { &["Welcome to Understudy"] } else { &[] };
        assert_eq!(welcome, expected, "{email}");
        let state = browser.call(ListMail::default()).await.expect("lists").mails.remove(0).state;
        assert_eq!(state, if by_mail { "sent" } else { "kept" });
    }
    assert_eq!(column(&pool, "select email_key from verified_address").await, ["proved@example.com"]);
    let phone = column(&pool, "select distinct state from mail where channel = 'phone'").await;
    assert_eq!(phone, ["inbox"], "a simulated telephone is never sent to");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn listed_addresses_are_written_to_within_the_days_quota(pool: PgPool) {
    let settings = Settings { mail_allow: vec!["@school.example".into()], mail_daily_quota: 1, ..smtp() };
    let cloud = house(&pool, settings).await;
    root(&cloud, "a@school.example").await;
    root(&cloud, "b@elsewhere.example").await;
    for email in ["a@school.example", "b@elsewhere.example"] {
        Browser::open(&cloud).await.start_sign_up(email).await.expect("writes to its owner");
    }
    let to: Vec<String> = deliver(&cloud).await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["a@school.example"]);
    sqlx::query("update mail set dedupe_key = null").execute(&pool).await.expect("another day's notice");
    Browser::open(&cloud).await.start_sign_up("a@school.example").await.expect("writes to its owner");
    assert!(deliver(&cloud).await.is_empty(), "the account's mails of today are used up");
    sqlx::query("update account set mails_day = mails_day - 1").execute(&pool).await.expect("a day passes");
    sqlx::query("update mail set dedupe_key = null").execute(&pool).await.expect("another day's notice");
    Browser::open(&cloud).await.start_sign_up("a@school.example").await.expect("writes to its owner");
    assert_eq!(deliver(&cloud).await.len(), 1);
}

/// Whoever starts sign-ups in a loop cannot fill a stranger's mailbox.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_unproved_address_gets_few_codes(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    for email in ["victim@example.com", "VICTIM@example.com"] {
        for _ in 0..10 {
            Browser::open(&cloud).await.start_sign_up(email).await.expect("starts");
        }
    }
    assert_eq!(deliver(&cloud).await.len(), 3);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn two_workers_send_every_mail_once(pool: PgPool) {
    let (one, two) = (house(&pool, smtp()).await, house(&pool, smtp()).await);
    queue(&one, 25).await;
    let sent: Arc<Mutex<HashMap<Uuid, usize>>> = Arc::default();
    let work = |cloud: Cloud| {
        let sent = sent.clone();
        async move {
            let send = |mail: Delivery| {
                *sent.lock().expect("not poisoned").entry(mail.mail_id).or_default() += 1;
                async {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    Verdict::Sent
                }
            };
            while cloud.deliver_due(send).await.expect("delivers") > 0 {}
        }
    };
    tokio::join!(work(one.clone()), work(two), work(one));
    let sent = sent.lock().expect("not poisoned").clone();
    assert_eq!((sent.len(), sent.values().max()), (25, Some(&1)));
    assert_eq!(state(&pool).await, vec!["sent 1"; 25]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_dead_workers_mails_are_sent_by_another_under_the_same_id(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    let begun = Mutex::new(None);
    let stuck = cloud.deliver_due(|mail| {
        *begun.lock().expect("not poisoned") = Some(mail.message_id);
        std::future::pending()
    });
    tokio::select! {
        _ = stuck => panic!("never ends"),
        () = async { while begun.lock().expect("not poisoned").is_none() { tokio::time::sleep(Duration::from_millis(5)).await; } } => {}
    }
    assert!(deliver(&cloud).await.is_empty(), "the lease holds");
    sqlx::query("update mail set lease_until = now() - interval '1 second'")
        .execute(&pool)
        .await
        .expect("the lease ends");
    let again = deliver(&cloud).await;
    assert_eq!(Some(&again[0].message_id), begun.lock().expect("not poisoned").as_ref());
    assert_eq!(state(&pool).await, ["sent 2"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn failures_wait_longer_and_longer_or_end(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 1).await;
    let answer = |verdict: Verdict| cloud.deliver_due(move |_| std::future::ready(verdict.clone()));
    let waits = || {
        column(
            &pool,
            "select round(extract(epoch from not_before - now()) / 60)::text from mail where state = 'queued'",
        )
    };
    assert_eq!(answer(Verdict::Retry("451 later".into())).await.expect("delivers"), 1);
    assert_eq!(state(&pool).await, ["queued 1 451 later"]);
    assert_eq!(waits().await, ["1"]);
    assert_eq!(answer(Verdict::Sent).await.expect("delivers"), 0, "not before its time");
    sqlx::query("update mail set attempts = 6, not_before = now()").execute(&pool).await.expect("hours pass");
    answer(Verdict::Retry("451 later".into())).await.expect("delivers");
    let wait: f64 = waits().await[0].parse().expect("minutes");
    assert!((47.0..=73.0).contains(&wait), "{wait}");
    sqlx::query("update mail set not_before = now()").execute(&pool).await.expect("an hour passes");
    answer(Verdict::Down("the server refuses our password".into())).await.expect("delivers");
    assert_eq!(state(&pool).await, ["queued 7 the server refuses our password"], "no try of this mail");
    assert_eq!(waits().await, ["5"]);
    sqlx::query("update mail set attempts = 28, not_before = now()").execute(&pool).await.expect("a day passes");
    answer(Verdict::Retry("451 later".into())).await.expect("delivers");
    assert_eq!(state(&pool).await, ["failed 29 451 later"]);
    queue(&cloud, 1).await;
    answer(Verdict::Refused("550 no such user".into())).await.expect("delivers");
    assert_eq!(state(&pool).await, ["failed 1 550 no such user", "failed 29 451 later"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_server_that_is_down_stops_all_mail_for_a_while(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 15).await;
    let tries = Mutex::new(0);
    for _ in 0..3 {
        let send = |_| {
            *tries.lock().expect("not poisoned") += 1;
            std::future::ready(Verdict::Down("no route".into()))
        };
        assert_eq!(cloud.deliver_due(send).await.expect("delivers"), 0);
    }
    assert_eq!(*tries.lock().expect("not poisoned"), 1, "not one try a mail");
    sqlx::query("update mail set not_before = now()").execute(&pool).await.expect("five minutes pass");
    assert_eq!(deliver(&cloud).await.len(), 15);
}

/// A mail exists when its operation commits, and not before.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_failed_operation_writes_no_mail(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    let mut request = Browser::open(&cloud).await.request();
    request.session = Some(cloud::SessionHash::of(&Default::default()));
    let start = StartSignUp { email: "new@example.com".into(), account_name: "Example".into(), class_code: None };
    assert!(cloud.call(&Caller::anonymous(), &request, start).await.is_err(), "a session that nobody made");
    assert!(cloud.call(&Caller::anonymous(), &Request::new(Source::Console), ResendCode {}).await.is_err());
    assert!(column(&pool, "select subject from mail").await.is_empty());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_has_served_is_swept_and_the_rest_is_not(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    let (browser, account) = root(&cloud, "root@example.com").await;
    let old = Uuid::new_v4();
    for token in [old, Uuid::new_v4()] {
        let request = Request { form_token: Some(token), ..browser.request() };
        cloud
            .call(&browser.caller().await, &request, model::console::PutPreferences::example())
            .await
            .expect("prefers");
    }
    queue(&cloud, 2).await;
    let mut tx = pool.begin().await.expect("begins");
    sqlx::query("select set_config('app.account', $1, true)").bind(&account).execute(&mut *tx).await.expect("sets");
    sqlx::query("update form_token set created_at = now() - interval '25 hours' where token = $1")
        .bind(old)
        .execute(&mut *tx)
        .await
        .expect("ages");
    tx.commit().await.expect("commits");
    for aged in [
        "update mail set purge_at = now() where recipient = 'new0@example.com'",
        "update session set expires_at = now() where sign_up_id = (select sign_up_id from sign_up where email = 'new0@example.com')",
        "update sign_up set created_at = now() - interval '25 hours'",
        "update throttle set tat = now() - interval '1 second'",
    ] {
        sqlx::query(aged).execute(&pool).await.expect("ages");
    }
    cloud.sweep().await.expect("sweeps");
    assert_eq!(column(&pool, "select email from sign_up").await, ["new1@example.com"]);
    assert_eq!(column(&pool, "select distinct recipient from mail").await, ["new1@example.com"]);
    assert!(column(&pool, "select key from throttle").await.is_empty());
    assert!(browser.caller().await.is_signed_in());
    let mut tx = pool.begin().await.expect("begins");
    sqlx::query("select set_config('app.account', $1, true)").bind(&account).execute(&mut *tx).await.expect("sets");
    let left: Vec<Uuid> = sqlx::query_scalar("select token from form_token").fetch_all(&mut *tx).await.expect("reads");
    assert!(left.len() == 1 && left[0] != old, "{left:?}");
}
