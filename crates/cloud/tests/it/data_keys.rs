//! Every account's secrets under a key of its own: bound to it, made once, and gone with it.

use cloud::{Caller, Cloud, Request, Settings, Source};
use model::{
    ApiError,
    console::{GetMail, ListMail},
    iam::{CreateAccessKey, CreateUser},
    operator::DeleteAccount,
    signin::{RequestPasswordReset, ResyncMfaDevice},
};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    browser::{Browser, column, dump, finds, house, root},
    mfa::{ALICE, with_alice},
    recorder::Recorder,
    scene::{Scene, bare_user},
    sealing,
};

/// A user's new key: its id and secret.
async fn key(scene: &Scene, user: &str) -> (String, String) {
    scene.plain_user(user).await;
    let key = scene.root(CreateAccessKey { user_name: Some(user.into()) }).await.access_key;
    (key.access_key_id, key.secret_access_key.expose().to_owned())
}

/// Whether a key's secret opens, and is what it was.
async fn opens(cloud: &Cloud, (id, secret): &(String, String)) -> bool {
    let right = |found: &str| if found == secret { Ok(()) } else { panic!("another secret") };
    cloud.caller_of_signature(id, right).await.is_ok()
}

async fn run(pool: &PgPool, sql: &str) {
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(pool).await.expect("runs");
}

async fn as_operator<O: cloud::Execute>(cloud: &Cloud, operation: O) -> Result<O::Output, ApiError> {
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), operation).await
}

async fn ask_for_a_mail(cloud: &Cloud, email: &str) {
    Browser::open(cloud).await.call(RequestPasswordReset { email: email.into() }).await.expect("a mail");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_sealed_value_opens_in_no_other_account(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let other = scene.neighbour().await;
    let (ours, theirs) = (key(&scene, "ann").await, key(&other, "bob").await);
    ask_for_a_mail(&scene.cloud, "owner@example.com").await;
    ask_for_a_mail(&scene.cloud, "neighbour@example.com").await;
    assert!(opens(&scene.cloud, &ours).await && opens(&scene.cloud, &theirs).await);
    let copy = |table: &str, column: &str, from: &str, to: &str| {
        format!("update {table} set {column} = (select {column} from {table} where {from}) where {to}")
    };
    let (us, them) = (format!("account_id = '{}'", scene.account), format!("account_id = '{}'", other.account));
    let (our_key, their_key) = (format!("access_key_id = '{}'", ours.0), format!("access_key_id = '{}'", theirs.0));

    let mails = as_operator(&scene.cloud, ListMail::default()).await.expect("lists").mails;
    let read = async |account: &str| {
        let mail = mails.iter().find(|mail| mail.account_id.as_deref() == Some(account)).expect("a mail");
        as_operator(&scene.cloud, GetMail { mail_id: mail.mail_id.clone() }).await
    };
    assert!(read(&scene.account).await.is_ok() && read(&other.account).await.is_ok());
    run(&pool, &copy("mail", "body_sealed", &us, &them)).await;
    assert_eq!(read(&other.account).await.expect_err("ours").code(), "ServiceFailure");
    assert!(read(&scene.account).await.is_ok());

    run(&pool, &copy("access_key", "secret_sealed", &our_key, &their_key)).await;
    assert!(!opens(&scene.cloud, &theirs).await, "a ciphertext of ours in their row");
    // Not even with our data key in the place of theirs, which then opens nothing at all.
    let kept: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(format!("select key_sealed from data_key where {them}")))
        .fetch_one(&pool)
        .await
        .expect("a key");
    run(&pool, &copy("data_key", "key_sealed", &us, &them)).await;
    assert!(!opens(&scene.cloud, &theirs).await && opens(&scene.cloud, &ours).await);
    assert!(scene.cloud.caller_of_signature(&root_key(&pool, &other.account).await, |_| Ok(())).await.is_err());
    sqlx::query("update data_key set key_sealed = $1 where account_id = $2")
        .bind(kept)
        .bind(&other.account)
        .execute(&pool)
        .await
        .expect("puts it back");
    assert!(scene.cloud.caller_of_signature(&root_key(&pool, &other.account).await, |_| Ok(())).await.is_ok());
}

