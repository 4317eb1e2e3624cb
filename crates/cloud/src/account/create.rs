//! An account comes into being: by a sign-up, or by the operator.

use model::{ApiError, account::SignUpStep, id::AccountId};

use super::step_text;
use crate::{
    caller::HOUSE,
    error::{OnConstraint as _, Result},
    tx::Tx,
};

/// What a new account starts with.
pub(crate) struct NewAccount<'a> {
    /// The root user's address.
    pub email: &'a str,
    /// The account's name.
    pub name: &'a str,
    /// The PHC string of root's password.
    pub password_hash: Option<&'a str>,
    /// Where its sign-up stands: pending, unless it is complete.
    pub step: SignUpStep,
    /// The hash of its mailbox's key.
    pub mailbox_key_hash: Option<&'a [u8]>,
}

/// Makes the account under a random id of twelve digits. The transaction is the new account's from here on.
///
/// # Errors
/// `taken` if another account has the address, even one that was made in the same instant.
pub(crate) async fn create(tx: &mut Tx, new: NewAccount<'_>, taken: impl FnOnce() -> ApiError) -> Result<AccountId> {
    let status = if new.step == SignUpStep::Complete { "ACTIVE" } else { "PENDING" };
    let now = tx.wall;
    let mut taken = Some(taken);
    let account = loop {
        let account = AccountId(crate::token::digits(tx, 12));
        if account.as_str() == HOUSE {
            continue;
        }
        let made = sqlx::query!(
            "insert into account (account_id, name, email, email_key, status, sign_up_step, password_hash,
                                  password_changed_at, created_at, mailbox_key_hash)
             values ($1, $2, $3, $4, $5, $6, $7, case when $7::text is not null then $8::bigint end, $8, $9)
             on conflict (account_id) do nothing",
            account.as_str(),
            new.name,
            new.email,
            new.email.to_lowercase(),
            status,
            step_text(new.step),
            new.password_hash,
            now.0,
            new.mailbox_key_hash
        )
        .execute(tx.conn())
        .await
        .on_constraint("account_email_unique", || taken.take().map_or(ApiError::Unavailable, |taken| taken()))?;
        if made.rows_affected() == 1 {
            break account;
        }
    };
    sqlx::query!("select set_config('app.account', $1, true) as set", account.as_str()).fetch_one(tx.conn()).await?;
    sqlx::query!("insert into account_count (account_id) values ($1)", account.as_str()).execute(tx.conn()).await?;
    tx.need_data_key(account.as_str()).await?;
    tx.account = account.clone();
    tx.now = now;
    Ok(account)
}
