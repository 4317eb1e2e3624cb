//! The Policies table: every managed policy, those too that only their service may attach.

use model::{
    console::{ListManagedPolicyRows, ListManagedPolicyRowsOutput, ManagedPolicyRow},
    page,
};
use policy::Arn;

use super::{every_policy, policy_rows::used};
use crate::{
    error::Result,
    execute::{Execute, Target},
    iam::policies::Managed,
    tx::Tx,
};

/// Where a query is found: in the name, else in the description; nowhere.
fn rank(policy: &Managed, query: &str) -> Option<u8> {
    if query.is_empty() {
        return Some(0);
    }
    match policy.name().to_lowercase().find(query) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => policy.description().to_lowercase().contains(query).then_some(2),
    }
}

impl Execute for ListManagedPolicyRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&Arn::policy(tx.account().as_str(), "/", "")).shown("policy path /").asking("iam:ListPolicies"))
    }

    /// All policies come in the order of the names; every order keeps that one among equals.
    async fn run(self, tx: &mut Tx) -> Result<ListManagedPolicyRowsOutput> {
        let query = self.query.unwrap_or_default().trim().to_lowercase();
        let all = every_policy::all(tx).await?;
        let total = all.len();
        let mut found: Vec<(u8, &Managed)> = all
            .iter()
            .filter(|policy| self.kind.as_deref().is_none_or(|wanted| wanted == policy.kind()))
            .filter_map(|policy| Some((rank(policy, &query)?, policy)))
            .collect();
        match self.order.as_deref() {
            None => found.sort_by_key(|(rank, _)| *rank),
            Some("type") => found.sort_by_key(|(_, policy)| policy.kind()),
            Some("used-as") => {
                let arns: Vec<String> = found.iter().map(|(_, policy)| policy.arn().to_owned()).collect();
                let used = used(tx, &arns).await?;
                found.sort_by_key(|(_, policy)| used.get(policy.arn()).copied().unwrap_or_default());
            }
            Some(_) => {}
        }
        if self.descending == Some(true) {
            found.reverse();
        }
        let size = usize::try_from(page::limit(self.page_size)).unwrap_or(1);
        let skipped = usize::try_from(self.page.unwrap_or(1).max(1) - 1).unwrap_or_default().saturating_mul(size);
        let matching = found.len();
        let page: Vec<&Managed> = found.into_iter().skip(skipped).take(size).map(|(_, policy)| policy).collect();
        let arns: Vec<String> = page.iter().map(|policy| policy.arn().to_owned()).collect();
        let used = used(tx, &arns).await?;
        let rows = page.into_iter().map(|policy| row(policy, used.get(policy.arn()).copied().unwrap_or_default()));
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Ok(ListManagedPolicyRowsOutput { rows: rows.collect(), matching: count(matching), total: count(total) })
    }
}

fn row(policy: &Managed, (attachment_count, permissions_boundary_usage_count): (i64, i64)) -> ManagedPolicyRow {
    ManagedPolicyRow {
        policy_name: policy.name().into(),
        policy_arn: policy.arn().into(),
        kind: policy.kind_in_words().into(),
        is_attachable: policy.is_attachable(),
        attachment_count,
        permissions_boundary_usage_count,
        description: policy.description().into(),
    }
}