async fn root_key(pool: &PgPool, account: &str) -> String {
    sqlx::query_scalar("select access_key_id from access_key where account_id = $1 and user_id is null")
        .bind(account)
        .fetch_one(pool)
        .await
        .expect("root's key")
}

/// A database as the releases before left it: everything opens, and is sealed under the accounts' keys by the rotation.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn values_of_before_open_and_are_sealed_anew(pool: PgPool) {
    let (cloud, owner, account, phone) = with_alice(&pool).await;
    let key = owner.call(CreateAccessKey { user_name: Some("alice".into()) }).await.expect("a key").access_key;
    let key = (key.access_key_id, key.secret_access_key.expose().to_owned());
    let mails = owner.mails().await.len();
    ask_for_a_mail(&cloud, "root@example.com").await;
    assert_eq!(cloud.sealed_otherwise().await.expect("counts").total(), 0, "every writer uses the account's key");
    let [access_keys, devices, letters] = sealing::before(&pool).await;
    assert!(access_keys == 1 && devices == 1 && letters > 0, "{access_keys} {devices} {letters}");

    let cloud = house(&pool, Settings::default()).await;
    let works = async |cloud: &Cloud, away: i64| {
        assert!(opens(cloud, &key).await);
        let reader = Browser { cloud: cloud.clone(), ..owner.clone() };
        assert_eq!(reader.mails().await.len(), mails + 1);
        let browser = Browser::open(cloud).await;
        assert!(browser.sign_in_user(&account, "alice", ALICE).await.expect("the password").mfa_required);
        let codes = ResyncMfaDevice { mfa_code1: phone.code(away).into(), mfa_code2: phone.code(away + 1).into() };
        browser.call(codes).await.expect("two codes of the seed");
    };
    let left = cloud.sealed_otherwise().await.expect("counts");
    assert_eq!((left.data_keys, left.access_keys, left.mfa_devices, left.mails), (0, access_keys, devices, letters));
    works(&cloud, 9).await;
    assert_eq!(cloud.reseal().await.expect("seals"), left, "each once");
    assert_eq!(cloud.sealed_otherwise().await.expect("counts").total(), 0);
    works(&cloud, 19).await;
    // It is the data key by which they open now.
    assert_eq!(sealing::before(&pool).await[..2], [access_keys, devices]);
}

/// An account that a server of the version before has made has no key until it needs one. Whoever comes first makes it.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn writers_and_a_rotation_at_once_lose_nothing(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let mut keys = Vec::new();
    for at in 0..24 {
        keys.push(key(&scene, &format!("user-{at}")).await);
    }
    for at in 0..12 {
        scene.plain_user(&format!("writer-{at}")).await;
    }
    // The server runs already, so that nothing makes the missing keys for it.
    let [before, ..] = sealing::before(&pool).await;
    let mut writers = Vec::new();
    for at in 0..12 {
        let (scene, keys) = (scene.clone(), keys.clone());
        writers.push(tokio::spawn(async move {
            for key in &keys {
                assert!(opens(&scene.cloud, key).await, "{key:?}");
            }
            let user_name = Some(format!("writer-{at}"));
            let made = scene.root(CreateAccessKey { user_name }).await.access_key;
            scene.root(crate::mfa::create(&format!("phone-{at}"))).await;
            (made.access_key_id, made.secret_access_key.expose().to_owned())
        }));
    }
    let (one, two) = tokio::join!(scene.cloud.reseal(), scene.cloud.reseal());
    let (one, two) = (one.expect("seals"), two.expect("seals"));
    assert_eq!(one.access_keys + two.access_keys, before, "each row once, whoever did it");
    for writer in writers {
        keys.push(writer.await.expect("nobody noticed"));
    }
    assert_eq!(column(&pool, "select account_id from data_key").await.concat(), scene.account, "one key for all");
    assert_eq!(scene.cloud.sealed_otherwise().await.expect("counts").total(), 0);
    for key in &keys {
        assert!(opens(&scene.cloud, key).await, "{key:?}");
    }
    assert_eq!(sealing::before(&pool).await[..2], [before + 12, 12], "all open, devices too");
}

