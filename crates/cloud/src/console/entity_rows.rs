//! The users and groups beside a policy: those it is attached to, those it bounds, those it could be attached to.

use std::collections::BTreeSet;

use model::{
    console::{ListPolicyEntityRows, ListPolicyEntityRowsOutput, PolicyEntityRow},
    page,
};

use crate::{
    authorize,
    error::Result,
    execute::{Execute, Target},
    iam::policies,
    marker::{self, Position},
    tx::Tx,
};

const USERS: &str = "iam:ListUsers";
const GROUPS: &str = "iam:ListGroups";

impl Execute for ListPolicyEntityRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(policies::policy_target(tx, &self.policy_arn).await?.asking("iam:ListEntitiesForPolicy"))
    }

    /// Whom a policy is attached to may be told by its own action; everybody else is a list of users or groups.
    async fn run(self, tx: &mut Tx) -> Result<ListPolicyEntityRowsOutput> {
        policies::known(tx, &self.policy_arn)?;
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let filter = self.entity_filter.as_deref();
        let (mut users, mut groups) = (filter != Some("Group"), filter != Some("User"));
        let mut refused = BTreeSet::new();
        if self.used_as.as_deref() == Some("None") {
            let target = Target::of(&tx.user_arn("/", ""));
            if users && !authorize::may(tx, USERS, &target).await? {
                users = false;
                refused.insert(USERS);
            }
            let target = Target::of(&tx.group_arn("/", ""));
            if groups && !authorize::may(tx, GROUPS, &target).await? {
                groups = false;
                refused.insert(GROUPS);
            }
        }
        // Null asks for those without the policy.
        let as_boundary = match self.used_as.as_deref() {
            Some("None") => None,
            used_as => Some(used_as == Some("PermissionsBoundary")),
        };
        let account = tx.account().clone();
        let rows = sqlx::query!(
            r#"with entity as (
                   select 'group/' || g.name_key as position, 'Group' as kind, g.group_id as id, g.name,
                          exists (select from attachment a where a.account_id = $1 and a.policy_arn = $2
                                  and a.entity_kind = 'group' and a.entity_id = g.group_id
                                  and a.as_boundary = coalesce($3::boolean, false)) as used
                   from iam_group g where g.account_id = $1 and $4 and strpos(g.name_key, $5) > 0
                   union all
                   select 'user/' || u.name_key, 'User', u.user_id, u.name,
                          exists (select from attachment a where a.account_id = $1 and a.policy_arn = $2
                                  and a.entity_kind = 'user' and a.entity_id = u.user_id
                                  and a.as_boundary = coalesce($3::boolean, false))
                   from iam_user u where u.account_id = $1 and $6 and strpos(u.name_key, $5) > 0
               )
               select position as "position!", kind as "kind!", id as "id!", name as "name!" from entity
               where position > $7 and used = ($3 is not null) order by position limit $8"#,
            account.as_str(),
            self.policy_arn,
            as_boundary,
            groups,
            query,
            users,
            after.name,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.position.clone(), id: row.id.clone() });
        Ok(ListPolicyEntityRowsOutput {
            rows: rows.into_iter().map(|row| PolicyEntityRow { kind: row.kind, name: row.name }).collect(),
            is_truncated,
            marker,
            refused: refused.into_iter().map(str::to_owned).collect(),
        })
    }
}
