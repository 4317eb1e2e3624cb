//! Access keys: whose, how many, and that they stop at once.

use model::iam::{CreateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed, ListAccessKeys, UpdateAccessKey};
use sqlx::PgPool;

use crate::scene::Scene;

fn create(user: &str) -> CreateAccessKey {
    CreateAccessKey { user_name: Some(user.into()) }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_is_shown_once_and_opens_only_for_its_secret(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let key = scene.root(create("ann")).await.access_key;
    assert!(key.access_key_id.starts_with("AKIA") && key.access_key_id.len() == 20, "{}", key.access_key_id);
    let secret = key.secret_access_key.expose();
    assert_eq!(secret.len(), 40);
    assert!(secret.starts_with(|c: char| c.is_ascii_alphanumeric()), "a spreadsheet takes it for a formula");
    let caller = scene
        .cloud
        .caller_of_signature(&key.access_key_id, |stored| {
            assert_eq!(stored, secret);
            Ok(())
        })
        .await
        .expect("known");
    assert_eq!(caller.account().map(|account| account.as_str()), Some(scene.account.as_str()));
    let kept = scene.sql("select encode(secret_sealed, 'escape') from access_key").await.concat();
    assert!(!kept.contains(secret), "the secret lies open in the database");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn without_a_name_the_callers_own(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["IAMFullAccess"]).await;
    let own = ListAccessKeys::default();
    let of_ann = scene.call(&ann, own.clone()).await.expect("lists").access_key_metadata;
    assert_eq!(of_ann.len(), 1);
    assert_eq!(of_ann[0].user_name, "ann");
    let of_root = scene.root(own).await.access_key_metadata;
    assert_eq!(of_root.len(), 1);
    assert_eq!(of_root[0].user_name, scene.account);
    // Neither reaches the other's key without saying whose it is.
    let key = of_root[0].access_key_id.clone();
    let delete = DeleteAccessKey { user_name: None, access_key_id: key.clone() };
    let missing = ("NoSuchEntity", format!("The Access Key with id {key} cannot be found"));
    assert_eq!(scene.refusal_of(&ann, delete).await, missing);
    let key = of_ann[0].access_key_id.clone();
    let update = UpdateAccessKey { user_name: None, access_key_id: key.clone(), status: "Inactive".into() };
    assert_eq!(scene.refusal(update).await.0, "NoSuchEntity");
    let second = scene.root(CreateAccessKey { user_name: None }).await.access_key;
    assert_eq!(second.user_name, scene.account);
    assert_eq!(
        scene.refusal(CreateAccessKey { user_name: None }).await,
        ("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2".into())
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn inactive_and_deleted_keys_stop_at_once(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let key = scene.root(create("ann")).await.access_key.access_key_id;
    let update = |status: &str| UpdateAccessKey {
        user_name: Some("ann".into()),
        access_key_id: key.clone(),
        status: status.into(),
    };
    let known = async || scene.cloud.caller_of_signature(&key, |_| Ok(())).await.map_err(|error| error.code()).is_ok();
    scene.root(update("Inactive")).await;
    assert!(!known().await);
    scene.root(update("Active")).await;
    assert!(known().await);
    scene.root(create("ann")).await;
    assert_eq!(scene.refusal(create("ann")).await.0, "LimitExceeded");
    scene.root(DeleteAccessKey { user_name: Some("ann".into()), access_key_id: key.clone() }).await;
    assert!(!known().await);
    scene.root(create("ann")).await;
    let (code, _) = scene.refusal(update("Paused")).await;
    assert_eq!(code, "ValidationError");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn last_use_is_noted_once_in_fifteen_minutes(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let key = scene.root(create("ann")).await.access_key.access_key_id;
    let last = async || {
        let out = scene.root(GetAccessKeyLastUsed { access_key_id: key.clone() }).await;
        assert_eq!(out.user_name.as_deref(), Some("ann"));
        let used = out.access_key_last_used;
        (used.last_used_date.is_some(), used.service_name, used.region)
    };
    let due = async || scene.cloud.caller_of_signature(&key, |_| Ok(())).await.expect("is known").key_use_is_due();
    assert_eq!(last().await, (false, "N/A".into(), "N/A".into()));
    assert!(due().await, "never used");
    scene.cloud.record_key_use(&key, "iam", "us-east-1").await.expect("notes");
    scene.cloud.record_key_use(&key, "sts", "eu-west-1").await.expect("leaves it");
    assert_eq!(last().await, (true, "iam".into(), "us-east-1".into()));
    assert!(!due().await, "just noted");
    scene.sql("update access_key set last_used_at = last_used_at - 900000 returning status").await;
    assert!(due().await, "fifteen minutes ago");
    scene.cloud.record_key_use(&key, "sts", "eu-west-1").await.expect("notes");
    assert_eq!(last().await, (true, "sts".into(), "eu-west-1".into()));
}

/// Whether a key exists, and whose it is, is nothing for somebody who may not ask.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_tells_nothing_to_a_stranger(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    let stranger = scene.user("stranger", &[]).await;
    scene.plain_user("ann").await;
    let key = scene.root(create("ann")).await.access_key.access_key_id;
    for id in [key.as_str(), "AKIAAAAAAAAAAAAAAAAA"] {
        let (code, text) = scene.refusal_of(&stranger, GetAccessKeyLastUsed { access_key_id: id.into() }).await;
        assert_eq!(code, "AccessDenied");
        assert!(text.contains(&format!("on resource: access key {id} because")), "{text}");
    }
    let (code, _) = other.refusal(GetAccessKeyLastUsed { access_key_id: key }).await;
    assert_eq!(code, "NoSuchEntity");
}
