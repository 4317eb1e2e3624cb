//! Signing up for an account: the browser's sign-up until the account exists, then the steps of its root.

mod address;
mod create;
mod finish;
mod password;
mod phone;
mod root;
mod start;
mod steps;
mod verify;

use anyhow::anyhow;
use model::{ApiError, account::SignUpStep};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{SessionHash, error::Result, tx::Tx};
pub(crate) use create::{NewAccount, create};
pub(crate) use password::{keeps_console_policy, keeps_default_policy};
pub(crate) use root::{end_root_sessions, forget_what_was_under_way};

/// What a code of a sign-up is hashed for.
const EMAIL_CODE: &str = "sign-up code";
/// What a code of the simulated telephone is hashed for.
const PHONE_CODE: &str = "phone code";

/// The sign-up that a browser is in.
#[derive(Debug)]
struct SignUpRow {
    sign_up_id: Uuid,
    email: String,
    email_key: String,
    account_name: String,
    verified: bool,
    proved: bool,
}

/// The sign-up of a live session.
async fn sign_up_of<'e>(executor: impl PgExecutor<'e>, session: Option<&SessionHash>) -> Result<Option<SignUpRow>> {
    let Some(session) = session else { return Ok(None) };
    Ok(sqlx::query_as!(
        SignUpRow,
        "select u.sign_up_id, u.email, u.email_key, u.account_name, u.verified, u.proved
         from session s join sign_up u using (sign_up_id) where s.id_hash = $1 and s.expires_at > now()",
        session.as_bytes()
    )
    .fetch_optional(executor)
    .await?)
}

/// Where the account's sign-up stands, its row locked so that two tabs cannot both go on.
///
/// # Errors
/// [`model::account::out_of_order`] if `needed` has not been reached, or if the sign-up is finished.
async fn reach(tx: &mut Tx, needed: SignUpStep) -> Result<SignUpStep> {
    let account = tx.account().clone();
    let row =
        sqlx::query!("select status, sign_up_step from account where account_id = $1 for update", account.as_str())
            .fetch_one(tx.conn())
            .await?;
    if row.status != "PENDING" {
        return Err(ApiError::InvalidInput { message: "The sign-up of this account is finished.".into() }.into());
    }
    let step = step_of(&row.sign_up_step)?;
    if step < needed {
        return Err(model::account::out_of_order().into());
    }
    Ok(step)
}

/// The step as the column keeps it.
fn step_text(step: SignUpStep) -> String {
    format!("{step:?}")
}

fn step_of(text: &str) -> Result<SignUpStep> {
    serde_json::from_value(text.into()).map_err(|_| anyhow!("an unknown step of the sign-up: {text}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_survive_their_column() {
        for step in [SignUpStep::Contact, SignUpStep::VerifyPhone, SignUpStep::Complete] {
            assert_eq!(step_of(&step_text(step)).expect("comes back"), step);
        }
    }
}
