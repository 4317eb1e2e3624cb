//! What a managed policy says, service by service.

use std::collections::BTreeSet;

use model::{
    ApiError,
    console::{GetPolicySummary, GetPolicySummaryOutput, RemainingService, ServiceSummary},
};
use policy::Effect;

use crate::{
    documents,
    error::Result,
    execute::{Execute, Target},
    iam::{
        own_policies,
        policies::{self, Managed},
    },
    tx::Tx,
};

impl Execute for GetPolicySummary {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(policies::policy_target(tx, &self.policy_arn).await?.asking("iam:GetPolicyVersion"))
    }

    async fn run(self, tx: &mut Tx) -> Result<GetPolicySummaryOutput> {
        let policy = policies::known(tx, &self.policy_arn)?;
        let compiled = match &policy {
            Managed::Aws(policy) => policy.compiled(),
            Managed::Own(policy) => {
                let document = own_policies::operative_document(tx, policy).await?;
                documents::compiled(&document).map_err(anyhow::Error::from)?
            }
        };
        if !services::can_be_summarized(compiled.document()) {
            let message = "This policy names too many patterns to be summed up.".to_owned();
            return Err(ApiError::InvalidInput { message }.into());
        }
        let services = services::summarize(compiled.document());
        Ok(GetPolicySummaryOutput {
            kind: policy.kind_in_words().into(),
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
