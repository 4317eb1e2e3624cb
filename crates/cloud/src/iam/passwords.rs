//! What a console password must be, and changing one's own.

use model::{
    ApiError, Kind, Secret,
    iam::{ChangePassword, GetAccountPasswordPolicy, GetAccountPasswordPolicyOutput, PasswordPolicy},
    password,
};
use sqlx::PgConnection;
use subtle::ConstantTimeEq as _;

use super::{key_of, user, user_or_self_target};
use crate::{
    Identity, SessionHash,
    error::Result,
    execute::{Execute, Preparation, Target},
    throttle::STRANGER,
    tx::{self, Tx},
};

/// The account's own policy, if it has one.
async fn account_policy(conn: &mut PgConnection, account: &str) -> Result<Option<PasswordPolicy>> {
    let row = sqlx::query!(
        "select minimum_length, require_symbols, require_numbers, require_uppercase, require_lowercase, allow_change,
                max_age_days, reuse_prevention, hard_expiry
         from password_policy where account_id = $1",
        account
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| PasswordPolicy {
        minimum_password_length: row.minimum_length.into(),
        require_symbols: row.require_symbols,
        require_numbers: row.require_numbers,
        require_uppercase_characters: row.require_uppercase,
        require_lowercase_characters: row.require_lowercase,
        allow_users_to_change_password: row.allow_change,
        expire_passwords: row.max_age_days.is_some(),
        max_password_age: row.max_age_days.map(Into::into),
        password_reuse_prevention: row.reuse_prevention.map(Into::into),
        hard_expiry: row.hard_expiry,
    }))
}

/// What decides about one user's new password, read before anything is hashed.
pub(super) struct Rules {
    policy: Option<PasswordPolicy>,
    account_name: String,
    account_email: String,
    /// The user's password as it is kept, if they have one.
    pub(super) stored_hash: Option<String>,
}

impl Rules {
    /// The rules for the user that a call names.
    ///
    /// # Errors
    /// [`ApiError::NoSuchEntity`] if there is no such user.
    pub(super) async fn of_named(preparation: &Preparation<'_>, name: &str) -> Result<Self> {
        Self::read(preparation, Some(key_of(name)), None)
            .await?
            .ok_or_else(|| ApiError::missing(Kind::User, name).into())
    }

    async fn read(
        preparation: &Preparation<'_>,
        name_key: Option<String>,
        user_id: Option<&str>,
    ) -> Result<Option<Self>> {
        let account = preparation.caller.account().ok_or(ApiError::SignedOut)?;
        let mut conn = tx::open(preparation.cloud, account, true).await?;
        let row = sqlx::query!(
            r#"select a.name, a.email, l.password_hash as "password_hash?"
               from account a
               join iam_user u on u.account_id = a.account_id and (u.name_key = $2 or u.user_id = $3)
               left join login_profile l on l.account_id = u.account_id and l.user_id = u.user_id
               where a.account_id = $1"#,
            account.as_str(),
            name_key,
            user_id
        )
        .fetch_optional(&mut *conn)
        .await?;
        let policy = account_policy(&mut conn, account.as_str()).await?;
        conn.commit().await?;
        Ok(row.map(|row| Self {
            policy,
            account_name: row.name,
            account_email: row.email,
            stored_hash: row.password_hash,
        }))
    }

    /// # Errors
    /// [`ApiError::PasswordPolicyViolation`] with every rule that `password` breaks.
    pub(super) fn check(&self, password: &Secret) -> Result<()> {
        let forbidden = [self.account_name.as_str(), self.account_email.as_str()];
        let rules = password::faults(password.expose(), self.policy.as_ref(), &forbidden);
        if rules.is_empty() {
            return Ok(());
        }
        Err(ApiError::PasswordPolicyViolation { message: rules.join(", "), rules }.into())
    }
}

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
        let account = preparation.caller.account().ok_or(ApiError::SignedOut)?;
        let key = format!("password:{account}:{user_id}");
        let cloud = preparation.cloud;
        if let Some(stored) = rules.stored_hash {
            if !cloud.admit(&key, STRANGER).await? {
                return Err(ApiError::Throttling.into());
            }
            if !cloud.hasher().verify(&self.old_password, Some(&stored)).await? {
                return Err(old_password_wrong().into());
            }
            cloud.forgive(&key, STRANGER).await?;
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
        let (account, now, session) = (tx.account().clone(), tx.now(), tx.caller().session.clone());
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

impl Execute for GetAccountPasswordPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetAccountPasswordPolicyOutput> {
        let account = tx.account().clone();
        let password_policy = account_policy(tx.conn(), account.as_str())
            .await?
            .ok_or_else(|| ApiError::missing(Kind::PasswordPolicy, account.as_str()))?;
        Ok(GetAccountPasswordPolicyOutput { password_policy })
    }
}
