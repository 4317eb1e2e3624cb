//! The Security Token Service's deeds.

use model::sts::{GetCallerIdentity, GetCallerIdentityOutput};

use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for GetCallerIdentity {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetCallerIdentityOutput> {
        Ok(GetCallerIdentityOutput {
            user_id: tx.principal.id.clone(),
            account: tx.account.0.clone(),
            arn: tx.principal.arn.clone(),
        })
    }
}
