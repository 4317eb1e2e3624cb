//! Groups: making, reading, renaming, deleting.

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        CreateGroup, CreateGroupOutput, DeleteGroup, GetGroup, GetGroupOutput, Group, ListGroups, ListGroupsOutput,
        UpdateGroup, User,
    },
    id::GroupId,
    page,
};

use super::{group, group_target, inline_policies, key_of};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    marker::{self, Position},
    tx::Tx,
};

impl Execute for CreateGroup {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.group_arn(&self.path, &self.group_name)).touching("AWS::IAM::Group", &self.group_name))
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateGroupOutput> {
        let account = tx.account().clone();
        let group_id = GroupId::from_random(&tx.random::<17>());
        let now = tx.now();
        sqlx::query!(
            "insert into iam_group (account_id, group_id, name, name_key, path, created_at) values ($1, $2, $3, $4, $5, $6)",
            account.as_str(),
            group_id.as_str(),
            self.group_name,
            key_of(&self.group_name),
            self.path,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("iam_group_name_unique", || ApiError::taken(Kind::Group, &self.group_name))?;
        limits::groups(tx, 1).await?;
        Ok(CreateGroupOutput {
            group: Group {
                arn: tx.group_arn(&self.path, &self.group_name).to_string(),
                path: self.path,
                group_name: self.group_name,
                group_id: group_id.0,
                create_date: now,
            },
        })
    }
}

impl Execute for GetGroup {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetGroupOutput> {
        let group = group(tx, &self.group_name)?;
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let rows = sqlx::query!(
            "select u.user_id, u.name, u.name_key, u.path, u.created_at, u.password_last_used
             from group_member m
             join iam_user u on u.account_id = m.account_id and u.user_id = m.user_id
             where m.account_id = $1 and m.group_id = $2 and u.name_key > $3
             order by u.name_key limit $4",
            account.as_str(),
            group.group_id,
            after.name,
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
        Ok(GetGroupOutput { group: group.shown(tx), users, is_truncated, marker })
    }
}

impl Execute for ListGroups {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.group_arn(self.path_prefix.as_deref().unwrap_or("/"), "")))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListGroupsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let rows = sqlx::query_as!(
            super::GroupRecord,
            "select group_id, name, path, created_at from iam_group
             where account_id = $1 and name_key > $2 and starts_with(path, $3)
             order by name_key limit $4",
            account.as_str(),
            after.name,
            self.path_prefix.as_deref().unwrap_or("/"),
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) = marker::page(rows, limit, super::GroupRecord::position);
        Ok(ListGroupsOutput { groups: rows.into_iter().map(|row| row.shown(tx)).collect(), is_truncated, marker })
    }
}

impl Execute for UpdateGroup {
    /// Whoever renames or moves needs the permission on the old and on the new ARN (API reference of UpdateGroup).
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = group_target(tx, &self.group_name).await?;
        let Some(group) = &tx.found.group else { return Ok(target) };
        let path = self.new_path.as_deref().unwrap_or(&group.path);
        let name = self.new_group_name.as_deref().unwrap_or(&group.name);
        Ok(target.also("iam:UpdateGroup", tx.group_arn(path, name).to_string()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let group = group(tx, &self.group_name)?;
        let account = tx.account().clone();
        let name = self.new_group_name.as_deref();
        let changed = sqlx::query!(
            "update iam_group
             set name = coalesce($3, name), name_key = coalesce($4, name_key), path = coalesce($5, path)
             where account_id = $1 and group_id = $2",
            account.as_str(),
            group.group_id,
            name,
            name.map(key_of),
            self.new_path
        )
        .execute(tx.conn())
        .await
        .on_constraint("iam_group_name_unique", || ApiError::taken(Kind::Group, name.unwrap_or_default()))?;
        if changed.rows_affected() == 0 {
            return Err(ApiError::missing(Kind::Group, self.group_name).into());
        }
        Ok(())
    }
}

impl Execute for DeleteGroup {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let group = group(tx, &self.group_name)?;
        let account = tx.account().clone();
        // The lock waits for whoever is adding a member or a policy; the counters it reads are theirs too.
        let counts = sqlx::query!(
            "select members, policies from iam_group where account_id = $1 and group_id = $2 for update",
            account.as_str(),
            group.group_id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| ApiError::missing(Kind::Group, &self.group_name))?;
        if counts.policies > 0 {
            return Err(ApiError::conflict("Cannot delete entity, must detach all policies first.").into());
        }
        if inline_policies::any(tx, "group", &group.group_id).await? {
            return Err(ApiError::conflict("Cannot delete entity, must delete policies first.").into());
        }
        if counts.members > 0 {
            return Err(ApiError::conflict("Cannot delete entity, must remove users from group first.").into());
        }
        sqlx::query!("delete from iam_group where account_id = $1 and group_id = $2", account.as_str(), group.group_id)
            .execute(tx.conn())
            .await?;
        limits::groups(tx, -1).await
    }
}
