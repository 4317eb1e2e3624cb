//! The outbox and the inbox: what leaves, what stays, and what is thrown away.

use std::sync::{Arc, Mutex};

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

/// An installation with a mail server.
pub fn smtp() -> Settings {
    Settings {
        smtp: true,
        public_url: "https://class.example".into(),
        mail_from: "no-reply@class.example".into(),
        ..Settings::default()
    }
}

/// Sends what is due and answers what was sent.
pub async fn deliver(cloud: &Cloud) -> Vec<Delivery> {
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
pub async fn queue(cloud: &Cloud, count: usize) {
    for at in 0..count {
        Browser::open(cloud).await.start_sign_up(&format!("new{at}@example.com")).await.expect("starts");
    }
}

/// Every mail that was to leave: its state, its tries, and why the last one failed.
pub async fn state(pool: &PgPool) -> Vec<String> {
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
