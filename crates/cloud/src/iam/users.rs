//! Users: making, reading, renaming, deleting.

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        AttachedPermissionsBoundary, CreateUser, CreateUserOutput, DeleteUser, GetUser, GetUserOutput, ListUsers,
        ListUsersOutput, UpdateUser, User,
    },
    id::UserId,
    page,
};
use policy::Arn;

use super::{
    boundaries, inline_policies, key_of, policies, tags, user, user_or_root, user_or_self_target, user_target,
};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    marker::{self, Position},
    tx::Tx,
};

impl Execute for CreateUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = tx.user_arn(&self.path, &self.user_name);
        let mut target = Target::of(&arn).touching("AWS::IAM::User", &self.user_name).with_request_tags(&self.tags);
        if let Some(boundary) = &self.permissions_boundary {
            policies::parse(boundary)?;
            target = target.with("iam:PermissionsBoundary", vec![boundary.clone()]);
        }
        if !self.tags.is_empty() {
            target = target.also("iam:TagUser", arn.to_string());
        }
        Ok(target)
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateUserOutput> {
        if let Some(boundary) = &self.permissions_boundary {
            policies::attachable(tx, boundary).await?;
        }
        let account = tx.account().clone();
        let user_id = UserId::from_random(&tx.random::<17>());
        let now = tx.now();
        sqlx::query!(
            "insert into iam_user (account_id, user_id, name, name_key, path, created_at) values ($1, $2, $3, $4, $5, $6)",
            account.as_str(),
            user_id.as_str(),
            self.user_name,
            key_of(&self.user_name),
            self.path,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("iam_user_name_unique", || ApiError::taken(Kind::User, &self.user_name))?;
        limits::users(tx, 1).await?;
        tags::put(tx, user_id.as_str(), &self.tags).await?;
        if let Some(boundary) = &self.permissions_boundary {
            boundaries::put(tx, user_id.as_str(), boundary).await?;
        }
        Ok(CreateUserOutput {
            user: User {
                arn: tx.user_arn(&self.path, &self.user_name).to_string(),
                path: self.path,
                user_name: self.user_name,
                user_id: user_id.0,
                create_date: now,
                password_last_used: None,
                permissions_boundary: self.permissions_boundary.map(|arn| AttachedPermissionsBoundary {
                    permissions_boundary_type: "Policy".into(),
                    permissions_boundary_arn: arn,
                }),
                tags: self.tags,
            },
        })
    }
}

impl Execute for GetUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_or_self_target(tx, self.user_name.as_deref()).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetUserOutput> {
        let user = match user_or_root(tx, self.user_name.as_deref())? {
            Some(user) => user.shown(tx),
            None => root(tx).await?,
        };
        Ok(GetUserOutput { user })
    }
}

/// Root as GetUser answers it: the account's id and ARN, neither name nor path.
pub(super) async fn root(tx: &mut Tx) -> Result<User> {
    let account = tx.account().clone();
    let row =
        sqlx::query!("select created_at, password_last_used from account where account_id = $1", account.as_str())
            .fetch_one(tx.conn())
            .await?;
    Ok(User {
        path: String::new(),
        user_name: String::new(),
        arn: Arn::root(account.as_str()).to_string(),
        user_id: account.0,
        create_date: Timestamp(row.created_at),
        password_last_used: row.password_last_used.map(Timestamp),
        permissions_boundary: None,
        tags: Vec::new(),
    })
}

impl Execute for ListUsers {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.user_arn(self.path_prefix.as_deref().unwrap_or("/"), "")))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListUsersOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let rows = sqlx::query!(
            "select user_id, name, name_key, path, created_at, password_last_used from iam_user
             where account_id = $1 and name_key > $2 and starts_with(path, $3)
             order by name_key limit $4",
            account.as_str(),
            after.name,
            self.path_prefix.as_deref().unwrap_or("/"),
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.name_key.clone(), id: row.user_id.clone() });
        let users = rows
            .into_iter()
            .map(|row| User {
                arn: tx.user_arn(&row.path, &row.name).to_string(),
                path: row.path,
                user_name: row.name,
                user_id: row.user_id,
                create_date: Timestamp(row.created_at),
                password_last_used: row.password_last_used.map(Timestamp),
                permissions_boundary: None,
                tags: Vec::new(),
            })
            .collect();
        Ok(ListUsersOutput { users, is_truncated, marker })
    }
}

impl Execute for UpdateUser {
    /// Whoever renames or moves needs the permission on the old and on the new ARN (API reference of UpdateUser).
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = user_target(tx, &self.user_name).await?;
        let Some(user) = &tx.found.user else { return Ok(target) };
        let path = self.new_path.as_deref().unwrap_or(&user.path);
        let name = self.new_user_name.as_deref().unwrap_or(&user.name);
        Ok(target.also("iam:UpdateUser", tx.user_arn(path, name).to_string()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        let account = tx.account().clone();
        let name = self.new_user_name.as_deref();
        let changed = sqlx::query!(
            "update iam_user
             set name = coalesce($3, name), name_key = coalesce($4, name_key), path = coalesce($5, path)
             where account_id = $1 and user_id = $2",
            account.as_str(),
            user.user_id,
            name,
            name.map(key_of),
            self.new_path
        )
        .execute(tx.conn())
        .await
        .on_constraint("iam_user_name_unique", || ApiError::taken(Kind::User, name.unwrap_or_default()))?;
        if changed.rows_affected() == 0 {
            return Err(ApiError::missing(Kind::User, self.user_name).into());
        }
        Ok(())
    }
}

impl Execute for DeleteUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        let account = tx.account().clone();
        // The lock waits for whoever is adding something to the user, and makes whoever comes later wait; only then
        // the next statement looks at what there is.
        let counts = sqlx::query!(
            "select groups, policies, access_keys, mfa_devices from iam_user where account_id = $1 and user_id = $2 for update",
            account.as_str(),
            user.user_id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| ApiError::missing(Kind::User, &self.user_name))?;
        let has_password = sqlx::query_scalar!(
            r#"select exists (select from login_profile where account_id = $1 and user_id = $2) as "exists!""#,
            account.as_str(),
            user.user_id
        )
        .fetch_one(tx.conn())
        .await?;
        let has_inline = inline_policies::any(tx, "user", &user.user_id).await?;
        for (hangs_on, because) in [
            (counts.policies > 0, "Cannot delete entity, must detach all policies first."),
            (has_inline, "Cannot delete entity, must delete policies first."),
            (counts.groups > 0, "Cannot delete entity, must remove users from group first."),
            (has_password, "Cannot delete entity, must delete login profile first."),
            (counts.access_keys > 0, "Cannot delete entity, must delete access keys first."),
            (counts.mfa_devices > 0, "Cannot delete entity, must delete MFA device first."),
        ] {
            if hangs_on {
                return Err(ApiError::conflict(because).into());
            }
        }
        // One statement: the user with everything that is theirs alone, and every browser they are signed in with.
        sqlx::query!(
            "with tags as (delete from tag where account_id = $1 and entity_id = $2),
                  boundary as (delete from attachment where account_id = $1 and entity_kind = 'user' and entity_id = $2),
                  liking as (delete from preference where account_id = $1 and principal_id = $2),
                  browsers as (delete from session where account_id = $1 and user_id = $2)
             delete from iam_user where account_id = $1 and user_id = $2",
            account.as_str(),
            user.user_id
        )
        .execute(tx.conn())
        .await?;
        limits::users(tx, -1).await
    }
}
