//! A root user's forgotten password.
//!
//! Asking for the link takes the same statements whether or not there is such an account, and answers the same: for
//! an address of nobody a letter is written too, and thrown away in the same transaction.

use model::{
    ApiError,
    id::AccountId,
    signin::{RequestPasswordReset, ResetPassword},
};

use super::device::holder;
use crate::{
    account::{end_root_sessions, forget_what_was_under_way, keeps_console_policy},
    caller::HOUSE,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    throttle::RECOVERY,
    token,
    tx::Tx,
};

/// The answer to a link that is used up, too old or none of ours.
fn used_up() -> ApiError {
    ApiError::InvalidCode { message: "This link was used before or has expired. Ask for a new one.".into() }
}

impl Execute for RequestPasswordReset {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        let email = self.email.trim().to_lowercase();
        if !cloud.address_may_try(request.ip).await? {
            return Err(ApiError::Throttling.into());
        }
        // Whoever asks for many addresses is slowed down, whether they are right or wrong.
        cloud.address_failed(request.ip).await?;
        let account =
            sqlx::query_scalar!("select account_id from account where email_key = $1 and status <> 'CLOSED'", email)
                .fetch_optional(cloud.pool())
                .await?;
        let of = account.as_ref().map_or_else(|| format!("root {email}"), |id| holder(id, None));
        preparation.prepared.account = Some(AccountId(account.unwrap_or_else(|| HOUSE.into())));
        // A browser that has signed in before is counted by itself, as at sign-in: nobody can ask in its place.
        let (key, _) = cloud.tries_of(request, &of);
        if cloud.admit(&format!("reset-{key}"), RECOVERY).await? { Ok(()) } else { Err(ApiError::Throttling.into()) }
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, (token, hash)) = (tx.account.clone(), token::new(tx));
        let mail = format!("reset:{}", tx.uuid());
        sqlx::query!(
            "insert into password_reset (token_hash, account_id, expires_at)
             select $1, account_id, now() + interval '1 hour' from account where account_id = $2 and status <> 'CLOSED'",
            hash.as_slice(),
            account.as_str()
        )
        .execute(tx.conn())
        .await?;
        let known = account.as_str() != HOUSE;
        let to = To {
            // To the address as its owner wrote it, never as somebody typed it.
            recipient: &recipient(tx, &account).await?,
            account: known.then_some(&account),
            sign_up: None,
            route: Route::Owner,
            dedupe: Some(mail.clone()),
        };
        enqueue(tx, to, &Message::ResetPassword { token: &token }).await?;
        sqlx::query!("delete from mail where dedupe_key = $1 and account_id is null", mail).execute(tx.conn()).await?;
        Ok(())
    }
}

/// The root user's address; for nobody's account one of nobody.
async fn recipient(tx: &mut Tx, account: &AccountId) -> Result<String> {
    let email = sqlx::query_scalar!("select email from account where account_id = $1", account.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(email.unwrap_or_else(|| "nobody@invalid".into()))
}

impl Execute for ResetPassword {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        if !cloud.address_may_try(request.ip).await? {
            return Err(ApiError::Throttling.into());
        }
        let hash = token::hash(self.token.expose());
        let row = sqlx::query!(
            "select account_id, email, name from password_reset join account using (account_id)
             where token_hash = $1 and expires_at > now() and status <> 'CLOSED'",
            hash.as_slice()
        )
        .fetch_optional(cloud.pool())
        .await?;
        let Some(row) = row else {
            cloud.address_failed(request.ip).await?;
            return Err(used_up().into());
        };
        preparation.prepared.account = Some(AccountId(row.account_id));
        keeps_console_policy(preparation, &self.password, &[&row.email, &row.name])?;
        preparation.prepared.new_hash = Some(cloud.hasher().hash(&self.password).await?);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, now, new) = (tx.account.clone(), tx.now, tx.prepared.new_hash.clone());
        let hash = token::hash(self.token.expose());
        // The account's row first, as a sign-in takes it: whoever signs in at this moment with the former password
        // either comes later and fails, or was here before and is signed out below.
        let email = sqlx::query_scalar!(
            "update account set password_hash = $2, password_changed_at = $3
             where account_id = $1 and status <> 'CLOSED' returning email",
            account.as_str(),
            new,
            now.0
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::Api(used_up()))?;
        let used = sqlx::query!(
            "delete from password_reset where token_hash = $1 and account_id = $2 and expires_at > now()",
            hash.as_slice(),
            account.as_str()
        )
        .execute(tx.conn())
        .await?;
        if used.rows_affected() != 1 {
            return Err(used_up().into());
        }
        forget_what_was_under_way(tx, &account).await?;
        end_root_sessions(tx, &account, None).await?;
        let to = To { recipient: &email, account: Some(&account), sign_up: None, route: Route::Owner, dedupe: None };
        enqueue(tx, to, &Message::PasswordChanged { account: &account }).await
    }
}
