//! The catalogue of AWS managed policies: the latest version of each, compiled into the binary.
//!
//! They belong to no account and never change while the server runs, so they are not in Postgres. The
//! index is read on first use; a document stays compressed until somebody asks for it.

mod compiled;
mod data;
pub(crate) mod describe;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use sha2::{Digest, Sha256};

/// What precedes the path in the ARN of every AWS managed policy (IAM User Guide, "IAM ARNs").
const ARN_PREFIX: &str = "arn:aws:iam::aws:policy";

/// Policies that the console types as a job function although their path is `/`
/// (IAM User Guide, "AWS managed policies for job functions").
const JOB_FUNCTIONS: [&str; 4] = ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit"];

/// How the console types an AWS managed policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ManagedPolicyKind {
    /// "AWS managed".
    AwsManaged,
    /// "AWS managed - job function".
    JobFunction,
}

/// One policy that AWS manages, at its latest version.
#[derive(Debug)]
pub(crate) struct ManagedPolicy {
    /// The name as AWS writes it; unique, also when case is ignored.
    pub(crate) name: &'static str,
    /// Begins and ends with a slash.
    pub(crate) path: &'static str,
    /// The whole ARN; its account field is the word `aws`.
    pub(crate) arn: &'static str,
    /// Our own stable id, in AWS's form: the real ones are not published with the documents.
    pub(crate) policy_id: String,
    /// The id of the latest version, `v` and a number; the only version there is here.
    pub(crate) default_version_id: &'static str,
    /// When AWS created the policy, in milliseconds UTC.
    pub(crate) create_date_ms: i64,
    /// When AWS created the latest version, in milliseconds UTC.
    pub(crate) update_date_ms: i64,
    /// False for the policies of service-linked roles, which only their service may attach.
    pub(crate) attachable: bool,
    /// Place in [`all`].
    position: usize,
    /// Where the compressed document lies in the data.
    blob: Range<usize>,
}

impl ManagedPolicy {
    fn new(position: usize, row: data::Row) -> Self {
        let name_at = row.arn.rfind('/').map_or(0, |slash| slash + 1);
        let path = &row.arn[ARN_PREFIX.len()..name_at];
        Self {
            name: &row.arn[name_at..],
            path,
            arn: row.arn,
            policy_id: policy_id(row.arn),
            default_version_id: row.version_id,
            create_date_ms: row.created * 1000,
            update_date_ms: row.updated * 1000,
            attachable: !path.starts_with("/aws-service-role/"),
            position,
            blob: row.blob,
        }
    }

    /// How the console types this policy.
    pub(crate) fn kind(&self) -> ManagedPolicyKind {
        if self.path.starts_with("/job-function/") || JOB_FUNCTIONS.contains(&self.name) {
            ManagedPolicyKind::JobFunction
        } else {
            ManagedPolicyKind::AwsManaged
        }
    }

    /// In one sentence of ours: which services the document opens.
    pub(crate) fn description(&self) -> &'static str {
        describe::description(self)
    }

    /// The document as JSON, indented by four spaces; decompressed anew at every call.
    pub(crate) fn document(&self) -> Arc<str> {
        data::document(self.blob.clone()).into()
    }

    /// The document ready to be evaluated; those asked for last are kept.
    pub(crate) fn compiled(&self) -> Arc<policy::Policy> {
        compiled::compiled(self)
    }
}

struct Catalogue {
    policies: Vec<ManagedPolicy>,
    by_arn: HashMap<&'static str, usize>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let policies: Vec<_> = data::rows().enumerate().map(|(position, row)| ManagedPolicy::new(position, row)).collect();
    let by_arn = policies.iter().map(|p| (p.arn, p.position)).collect();
    Catalogue { policies, by_arn }
});

/// Every policy, ordered by the name in lower case (by its bytes), then by the ARN: the order in
/// which ListPolicies pages.
pub(crate) fn all() -> &'static [ManagedPolicy] {
    &CATALOGUE.policies
}

/// The policy with this ARN, which is compared with its case.
pub(crate) fn by_arn(arn: &str) -> Option<&'static ManagedPolicy> {
    let catalogue = &*CATALOGUE;
    catalogue.by_arn.get(arn).map(|&position| &catalogue.policies[position])
}

/// `ANPA` and 17 characters of base32 (RFC 4648) over the SHA-256 of the ARN: 85 of its bits.
fn policy_id(arn: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digest = Sha256::digest(arn.as_bytes());
    let mut id = String::with_capacity(21);
    id.push_str("ANPA");
    for character in 0..17 {
        let bit = character * 5;
        let window = u16::from_be_bytes([digest[bit / 8], digest[bit / 8 + 1]]);
        let five = (window >> (11 - bit % 8)) & 31;
        id.push(char::from(ALPHABET[usize::from(five)]));
    }
    id
}
