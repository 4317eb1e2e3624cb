//! Every managed policy, AWS's and the account's own, as the console's lists look at them.

use crate::{
    catalogue::{self, ManagedPolicyKind},
    error::Result,
    iam::{self, own_policies, policies::Managed},
    tx::Tx,
};

impl Managed {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Aws(policy) => policy.name,
            Self::Own(policy) => &policy.name,
        }
    }

    /// Its ARN.
    pub(super) fn arn(&self) -> &str {
        match self {
            Self::Aws(policy) => policy.arn,
            Self::Own(policy) => &policy.arn,
        }
    }

    /// Whether it may be attached by hand.
    pub(super) fn is_attachable(&self) -> bool {
        match self {
            Self::Aws(policy) => policy.attachable,
            Self::Own(_) => true,
        }
    }

    /// What it is for; AWS's own tell by their documents.
    pub(super) fn description(&self) -> &str {
        match self {
            Self::Aws(policy) => policy.description(),
            Self::Own(policy) => policy.description.as_deref().unwrap_or_default(),
        }
    }

    /// The kind as the filter of the Policies table names it.
    pub(super) fn kind(&self) -> &'static str {
        self.one_of(["AwsManaged", "JobFunction", "CustomerManaged"])
    }

    /// The kind as the pages write it.
    pub(super) fn kind_in_words(&self) -> &'static str {
        self.one_of(["AWS managed", "AWS managed - job function", "Customer managed"])
    }

    /// The kind as the forms that attach policies write it.
    pub(super) fn kind_in_short(&self) -> &'static str {
        self.one_of(["AWS managed", "Job function", "Customer managed"])
    }

    fn one_of(&self, [aws, job_function, own]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Aws(policy) if policy.kind() == ManagedPolicyKind::JobFunction => job_function,
            Self::Aws(_) => aws,
            Self::Own(_) => own,
        }
    }
}

/// All of them in the order of their names, then of their ARNs.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Managed>> {
    let own = own_policies::all(tx).await?;
    let mut all: Vec<Managed> = catalogue::all().iter().map(Managed::Aws).collect();
    // The catalogue is in this order already.
    if !own.is_empty() {
        all.extend(own.into_iter().map(Managed::Own));
        all.sort_by_cached_key(|policy| (iam::key_of(policy.name()), policy.arn().to_owned()));
    }
    Ok(all)
}
