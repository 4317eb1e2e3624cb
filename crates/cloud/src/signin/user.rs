//! Signing in as an IAM user, by the account's id or alias.

use model::{
    ApiError,
    id::AccountId,
    signin::{SignInOutput, SignInUser},
};

use super::{Mfa, Owner, Try, answer, bind, device::holder, verified};
use crate::{
    Cloud,
    caller::HOUSE,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    iam::password_policy::{expired_for_good, is_expired},
    tx::{self, Tx},
};

/// The account that an alias or id names, and whether it is open.
async fn find_account(cloud: &Cloud, typed: &str) -> Result<Option<(AccountId, bool)>> {
    // The console shows ids as 1234-5678-9012, and people copy them so.
    let digits: String = typed.chars().filter(|c| *c != '-').collect();
    let row = sqlx::query!(
        "select account_id, status from account
         where account_id = coalesce((select account_id from account_alias where alias = $1), $2)",
        typed,
        digits
    )
    .fetch_optional(cloud.pool())
    .await?;
    Ok(row.map(|row| (AccountId(row.account_id), row.status != "CLOSED")))
}

/// The user's id and stored hash. Asked for the house, which has no users, it is the same work.
async fn find_user(cloud: &Cloud, account: &AccountId, name_key: &str) -> Result<Option<(String, String)>> {
    let mut conn = tx::open(cloud, account, true).await?;
    let row = sqlx::query!(
        "select user_id, password_hash from iam_user join login_profile using (account_id, user_id)
         where account_id = $1 and name_key = $2",
        account.as_str(),
        name_key
    )
    .fetch_optional(&mut *conn)
    .await?;
    conn.commit().await?;
    Ok(row.map(|row| (row.user_id, row.password_hash)))
}

impl Execute for SignInUser {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        let typed = self.account.trim().to_lowercase();
        let name_key = self.user_name.trim().to_lowercase();
        let calm = cloud.address_may_try(request.ip).await?;
        let account = find_account(cloud, &typed).await?;
        let open = account.as_ref().is_some_and(|(_, open)| *open);
        // Without an account the failure is written into the house's trail: the same work for whoever measures.
        let (id, of) = match account {
            Some((id, _)) => {
                let of = holder(id.as_str(), Some(&name_key));
                (id, of)
            }
            None => (AccountId(HOUSE.into()), format!("user {typed}/{name_key}")),
        };
        preparation.prepared.account = Some(id.clone());
        let (key, budget) = cloud.tries_of(request, &of);
        let counted = cloud.admit(&key, budget).await?;
        let (user_id, stored) = find_user(cloud, &id, &name_key).await?.unzip();
        preparation.prepared.tried.clone_from(&user_id);
        let attempt = Try { allowed: calm && counted && open, counted, stored, key, budget };
        preparation.prepared.verified = Some((attempt.check(cloud, &self.password, request.ip).await?, true));
        preparation.prepared.user_id = user_id;
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SignInOutput> {
        let (account, now, hash) = (tx.account.clone(), tx.now, verified(&tx.prepared)?);
        let user_id = tx.prepared.user_id.clone();
        // AWS moves the time of last use at most once in five minutes.
        let user = sqlx::query!(
            "update iam_user set password_last_used =
                 case when password_last_used between $3::bigint - 300000 and $3 then password_last_used else $3 end
             where account_id = $1 and user_id = $2 returning user_id, name, path, mfa_devices",
            account.as_str(),
            user_id,
            now.0
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::Api(ApiError::AuthenticationFailure))?;
        // The share lock makes a change of the password wait until this session can be seen and ended by it.
        let profile = sqlx::query!(
            "select p.reset_required, p.changed_at, a.status, y.max_age_days, y.hard_expiry
             from login_profile p join account a using (account_id) left join password_policy y using (account_id)
             where p.account_id = $1 and p.user_id = $2 and p.password_hash = $3 and a.status <> 'CLOSED' for share of p",
            account.as_str(),
            user.user_id,
            hash
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::Api(ApiError::AuthenticationFailure))?;
        let expired = is_expired(profile.changed_at, profile.max_age_days, now);
        if expired && profile.hard_expiry == Some(true) {
            return Err(expired_for_good().into());
        }
        bind(
            tx,
            Owner {
                account,
                user: Some((user.user_id, user.name, user.path)),
                must_change_password: profile.reset_required || expired,
                sign_up_pending: profile.status == "PENDING",
                mfa: if user.mfa_devices > 0 { Mfa::Pending } else { Mfa::None },
            },
        )
        .await?;
        Ok(answer(tx))
    }
}
