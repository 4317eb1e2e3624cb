//! Steps two and three: contact information, and a card that is none.

use model::{
    ApiError,
    account::{PutContactInformation, PutPaymentMethod, SignUpStep},
};

use super::{reach, step_text};
use crate::{
    error::{Error, Result},
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for PutContactInformation {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let step = reach(tx, SignUpStep::Contact).await?.max(SignUpStep::Payment);
        let account = tx.account().clone();
        sqlx::query!(
            "update account set contact = $2, sign_up_step = $3 where account_id = $1",
            account.as_str(),
            serde_json::to_value(&self)?,
            step_text(step)
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}

impl Execute for PutPaymentMethod {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let step = reach(tx, SignUpStep::Payment).await?.max(SignUpStep::Phone);
        let card = self
            .digits()
            .ok_or_else(|| Error::Api(ApiError::field("testCard", None, "Choose one of the test cards")))?;
        let last4 = card.get(card.len() - 4..);
        let account = tx.account().clone();
        sqlx::query!(
            "update account set card_last4 = $2, sign_up_step = $3 where account_id = $1",
            account.as_str(),
            last4,
            step_text(step)
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}
