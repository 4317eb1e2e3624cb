//! Signing in as an account's root user.

use model::{
    ApiError,
    id::AccountId,
    signin::{SignInOutput, SignInRoot},
};

use super::{Mfa, Owner, Try, answer, bind, device::holder, verified};
use crate::{
    caller::HOUSE,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

impl Execute for SignInRoot {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        let email = self.email.trim().to_lowercase();
        let calm = cloud.address_may_try(request.ip).await?;
        let account = sqlx::query!("select account_id, password_hash, status from account where email_key = $1", email)
            .fetch_optional(cloud.pool())
            .await?;
        // Without an account the failure is written into the house's trail: the same work for whoever measures.
        let id = account.as_ref().map_or(HOUSE, |account| account.account_id.as_str()).to_owned();
        let of = if account.is_some() { holder(&id, None) } else { format!("root {email}") };
        preparation.prepared.tried = account.as_ref().map(|account| account.account_id.clone());
        preparation.prepared.account = Some(AccountId(id));
        let (key, budget) = cloud.tries_of(request, &of);
        let counted = cloud.admit(&key, budget).await?;
        let open = account.as_ref().is_some_and(|account| account.status != "CLOSED");
        let stored = account.and_then(|account| account.password_hash);
        let attempt = Try { allowed: calm && counted && open, counted, stored, key, budget };
        preparation.prepared.verified = Some((attempt.check(cloud, &self.password, request.ip).await?, true));
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SignInOutput> {
        let (account, now, hash) = (tx.account.clone(), tx.now, verified(&tx.prepared)?);
        let row = sqlx::query!(
            "update account set password_last_used =
                 case when password_last_used between $3::bigint - 300000 and $3 then password_last_used else $3 end
             where account_id = $1 and password_hash = $2 and status <> 'CLOSED' returning status, root_mfa_devices",
            account.as_str(),
            hash,
            now.0
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::Api(ApiError::AuthenticationFailure))?;
        let sign_up_pending = row.status == "PENDING";
        let mfa = if row.root_mfa_devices > 0 { Mfa::Pending } else { Mfa::None };
        bind(tx, Owner { account, user: None, must_change_password: false, sign_up_pending, mfa }).await?;
        Ok(answer(tx))
    }
}
