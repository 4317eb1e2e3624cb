//! The operator's outbox: dead letters and mails that wait, sent again or discarded.

use cloud::{Cloud, Settings, Verdict};
use model::{
    ApiError,
    console::ListMail,
    operator::{DiscardMail, ListOutbox, ListOutboxOutput, ResendDeadLetters, ResendMail},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, column, house, root},
    mail::{deliver, queue, smtp, state},
    operator::operate,
};

async fn list(cloud: &Cloud, state: &str) -> ListOutboxOutput {
    operate(cloud, ListOutbox { state: Some(state.into()), ..ListOutbox::default() }).await.expect("lists")
}

async fn refuse_all(cloud: &Cloud) {
    let refused = Verdict::Refused("550 no such user".into());
    cloud.deliver_due(move |_| std::future::ready(refused.clone())).await.expect("delivers");
}

/// An installation with one account, whose root has a notice in the queue; the account.
async fn with_a_notice(pool: &PgPool) -> (Cloud, Browser, String) {
    let cloud = house(pool, Settings { mail_allow: vec!["@school.example".into()], ..smtp() }).await;
    let (browser, account) = root(&cloud, "a@school.example").await;
    Browser::open(&cloud).await.start_sign_up("a@school.example").await.expect("writes to its owner");
    (cloud, browser, account)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_dead_letter_is_seen_and_sent_again(pool: PgPool) {
    let (cloud, browser, account) = with_a_notice(&pool).await;
    let waits = list(&cloud, "queued").await;
    assert_eq!((waits.waiting, waits.dead, waits.mails.len()), (1, 0, 1));
    assert!(waits.mails[0].next_try.is_some() && waits.mails[0].tries == 0 && waits.mails[0].can_be_sent);
    refuse_all(&cloud).await;
    assert_eq!(list(&cloud, "queued").await.mails, []);
    let dead = list(&cloud, "failed").await;
    assert_eq!((dead.waiting, dead.dead), (0, 1));
    let mail = &dead.mails[0];
    assert_eq!((mail.to.as_str(), mail.tries, mail.next_try), ("a@school.example", 1, None));
    assert_eq!(
        (mail.reason.as_deref(), mail.account_id.as_deref()),
        (Some("550 no such user"), Some(account.as_str()))
    );

    operate(&cloud, ResendMail { mail_id: mail.mail_id.clone() }).await.expect("queues it again");
    let sent = deliver(&cloud).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].message_id, format!("<{}@class.example>", mail.mail_id), "the id it always had");
    let again = operate(&cloud, ResendMail { mail_id: mail.mail_id.clone() }).await.expect_err("it was sent");
    assert!(again.to_string().contains("not in the outbox"), "{again}");
    let trail = model::cloudtrail::LookupEvents::default();
    let events = browser.call(trail).await.expect("looks").events;
    let resent = events.iter().filter(|event| event.event_name == "ResendMail").count();
    assert_eq!(resent, 2, "the account sees what was done to its mail, the refusal too");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_discarded_mail_stays_in_its_mailbox_and_can_come_back(pool: PgPool) {
    let (cloud, browser, _) = with_a_notice(&pool).await;
    let mail_id = list(&cloud, "queued").await.mails.remove(0).mail_id;
    operate(&cloud, DiscardMail { mail_id: mail_id.clone() }).await.expect("discards");
    assert!(deliver(&cloud).await.is_empty());
    let listed = browser.call(ListMail::default()).await.expect("lists").mails;
    assert_eq!(listed.iter().map(|mail| mail.state.as_str()).collect::<Vec<_>>(), ["discarded"]);
    let outbox = list(&cloud, "failed").await;
    assert_eq!((outbox.waiting, outbox.dead), (0, 0));
    operate(&cloud, ResendMail { mail_id }).await.expect("queues it after all");
    assert_eq!(deliver(&cloud).await.len(), 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn all_dead_letters_are_sent_again_but_those_that_are_too_late(pool: PgPool) {
    let (cloud, ..) = with_a_notice(&pool).await;
    queue(&cloud, 3).await;
    refuse_all(&cloud).await;
    sqlx::query("update mail set give_up_at = now() where recipient in ('a@school.example', 'new0@example.com')")
        .execute(&pool)
        .await
        .expect("a quarter of an hour passes");
    let dead = list(&cloud, "failed").await.mails;
    let late = dead.iter().find(|mail| mail.to == "new0@example.com").expect("it is dead");
    assert!(!late.can_be_sent, "its code is good no longer");
    let refused = operate(&cloud, ResendMail { mail_id: late.mail_id.clone() }).await.expect_err("too late");
    assert!(matches!(&refused, ApiError::InvalidInput { message } if message.contains("good no longer")), "{refused}");
    assert_eq!(operate(&cloud, ResendDeadLetters {}).await.expect("queues them").mails, 3);
    let to: std::collections::BTreeSet<String> = deliver(&cloud).await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["a@school.example", "new1@example.com", "new2@example.com"].map(str::to_owned).into());
    assert_eq!(operate(&cloud, ResendDeadLetters {}).await.expect("none is left").mails, 0);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_mail_on_its_way_is_left_alone(pool: PgPool) {
    let (cloud, ..) = with_a_notice(&pool).await;
    let mail_id = list(&cloud, "queued").await.mails.remove(0).mail_id;
    sqlx::query("update mail set lease_until = now() + interval '1 minute', lease = gen_random_uuid(), attempts = 1")
        .execute(&pool)
        .await
        .expect("a worker claims it");
    assert!(list(&cloud, "queued").await.mails[0].being_sent);
    for refused in [
        operate(&cloud, ResendMail { mail_id: mail_id.clone() }).await,
        operate(&cloud, DiscardMail { mail_id: mail_id.clone() }).await,
    ] {
        assert!(refused.expect_err("it is being sent").to_string().contains("at this moment"));
    }
    assert_eq!(state(&pool).await, ["queued 1"]);
}

/// A mail server that does not work is named, and asked at once when somebody sends by hand.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_mail_server_that_is_down_is_shown_and_asked_again(pool: PgPool) {
    let (cloud, ..) = with_a_notice(&pool).await;
    let down = Verdict::Down("535 wrong password".into());
    cloud.deliver_due(move |_| std::future::ready(down.clone())).await.expect("delivers");
    let shown = list(&cloud, "queued").await;
    assert_eq!(shown.server_trouble.as_deref(), Some("535 wrong password"));
    assert!(shown.server_trouble_since.is_some() && shown.server_asked_again.is_some());
    assert!(deliver(&cloud).await.is_empty(), "nobody asks it for now");
    operate(&cloud, ResendMail { mail_id: shown.mails[0].mail_id.clone() }).await.expect("tries it now");
    assert_eq!(deliver(&cloud).await.len(), 1);
    assert_eq!(list(&cloud, "queued").await.server_trouble, None);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_outbox_is_the_operators(pool: PgPool) {
    let (cloud, browser, _) = with_a_notice(&pool).await;
    let mail_id = list(&cloud, "queued").await.mails.remove(0).mail_id;
    for refused in [
        browser.call(ListOutbox::default()).await.err(),
        browser.call(ResendMail { mail_id: mail_id.clone() }).await.err(),
        browser.call(DiscardMail { mail_id: mail_id.clone() }).await.err(),
        browser.call(ResendDeadLetters {}).await.err(),
    ] {
        assert!(matches!(refused, Some(ApiError::Forbidden { .. })), "{refused:?}");
    }
    for unknown in ["x", "00000000-0000-0000-0000-000000000000"] {
        let missing = operate(&cloud, ResendMail { mail_id: unknown.into() }).await.expect_err("there is none");
        assert_eq!(missing.code(), "NoSuchEntity");
    }
    let wrong = operate(&cloud, ListOutbox { state: Some("sent".into()), ..ListOutbox::default() }).await;
    assert_eq!(wrong.expect_err("not of the outbox").code(), "ValidationError");
    let silent = house(&pool, Settings::default()).await;
    let refused = operate(&silent, ResendMail { mail_id }).await.expect_err("without a mail server");
    assert!(refused.to_string().contains("UNDERSTUDY_SMTP_URL"), "{refused}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_outbox_is_listed_a_page_at_a_time(pool: PgPool) {
    let cloud = house(&pool, smtp()).await;
    queue(&cloud, 5).await;
    let (mut seen, mut marker) = (Vec::new(), None);
    loop {
        let input = ListOutbox { state: Some("queued".into()), marker, max_items: Some(2) };
        let page = operate(&cloud, input).await.expect("lists");
        assert_eq!(page.waiting, 5);
        seen.extend(page.mails.into_iter().map(|mail| mail.mail_id));
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    let all =
        column(&pool, "select mail_id::text from mail where state = 'queued' order by created_at desc, mail_id desc");
    assert_eq!(seen, all.await);
}
