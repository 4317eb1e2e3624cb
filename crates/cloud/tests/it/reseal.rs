//! Another master key: sealed anew under load, found again after a stop, and no key dropped that is still needed.

use cloud::{Caller, Cloud, MasterKey, Request, Settings, Source};
use model::{iam::CreateAccessKey, operator::ImportHardwareToken, signin::RequestPasswordReset};
use sqlx::{PgPool, Row as _};

use crate::{
    browser::{Browser, house, master_key, root},
    scene::Scene,
    sealing,
};

fn new_key() -> MasterKey {
    MasterKey::parse(&"6b".repeat(32)).expect("a key")
}

fn both() -> MasterKey {
    new_key().beside(&master_key())
}

async fn open(pool: &PgPool, key: &MasterKey) -> Result<Cloud, String> {
    Cloud::open(pool.clone(), key, Settings::default()).await.map_err(|error| error.to_string())
}

/// Whether the secret of an access key opens.
async fn works(cloud: &Cloud, id: &str) -> bool {
    cloud
        .caller_of_signature(id, |secret| if secret.len() == 40 { Ok(()) } else { panic!("not a secret") })
        .await
        .is_ok()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn everything_is_sealed_anew_while_calls_are_made(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let old = house(&pool, Settings::default()).await;
    scene.root(crate::mfa::create("phone")).await;
    let mut ids = Vec::new();
    for at in 0..40 {
        let name = format!("user-{at}");
        scene.plain_user(&name).await;
        for _ in 0..2 {
            let key = scene.root(CreateAccessKey { user_name: Some(name.clone()) }).await.access_key;
            ids.push(key.access_key_id);
        }
    }
    let token =
        ImportHardwareToken { serial_number: "GALT00000009".into(), seed: "MFSWI33VNZ2GK43UMVZHGZLFMQYDAMBR".into() };
    old.call(&Caller::operator(), &Request::new(Source::Operator), token).await.expect("a token");
    let (owner, _) = root(&old, "mail@example.com").await;
    for _ in 0..3 {
        Browser::open(&old)
            .await
            .call(RequestPasswordReset { email: "mail@example.com".into() })
            .await
            .expect("a mail");
    }
    assert!(open(&pool, &new_key()).await.is_err(), "the key in use cannot be left out");

    let new = open(&pool, &both()).await.expect("opens with both");
    let left = new.sealed_otherwise().await.expect("counts");
    assert_eq!(
        (left.data_keys, left.hardware_tokens, left.total()),
        (2, 1, 3),
        "the accounts' keys, whatever they seal"
    );
    let load = tokio::spawn({
        let (new, ids, root) = (new.clone(), ids.clone(), scene.root.clone());
        async move {
            for at in 0..4 {
                for id in &ids {
                    assert!(works(&new, id).await, "{id}");
                }
                let user = model::iam::CreateUser { user_name: format!("late-{at}"), ..crate::scene::bare_user() };
                new.call(&root, &Request::new(Source::Api), user).await.expect("a user");
                let key = CreateAccessKey { user_name: Some(format!("late-{at}")) };
                new.call(&root, &Request::new(Source::Api), key).await.expect("a key");
            }
        }
    });
    let (one, two) = tokio::join!(new.reseal(), new.reseal());
    load.await.expect("nobody noticed");
    let (one, two) = (one.expect("seals"), two.expect("seals"));
    assert_eq!((one.data_keys + two.data_keys, one.hardware_tokens + two.hardware_tokens), (2, 1), "each row once");
    assert_eq!(new.sealed_otherwise().await.expect("counts").total(), 0);
    assert_eq!(new.reseal().await.expect("again").total(), 0, "nothing is left to do");

    assert!(open(&pool, &master_key()).await.is_err(), "the former key alone starts no server");
    let alone = open(&pool, &new_key()).await.expect("the new key alone does");
    for id in &ids {
        assert!(works(&alone, id).await, "{id}");
    }
    let reader = Browser { cloud: alone, ..owner };
    assert_eq!(reader.mails().await.len(), 3);
}

/// A server that was not told keeps its key from being dropped.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_still_in_use_is_not_dropped(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let new = open(&pool, &both()).await.expect("opens with both");
    new.reseal().await.expect("seals");
    scene.neighbour().await;
    assert!(open(&pool, &new_key()).await.is_err(), "an account's key under the former key came afterwards");
    assert_eq!(new.reseal().await.expect("seals").data_keys, 1);
    open(&pool, &new_key()).await.expect("now it may go");
    let token =
        ImportHardwareToken { serial_number: "GALT00000009".into(), seed: "MFSWI33VNZ2GK43UMVZHGZLFMQYDAMBR".into() };
    scene.cloud.call(&Caller::operator(), &Request::new(Source::Operator), token).await.expect("a token");
    assert!(open(&pool, &new_key()).await.is_err(), "a token under the former key came afterwards");
    assert_eq!(new.reseal().await.expect("seals").hardware_tokens, 1);
    open(&pool, &new_key()).await.expect("now it may go");
    // A server of the version before knows no keys of accounts.
    let scene = Scene { cloud: new.clone(), ..scene };
    let device = scene.root(crate::mfa::create("late")).await.virtual_mfa_device.serial_number.to_lowercase();
    let sealed = sealing::seal(&sealing::MASTER, ("mfa_device", &scene.account, &device), b"a seed");
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    scene.sql(&format!("update mfa_device set seed_sealed = decode('{hex}', 'hex') returning serial_key")).await;
    assert!(open(&pool, &new_key()).await.is_err(), "a device under the former key came afterwards");
    assert_eq!(new.reseal().await.expect("seals").mfa_devices, 1);
    let id = sqlx::query_scalar::<_, String>("select access_key_id from access_key where account_id = $1")
        .bind(&scene.account)
        .fetch_one(&pool)
        .await
        .expect("root's key");
    let sealed = sealing::seal(&sealing::MASTER, ("access_key", &scene.account, &id), b"a secret");
    sqlx::query("update access_key set secret_sealed = $2 where access_key_id = $1")
        .bind(&id)
        .bind(sealed)
        .execute(&pool)
        .await
        .expect("writes");
    assert!(open(&pool, &new_key()).await.is_err(), "a secret under the former key came afterwards");
    assert_eq!(new.reseal().await.expect("seals").access_keys, 1);
    open(&pool, &new_key()).await.expect("now it may go");
    // A row that opens under no known key stops it, and is named.
    sqlx::query("update access_key set secret_sealed = 'nonsense'::bytea").execute(&pool).await.expect("breaks");
    let error = new.reseal().await.expect_err("stops");
    assert!(format!("{error:#}").contains("access_key AKIA"), "{error:#}");
}

/// Whoever seals something new adds it to the rotation.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn every_sealed_column_is_known(pool: PgPool) {
    let rows = sqlx::query(
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = 'public' and column_name like '%sealed%' order by 1",
    )
    .fetch_all(&pool)
    .await
    .expect("lists");
    let columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(
        columns,
        [
            "access_key.secret_sealed",
            "data_key.key_sealed",
            "hardware_token.seed_sealed",
            "mail.body_sealed",
            "mfa_device.seed_sealed"
        ]
    );
}
