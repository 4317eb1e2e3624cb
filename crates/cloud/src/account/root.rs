//! What a root user changes of itself, each with its password typed anew.

use model::{
    ApiError,
    account::{ChangeRootPassword, PutAccountName},
    id::AccountId,
};
use subtle::ConstantTimeEq as _;

use super::keeps_console_policy;
use crate::{
    SessionHash,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    sessions,
    tx::Tx,
};

/// How long ago the MFA code of this sign-in may be: ten minutes for typing, five for reading.
const FRESH_MS: i64 = 15 * 60 * 1000;

/// Ends the console sessions of an account's root user, all but `spared`; those still waiting for an MFA code too.
pub(crate) async fn end_root_sessions(tx: &mut Tx, account: &AccountId, spared: Option<&SessionHash>) -> Result<()> {
    sqlx::query!(
        "delete from session where account_id = $1 and user_id is null and id_hash is distinct from $2",
        account.as_str(),
        spared.map(SessionHash::as_bytes)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was under way to the account while its former password held: links to a new password that were mailed, and an
/// address that was to become root's. An access key outlives the password, and could finish it.
pub(crate) async fn forget_what_was_under_way(tx: &mut Tx, account: &AccountId) -> Result<()> {
    sqlx::query!("delete from password_reset where account_id = $1", account.as_str()).execute(tx.conn()).await?;
    sqlx::query!("delete from email_change where account_id = $1", account.as_str()).execute(tx.conn()).await?;
    Ok(())
}

/// Asks for the root user's password anew, and for an MFA code not long ago where there is a device. The stored hash
/// that the password matched goes with the call.
pub(super) async fn prove(preparation: &mut Preparation<'_>, password: &model::Secret) -> Result<RootRow> {
    let (cloud, caller) = (preparation.cloud, preparation.caller);
    let account = caller.account().ok_or(ApiError::SignedOut)?;
    let row = sqlx::query_as!(
        RootRow,
        r#"select email, name, password_hash, root_mfa_devices,
                  (extract(epoch from clock_timestamp()) * 1000)::bigint as "wall!"
           from account where account_id = $1"#,
        account.as_str()
    )
    .fetch_one(cloud.pool())
    .await?;
    if row.root_mfa_devices > 0 && caller.mfa_at.is_none_or(|at| row.wall - at > FRESH_MS) {
        let message = "Sign in again with your MFA device, then repeat this within 15 minutes.".into();
        return Err(ApiError::Forbidden { message }.into());
    }
    let (key, budget) = cloud.tries_of_root(preparation.request, account);
    let key = format!("own-{key}");
    if !cloud.admit(&key, budget).await? {
        return Err(ApiError::Throttling.into());
    }
    if !cloud.looks_right(password, row.password_hash.as_deref(), Some((&key, budget))).await? {
        return Err(wrong().into());
    }
    preparation.prepared.verified = row.password_hash.clone().map(|hash| (hash, true));
    Ok(row)
}

/// What is stored of a root user.
pub(super) struct RootRow {
    pub(super) email: String,
    name: String,
    password_hash: Option<String>,
    root_mfa_devices: i32,
    wall: i64,
}

fn wrong() -> ApiError {
    ApiError::field("currentPassword", None, "The current password is not right")
}

/// The account's row, locked, while its password is still the one that was typed; the session that it was typed in goes
/// on under another id.
///
/// # Errors
/// As for a wrong password, if it was changed meanwhile.
pub(super) async fn still(tx: &mut Tx) -> Result<(AccountId, String)> {
    let account = tx.account().clone();
    let Some((verified, true)) = tx.prepared.verified.clone() else { return Err(wrong().into()) };
    let email = sqlx::query_scalar!(
        "select email from account where account_id = $1 and password_hash = $2 for update",
        account.as_str(),
        verified
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| Error::Api(wrong()))?;
    sessions::renew(tx).await?;
    Ok((account, email))
}

/// A mail to a root user, in its account's mailbox.
pub(super) fn letter<'a>(account: &'a AccountId, recipient: &'a str, route: Route) -> To<'a> {
    To { recipient, account: Some(account), sign_up: None, route, dedupe: None }
}

impl Execute for PutAccountName {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        prove(preparation, &self.current_password).await.map(drop)
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, _) = still(tx).await?;
        sqlx::query!("update account set name = $2 where account_id = $1", account.as_str(), self.account_name)
            .execute(tx.conn())
            .await?;
        Ok(())
    }
}

impl Execute for ChangeRootPassword {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let row = prove(preparation, &self.current_password).await?;
        keeps_console_policy(preparation, &self.new_password, &[&row.email, &row.name])?;
        if self.current_password.expose().as_bytes().ct_eq(self.new_password.expose().as_bytes()).into() {
            let rule = "Password should not be the same as the old password".to_owned();
            return Err(ApiError::PasswordPolicyViolation { message: rule.clone(), rules: vec![rule] }.into());
        }
        preparation.prepared.new_hash = Some(preparation.cloud.hasher().hash(&self.new_password).await?);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, email) = still(tx).await?;
        let (now, hash, session) = (tx.now(), tx.prepared.new_hash.clone(), tx.caller().session.clone());
        sqlx::query!(
            "update account set password_hash = $2, password_changed_at = $3 where account_id = $1",
            account.as_str(),
            hash,
            now.0
        )
        .execute(tx.conn())
        .await?;
        forget_what_was_under_way(tx, &account).await?;
        end_root_sessions(tx, &account, session.as_ref()).await?;
        enqueue(tx, letter(&account, &email, Route::Owner), &Message::PasswordChanged { account: &account }).await
    }
}
