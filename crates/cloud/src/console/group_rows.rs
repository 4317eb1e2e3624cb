//! The group lists of the console's forms: one statement for a page of groups with the policies they grant.

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

impl Execute for ListGroupRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.group_arn("/", "")).asking("iam:ListGroups"))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListGroupRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let rows = sqlx::query!(
            r#"select g.group_id, g.name, g.name_key, g.path, g.created_at,
                      array(select a.policy_arn from attachment a
                            where a.account_id = $1 and a.entity_kind = 'group' and a.entity_id = g.group_id) as "policies!"
               from iam_group g
               where g.account_id = $1 and g.name_key > $2 and strpos(g.name_key, $3) > 0
               order by g.name_key limit $4"#,
            account.as_str(),
            after.name,
            query,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.name_key.clone(), id: row.group_id.clone() });
        let (mut shown, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            let target = Target::of(&tx.group_arn(&row.path, &row.name));
            let allowed = authorize::may(tx, POLICIES, &target).await?;
            if !allowed && refused.is_empty() {
                refused.push(POLICIES.to_owned());
            }
            shown.push(GroupRow {
                group_name: row.name,
                create_date: Timestamp(row.created_at),
                attached_policies: allowed.then(|| attached(row.policies)),
            });
        }
        Ok(ListGroupRowsOutput { rows: shown, is_truncated, marker, refused })
    }
}
