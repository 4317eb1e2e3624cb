//! Who is in which group.

use model::{
    ApiError, Kind,
    iam::{AddUserToGroup, ListGroupsForUser, ListGroupsForUserOutput, RemoveUserFromGroup},
};

use super::{GroupRecord, Which, find_user, group, group_target, hold_group, page_of, user, user_target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    tx::Tx,
};

impl Execute for AddUserToGroup {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(group_target(tx, &self.group_name).await?.touching("AWS::IAM::User", &self.user_name))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let group = group(tx, &self.group_name)?;
        let no_user = || ApiError::missing(Kind::User, &self.user_name);
        let user = find_user(tx, Which::Name(&self.user_name)).await?.ok_or_else(no_user)?;
        let (account, now) = (tx.account().clone(), tx.now());
        // The group's row comes before the user's, here and in removal: two of these never wait for each other.
        hold_group(tx, &group).await?;
        let added = sqlx::query!(
            "insert into group_member (account_id, group_id, user_id, created_at) values ($1, $2, $3, $4)
             on conflict do nothing",
            account.as_str(),
            group.group_id,
            user.user_id,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("group_member_user_fkey", no_user)?
        .rows_affected();
        if added == 0 {
            // A member already, and counted already.
            return Ok(());
        }
        count_member(tx, &group, 1).await?;
        limits::groups_of_user(tx, &user.user_id, 1).await
    }
}

impl Execute for RemoveUserFromGroup {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(group_target(tx, &self.group_name).await?.touching("AWS::IAM::User", &self.user_name))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let group = group(tx, &self.group_name)?;
        let user = find_user(tx, Which::Name(&self.user_name))
            .await?
            .ok_or_else(|| ApiError::missing(Kind::User, &self.user_name))?;
        let account = tx.account().clone();
        hold_group(tx, &group).await?;
        let removed = sqlx::query!(
            "delete from group_member where account_id = $1 and group_id = $2 and user_id = $3",
            account.as_str(),
            group.group_id,
            user.user_id
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if removed == 0 {
            return Err(ApiError::missing(Kind::Member, format!("{} not in group {}", user.name, group.name)).into());
        }
        count_member(tx, &group, -1).await?;
        limits::groups_of_user(tx, &user.user_id, -1).await
    }
}

async fn count_member(tx: &mut Tx, group: &GroupRecord, change: i32) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "update iam_group set members = members + $3 where account_id = $1 and group_id = $2",
        account.as_str(),
        group.group_id,
        change
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl Execute for ListGroupsForUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListGroupsForUserOutput> {
        let user = user(tx, &self.user_name)?;
        let account = tx.account().clone();
        let rows = sqlx::query_as!(
            GroupRecord,
            "select g.group_id, g.name, g.path, g.created_at
             from group_member m
             join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
             where m.account_id = $1 and m.user_id = $2
             order by g.name_key",
            account.as_str(),
            user.user_id
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            page_of(rows, self.marker.as_deref(), self.max_items, GroupRecord::position)?;
        Ok(ListGroupsForUserOutput {
            groups: rows.into_iter().map(|row| row.shown(tx)).collect(),
            is_truncated,
            marker,
        })
    }
}
