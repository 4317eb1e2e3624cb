//! Permissions boundaries: the policy that bounds what a user can be given.

use model::iam::{DeleteUserPermissionsBoundary, PutUserPermissionsBoundary};

use super::{hold_user, policies, user, user_target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for PutUserPermissionsBoundary {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::parse(&self.permissions_boundary)?;
        let target = user_target(tx, &self.user_name).await?;
        Ok(target
            .with("iam:PermissionsBoundary", vec![self.permissions_boundary.clone()])
            .touching("AWS::IAM::Policy", &self.permissions_boundary))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        policies::attachable(tx, &self.permissions_boundary).await?;
        hold_user(tx, &user).await?;
        put(tx, &user.user_id, &self.permissions_boundary).await
    }
}

/// Sets the user's boundary in place of the one there was.
pub(super) async fn put(tx: &mut Tx, user_id: &str, policy_arn: &str) -> Result<()> {
    let (account, now) = (tx.account().clone(), tx.now());
    sqlx::query!(
        "insert into attachment (account_id, entity_kind, entity_id, policy_arn, as_boundary, created_at)
         values ($1, 'user', $2, $3, true, $4)
         on conflict (account_id, entity_kind, entity_id) where as_boundary
         do update set policy_arn = excluded.policy_arn, created_at = excluded.created_at",
        account.as_str(),
        user_id,
        policy_arn,
        now.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl Execute for DeleteUserPermissionsBoundary {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = user_target(tx, &self.user_name).await?;
        Ok(policies::with_boundary(tx, target))
    }

    /// A user without a boundary stays one: AWS answers no error for it.
    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        let account = tx.account().clone();
        sqlx::query!(
            "delete from attachment where account_id = $1 and entity_kind = 'user' and entity_id = $2 and as_boundary",
            account.as_str(),
            user.user_id
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}
