//! Step four: a telephone that lies in the mailbox. Four digits, three tries, ten minutes; nothing is dialled.

use model::{
    ApiError,
    account::{SendPhoneCode, SignUpStep, VerifyPhone, out_of_order},
};

use super::{PHONE_CODE, reach, step_of, step_text};
use crate::{
    Cloud,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    throttle::RESEND,
    token,
    tx::Tx,
};

/// How often one code may be tried.
const TRIES: i32 = 3;

fn used_up() -> ApiError {
    ApiError::InvalidCode { message: "This code can no longer be used. Have a new one sent.".into() }
}

/// Why a code could not be tried: none was asked for yet, or the last one is used up.
async fn no_try(cloud: &Cloud, account: &str) -> Result<ApiError> {
    let step =
        sqlx::query_scalar!("select sign_up_step from account where account_id = $1 and status = 'PENDING'", account)
            .fetch_optional(cloud.pool())
            .await?
            .map_or(Ok(SignUpStep::Start), |step| step_of(&step))?;
    Ok(if step < SignUpStep::VerifyPhone { out_of_order() } else { used_up() })
}

impl Execute for SendPhoneCode {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let key = format!("phone:{}", preparation.caller.principal_id());
        if preparation.cloud.admit(&key, RESEND).await? { Ok(()) } else { Err(ApiError::Throttling.into()) }
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let step = reach(tx, SignUpStep::Phone).await?.max(SignUpStep::VerifyPhone);
        let account = tx.account().clone();
        let code = token::digits(tx, 4);
        let hash = token::code_hash(tx.cloud.sealer(), PHONE_CODE, account.as_str(), &code);
        sqlx::query!(
            "update account set phone_code_hash = $2, phone_code_expires = now() + interval '10 minutes', phone_code_tries = 0,
                                sign_up_step = $3
             where account_id = $1",
            account.as_str(),
            hash.as_slice(),
            step_text(step)
        )
        .execute(tx.conn())
        .await?;
        let to = To {
            recipient: &self.phone_number,
            account: Some(&account),
            sign_up: None,
            route: Route::Inbox,
            dedupe: None,
        };
        enqueue(tx, to, &Message::PhoneCode { code: &code, voice: self.method == "Voice" }).await
    }
}

impl Execute for VerifyPhone {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, account) = (preparation.cloud, preparation.caller.principal_id());
        // The try is counted, and committed, before the code is looked at.
        let tried = sqlx::query_scalar!(
            r#"update account set phone_code_tries = phone_code_tries + 1
               where account_id = $1 and status = 'PENDING' and phone_code_hash is not null and phone_code_tries < $2
                 and phone_code_expires > now()
               returning phone_code_hash as "hash!""#,
            account,
            TRIES
        )
        .fetch_optional(cloud.pool())
        .await?;
        let Some(kept) = tried else { return Err(no_try(cloud, &account).await?.into()) };
        if token::code_matches(cloud.sealer(), PHONE_CODE, &account, &self.code, Some(&kept)) {
            return Ok(());
        }
        let message = "The code is not right. Look at the newest message and try again.".into();
        Err(ApiError::InvalidCode { message }.into())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let step = reach(tx, SignUpStep::VerifyPhone).await?.max(SignUpStep::Plan);
        let account = tx.account().clone();
        let hash = token::code_hash(tx.cloud.sealer(), PHONE_CODE, account.as_str(), self.code.expose());
        let verified = sqlx::query!(
            "update account set phone_code_hash = null, phone_code_expires = null, phone_code_tries = 0, sign_up_step = $3
             where account_id = $1 and phone_code_hash = $2 and phone_code_expires > now()",
            account.as_str(),
            hash.as_slice(),
            step_text(step)
        )
        .execute(tx.conn())
        .await?;
        if verified.rows_affected() == 1 { Ok(()) } else { Err(Error::Api(used_up())) }
    }
}
