//! The second half of a sign-in: a code of an MFA device, once the password was right.
//!
//! Between the halves the session is nobody's. It lives for ten minutes and five tries, and all it can do is to send
//! a code here, or two in a row that set a device's clock right. The code signs in another session: a fresh one, as
//! every sign-in does.

use model::{
    ApiError,
    id::AccountId,
    signin::{ResyncMfaDevice, SignInOutput, SubmitMfaCode},
};
use sqlx::PgConnection;

use super::{Mfa, Owner, answer, bind, device::holder};
use crate::{
    Cloud, Request, SessionHash,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    iam::mfa_devices::{REMEMBERED_STEPS, place, set_right},
    throttle::{self, Budget},
    totp,
    tx::{self, Tx},
};

/// Tries for one password.
const TRIES: i32 = 5;

/// Takes one of the session's tries, committed before any code is looked at; answers whose password was right.
pub(super) async fn take_try(cloud: &Cloud, session: &SessionHash) -> Result<(AccountId, Option<String>)> {
    let row = sqlx::query!(
        r#"update session set mfa_tries = mfa_tries + 1
           where id_hash = $1 and mfa_pending and expires_at > now() and mfa_tries < $2
           returning account_id as "account_id!", user_id"#,
        session.as_bytes(),
        TRIES
    )
    .fetch_optional(cloud.pool())
    .await?;
    if let Some(row) = row {
        return Ok((AccountId(row.account_id), row.user_id));
    }
    sqlx::query!("delete from session where id_hash = $1 and mfa_pending", session.as_bytes())
        .execute(cloud.pool())
        .await?;
    Err(ApiError::SignedOut.into())
}

/// A device of whoever's password was right.
struct Opened {
    serial_key: String,
    device: totp::Device,
    /// Our step, and how many steps the device's clock is ahead of it.
    now: i64,
    drift: i64,
}

/// The name of a session's user; none for root's.
pub(super) async fn name_of(
    conn: &mut PgConnection,
    account: &AccountId,
    user_id: Option<&str>,
) -> Result<Option<String>> {
    let Some(user_id) = user_id else { return Ok(None) };
    let name = sqlx::query_scalar!(
        "select name from iam_user where account_id = $1 and user_id = $2",
        account.as_str(),
        user_id
    );
    Ok(name.fetch_optional(conn).await?)
}

/// The name of the session's user, if it is not root's, and their devices: a code of any of them will do.
async fn devices(cloud: &Cloud, account: &AccountId, user_id: Option<&str>) -> Result<(Option<String>, Vec<Opened>)> {
    let mut conn = tx::open(cloud, account, true).await?;
    let name = name_of(&mut conn, account, user_id).await?;
    let rows = sqlx::query!(
        r#"select serial_key, seed_sealed as "seed_sealed!", drift_steps, (extract(epoch from clock_timestamp()) * 1000)::bigint as "wall!",
                  (select key_sealed from data_key where account_id = $1) as "data_key?"
           from mfa_device where account_id = $1 and user_id is not distinct from $2 and enabled_at is not null
             and seed_sealed is not null
           order by enabled_at"#,
        account.as_str(),
        user_id
    )
    .fetch_all(&mut *conn)
    .await?;
    conn.commit().await?;
    let mut opened = Vec::new();
    for row in rows {
        let place = place(account, &row.serial_key);
        let seed = cloud.sealer().open_for(&place, row.data_key.as_deref(), &row.seed_sealed)?;
        opened.push(Opened {
            serial_key: row.serial_key,
            device: totp::Device::new(&seed),
            now: totp::step_of(model::Timestamp(row.wall)),
            drift: i64::from(row.drift_steps),
        });
    }
    Ok((name, opened))
}

/// What both forms of this half do before any transaction: takes a try, committed before any code is looked at, and
/// finds the devices that `typed` recognises, each with the step of its code.
async fn look(preparation: &mut Preparation<'_>, typed: impl Fn(&Opened) -> Vec<i64>) -> Result<()> {
    let (cloud, request) = (preparation.cloud, preparation.request);
    // The caller's session is the one that the password opened; the request's may be the fresh one.
    let session = preparation.caller.session.clone().ok_or(ApiError::SignedOut)?;
    let (account, user_id) = take_try(cloud, &session).await?;
    preparation.prepared.account = Some(account.clone());
    preparation.prepared.tried = Some(user_id.clone().unwrap_or_else(|| account.0.clone()));
    let calm = cloud.address_may_try(request.ip).await?;
    let (name, opened) = devices(cloud, &account, user_id.as_deref()).await?;
    let found: Vec<(String, i64)> =
        opened.iter().flat_map(|one| typed(one).into_iter().map(|step| (one.serial_key.clone(), step))).collect();
    let (key, budget) = tries_of(cloud, request, &account, name.as_deref());
    let counted = cloud.admit(&key, budget).await?;
    if !calm || !counted || found.is_empty() {
        cloud.address_failed(request.ip).await?;
        return Err(ApiError::AuthenticationFailure.into());
    }
    preparation.prepared.user_id = user_id;
    preparation.prepared.codes = found;
    Ok(())
}

/// The counter of a principal's codes, apart from that of the passwords.
pub(super) fn tries_of(cloud: &Cloud, request: &Request, account: &AccountId, name: Option<&str>) -> (String, Budget) {
    let (key, budget) = cloud.tries_of(request, &holder(account.as_str(), name));
    (format!("mfa-{key}"), budget)
}

