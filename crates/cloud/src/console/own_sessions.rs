//! A principal's own browsers and sign-ins. Every statement names account and principal: what is somebody else's is not
//! there, whatever the id. Sessions and sign-ins bear the real time.

use model::{
    ApiError, Kind, Timestamp,
    console::{
        EndOtherSessions, EndOtherSessionsOutput, EndOwnSession, ListOwnSessions, ListOwnSessionsOutput, ListSignIns,
        ListSignInsOutput, OwnSession, SESSIONS_LISTED, SignIn, SignInResult,
    },
    page,
};
use uuid::Uuid;

use crate::{
    Identity, SessionHash,
    cloudtrail::SIGN_INS,
    error::{Error, Result},
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// The caller's unique id, if it is an IAM user: sessions of root have none.
fn user_id(tx: &Tx) -> Option<String> {
    match tx.caller().identity() {
        Identity::User(id) => Some(id.clone()),
        _ => None,
    }
}

impl Execute for ListOwnSessions {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListOwnSessionsOutput> {
        let (account, user_id, session) = (tx.account().clone(), user_id(tx), tx.caller().session.clone());
        let rows = sqlx::query!(
            r#"select session_id, signed_in_at as "started!", coalesce(last_used_at, signed_in_at) as "used!", source_ip,
                      user_agent, mfa_at is not null as "mfa!", id_hash is not distinct from $3 as "current!",
                      count(*) over () as "total!"
               from session
               where account_id = $1 and user_id is not distinct from $2 and signed_in_at is not null and not mfa_pending
                 and expires_at > now()
               order by id_hash is not distinct from $3 desc, coalesce(last_used_at, signed_in_at) desc, session_id
               limit $4"#,
            account.as_str(),
            user_id,
            session.as_ref().map(SessionHash::as_bytes),
            SESSIONS_LISTED
        )
        .fetch_all(tx.conn())
        .await?;
        let total = rows.first().map_or(0, |row| row.total);
        let sessions = rows.into_iter().map(|row| OwnSession {
            session_id: row.session_id.to_string(),
            started: Timestamp(row.started),
            last_used: Timestamp(row.used),
            source_ip: row.source_ip,
            user_agent: row.user_agent,
            mfa: row.mfa,
            current: row.current,
        });
        Ok(ListOwnSessionsOutput { sessions: sessions.collect(), total })
    }
}

impl Execute for EndOwnSession {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let missing = || Error::Api(ApiError::missing(Kind::Session, self.session_id.clone()));
        let id: Uuid = self.session_id.parse().map_err(|_| missing())?;
        let (account, user_id) = (tx.account().clone(), user_id(tx));
        let ended = sqlx::query!(
            "delete from session where session_id = $1 and account_id = $2 and user_id is not distinct from $3",
            id,
            account.as_str(),
            user_id
        )
        .execute(tx.conn())
        .await?;
        if ended.rows_affected() == 1 { Ok(()) } else { Err(missing()) }
    }
}

impl Execute for EndOtherSessions {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<EndOtherSessionsOutput> {
        let (account, user_id, session) = (tx.account().clone(), user_id(tx), tx.caller().session.clone());
        // Whoever gave the right password and still looks for the device is put out, too.
        let ended = sqlx::query_scalar!(
            r#"with ended as (
                   delete from session
                   where account_id = $1 and user_id is not distinct from $2 and id_hash is distinct from $3
                   returning mfa_pending)
               select count(*) filter (where not mfa_pending) as "ended!" from ended"#,
            account.as_str(),
            user_id,
            session.as_ref().map(SessionHash::as_bytes)
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(EndOtherSessionsOutput { ended })
    }
}

/// What the trail says of a step.
fn result_of(name: &str, failed: bool, awaits_code: bool) -> SignInResult {
    match (name, failed) {
        ("SubmitMfaCode" | "SubmitPasskey", true) => SignInResult::WrongMfa,
        (_, true) => SignInResult::WrongPassword,
        (_, false) if awaits_code => SignInResult::MfaAsked,
        (_, false) => SignInResult::SignedIn,
    }
}

impl Execute for ListSignIns {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListSignInsOutput> {
        let (before, before_id) = marker::behind(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let (account, principal) = (tx.account().clone(), tx.principal.id.clone());
        let names = SIGN_INS.map(str::to_owned);
        let rows = sqlx::query!(
            r#"select event_id, event_time, name, error_code is not null as "failed!", source_ip, user_agent,
                      coalesce(response ->> 'MfaRequired' = 'true', false) as "awaits_code!"
               from trail
               where account_id = $1 and principal_id = $2 and service = 'signin' and name = any($3)
                 and event_time <= $4 and (event_time < $4 or event_id > $5)
               order by event_time desc, event_id limit $6"#,
            account.as_str(),
            principal,
            names.as_slice(),
            before,
            before_id,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) = marker::page(rows, limit, |row| Position {
            name: row.event_time.to_string(),
            id: row.event_id.to_string(),
        });
        let sign_ins = rows.into_iter().map(|row| SignIn {
            event_id: row.event_id.to_string(),
            time: Timestamp(row.event_time),
            result: result_of(&row.name, row.failed, row.awaits_code),
            source_ip: row.source_ip,
            user_agent: row.user_agent.filter(|text| !text.is_empty()),
            mfa: matches!(row.name.as_str(), "SubmitMfaCode" | "SubmitPasskey"),
        });
        Ok(ListSignInsOutput { sign_ins: sign_ins.collect(), is_truncated, marker })
    }
}
