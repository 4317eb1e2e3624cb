//! The policy lists of the console's forms: what may be attached by hand, found by a part of its name.

use std::collections::HashMap;

use model::{
    console::{ListPolicyRows, ListPolicyRowsOutput, PolicyRow},
    iam::AttachedPolicy,
    page,
};
use policy::Arn;

use super::every_policy;
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// Attached policies by name, in the order of the names.
pub(super) fn attached(arns: Vec<String>) -> Vec<AttachedPolicy> {
    let mut policies: Vec<_> = arns
        .into_iter()
        .map(|arn| AttachedPolicy { policy_name: arn.rsplit('/').next().unwrap_or(&arn).to_owned(), policy_arn: arn })
        .collect();
    policies.sort_by_key(|policy| policy.policy_name.to_lowercase());
    policies
}

/// Of each of the policies named that the account uses: to how many entities it is attached, how many it bounds.
pub(super) async fn used(tx: &mut Tx, arns: &[String]) -> Result<HashMap<String, (i64, i64)>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select policy_arn, count(*) filter (where not as_boundary) as "attached!",
                      count(*) filter (where as_boundary) as "bounding!"
               from attachment where account_id = $1 and policy_arn = any($2) group by policy_arn"#,
        account.as_str(),
        arns
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.policy_arn, (row.attached, row.bounding))).collect())
}

impl Execute for ListPolicyRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&Arn::policy(tx.account().as_str(), "/", "")).shown("policy path /").asking("iam:ListPolicies"))
    }

    /// Whoever types a whole name wants that policy: it comes first, then those that begin so, then the rest, each in
    /// the order of the names.
    async fn run(self, tx: &mut Tx) -> Result<ListPolicyRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let mut matching: Vec<_> = every_policy::all(tx)
            .await?
            .into_iter()
            .filter(|policy| policy.is_attachable())
            .filter_map(|policy| {
                let name = policy.name().to_lowercase();
                let rank = match name.find(&query)? {
                    0 if name == query => 0,
                    0 => 1,
                    _ => 2,
                };
                Some((Position { name: format!("{rank}{name}"), id: policy.arn().into() }, policy))
            })
            .collect();
        matching.sort_by(|(one, _), (other, _)| one.cmp(other));
        let total = i64::try_from(matching.len()).unwrap_or(i64::MAX);
        let rest: Vec<_> = matching.into_iter().filter(|(position, _)| *position > after).collect();
        let (page, is_truncated, marker) = marker::page(rest, limit, |(position, _)| position.clone());

        let arns: Vec<String> = page.iter().map(|(_, policy)| policy.arn().to_owned()).collect();
        let used = used(tx, &arns).await?;

        let rows = page
            .into_iter()
            .map(|(_, policy)| {
                let (attachment_count, permissions_boundary_usage_count) =
                    used.get(policy.arn()).copied().unwrap_or_default();
                PolicyRow {
                    policy_name: policy.name().into(),
                    policy_arn: policy.arn().into(),
                    kind: policy.kind_in_short().into(),
                    attachment_count,
                    permissions_boundary_usage_count,
                }
            })
            .collect();
        Ok(ListPolicyRowsOutput { rows, total, is_truncated, marker })
    }
}
