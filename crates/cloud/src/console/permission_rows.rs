//! The users that permissions can be copied from: one statement for a page of them with all that is copied.

use std::collections::BTreeSet;

use model::{
    Tag,
    console::{BoundaryCell, ListPermissionRows, ListPermissionRowsOutput, PermissionRow},
    page,
};
use sqlx::types::Json;

use super::policy_rows::attached;
use crate::{
    authorize,
    error::Result,
    execute::{Execute, Target},
    iam,
    marker::{self, Position},
    tx::Tx,
};

const GROUPS: &str = "iam:ListGroupsForUser";
const POLICIES: &str = "iam:ListAttachedUserPolicies";
const INLINE: &str = "iam:ListUserPolicies";
const BOUNDARY: &str = "iam:GetUser";

impl Execute for ListPermissionRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.user_arn("/", "")).asking("iam:ListUsers"))
    }

    /// Each column asks its own action about each user.
    async fn run(self, tx: &mut Tx) -> Result<ListPermissionRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let rows = sqlx::query!(
            r#"select u.user_id, u.name, u.name_key, u.path,
                      array(select g.name from group_member m
                            join iam_group g on g.account_id = $1 and g.group_id = m.group_id
                            where m.account_id = $1 and m.user_id = u.user_id order by g.name_key) as "groups!",
                      array(select a.policy_arn from attachment a
                            where a.account_id = $1 and a.entity_kind = 'user' and a.entity_id = u.user_id
                              and not a.as_boundary) as "policies!",
                      array(select i.name from inline_policy i
                            where i.account_id = $1 and i.entity_kind = 'user' and i.entity_id = u.user_id
                            order by i.name) as "inline!",
                      (select b.policy_arn from attachment b
                       where b.account_id = $1 and b.entity_kind = 'user' and b.entity_id = u.user_id
                         and b.as_boundary) as boundary,
                      (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value)) from tag t
                       where t.account_id = $1 and t.entity_id = u.user_id) as "tags: Json<Vec<Tag>>"
               from iam_user u
               where u.account_id = $1 and u.name_key > $2 and strpos(u.name_key, $3) > 0
               order by u.name_key limit $4"#,
            account.as_str(),
            after.name,
            query,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.name_key.clone(), id: row.user_id.clone() });
        let mut refused = BTreeSet::new();
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let tags = row.tags.map(|tags| tags.0).unwrap_or_default();
            let target = iam::about_user(tx, &row.path, &row.name, &tags);
            let mut allowed = [false; 4];
            for (column, action) in allowed.iter_mut().zip([GROUPS, POLICIES, INLINE, BOUNDARY]) {
                *column = authorize::may(tx, action, &target).await?;
                if !*column {
                    refused.insert(action);
                }
            }
            let [groups, policies, inline, boundary] = allowed;
            shown.push(PermissionRow {
                user_name: row.name,
                groups: groups.then_some(row.groups),
                attached_policies: policies.then(|| attached(row.policies)),
                inline_policies: inline.then_some(row.inline),
                boundary: boundary.then_some(BoundaryCell { policy_arn: row.boundary }),
            });
        }
        Ok(ListPermissionRowsOutput {
            rows: shown,
            is_truncated,
            marker,
            refused: refused.into_iter().map(str::to_owned).collect(),
        })
    }
}
