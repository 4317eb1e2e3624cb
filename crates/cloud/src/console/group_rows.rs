//! The Groups table and the group lists of the console's forms: one statement for a page of groups with the policies
//! they grant.

use std::collections::BTreeSet;

use model::{
    Timestamp,
    console::{GroupRow, ListGroupRows, ListGroupRowsOutput},
    page,
};

use super::policy_rows::attached;
use crate::{
    authorize,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

const POLICIES: &str = "iam:ListAttachedGroupPolicies";
const INLINE: &str = "iam:ListGroupPolicies";
const MEMBERS: &str = "iam:GetGroup";

impl Execute for ListGroupRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.group_arn("/", "")).asking("iam:ListGroups"))
    }

    /// Each column asks its own action about each group. An order by members would tell of them, so whoever may not
    /// read every group's gets the order of the names.
    async fn run(self, tx: &mut Tx) -> Result<ListGroupRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let every = Target::of(&tx.group_arn("/", "*"));
        let by_members = self.sort.as_deref() == Some("users") && authorize::may(tx, MEMBERS, &every).await?;
        let sort = match self.sort.as_deref() {
            Some("users") if !by_members => "name",
            Some(sort) => sort,
            None => "name",
        };
        // Numbers are padded so that every order is one of texts; a name or an id tells equals apart.
        let rows = sqlx::query!(
            r#"select g.group_id, g.name, g.path, g.created_at, g.members, g.sort_key as "sort_key!",
                      array(select a.policy_arn from attachment a
                            where a.account_id = $1 and a.entity_kind = 'group' and a.entity_id = g.group_id) as "policies!",
                      array(select i.name from inline_policy i
                            where i.account_id = $1 and i.entity_kind = 'group' and i.entity_id = g.group_id
                            order by i.name) as "inline!",
                      (select c.groups from account_count c where c.account_id = $1) as total
               from (select *, (case $5 when 'users' then lpad(members::text, 12, '0')
                                        when 'created' then lpad(created_at::text, 20, '0')
                                        else '' end) || name_key as sort_key
                     from iam_group where account_id = $1 and strpos(name_key, $3) > 0) g
               where $2 = '' or (not $6 and g.sort_key collate "C" > $2) or ($6 and g.sort_key collate "C" < $2)
               order by case when $6 then null else g.sort_key end collate "C",
                        case when $6 then g.sort_key end collate "C" desc
               limit $4"#,
            account.as_str(),
            after.name,
            query,
            limit + 1,
            sort,
            self.descending == Some(true)
        )
        .fetch_all(tx.conn())
        .await?;
        let total = match rows.first() {
            Some(row) => row.total,
            None => {
                sqlx::query_scalar!("select groups from account_count where account_id = $1", account.as_str())
                    .fetch_optional(tx.conn())
                    .await?
            }
        };
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.sort_key.clone(), id: row.group_id.clone() });
        let (mut shown, mut refused) = (Vec::with_capacity(rows.len()), BTreeSet::new());
        for row in rows {
            let target = Target::of(&tx.group_arn(&row.path, &row.name));
            let mut allowed = [false; 3];
            for (column, action) in allowed.iter_mut().zip([POLICIES, INLINE, MEMBERS]) {
                *column = authorize::may(tx, action, &target).await?;
                if !*column {
                    refused.insert(action);
                }
            }
            let [policies, inline, members] = allowed;
            shown.push(GroupRow {
                group_name: row.name,
                create_date: Timestamp(row.created_at),
                arn: target.resource,
                users: members.then_some(row.members),
                attached_policies: policies.then(|| attached(row.policies)),
                inline_policies: inline.then_some(row.inline),
            });
        }
        Ok(ListGroupRowsOutput {
            rows: shown,
            total: total.unwrap_or_default().into(),
            is_truncated,
            marker,
            refused: refused.into_iter().map(str::to_owned).collect(),
        })
    }
}
