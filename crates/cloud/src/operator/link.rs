//! A browser becomes the operator's by a link that works once.

use anyhow::anyhow;
use model::{
    ApiError,
    operator::{CreateOperatorLink, CreateOperatorLinkOutput, OpenOperatorLink},
};

use crate::{
    error::Result,
    execute::{Execute, Target},
    token,
    tx::Tx,
};

impl Execute for CreateOperatorLink {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateOperatorLinkOutput> {
        let (token, hash) = token::new(tx);
        sqlx::query!(
            "insert into operator_link (token_hash, expires_at) values ($1, now() + interval '15 minutes')",
            hash.as_slice()
        )
        .execute(tx.conn())
        .await?;
        let url = format!("{}/operator?token={token}", tx.cloud.settings().public_url);
        Ok(CreateOperatorLinkOutput { url: url.into() })
    }
}

impl Execute for OpenOperatorLink {
    const ANONYMOUS: bool = true;

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let session = tx.request.session.clone().ok_or_else(|| anyhow!("an operator's link without a session"))?;
        let hash = token::hash(self.token.expose());
        let good = sqlx::query_scalar!(
            r#"delete from operator_link where token_hash = $1 returning expires_at > now() as "good!""#,
            hash.as_slice()
        )
        .fetch_optional(tx.conn())
        .await?;
        if good != Some(true) {
            return Err(ApiError::InvalidCode {
                message: "This link was used before or is older than 15 minutes. Have a new one printed.".into(),
            }
            .into());
        }
        // Who becomes the operator is nobody else: the session is taken from whoever had it.
        let bound = sqlx::query!(
            "update session set operator_until = now() + interval '8 hours', account_id = null, user_id = null,
                                signed_in_at = null, must_change_password = false, sign_up_id = null, mailbox_account_id = null
             where id_hash = $1 and expires_at > now()",
            session.as_bytes()
        )
        .execute(tx.conn())
        .await?;
        if bound.rows_affected() == 1 { Ok(()) } else { Err(ApiError::SignedOut.into()) }
    }
}
