//! What a managed policy says, service by service.

use std::collections::BTreeSet;

use model::console::{GetPolicySummary, GetPolicySummaryOutput, RemainingService, ServiceSummary};
use policy::Effect;

use super::managed_policy_rows::kind_in_words;
use crate::{
    error::Result,
    execute::{Execute, Target},
    iam::policies,
    tx::Tx,
};

impl Execute for GetPolicySummary {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(policies::policy_target(&self.policy_arn)?.asking("iam:GetPolicyVersion"))
    }

    async fn run(self, _tx: &mut Tx) -> Result<GetPolicySummaryOutput> {
        let policy = policies::known(&self.policy_arn)?;
        let services = services::summarize(policy.compiled().document());
        Ok(GetPolicySummaryOutput {
            kind: kind_in_words(policy).into(),
            description: policy.description().into(),
            remaining: remaining(&services),
            services,
        })
    }
}

/// The services of AWS's that none of the rows allows anything of.
pub(super) fn remaining(rows: &[ServiceSummary]) -> Vec<RemainingService> {
    let opened: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.effect == Effect::Allow && !row.access.is_none())
        .map(|row| row.prefix.as_str())
        .collect();
    let mut remaining: Vec<RemainingService> = services::all()
        .iter()
        .filter(|entry| !opened.contains(entry.prefix.as_str()))
        .map(|entry| RemainingService { prefix: entry.prefix.clone(), name: entry.short_name().to_owned() })
        .collect();
    remaining.sort_by_cached_key(|service| service.name.to_lowercase());
    remaining
}
