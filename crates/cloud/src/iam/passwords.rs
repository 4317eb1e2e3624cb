//! Changing one's own console password, and what every change of one brings about.

use model::{ApiError, Kind, iam::ChangePassword};
use subtle::ConstantTimeEq as _;

use super::{password_policy::Rules, user, user_or_self_target};
use crate::{
    Identity, SessionHash,
    error::Result,
    execute::{Execute, Preparation, Target},
    sessions,
    throttle::STRANGER,
    tx::Tx,
};

/// The hash that `prepare` made.
pub(super) fn new_hash(tx: &Tx) -> Result<String> {
    Ok(tx
        .prepared
        .new_hash
        .clone()
        .ok_or_else(|| anyhow::anyhow!("a password was not hashed before the transaction"))?)
}

/// Ends the browser sessions of a user, all but `spared`.
pub(super) async fn end_sessions(tx: &mut Tx, user_id: &str, spared: Option<&SessionHash>) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "delete from session where account_id = $1 and user_id = $2 and id_hash is distinct from $3",
        account.as_str(),
        user_id,
        spared.map(SessionHash::as_bytes)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Passwords that are remembered of each user: as many as a policy can forbid (UpdateAccountPasswordPolicy).
const REMEMBERED: i64 = 24;

/// Notes a new password's hash among those that may not come again.
pub(super) async fn remember(tx: &mut Tx, user_id: &str, hash: &str) -> Result<()> {
    let (account, id, wall) = (tx.account().clone(), tx.uuid(), tx.wall());
    sqlx::query!(
        "insert into password_history (account_id, user_id, history_id, password_hash, set_at) values ($1, $2, $3, $4, $5)",
        account.as_str(),
        user_id,
        id,
        hash,
        wall.0
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "delete from password_history
         where account_id = $1 and user_id = $2 and history_id not in
               (select history_id from password_history where account_id = $1 and user_id = $2
                order by set_at desc, history_id limit $3)",
        account.as_str(),
        user_id,
        REMEMBERED
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The one answer to a wrong old password.
fn old_password_wrong() -> ApiError {
    ApiError::Forbidden { message: "The old password was incorrect.".into() }
}

impl Execute for ChangePassword {
    const PREPARES: bool = true;

    /// The rules first, for they tell nothing of the old password; then the try is counted; only then the old
    /// password is looked at.
    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let Identity::User(user_id) = preparation.caller.identity().clone() else {
            return Err(not_an_iam_user().into());
        };
        let rules = Rules::read(preparation, None, Some(&user_id)).await?.ok_or(ApiError::SignedOut)?;
        rules.check(&self.new_password)?;
        if bool::from(self.old_password.expose().as_bytes().ct_eq(self.new_password.expose().as_bytes())) {
            return Err(ApiError::PasswordPolicyViolation {
                message: "Password does not conform to the account password policy.".into(),
                rules: vec!["Password should not be the same as the old password".into()],
            }
            .into());
        }
        rules.renewable()?;
        let account = preparation.caller.account().ok_or(ApiError::SignedOut)?;
        let key = format!("password:{account}:{user_id}");
        let cloud = preparation.cloud;
        if let Some(stored) = rules.stored_hash.clone() {
            if !cloud.admit(&key, STRANGER).await? {
                return Err(ApiError::Throttling.into());
            }
            if !cloud.looks_right(&self.old_password, Some(&stored), Some((&key, STRANGER))).await? {
                return Err(old_password_wrong().into());
            }
            rules.check_reuse(cloud, &self.new_password).await?;
            preparation.prepared.new_hash = Some(cloud.hasher().hash(&self.new_password).await?);
            preparation.prepared.verified = Some((stored, true));
        }
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        if !matches!(tx.caller().identity(), Identity::User(_)) {
            return Err(not_an_iam_user().into());
        }
        user_or_self_target(tx, None).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, "")?;
        let Some((verified, true)) = tx.prepared.verified.clone() else {
            return Err(ApiError::missing(Kind::LoginProfile, user.name).into());
        };
        let hash = new_hash(tx)?;
        let (account, now) = (tx.account().clone(), tx.now());
        // Only if the password is still the one that was checked.
        let changed = sqlx::query!(
            "update login_profile set password_hash = $4, reset_required = false, changed_at = $5
             where account_id = $1 and user_id = $2 and password_hash = $3",
            account.as_str(),
            user.user_id,
            verified,
            hash,
            now.0
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if changed == 0 {
            return Err(old_password_wrong().into());
        }
        remember(tx, &user.user_id, &hash).await?;
        sessions::renew(tx).await?;
        let session = tx.caller().session.clone();
        end_sessions(tx, &user.user_id, session.as_ref()).await?;
        if let Some(session) = session {
            sqlx::query!(
                "update session set must_change_password = false where account_id = $1 and user_id = $2 and id_hash = $3",
                account.as_str(),
                user.user_id,
                session.as_bytes()
            )
            .execute(tx.conn())
            .await?;
        }
        Ok(())
    }
}

fn not_an_iam_user() -> ApiError {
    ApiError::InvalidUserType { message: "Only IAM Users can change their own password".into() }
}
