//! Signing in and out. A principal gets into a session here and nowhere else.
//!
//! Every failure is the same to whoever tries: one sentence, one argon2 computation, the same statements, whether
//! the account, the user, the password or the budget of tries was missing.

mod device;
mod mfa;
mod passkey;
mod recovery;
mod root;
mod user;

use std::net::IpAddr;

use anyhow::anyhow;
use model::{
    ApiError, Secret, Timestamp,
    id::AccountId,
    signin::{SignInOutput, SignOut},
};
use policy::Arn;

use crate::{
    Caller, Cloud, Identity,
    error::Result,
    execute::{Execute, Prepared, Target},
    throttle::Budget,
    tx::{Principal, Tx},
};

/// How long a password alone is good for, in seconds: then the code, or the passkey, comes too late.
const PENDING_SECONDS: f64 = 600.0;

/// One try at a password, as far as it is known before the password is looked at.
struct Try {
    /// Whether the address and the user have a try left, and the account is open.
    allowed: bool,
    /// Whether it was taken from the counter, which had one left.
    counted: bool,
    /// The stored hash, if there is one.
    stored: Option<String>,
    /// The counter that the try was taken from.
    key: String,
    budget: Budget,
}

impl Try {
    /// Checks the password by exactly one argon2 computation; answers the hash that it matched.
    async fn check(self, cloud: &Cloud, password: &Secret, ip: Option<IpAddr>) -> Result<String> {
        let stored = self.stored.filter(|_| self.allowed);
        let counted = self.counted.then_some((self.key.as_str(), self.budget));
        let right = cloud.looks_right(password, stored.as_deref(), counted).await?;
        match stored {
            Some(stored) if right => Ok(stored),
            _ => {
                cloud.address_failed(ip).await?;
                Err(ApiError::AuthenticationFailure.into())
            }
        }
    }
}

/// How far a sign-in has come with its second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mfa {
    /// The principal has no device.
    None,
    /// A code is still to come: the session is nobody's until then.
    Pending,
    /// A code was accepted at this real time.
    Passed(Timestamp),
}

/// Who a session is to belong to.
pub(crate) struct Owner {
    /// The account.
    pub account: AccountId,
    /// The IAM user: unique id, name and path. Root without one.
    pub user: Option<(String, String, String)>,
    /// Whether nothing but a new password is allowed.
    pub must_change_password: bool,
    /// Whether the account's sign-up is still to be finished.
    pub sign_up_pending: bool,
    /// The second factor.
    pub mfa: Mfa,
}

/// Gives the request's session to `owner`, taking it from whoever had it, with all that it opened for them. From
/// here on the call is the owner's: so it says in the trail.
///
/// # Errors
/// [`ApiError::SignedOut`] if the session is gone; an internal error if the door brought none.
pub(crate) async fn bind(tx: &mut Tx, owner: Owner) -> Result<()> {
    let session = tx.request.session.clone().ok_or_else(|| anyhow!("a sign-in without a session"))?;
    let wall = tx.wall;
    let user_id = owner.user.as_ref().map(|(id, ..)| id.clone());
    let mfa_pending = owner.mfa == Mfa::Pending;
    let mfa_at = match owner.mfa {
        Mfa::Passed(at) => Some(at.0),
        Mfa::None | Mfa::Pending => None,
    };
    let bound = sqlx::query!(
        "update session set account_id = $2, user_id = $3, signed_in_at = $4, must_change_password = $5,
                            mfa_pending = $6, mfa_tries = 0, mfa_at = $7,
                            expires_at = case when $6 then least(expires_at, now() + make_interval(secs => $10)) else expires_at end,
                            sign_up_id = null, mailbox_account_id = null, operator_until = null,
                            last_used_at = $4, source_ip = $8, user_agent = nullif($9, '')
         where id_hash = $1 and expires_at > now()",
        session.as_bytes(),
        owner.account.as_str(),
        user_id,
        wall.0,
        owner.must_change_password,
        mfa_pending,
        mfa_at,
        tx.request.ip.map(|ip| ip.to_string()),
        tx.request.user_agent.clone(),
        PENDING_SECONDS
    )
    .execute(tx.conn())
    .await?;
    if bound.rows_affected() != 1 {
        return Err(ApiError::SignedOut.into());
    }
    if mfa_pending {
        let cloud = tx.cloud.clone();
        passkey::offer(tx.conn(), &cloud, &session, &owner.account, user_id.as_deref()).await?;
    }
    tx.caller = Caller {
        identity: user_id.map_or(Identity::Root, Identity::User),
        account: Some(owner.account.clone()),
        session: Some(session),
        signed_in_at: Some(wall.0),
        mfa_at,
        mfa_pending,
        must_change_password: owner.must_change_password,
        sign_up_pending: owner.sign_up_pending,
        ..Caller::anonymous()
    };
    tx.principal = match owner.user {
        Some((id, name, path)) => Principal {
            arn: Arn::user(owner.account.as_str(), &path, &name).to_string(),
            id,
            user_name: Some(name),
            path,
        },
        None => Principal {
            arn: Arn::root(owner.account.as_str()).to_string(),
            id: owner.account.0.clone(),
            user_name: None,
            path: "/".into(),
        },
    };
    Ok(())
}

/// What a sign-in answers once the session is bound.
fn answer(tx: &Tx) -> SignInOutput {
    SignInOutput {
        account_id: tx.account.0.clone(),
        arn: tx.principal.arn.clone(),
        password_reset_required: tx.caller.must_change_password,
        sign_up_pending: tx.caller.sign_up_pending,
        mfa_required: tx.caller.mfa_pending,
    }
}

/// The hash that `prepare` has verified: `run` writes only while it is still the stored one.
fn verified(prepared: &Prepared) -> Result<String> {
    match &prepared.verified {
        Some((hash, true)) => Ok(hash.clone()),
        _ => Err(ApiError::AuthenticationFailure.into()),
    }
}

impl Execute for SignOut {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let Some(session) = tx.request.session.clone() else { return Ok(()) };
        sqlx::query!("delete from session where id_hash = $1", session.as_bytes()).execute(tx.conn()).await?;
        Ok(())
    }
}
