//! The code from the mail: five tries, ten minutes.

use model::{
    ApiError,
    account::{VerifyEmail, out_of_order},
};

use super::{EMAIL_CODE, sign_up_of};
use crate::{
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    token,
    tx::Tx,
};

/// How often one code may be tried.
const TRIES: i32 = 5;

/// The answer to a code that is used up or too old, and to the sixth try of one that never was right.
fn used_up() -> ApiError {
    ApiError::InvalidCode { message: "This code can no longer be used. Choose Resend code to get a new one.".into() }
}

impl Execute for VerifyEmail {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (cloud, request) = (preparation.cloud, preparation.request);
        if !cloud.address_may_try(request.ip).await? {
            return Err(ApiError::Throttling.into());
        }
        let sign_up = sign_up_of(cloud.pool(), request.session.as_ref())
            .await?
            .filter(|row| !row.verified)
            .ok_or_else(out_of_order)?;
        // The try is counted, and committed, before the code is looked at.
        let kept = sqlx::query!(
            "update sign_up set code_tries = code_tries + 1
             where sign_up_id = $1 and code_tries < $2 and code_expires > now() returning code_hash, mailed_code_hash",
            sign_up.sign_up_id,
            TRIES
        )
        .fetch_optional(cloud.pool())
        .await?
        .ok_or_else(used_up)?;
        let id = sign_up.sign_up_id.to_string();
        let is = |hash: Option<&[u8]>| token::code_matches(cloud.sealer(), EMAIL_CODE, &id, &self.code, hash);
        if is(kept.code_hash.as_deref()) | is(kept.mailed_code_hash.as_deref()) {
            return Ok(());
        }
        cloud.address_failed(request.ip).await?;
        Err(ApiError::InvalidCode { message: "The code is not right. Look for the newest mail and try again.".into() }
            .into())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let session = tx.request.session.clone();
        let sign_up = sign_up_of(tx.conn(), session.as_ref()).await?.ok_or_else(out_of_order)?;
        let id = sign_up.sign_up_id;
        let hash = token::code_hash(tx.cloud.sealer(), EMAIL_CODE, &id.to_string(), self.code.expose());
        let verified = sqlx::query!(
            "update sign_up set verified = true, proved = coalesce(mailed_code_hash = $2, false), code_hash = null,
                                mailed_code_hash = null
             where sign_up_id = $1 and code_expires > now() and (code_hash = $2 or mailed_code_hash = $2)",
            id,
            hash.as_slice()
        )
        .execute(tx.conn())
        .await?;
        if verified.rows_affected() == 1 { Ok(()) } else { Err(Error::Api(used_up())) }
    }
}
