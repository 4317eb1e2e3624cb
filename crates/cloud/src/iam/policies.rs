//! Managed policies: the catalogue as one account sees it, with how often each policy is used in it.

use std::collections::HashMap;

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        GetPolicy, GetPolicyOutput, GetPolicyVersion, GetPolicyVersionOutput, ListPolicies, ListPoliciesOutput,
        ListPolicyVersions, ListPolicyVersionsOutput, Policy, PolicyVersion,
    },
};
use policy::Arn;

use super::{key_of, page_of};
use crate::{
    catalogue::{self, ManagedPolicy},
    error::Result,
    execute::{Execute, Target},
    marker::Position,
    tx::Tx,
};

/// The ARN that `text` is.
pub(super) fn parse(text: &str) -> Result<Arn, ApiError> {
    // Two spaces: so AWS writes it.
    text.parse().map_err(|_| ApiError::Invalid { message: "Invalid ARN:  Could not be parsed!".into() })
}

/// The policy with this ARN, to be read.
pub(crate) fn known(arn: &str) -> Result<&'static ManagedPolicy, ApiError> {
    catalogue::by_arn(arn).ok_or_else(|| ApiError::missing(Kind::Policy, arn))
}

/// The policy with this ARN, to be attached by hand.
pub(super) fn attachable(arn: &str) -> Result<&'static ManagedPolicy, ApiError> {
    let policy = catalogue::by_arn(arn).ok_or_else(|| ApiError::missing(Kind::AttachablePolicy, arn))?;
    if policy.attachable { Ok(policy) } else { Err(ApiError::PolicyNotAttachable) }
}

/// The path and the name in a managed policy's ARN.
pub(super) fn path_and_name(arn: &str) -> (&str, &str) {
    let resource = arn.split_once(":policy").map_or(arn, |(_, resource)| resource);
    let name_at = resource.rfind('/').map_or(0, |slash| slash + 1);
    resource.split_at(name_at)
}

/// Adds the boundary that the user found has, as a condition key.
pub(super) fn with_boundary(tx: &Tx, target: Target) -> Target {
    match tx.found.user.as_ref().and_then(|user| user.boundary.clone()) {
        Some(boundary) => target.with("iam:PermissionsBoundary", vec![boundary]),
        None => target,
    }
}

/// The question about reading one policy.
pub(crate) fn policy_target(arn: &str) -> Result<Target> {
    Ok(Target::of(&parse(arn)?).shown(format!("policy {arn}")).touching("AWS::IAM::Policy", arn))
}

/// How often a policy is attached in the account, and how many users it bounds.
#[derive(Clone, Copy, Default)]
struct Usage {
    attached: i64,
    bounding: i64,
}

impl Usage {
    fn passes(self, only_attached: bool, filter: Option<&str>) -> bool {
        match (only_attached, filter) {
            (_, Some("PermissionsBoundary")) => self.bounding > 0,
            (true, _) | (_, Some(_)) => self.attached > 0,
            (false, None) => true,
        }
    }
}

/// The usage of the policies named, or of all that are used.
async fn usage(tx: &mut Tx, arns: Option<&[String]>) -> Result<HashMap<String, Usage>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select policy_arn, count(*) filter (where not as_boundary) as "attached!",
                  count(*) filter (where as_boundary) as "bounding!"
           from attachment where account_id = $1 and ($2::text[] is null or policy_arn = any($2)) group by policy_arn"#,
        account.as_str(),
        arns
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.policy_arn, Usage { attached: row.attached, bounding: row.bounding })).collect())
}

fn shown(policy: &ManagedPolicy, usage: &HashMap<String, Usage>) -> Policy {
    let usage = usage.get(policy.arn).copied().unwrap_or_default();
    Policy {
        policy_name: policy.name.into(),
        policy_id: policy.policy_id.clone(),
        arn: policy.arn.into(),
        path: policy.path.into(),
        default_version_id: policy.default_version_id.into(),
        attachment_count: usage.attached,
        permissions_boundary_usage_count: usage.bounding,
        is_attachable: policy.attachable,
        description: None,
        create_date: Timestamp(policy.create_date_ms),
        update_date: Timestamp(policy.update_date_ms),
    }
}

