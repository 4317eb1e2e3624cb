//! How secrets lie sealed, written a second time from the format alone: to look into a database with the master key, and
//! to make it what it was before accounts had keys of their own.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use uuid::Uuid;

/// The bytes of [`crate::browser::master_key`].
pub const MASTER: [u8; 32] = [0x5a; 32];

const MASTER_MAGIC: &[u8] = b"US1";
const DATA_MAGIC: &[u8] = b"US2";
const NAME: usize = 8;
const NONCE: usize = 24;

fn name(key: &[u8; 32]) -> [u8; NAME] {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(b"name of a key\0");
    mac.finalize().into_bytes()[..NAME].try_into().expect("eight bytes")
}

/// What is bound to a sealed value: its table, account, row and key.
fn bound(key: &[u8; 32], table: &str, account: &str, row: &str) -> String {
    let name: String = name(key).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{table}|{account}|{row}|{name}")
}

/// Seals a value under a master key itself.
pub fn seal(key: &[u8; 32], (table, account, row): (&str, &str, &str), plain: &[u8]) -> Vec<u8> {
    [MASTER_MAGIC, &name(key), &encrypt(key, &bound(key, table, account, row), plain)].concat()
}

/// Seals a value as the first releases did, which wrote no key's name.
fn seal_nameless(key: &[u8; 32], (table, account, row): (&str, &str, &str), plain: &[u8]) -> Vec<u8> {
    encrypt(key, &format!("{table}|{account}|{row}"), plain)
}

/// A nonce and what it encrypts.
fn encrypt(key: &[u8; 32], aad: &str, plain: &[u8]) -> Vec<u8> {
    let random = [Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat();
    let nonce: [u8; NONCE] = random[..NONCE].try_into().expect("24 bytes");
    let payload = Payload { msg: plain, aad: aad.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload).expect("seals");
    [nonce.as_slice(), &sealed].concat()
}

fn open(magic: &[u8], key: &[u8; 32], (table, account, row): (&str, &str, &str), sealed: &[u8]) -> Vec<u8> {
    let rest = sealed.strip_prefix([magic, &name(key)].concat().as_slice()).expect("sealed under this key");
    let (nonce, ciphertext) = rest.split_at(NONCE);
    let nonce: [u8; NONCE] = nonce.try_into().expect("24 bytes");
    let aad = bound(key, table, account, row);
    let payload = Payload { msg: ciphertext, aad: aad.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), payload).expect("opens")
}

/// The data key of an account.
pub async fn data_key(pool: &PgPool, account: &str) -> [u8; 32] {
    let wrapped: Vec<u8> = sqlx::query_scalar("select key_sealed from data_key where account_id = $1")
        .bind(account)
        .fetch_one(pool)
        .await
        .expect("a data key");
    open(MASTER_MAGIC, &MASTER, ("data_key", account, "1"), &wrapped).try_into().expect("32 bytes")
}

/// Where an account's secrets lie sealed: table, key and column.
const PLACES: [(&str, &str, &str); 3] = [
    ("access_key", "access_key_id", "secret_sealed"),
    ("mfa_device", "serial_key", "seed_sealed"),
    ("mail", "mail_id", "body_sealed"),
];

/// Makes of the database what it was before accounts had keys of their own: by turns as the latest and as the first of
/// those releases wrote it. Each value must be sealed under its account's key, and opens. Answers how many there were of
/// each kind, as in [`PLACES`].
pub async fn before(pool: &PgPool) -> [i64; 3] {
    let accounts = crate::browser::column(pool, "select account_id from account").await;
    let mut counts = [0; 3];
    let mut writers = [seal, seal_nameless].into_iter().cycle();
    for account in accounts {
        let data_key = data_key(pool, &account).await;
        let begin = format!("begin; set local app.account = '{account}'");
        let mut tx = pool.begin_with(AssertSqlSafe(begin)).await.expect("begins");
        for (count, (table, key, column)) in counts.iter_mut().zip(PLACES) {
            let select = format!(
                "select {key}::text, {column} from {table} where account_id = '{account}' and {column} is not null"
            );
            for row in sqlx::query(AssertSqlSafe(select)).fetch_all(&mut *tx).await.expect("reads") {
                let (id, sealed): (String, Vec<u8>) = (row.get(0), row.get(1));
                let plain = open(DATA_MAGIC, &data_key, (table, &account, &id), &sealed);
                let write = writers.next().expect("they come by turns");
                sqlx::query(AssertSqlSafe(format!("update {table} set {column} = $1 where {key}::text = $2")))
                    .bind(write(&MASTER, (table, &account, &id), &plain))
                    .bind(id)
                    .execute(&mut *tx)
                    .await
                    .expect("writes");
                *count += 1;
            }
        }
        tx.commit().await.expect("commits");
    }
    sqlx::query("delete from data_key").execute(pool).await.expect("deletes");
    counts
}
