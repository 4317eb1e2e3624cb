//! The built-in inbox: who may open it, and its pages.

use cloud::Settings;
use model::console::{CreateMailboxLink, GetMail, ListMail, OpenMailbox};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    browser::{Browser, PASSWORD, account, house, user},
    operator::{key_in, operate},
};

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_mailbox_opens_to_root_its_key_and_the_operator(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let made = account(&cloud, "root@example.com").await;
    let stranger = Browser::open(&cloud).await;
    stranger.start_sign_up("root@example.com").await.expect("a mail for the owner");
    let listed = |browser: Browser| async move {
        let output = browser.call(ListMail::default()).await.expect("lists");
        (output.mailbox, output.mails.len())
    };
    assert_eq!(listed(stranger.clone()).await, ("sign-up".into(), 0));
    assert_eq!(listed(Browser::open(&cloud).await).await, ("none".into(), 0));
    let by_key = Browser::open(&cloud).await;
    let key = key_in(made.mailbox_url.expose(), "key");
    assert!(by_key.call(OpenMailbox { key: "x".into() }).await.is_err());
    by_key.call(OpenMailbox { key: key.as_str().into() }).await.expect("opens");
    assert_eq!(listed(by_key.clone()).await, (made.account_id.clone(), 1));
    let root = Browser::open(&cloud).await;
    root.sign_in_root("root@example.com", PASSWORD).await.expect("signs in");
    assert_eq!(listed(root.clone()).await, (made.account_id.clone(), 1));
    let everybody = operate(&cloud, ListMail::default()).await.expect("lists");
    assert_eq!((everybody.mailbox.as_str(), everybody.mails.len()), ("operator", 1));
    operate(&cloud, GetMail { mail_id: everybody.mails[0].mail_id.clone() }).await.expect("reads");
    let newer = root.call(CreateMailboxLink {}).await.expect("a link");
    let late = Browser::open(&cloud).await;
    assert!(late.call(OpenMailbox { key: key.into() }).await.is_err(), "the link before no longer opens it");
    late.call(OpenMailbox { key: key_in(newer.mailbox_url.expose(), "key").into() }).await.expect("opens");
    user(&root, "alice", "Canary-Alice-Passw0rd!", false).await;
    let alice = Browser::open(&cloud).await;
    alice.sign_in_user(&made.account_id, "alice", "Canary-Alice-Passw0rd!").await.expect("signs in");
    assert_eq!(listed(alice.clone()).await, ("none".into(), 0), "the mailbox is root's");
    assert_eq!(alice.call(CreateMailboxLink {}).await.expect_err("root only").code(), "AccessDenied");
    assert_eq!(
        alice.call(GetMail { mail_id: Uuid::new_v4().to_string() }).await.expect_err("none").code(),
        "NoSuchEntity"
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn mail_is_listed_a_page_at_a_time(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    browser.start_sign_up("new@example.com").await.expect("starts");
    for _ in 0..2 {
        browser.call(model::account::ResendCode {}).await.expect("resends");
    }
    sqlx::query("update mail set created_at = 7").execute(&pool).await.expect("one instant for all");
    let (mut ids, mut marker) = (Vec::new(), None);
    loop {
        let page = browser.call(ListMail { marker, max_items: Some(1) }).await.expect("lists");
        ids.extend(page.mails.into_iter().map(|mail| mail.mail_id));
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    let forged = browser.call(ListMail { marker: Some("AWFiYw".into()), max_items: None }).await.expect_err("forged");
    assert_eq!(forged.code(), "ValidationError");
}
