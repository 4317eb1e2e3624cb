//! The second half of a sign-in by a passkey or security key, and what the page of that half has to know.
//!
//! A challenge belongs to the session that the password opened, and comes with it. It is taken away from it, committed,
//! before the signature is looked at: each serves once, whichever server is asked. Another takes its place when the
//! answer was wrong. Looking at it writes nothing.

use model::{
    ApiError,
    id::AccountId,
    signin::{GetMfaChallenge, GetMfaChallengeOutput, SignInOutput, SubmitPasskey},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use webauthn_rs::prelude::{PublicKeyCredential, SecurityKey, SecurityKeyAuthentication};

use super::{
    PENDING_SECONDS,
    mfa::{let_in, name_of, take_try, tries_of},
};
use crate::{
    Cloud, SessionHash,
    error::Result,
    execute::{Execute, Preparation, Target},
    passkey::{self, Purpose, Then},
    tx::{self, Tx},
};

const CEREMONY: &str = "sign-in";

/// The passkeys of whoever's password was right, and what their challenge is sealed under.
struct Keys {
    /// By their rows' keys.
    all: Vec<(String, SecurityKey)>,
    /// The account's data key.
    data_key: Option<Vec<u8>>,
}

async fn keys_of(conn: &mut PgConnection, account: &AccountId, user_id: Option<&str>) -> Result<Keys> {
    let rows = sqlx::query!(
        r#"select serial_key, credential as "credential!",
                  (select key_sealed from data_key where account_id = $1) as "data_key?"
           from mfa_device
           where account_id = $1 and user_id is not distinct from $2 and enabled_at is not null and kind = 'PASSKEY'
           order by enabled_at"#,
        account.as_str(),
        user_id
    )
    .fetch_all(conn)
    .await?;
    let key = |row: &serde_json::Value| serde_json::from_value(row.clone()).map_err(anyhow::Error::from);
    let data_key = rows.first().and_then(|row| row.data_key.clone());
    let all = rows.into_iter().map(|row| Ok((row.serial_key, key(&row.credential)?))).collect::<anyhow::Result<_>>();
    Ok(Keys { all: all?, data_key })
}

/// What a session keeps of its challenge: what the answer is checked by, and what browsers are handed.
#[derive(Serialize, Deserialize)]
struct Challenge {
    state: SecurityKeyAuthentication,
    options: String,
}

/// Gives the session a challenge, if its principal has passkeys that could answer.
pub(super) async fn offer(
    conn: &mut PgConnection,
    cloud: &Cloud,
    session: &SessionHash,
    account: &AccountId,
    user_id: Option<&str>,
) -> Result<()> {
    if cloud.settings().passkeys_refused().is_some() {
        return Ok(());
    }
    let keys = keys_of(&mut *conn, account, user_id).await?;
    let purpose = Purpose { ceremony: CEREMONY, account: account.as_str(), user_id };
    ask(conn, cloud, session, &purpose, &keys).await
}

/// Gives the session a challenge that any of these keys may answer, in place of the one before.
async fn ask(
    conn: &mut PgConnection,
    cloud: &Cloud,
    session: &SessionHash,
    purpose: &Purpose<'_>,
    keys: &Keys,
) -> Result<()> {
    if keys.all.is_empty() || cloud.settings().passkeys_refused().is_some() {
        return Ok(());
    }
    let asked: Vec<_> = keys.all.iter().map(|(_, key)| key.clone()).collect();
    let (challenge, state) = passkey::relying_party(cloud)?
        .start_securitykey_authentication(&asked)
        .map_err(|error| anyhow::anyhow!("a sign-in's challenge: {error}"))?;
    let challenge = Challenge { state, options: passkey::options(&challenge)? };
    passkey::keep(conn, cloud, session, purpose, keys.data_key.clone(), &challenge, PENDING_SECONDS).await
}

impl Execute for GetMfaChallenge {
    const PREPARES: bool = true;
    const SILENT: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let session = preparation.caller.session.clone().ok_or(ApiError::SignedOut)?;
        let row = sqlx::query!(
            r#"select account_id as "account_id!", user_id from session
               where id_hash = $1 and mfa_pending and expires_at > now()"#,
            session.as_bytes()
        )
        .fetch_optional(preparation.cloud.pool())
        .await?
        .ok_or(ApiError::SignedOut)?;
        preparation.prepared.account = Some(AccountId(row.account_id));
        preparation.prepared.user_id = row.user_id;
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetMfaChallengeOutput> {
        let session = tx.caller.session.clone().ok_or(ApiError::SignedOut)?;
        let (cloud, account, user_id) = (tx.cloud.clone(), tx.account.clone(), tx.prepared.user_id.clone());
        let user_id = user_id.as_deref();
        let kinds = sqlx::query_scalar!(
            "select distinct kind from mfa_device
             where account_id = $1 and user_id is not distinct from $2 and enabled_at is not null order by kind",
            account.as_str(),
            user_id
        )
        .fetch_all(tx.conn())
        .await?;
        let purpose = Purpose { ceremony: CEREMONY, account: account.as_str(), user_id };
        let held: Option<Challenge> = passkey::held(tx.conn(), &cloud, &session, &purpose, Then::Left).await?;
        // A device that was taken away in the meantime is asked for no longer.
        let usable = kinds.iter().any(|kind| kind == "PASSKEY");
        let request_options = held.filter(|_| usable).map(|held| held.options.into());
        Ok(GetMfaChallengeOutput { kinds, root: user_id.is_none(), request_options })
    }
}

/// The passkey that signed what this session was asked to sign: its row's key, the credential as it is now, its counter.
fn signed(
    preparation: &Preparation<'_>,
    state: Option<SecurityKeyAuthentication>,
    typed: &str,
    keys: &Keys,
) -> Result<Option<(String, serde_json::Value, i64)>> {
    let Some(state) = state else { return Ok(None) };
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(typed) else { return Ok(None) };
    let shown = match passkey::relying_party(preparation.cloud)?.finish_securitykey_authentication(&answer, &state) {
        Ok(shown) => shown,
        Err(error) => {
            tracing::info!(%error, "a passkey was refused");
            return Ok(None);
        }
    };
    for (serial_key, key) in &keys.all {
        let mut key = key.clone();
        let Some(news) = key.update_credential(&shown) else { continue };
        // The challenge may be older than the key's last sign-in: a counter that has not grown since then tells a copy.
        if shown.counter() > 0 && !news {
            return Ok(None);
        }
        let credential = serde_json::to_value(&key).map_err(anyhow::Error::from)?;
        return Ok(Some((serial_key.clone(), credential, i64::from(shown.counter()))));
    }
    Ok(None)
}

impl Execute for SubmitPasskey {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        // The caller's session is the one that the password opened; the request's may be the fresh one.
        let session = preparation.caller.session.clone().ok_or(ApiError::SignedOut)?;
        let (account, user_id) = take_try(cloud, &session).await?;
        preparation.prepared.account = Some(account.clone());
        preparation.prepared.tried = Some(user_id.clone().unwrap_or_else(|| account.0.clone()));
        let calm = cloud.address_may_try(request.ip).await?;
        let purpose = Purpose { ceremony: CEREMONY, account: account.as_str(), user_id: user_id.as_deref() };
        let mut conn = tx::open(cloud, &account, false).await?;
        let held: Option<Challenge> = passkey::held(&mut conn, cloud, &session, &purpose, Then::Gone).await?;
        let name = name_of(&mut conn, &account, user_id.as_deref()).await?;
        let keys = keys_of(&mut conn, &account, user_id.as_deref()).await?;
        conn.commit().await?;
        let (key, budget) = tries_of(cloud, request, &account, name.as_deref());
        let counted = cloud.admit(&key, budget).await?;
        let found = signed(preparation, held.map(|held| held.state), self.credential.expose(), &keys)?;
        if !calm || !counted || found.is_none() {
            let mut conn = tx::open(cloud, &account, false).await?;
            ask(&mut conn, cloud, &session, &purpose, &keys).await?;
            conn.commit().await?;
            cloud.address_failed(request.ip).await?;
            return Err(ApiError::AuthenticationFailure.into());
        }
        preparation.prepared.user_id = user_id;
        preparation.prepared.passkey = found;
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SignInOutput> {
        let (account, user_id) = (tx.account.clone(), tx.prepared.user_id.clone());
        let (serial_key, credential, count) = tx.prepared.passkey.clone().ok_or(ApiError::AuthenticationFailure)?;
        // A counter that does not grow is a copied key's (WebAuthn 2, section 7.2, step 21).
        let used = sqlx::query!(
            "update mfa_device set credential = $4, sign_count = $5
             where account_id = $1 and serial_key = $2 and user_id is not distinct from $3 and enabled_at is not null
               and kind = 'PASSKEY' and (sign_count < $5 or (sign_count = 0 and $5 = 0))",
            account.as_str(),
            serial_key,
            user_id,
            credential,
            count
        )
        .execute(tx.conn())
        .await?;
        if used.rows_affected() != 1 {
            return Err(ApiError::AuthenticationFailure.into());
        }
        let_in(tx).await
    }
}
