//! Console passwords that administrators give.

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        CreateLoginProfile, CreateLoginProfileOutput, DeleteLoginProfile, GetLoginProfile, GetLoginProfileOutput,
        LoginProfile, UpdateLoginProfile,
    },
};

use super::{password_policy::Rules, passwords, user, user_or_root, user_or_self_target, user_target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

/// What AWS puts in the place of root's name, which has no login profile.
const NO_NAME: &str = "null";

impl Execute for CreateLoginProfile {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let rules = Rules::of_named(preparation, &self.user_name).await?;
        if rules.stored_hash.is_some() {
            return Err(ApiError::taken(Kind::LoginProfile, &self.user_name).into());
        }
        rules.check(&self.password)?;
        rules.check_reuse(preparation.cloud, &self.password).await?;
        preparation.prepared.new_hash = Some(preparation.cloud.hasher().hash(&self.password).await?);
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateLoginProfileOutput> {
        let user = user(tx, &self.user_name)?;
        let hash = passwords::new_hash(tx)?;
        let (account, now) = (tx.account().clone(), tx.now());
        let inserted = sqlx::query!(
            "insert into login_profile (account_id, user_id, password_hash, reset_required, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $5) on conflict do nothing",
            account.as_str(),
            user.user_id,
            hash,
            self.password_reset_required,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("login_profile_user_fkey", || ApiError::missing(Kind::User, &self.user_name))?
        .rows_affected();
        if inserted == 0 {
            return Err(ApiError::taken(Kind::LoginProfile, &user.name).into());
        }
        passwords::remember(tx, &user.user_id, &hash).await?;
        Ok(CreateLoginProfileOutput {
            login_profile: LoginProfile {
                user_name: user.name,
                create_date: now,
                password_reset_required: self.password_reset_required,
            },
        })
    }
}

impl Execute for GetLoginProfile {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_or_self_target(tx, self.user_name.as_deref()).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetLoginProfileOutput> {
        let user = user_or_root(tx, self.user_name.as_deref())?
            .ok_or_else(|| ApiError::missing(Kind::LoginProfile, NO_NAME))?;
        let account = tx.account().clone();
        let row = sqlx::query!(
            "select reset_required, created_at from login_profile where account_id = $1 and user_id = $2",
            account.as_str(),
            user.user_id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| ApiError::missing(Kind::LoginProfile, &user.name))?;
        Ok(GetLoginProfileOutput {
            login_profile: LoginProfile {
                user_name: user.name,
                create_date: Timestamp(row.created_at),
                password_reset_required: row.reset_required,
            },
        })
    }
}

impl Execute for UpdateLoginProfile {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let Some(password) = &self.password else { return Ok(()) };
        let rules = Rules::of_named(preparation, &self.user_name).await?;
        if rules.stored_hash.is_none() {
            return Err(ApiError::missing(Kind::LoginProfile, &self.user_name).into());
        }
        rules.check(password)?;
        rules.check_reuse(preparation.cloud, password).await?;
        preparation.prepared.new_hash = Some(preparation.cloud.hasher().hash(password).await?);
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        let hash = self.password.is_some().then(|| passwords::new_hash(tx)).transpose()?;
        let (account, now) = (tx.account().clone(), tx.now());
        let changed = sqlx::query!(
            "update login_profile
             set password_hash = coalesce($3, password_hash),
                 created_at = case when $3::text is null then created_at else $5 end,
                 changed_at = case when $3::text is null then changed_at else $5 end,
                 reset_required = coalesce($4, reset_required)
             where account_id = $1 and user_id = $2",
            account.as_str(),
            user.user_id,
            hash,
            self.password_reset_required,
            now.0
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if changed == 0 {
            return Err(ApiError::missing(Kind::LoginProfile, user.name).into());
        }
        if let Some(hash) = hash {
            passwords::remember(tx, &user.user_id, &hash).await?;
            passwords::end_sessions(tx, &user.user_id, None).await?;
        }
        Ok(())
    }
}

impl Execute for DeleteLoginProfile {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_or_self_target(tx, self.user_name.as_deref()).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user_or_root(tx, self.user_name.as_deref())?
            .ok_or_else(|| ApiError::missing(Kind::LoginProfile, NO_NAME))?;
        let account = tx.account().clone();
        let deleted = sqlx::query!(
            "delete from login_profile where account_id = $1 and user_id = $2",
            account.as_str(),
            user.user_id
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if deleted == 0 {
            return Err(ApiError::missing(Kind::LoginProfile, user.name).into());
        }
        passwords::end_sessions(tx, &user.user_id, None).await
    }
}