/// What was copied from the account's rows opens no more once the account is deleted: not for whoever has the master key,
/// and not in an account of the same number.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_deleted_account_s_secrets_are_shredded(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let key = key(&scene, "ann").await;
    ask_for_a_mail(&scene.cloud, "owner@example.com").await;
    for table in ["account", "access_key", "mail", "data_key"] {
        run(&pool, &format!("create table kept_{table} as select * from {table}")).await;
    }
    as_operator(&scene.cloud, DeleteAccount { account_id: scene.account.clone() }).await.expect("deletes");
    assert!(column(&pool, "select account_id from data_key").await.is_empty());
    for table in ["account", "access_key", "mail"] {
        let columns: String = sqlx::query_scalar(
            "select string_agg(quote_ident(column_name), ', ') from information_schema.columns
             where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'",
        )
        .bind(table)
        .fetch_one(&pool)
        .await
        .expect("columns");
        run(&pool, &format!("insert into {table} ({columns}) select {columns} from kept_{table}")).await;
    }
    let mail_id = column(&pool, "select mail_id::text from mail").await.remove(0);
    let mail = GetMail { mail_id };
    let shut = async |cloud: &Cloud| {
        assert!(!opens(cloud, &key).await);
        assert_eq!(as_operator(cloud, mail.clone()).await.expect_err("shredded").code(), "ServiceFailure");
    };
    shut(&scene.cloud).await;
    // The next start makes the account a key, which is another one.
    let cloud = house(&pool, Settings::default()).await;
    assert_eq!(column(&pool, "select account_id from data_key").await.len(), 1);
    shut(&cloud).await;
    // With the key that it had, everything would open: nothing else keeps it shut.
    run(
        &pool,
        "update data_key d set key_sealed = k.key_sealed from kept_data_key k where k.account_id = d.account_id",
    )
    .await;
    assert!(opens(&cloud, &key).await);
    as_operator(&cloud, mail).await.expect("opens");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn no_data_key_stands_in_the_dump(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, account) = root(&cloud, "root@example.com").await;
    browser.call(CreateUser { user_name: "ann".into(), ..bare_user() }).await.expect("a user");
    browser.call(CreateAccessKey { user_name: Some("ann".into()) }).await.expect("a key");
    let data_key = sealing::data_key(&pool, &account).await;
    let hex: String = data_key.iter().map(|byte| format!("{byte:02x}")).collect();
    let everything = dump(&pool).await;
    assert_eq!(finds(&everything, &hex), None);
    assert!(!everything.contains(&format!("{data_key:?}")));
    let wrapped = column(&pool, "select encode(key_sealed, 'hex') from data_key").await.remove(0);
    assert!(finds(&everything, &wrapped).is_some(), "the search itself works");
}

/// The data key comes along with the access key, and with the beginning of a transaction.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_data_key_costs_no_statement(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let key = key(&scene, "ann").await;
    let (recorder, _guard) = Recorder::start();
    assert!(opens(&scene.cloud, &key).await);
    let statements = recorder.take_statements();
    assert_eq!(statements.len(), 1, "{statements:?}");
    scene.root(CreateAccessKey { user_name: Some("ann".into()) }).await;
    let statements = recorder.take_statements();
    assert!(!statements.is_empty() && statements.iter().all(|one| !one.contains("insert into data_key")));
    assert_eq!(statements.iter().filter(|one| one.contains("data_key")).count(), 1, "{statements:?}");
}
