//! What a policy is attached to.

use model::{
    iam::{ListEntitiesForPolicy, ListEntitiesForPolicyOutput, PolicyGroup, PolicyUser},
    page,
};

use super::policies;
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

impl Execute for ListEntitiesForPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::policy_target(tx, &self.policy_arn).await
    }

    /// Groups first, then users, each in the order of their names.
    async fn run(self, tx: &mut Tx) -> Result<ListEntitiesForPolicyOutput> {
        policies::known(tx, &self.policy_arn)?;
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let kind = self.entity_filter.map(|filter| filter.to_lowercase());
        let as_boundary = self.policy_usage_filter.map(|usage| usage == "PermissionsBoundary");
        let account = tx.account().clone();
        let rows = sqlx::query!(
            r#"with used as (
                   select distinct entity_kind, entity_id from attachment
                   where account_id = $1 and policy_arn = $2 and ($3::boolean is null or as_boundary = $3)
                     and ($4::text is null or entity_kind = $4)
               ), entity as (
                   select 'group/' || g.name_key as position, g.group_id as id, g.name, g.path, true as is_group
                   from used join iam_group g on g.account_id = $1 and g.group_id = used.entity_id
                   where used.entity_kind = 'group'
                   union all
                   select 'user/' || u.name_key, u.user_id, u.name, u.path, false
                   from used join iam_user u on u.account_id = $1 and u.user_id = used.entity_id
                   where used.entity_kind = 'user'
               )
               select position as "position!", id as "id!", name as "name!", is_group as "is_group!" from entity
               where position > $5 and starts_with(path, $6)
               order by position limit $7"#,
            account.as_str(),
            self.policy_arn,
            as_boundary,
            kind,
            after.name,
            self.path_prefix.as_deref().unwrap_or("/"),
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.position.clone(), id: row.id.clone() });
        let (groups, users): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_group);
        Ok(ListEntitiesForPolicyOutput {
            policy_groups: groups
                .into_iter()
                .map(|row| PolicyGroup { group_name: row.name, group_id: row.id })
                .collect(),
            policy_users: users.into_iter().map(|row| PolicyUser { user_name: row.name, user_id: row.id }).collect(),
            policy_roles: Vec::new(),
            is_truncated,
            marker,
        })
    }
}
