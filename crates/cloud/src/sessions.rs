//! Browser sessions in Postgres, known by the SHA-256 of their id: a table's dump opens none.
//!
//! The stock store upserts on save, so that a request in flight during a sign-out brings the session back to life;
//! ours creates in `create` alone, and `save` of a dead session does nothing. The principal columns are out of its
//! reach: sign-in operations write them.

use std::fmt;

use model::ApiError;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tower_sessions_core::{
    SessionStore as Store,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{
    Caller, Cloud, Request,
    error::{Error as Fault, Result as Outcome},
    tx::Tx,
};

/// The hash of a session's id.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionHash([u8; 32]);

impl fmt::Debug for SessionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionHash")
    }
}

impl SessionHash {
    /// The hash of `id`.
    pub fn of(id: &Id) -> Self {
        Self(Sha256::digest(id.0.to_be_bytes()).into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// How exactly a session's last use is known, in milliseconds: a write a minute, however many requests there are.
pub(crate) const LAST_USED_RESOLUTION: i64 = 60_000;

impl Cloud {
    /// Notes that a session was used now, from where and by which browser, at most once a minute.
    ///
    /// # Errors
    /// [`ApiError::Unavailable`] or [`ApiError::Internal`] if the database cannot note it.
    pub async fn record_session_use(&self, caller: &Caller, request: &Request) -> std::result::Result<(), ApiError> {
        let Some(session) = &caller.session else { return Ok(()) };
        sqlx::query!(
            "update session s
             set last_used_at = c.now, source_ip = coalesce($2, s.source_ip), user_agent = coalesce(nullif($3, ''), s.user_agent)
             from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now) as c
             where s.id_hash = $1 and s.account_id is not null and not s.mfa_pending
               and (s.last_used_at is null or c.now - s.last_used_at >= $4)",
            session.as_bytes(),
            request.ip.map(|ip| ip.to_string()),
            request.user_agent,
            LAST_USED_RESOLUTION
        )
        .execute(self.pool())
        .await
        .map_err(|error| Fault::from(error).into_public(request.id))?;
        Ok(())
    }
}

/// Gives the caller's session the id of the fresh one that the door has brought: once a password was typed anew, the id
/// so far opens nothing any more. All else stays, whose it is and until when; but for an unanswered challenge, which is
/// bound to the id. Without a fresh one nothing happens.
///
/// # Errors
/// [`ApiError::SignedOut`] if either of the two is gone.
pub(crate) async fn renew(tx: &mut Tx) -> Outcome<()> {
    let (Some(held), Some(fresh)) = (tx.caller.session.clone(), tx.request.session.clone()) else { return Ok(()) };
    if held == fresh {
        return Ok(());
    }
    let gone = sqlx::query!("delete from session where id_hash = $1 and account_id is null", fresh.as_bytes())
        .execute(tx.conn())
        .await?;
    let renewed = sqlx::query!(
        "update session set id_hash = $2, passkey_state = null, passkey_until = null
         where id_hash = $1 and expires_at > now()",
        held.as_bytes(),
        fresh.as_bytes()
    )
    .execute(tx.conn())
    .await?;
    if (gone.rows_affected(), renewed.rows_affected()) != (1, 1) {
        return Err(ApiError::SignedOut.into());
    }
    tx.caller.session = Some(fresh);
    Ok(())
}

/// The store that `tower-sessions` works on.
#[derive(Clone, Debug)]
pub struct SessionStore {
    cloud: Cloud,
}

impl SessionStore {
    /// A store in `cloud`'s database.
    pub fn new(cloud: Cloud) -> Self {
        Self { cloud }
    }
}

fn backend(error: impl fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

fn encode(record: &Record) -> Result<Value> {
    serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

/// Seconds until the record expires: Postgres adds them to its own clock.
fn lifetime(record: &Record) -> f64 {
    (record.expiry_date - OffsetDateTime::now_utc()).as_seconds_f64()
}

#[async_trait::async_trait]
impl Store for SessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let hash = SessionHash::of(&record.id);
            let made = sqlx::query!(
                "insert into session (id_hash, data, expires_at) values ($1, $2, now() + make_interval(secs => $3))
                 on conflict do nothing",
                hash.as_bytes(),
                encode(record)?,
                lifetime(record)
            )
            .execute(self.cloud.pool())
            .await
            .map_err(backend)?
            .rows_affected();
            if made == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let hash = SessionHash::of(&record.id);
        sqlx::query!(
            "update session set data = $2, expires_at = now() + make_interval(secs => $3) where id_hash = $1",
            hash.as_bytes(),
            encode(record)?,
            lifetime(record)
        )
        .execute(self.cloud.pool())
        .await
        .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let hash = SessionHash::of(id);
        let row = sqlx::query!(
            r#"select data, extract(epoch from expires_at)::bigint as "expires!" from session
               where id_hash = $1 and expires_at > now()"#,
            hash.as_bytes()
        )
        .fetch_optional(self.cloud.pool())
        .await
        .map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let data = serde_json::from_value(row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let hash = SessionHash::of(id);
        sqlx::query!("delete from session where id_hash = $1", hash.as_bytes())
            .execute(self.cloud.pool())
            .await
            .map_err(backend)?;
        Ok(())
    }
}
