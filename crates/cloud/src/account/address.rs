//! Changing a root user's address: a code goes to the new one, and what comes back from there is believed.

use std::time::Duration;

use model::{
    ApiError,
    account::{AcceptPrimaryEmailUpdate, StartPrimaryEmailUpdate},
    id::AccountId,
};

use super::{
    root::{letter, prove, still},
    start::may_be_mailed,
};
use crate::{
    error::{Error, OnConstraint as _, Result},
    execute::{Execute, Preparation, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    throttle::{self, Budget, RESEND},
    token,
    tx::Tx,
};

/// What the code to a new address is hashed for.
const NEW_ADDRESS: &str = "new address";
/// How often one code may be tried.
const TRIES: i32 = 5;
const DAY_MS: i64 = 86_400_000;
/// Codes to new addresses that one account may ask for on one day (UTC): whoever has it cannot have stranger after
/// stranger written to. Nothing comes back before the day is over.
const OF_A_DAY: Budget = Budget { burst: 10, every: Duration::from_secs(86_400) };

impl Execute for StartPrimaryEmailUpdate {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let row = prove(preparation, &self.current_password).await?;
        if row.email == self.primary_email {
            return Err(ApiError::field("primaryEmail", None, "This is the email address already").into());
        }
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// A taken address gets no code, and its owner is told: whoever asks learns nothing.
    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, _) = still(tx).await?;
        if !throttle::admit(tx.conn(), &format!("address:{account}"), RESEND).await? {
            return Err(ApiError::Throttling.into());
        }
        // A counter for each day: whatever was used up yesterday, today there are as many.
        let today = format!("address:{account}:{}", tx.wall().0 / DAY_MS);
        if !throttle::admit(tx.conn(), &today, OF_A_DAY).await? {
            return Err(ApiError::quota("EmailAddressCodesPerDay", OF_A_DAY.burst.into()).into());
        }
        let key = self.primary_email.to_lowercase();
        if tx.cloud.settings().smtp && !may_be_mailed(tx, &key).await? {
            return Err(ApiError::Throttling.into());
        }
        let taken = sqlx::query!(
            r#"select account_id, email, d.key_sealed as "data_key?" from account left join data_key d using (account_id)
               where email_key = $1 and account_id <> $2"#,
            key,
            account.as_str()
        )
        .fetch_optional(tx.conn())
        .await?;
        let mut hash = None;
        if let Some(owner) = taken {
            let of = AccountId(owner.account_id);
            tx.note_data_key(of.as_str(), owner.data_key);
            let dedupe = Some(format!("address-wanted:{of}:{}", tx.wall().0 / DAY_MS));
            enqueue(tx, To { dedupe, ..letter(&of, &owner.email, Route::Rule) }, &Message::AddressWanted).await?;
        } else {
            let code = token::digits(tx, 6);
            // It goes where it is to prove that somebody reads it. The built-in inbox shows it where there is no
            // mail server.
            let to = letter(&account, &self.primary_email, Route::Proof);
            enqueue(tx, to, &Message::ConfirmEmail { code: &code }).await?;
            hash = Some(token::code_hash(tx.cloud.sealer(), NEW_ADDRESS, &of(&account, &key), &code).to_vec());
        }
        sqlx::query!(
            "insert into email_change (account_id, email, email_key, code_hash, code_expires)
             values ($1, $2, $3, $4, now() + interval '10 minutes')
             on conflict (account_id) do update set email = $2, email_key = $3, code_hash = $4, code_tries = 0,
                                                    code_expires = excluded.code_expires",
            account.as_str(),
            self.primary_email,
            key,
            hash
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

/// What a code is bound to: nobody can have it mailed to one address and use it for another.
fn of(account: &AccountId, email_key: &str) -> String {
    format!("{account} {email_key}")
}

fn no_code() -> ApiError {
    ApiError::InvalidCode { message: "This code can no longer be used. Start the change of the address anew.".into() }
}

impl Execute for AcceptPrimaryEmailUpdate {
    const PREPARES: bool = true;

    /// The try is counted, and committed, before the code is looked at.
    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, account) = (preparation.cloud, preparation.caller.account().ok_or(ApiError::SignedOut)?);
        let row = sqlx::query!(
            "update email_change set code_tries = code_tries + 1
             where account_id = $1 and code_tries < $2 and code_expires > now() returning email_key, code_hash",
            account.as_str(),
            TRIES
        )
        .fetch_optional(cloud.pool())
        .await?
        .ok_or_else(no_code)?;
        let bound = of(account, &row.email_key);
        if token::code_matches(cloud.sealer(), NEW_ADDRESS, &bound, &self.otp, row.code_hash.as_deref()) {
            return Ok(());
        }
        let message = "The code is not right. Look for the newest mail and try again.".into();
        Err(ApiError::InvalidCode { message }.into())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        let row = sqlx::query!(
            "delete from email_change where account_id = $1 and code_expires > now() returning email, email_key, code_hash",
            account.as_str()
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::Api(no_code()))?;
        let bound = of(&account, &row.email_key);
        if !token::code_matches(tx.cloud.sealer(), NEW_ADDRESS, &bound, &self.otp, row.code_hash.as_deref()) {
            return Err(no_code().into());
        }
        // Whoever took the address since the code was sent keeps it, at this very moment too.
        let former = sqlx::query!(
            "update account a set email = $2, email_key = $3 from (select email, email_key from account where account_id = $1) old
             where a.account_id = $1 and not exists (select from account where email_key = $3 and account_id <> $1)
             returning old.email, old.email_key",
            account.as_str(),
            row.email,
            row.email_key
        )
        .fetch_optional(tx.conn())
        .await
        .on_constraint("account_email_unique", no_code)?
        .ok_or_else(|| Error::Api(no_code()))?;
        // Links to a new password went to the former address.
        sqlx::query!("delete from password_reset where account_id = $1", account.as_str()).execute(tx.conn()).await?;
        let changed = Message::EmailChanged { account: &account, email: &row.email };
        enqueue(tx, letter(&account, &former.email, Route::Owner), &changed).await?;
        if tx.cloud.settings().smtp && former.email_key != row.email_key {
            sqlx::query!("delete from verified_address where email_key = $1", former.email_key)
                .execute(tx.conn())
                .await?;
        }
        if tx.cloud.settings().smtp {
            // The code left by SMTP and came back: that address is read.
            sqlx::query!("insert into verified_address values ($1) on conflict do nothing", row.email_key)
                .execute(tx.conn())
                .await?;
        }
        enqueue(tx, letter(&account, &row.email, Route::Owner), &changed).await
    }
}