impl Execute for SubmitMfaCode {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let code = self.mfa_code.expose();
        look(preparation, |one| one.device.steps(code, one.now + one.drift)).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SignInOutput> {
        // The device's row comes before the account's, as in the operations on devices: no deadlock with them.
        use_up(tx).await?;
        let_in(tx).await
    }
}

/// Signs in the fresh session in the place of the one that the password opened, once a device was shown.
pub(super) async fn let_in(tx: &mut Tx) -> Result<SignInOutput> {
    let pending = tx.caller.session.clone().ok_or(ApiError::SignedOut)?;
    let (user, sign_up_pending) = principal(tx).await?;
    let (account, user_id) = (tx.account.clone(), tx.prepared.user_id.clone());
    let must_change_password = sqlx::query_scalar!(
        "select must_change_password from session
         where id_hash = $1 and mfa_pending and expires_at > now()
           and account_id = $2 and user_id is not distinct from $3 for update",
        pending.as_bytes(),
        account.as_str(),
        user_id
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::Api(ApiError::SignedOut))?;
    let name = user.as_ref().map(|(_, name, _)| name.clone());
    let (key, budget) = tries_of(&tx.cloud.clone(), &tx.request.clone(), &account, name.as_deref());
    throttle::forgive(tx.conn(), &key, budget).await?;
    let mfa = Mfa::Passed(tx.wall);
    bind(tx, Owner { account, user, must_change_password, sign_up_pending, mfa }).await?;
    sqlx::query!("delete from session where id_hash = $1 and mfa_pending", pending.as_bytes())
        .execute(tx.conn())
        .await?;
    Ok(answer(tx))
}

impl Execute for ResyncMfaDevice {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (first, second) = (self.mfa_code1.expose(), self.mfa_code2.expose());
        look(preparation, |one| one.device.pair(first, second, one.now, totp::AT_RESYNC).into_iter().collect()).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// The tries begin anew: whoever shows two codes in a row has the device, and is to be let in by its next code.
    async fn run(self, tx: &mut Tx) -> Result<()> {
        let pending = tx.caller.session.clone().ok_or(ApiError::SignedOut)?;
        let (user_id, codes) = (tx.prepared.user_id.clone(), tx.prepared.codes.clone());
        let mut done = false;
        for (serial_key, step) in &codes {
            done = done || set_right(tx, serial_key, user_id.as_deref(), *step).await?;
        }
        if !done {
            return Err(ApiError::AuthenticationFailure.into());
        }
        let (user, _) = principal(tx).await?;
        let (account, name) = (tx.account.clone(), user.map(|(_, name, _)| name));
        let (key, budget) = tries_of(&tx.cloud.clone(), &tx.request.clone(), &account, name.as_deref());
        throttle::forgive(tx.conn(), &key, budget).await?;
        let left = sqlx::query!(
            "update session set mfa_tries = 0
             where id_hash = $1 and mfa_pending and expires_at > now()
               and account_id = $2 and user_id is not distinct from $3",
            pending.as_bytes(),
            account.as_str(),
            user_id
        )
        .execute(tx.conn())
        .await?;
        if left.rows_affected() == 1 { Ok(()) } else { Err(ApiError::SignedOut.into()) }
    }
}

/// A user's id, name and path.
type User = (String, String, String);

/// Who signs in, and whether their account's sign-up is still open. The share lock makes a change of the password
/// wait until the new session can be seen and ended by it.
async fn principal(tx: &mut Tx) -> Result<(Option<User>, bool)> {
    let (account, user_id) = (tx.account.clone(), tx.prepared.user_id.clone());
    let refused = || Error::Api(ApiError::AuthenticationFailure);
    let Some(user_id) = user_id else {
        let status = sqlx::query_scalar!(
            "select status from account where account_id = $1 and status <> 'CLOSED' for share",
            account.as_str()
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(refused)?;
        return Ok((None, status == "PENDING"));
    };
    let row = sqlx::query!(
        "select u.user_id, u.name, u.path, a.status
         from login_profile p join iam_user u using (account_id, user_id) join account a using (account_id)
         where p.account_id = $1 and p.user_id = $2 and a.status <> 'CLOSED' for share of p",
        account.as_str(),
        user_id
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(refused)?;
    Ok((Some((row.user_id, row.name, row.path)), row.status == "PENDING"))
}

/// Notes the code's step: whoever comes second with the same code, on whatever server, finds it noted.
async fn use_up(tx: &mut Tx) -> Result<()> {
    let (account, user_id, codes) = (tx.account.clone(), tx.prepared.user_id.clone(), tx.prepared.codes.clone());
    for (serial_key, step) in codes {
        let used = sqlx::query!(
            "update mfa_device
             set used_steps = array(select s from unnest(used_steps) as s where s > $4::bigint - $5) || $4
             where account_id = $1 and serial_key = $2 and user_id is not distinct from $3 and enabled_at is not null
               and $4 <> all (used_steps)",
            account.as_str(),
            serial_key,
            user_id,
            step,
            REMEMBERED_STEPS
        )
        .execute(tx.conn())
        .await?;
        if used.rows_affected() == 1 {
            return Ok(());
        }
    }
    Err(ApiError::AuthenticationFailure.into())
}
