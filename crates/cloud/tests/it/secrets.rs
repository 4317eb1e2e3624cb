//! Whoever has the database has no secret: nothing that opens anything stands in it as it is.

use cloud::{Cloud, MasterKey, Settings};
use model::{
    console::{CreateMailboxLink, GetMail, ListMail},
    operator::{CreateAccount, CreateOperatorLink},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, dump, finds, finds_code, house, master_key, user},
    operator::{key_in, operate},
};

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn dump_has_no_secret(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let made = operate(
        &cloud,
        CreateAccount {
            email: "root@example.com".into(),
            account_name: "Example".into(),
            password: Some(PASSWORD.into()),
            root_access_key: true,
        },
    )
    .await
    .expect("makes");
    let root = Browser::open(&cloud).await;
    let signed_in = root.sign_in_root("root@example.com", PASSWORD).await.expect("signs in");
    user(&root, "alice", "Canary-Alice-Passw0rd!", false).await;
    let access_key = root.call(model::iam::CreateAccessKey { user_name: Some("alice".into()) }).await.expect("a key");
    let link = operate(&cloud, CreateOperatorLink {}).await.expect("a link");
    let mailbox = root.call(CreateMailboxLink {}).await.expect("a link");
    let browser = Browser::open(&cloud).await;
    browser.start_sign_up("new@example.com").await.expect("starts");
    let code = browser.newest_code().await;
    let text = browser.mails().await.remove(0).text;
    let session = browser.record.id.to_string();
    let everything = dump(&pool).await;
    for secret in [
        PASSWORD,
        "Canary-Alice-Passw0rd!",
        made.secret_access_key.expect("a secret").expose(),
        access_key.access_key.secret_access_key.expose(),
        &key_in(made.mailbox_url.expose(), "key"),
        &key_in(mailbox.mailbox_url.expose(), "key"),
        &key_in(link.url.expose(), "token"),
        &cloud.device_token(&signed_in, None),
        &session,
        text.expose(),
        "Enter this code",
        &master_key().to_hex(),
    ] {
        assert_eq!(finds(&everything, secret), None);
    }
    assert_eq!(finds_code(&everything, &code), None);
    assert!(
        finds(&everything, "alice").is_some() && finds_code(&everything, "alice").is_some(),
        "the search itself works"
    );
}

/// A sealed value that is moved to another row does not open, and another master key opens nothing.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn sealed_values_stay_in_their_rows(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let browser = Browser::open(&cloud).await;
    browser.start_sign_up("new@example.com").await.expect("starts");
    browser.call(model::account::ResendCode {}).await.expect("resends");
    let ids = browser.call(ListMail::default()).await.expect("lists").mails;
    sqlx::query("update mail set body_sealed = (select body_sealed from mail where mail_id = $1::uuid)")
        .bind(&ids[0].mail_id)
        .execute(&pool)
        .await
        .expect("moves");
    browser.call(GetMail { mail_id: ids[0].mail_id.clone() }).await.expect("its own opens");
    let moved = browser.call(GetMail { mail_id: ids[1].mail_id.clone() }).await.expect_err("another's does not");
    assert_eq!(moved.code(), "ServiceFailure");
    assert!(Cloud::open(pool.clone(), &MasterKey::generate(), Settings::default()).await.is_err());
}
