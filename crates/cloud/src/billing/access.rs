//! "IAM user and role access to billing information": off until root activates it.

use model::billing::{GetIAMAccessPreference, GetIAMAccessPreferenceOutput, UpdateIAMAccessPreference};

use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for GetIAMAccessPreference {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetIAMAccessPreferenceOutput> {
        let account = tx.account().clone();
        let activated =
            sqlx::query_scalar!("select billing_iam_access from account where account_id = $1", account.as_str())
                .fetch_one(tx.conn())
                .await?;
        Ok(GetIAMAccessPreferenceOutput { activated })
    }
}

impl Execute for UpdateIAMAccessPreference {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        sqlx::query!(
            "update account set billing_iam_access = $2 where account_id = $1",
            account.as_str(),
            self.activated
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}