impl Execute for ListPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let prefix = self.path_prefix.as_deref().unwrap_or("/");
        Ok(Target::of(&Arn::policy(tx.account().as_str(), prefix, "")).shown(format!("policy path {prefix}")))
    }

    /// The catalogue is in the order of names already, the order in which the account's own policies will join it.
    async fn run(self, tx: &mut Tx) -> Result<ListPoliciesOutput> {
        let prefix = self.path_prefix.as_deref().unwrap_or("/");
        let (only_attached, filter) = (self.only_attached == Some(true), self.policy_usage_filter.as_deref());
        let mut policies: Vec<&ManagedPolicy> = match self.scope.as_deref() {
            Some("Local") => Vec::new(),
            _ => catalogue::all().iter().filter(|policy| policy.path.starts_with(prefix)).collect(),
        };
        if only_attached || filter.is_some() {
            let used = usage(tx, None).await?;
            policies.retain(|policy| used.get(policy.arn).copied().unwrap_or_default().passes(only_attached, filter));
        }
        let (page, is_truncated, marker) = page_of(policies, self.marker.as_deref(), self.max_items, |policy| {
            Position { name: key_of(policy.name), id: policy.arn.into() }
        })?;
        let arns: Vec<String> = page.iter().map(|policy| policy.arn.to_owned()).collect();
        let used = usage(tx, Some(&arns)).await?;
        Ok(ListPoliciesOutput {
            policies: page.into_iter().map(|policy| shown(policy, &used)).collect(),
            is_truncated,
            marker,
        })
    }
}

impl Execute for GetPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        policy_target(&self.policy_arn)
    }

    async fn run(self, tx: &mut Tx) -> Result<GetPolicyOutput> {
        let policy = known(&self.policy_arn)?;
        let used = usage(tx, Some(&[self.policy_arn])).await?;
        Ok(GetPolicyOutput { policy: shown(policy, &used) })
    }
}

/// The one version there is of a policy of AWS's own: the latest.
fn version(policy: &ManagedPolicy, document: Option<String>) -> PolicyVersion {
    PolicyVersion {
        document,
        version_id: policy.default_version_id.into(),
        is_default_version: true,
        create_date: Timestamp(policy.update_date_ms),
    }
}

impl Execute for GetPolicyVersion {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        policy_target(&self.policy_arn)
    }

    async fn run(self, _tx: &mut Tx) -> Result<GetPolicyVersionOutput> {
        let policy = known(&self.policy_arn)?;
        if policy.default_version_id != self.version_id {
            let name = format!("{} version {}", self.policy_arn, self.version_id);
            return Err(ApiError::missing(Kind::PolicyVersion, name).into());
        }
        let document = percent_encoded(&policy.document());
        Ok(GetPolicyVersionOutput { policy_version: version(policy, Some(document)) })
    }
}

/// URL-encoded as RFC 3986 has it: all but the unreserved characters.
pub(super) fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

impl Execute for ListPolicyVersions {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        policy_target(&self.policy_arn)
    }

    async fn run(self, _tx: &mut Tx) -> Result<ListPolicyVersionsOutput> {
        let versions = vec![version(known(&self.policy_arn)?, None)];
        let position = |version: &PolicyVersion| Position { name: version.version_id.clone(), id: String::new() };
        let (versions, is_truncated, marker) = page_of(versions, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListPolicyVersionsOutput { versions, is_truncated, marker })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_come_out_of_arns() {
        assert_eq!(path_and_name("arn:aws:iam::aws:policy/job-function/Billing"), ("/job-function/", "Billing"));
        assert_eq!(path_and_name("arn:aws:iam::aws:policy/AdministratorAccess"), ("/", "AdministratorAccess"));
    }

    #[test]
    fn documents_are_url_encoded() {
        assert_eq!(percent_encoded("{\"a-b_c.d~\": 1}\n"), "%7B%22a-b_c.d~%22%3A%201%7D%0A");
    }
}
