//! What a console password must be: the account's own policy, and what it says of one user's next password.

use model::{
    ApiError, Kind, Secret,
    iam::{
        DeleteAccountPasswordPolicy, GetAccountPasswordPolicy, GetAccountPasswordPolicyOutput, PasswordPolicy,
        UpdateAccountPasswordPolicy,
    },
    password,
};
use sqlx::PgConnection;

use super::key_of;
use crate::{
    Cloud, Request, common_passwords,
    error::Result,
    execute::{Execute, Preparation, Target},
    tx::{self, Tx},
};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Whether a password of that age is too old. It counts at once for passwords that were there before the policy.
pub(crate) fn is_expired(changed_at: i64, max_age_days: Option<i32>, now: model::Timestamp) -> bool {
    max_age_days.is_some_and(|days| changed_at + i64::from(days) * DAY_MS <= now.0)
}

/// The answer to an expired password that its user may not renew.
pub(crate) fn expired_for_good() -> ApiError {
    ApiError::Forbidden { message: "Your password has expired. Contact your administrator to have it reset.".into() }
}

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
    /// The user's passwords so far, the newest first.
    history: Vec<String>,
    expired: bool,
    /// The call's way in, which decides about common passwords.
    cloud: Cloud,
    request: Request,
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

    /// The rules for a user by name or by unique id; nothing if there is no such user.
    pub(super) async fn read(
        preparation: &Preparation<'_>,
        name_key: Option<String>,
        user_id: Option<&str>,
    ) -> Result<Option<Self>> {
        let account = preparation.caller.account().ok_or(ApiError::SignedOut)?;
        let mut conn = tx::open(preparation.cloud, account, true).await?;
        let row = sqlx::query!(
            r#"select a.name, a.email, l.password_hash as "password_hash?", l.changed_at as "changed_at?",
                      (extract(epoch from clock_timestamp()) * 1000)::bigint + a.clock_offset_ms as "now!",
                      (select array_agg(h.password_hash order by h.set_at desc, h.history_id) from password_history h
                       where h.account_id = u.account_id and h.user_id = u.user_id) as history
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
        let max_age = policy.as_ref().and_then(|policy| policy.max_password_age).and_then(|days| days.try_into().ok());
        Ok(row.map(|row| Self {
            policy,
            account_name: row.name,
            account_email: row.email,
            stored_hash: row.password_hash,
            history: row.history.unwrap_or_default(),
            expired: row.changed_at.is_some_and(|at| is_expired(at, max_age, model::Timestamp(row.now))),
            cloud: preparation.cloud.clone(),
            request: preparation.request.clone(),
        }))
    }

    /// # Errors
    /// [`ApiError::PasswordPolicyViolation`] with every rule that `password` breaks.
    pub(super) fn check(&self, password: &Secret) -> Result<()> {
        let forbidden = [self.account_name.as_str(), self.account_email.as_str()];
        let mut rules = password::faults(password.expose(), self.policy.as_ref(), &forbidden);
        rules.extend(common_passwords::rule(&self.cloud, &self.request, password.expose()));
        if rules.is_empty() {
            return Ok(());
        }
        Err(ApiError::PasswordPolicyViolation { message: rules.join(", "), rules }.into())
    }

    /// Compares `password` with those that may not come again, the present one among them: an argon2 computation
    /// each, so it comes last.
    ///
    /// # Errors
    /// [`ApiError::PasswordPolicyViolation`] if it is one of them.
    pub(super) async fn check_reuse(&self, cloud: &Cloud, password: &Secret) -> Result<()> {
        let Some(count) = self.policy.as_ref().and_then(|policy| policy.password_reuse_prevention) else {
            return Ok(());
        };
        // A password of before the history was kept stands in the profile alone.
        let present = self.stored_hash.iter();
        let earlier = self.history.iter().filter(|hash| Some(*hash) != self.stored_hash.as_ref());
        for hash in present.chain(earlier).take(usize::try_from(count).unwrap_or_default()) {
            if cloud.hasher().verify(password, Some(hash)).await? {
                return Err(ApiError::PasswordPolicyViolation {
                    message: "Password does not conform to the account password policy.".into(),
                    rules: vec![format!("Password should not be one of the last {count} passwords")],
                }
                .into());
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`ApiError::Forbidden`] if the user's own password is expired and only an administrator may renew it.
    pub(super) fn renewable(&self) -> Result<()> {
        let hard = self.policy.as_ref().and_then(|policy| policy.hard_expiry).unwrap_or(false);
        if self.expired && hard { Err(expired_for_good().into()) } else { Ok(()) }
    }
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

/// A number that the input's own rules keep small.
fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl Execute for UpdateAccountPasswordPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        sqlx::query!(
            "insert into password_policy (account_id, minimum_length, require_symbols, require_numbers, require_uppercase,
                                          require_lowercase, allow_change, max_age_days, reuse_prevention, hard_expiry)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (account_id) do update
             set minimum_length = $2, require_symbols = $3, require_numbers = $4, require_uppercase = $5,
                 require_lowercase = $6, allow_change = $7, max_age_days = $8, reuse_prevention = $9, hard_expiry = $10",
            account.as_str(),
            small(self.minimum_password_length),
            self.require_symbols,
            self.require_numbers,
            self.require_uppercase_characters,
            self.require_lowercase_characters,
            self.allow_users_to_change_password,
            self.max_password_age.map(small),
            self.password_reuse_prevention.map(small),
            self.hard_expiry
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

impl Execute for DeleteAccountPasswordPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        let deleted = sqlx::query!("delete from password_policy where account_id = $1", account.as_str())
            .execute(tx.conn())
            .await?
            .rows_affected();
        if deleted == 0 {
            return Err(ApiError::missing(Kind::AccountPolicy, "PasswordPolicy").into());
        }
        Ok(())
    }
}
