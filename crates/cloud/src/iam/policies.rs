//! Managed policies as one account sees them: AWS's, which lie in the catalogue, and its own; with how often each is
//! used in it.

use std::collections::HashMap;

use model::{
    ApiError, Kind, Timestamp,
    iam::{GetPolicy, GetPolicyOutput, Policy},
};
use policy::Arn;

use super::{
    own_policies::{self, OwnPolicy},
    with_tags,
};
use crate::{
    authorize,
    catalogue::{self, ManagedPolicy},
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// A managed policy, whoever manages it.
#[derive(Clone, Debug)]
pub(crate) enum Managed {
    /// One of AWS's.
    Aws(&'static ManagedPolicy),
    /// One of the account's.
    Own(OwnPolicy),
}

/// The ARN that `text` is.
pub(super) fn parse(text: &str) -> Result<Arn, ApiError> {
    // Two spaces: so AWS writes it.
    text.parse().map_err(|_| ApiError::Invalid { message: "Invalid ARN:  Could not be parsed!".into() })
}

/// The policy with this ARN, to be read: one of AWS's, or what [`policy_target`] found.
pub(crate) fn known(tx: &mut Tx, arn: &str) -> Result<Managed, ApiError> {
    match catalogue::by_arn(arn) {
        Some(policy) => Ok(Managed::Aws(policy)),
        None => own(tx, arn).map(Managed::Own),
    }
}

/// The account's own policy that [`policy_target`] or [`own_target`] found.
pub(super) fn own(tx: &mut Tx, arn: &str) -> Result<OwnPolicy, ApiError> {
    tx.found.policy.take().ok_or_else(|| ApiError::missing(Kind::Policy, arn))
}

/// Whether the policy with this ARN may be attached by hand. One of the account's own stays until the transaction's end.
pub(super) async fn attachable(tx: &mut Tx, arn: &str) -> Result<()> {
    match catalogue::by_arn(arn) {
        Some(policy) if policy.attachable => Ok(()),
        Some(_) => Err(ApiError::PolicyNotAttachable.into()),
        None => own_policies::hold_attachable(tx, arn).await,
    }
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

/// The question about one policy, with the conditions that its tags can meet.
pub(crate) async fn policy_target(tx: &mut Tx, arn: &str) -> Result<Target> {
    let target = Target::of(&parse(arn)?).shown(format!("policy {arn}")).touching("AWS::IAM::Policy", arn);
    if catalogue::by_arn(arn).is_some() {
        return Ok(target);
    }
    tx.found.policy = own_policies::find(tx, arn).await?;
    Ok(match &tx.found.policy {
        Some(policy) => with_tags(target, &policy.tags),
        None => target,
    })
}

/// The question about changing one policy. Nobody's permissions reach AWS's own or another account's.
pub(super) async fn own_target(tx: &mut Tx, action: &str, arn: &str) -> Result<Target> {
    let target = policy_target(tx, arn).await?;
    if parse(arn)?.account() != tx.account().as_str() {
        return Err(authorize::foreign(tx, action, &target));
    }
    Ok(target)
}

/// How often a policy is attached in the account, and how many users it bounds.
#[derive(Clone, Copy, Default)]
pub(super) struct Usage {
    pub(super) attached: i64,
    pub(super) bounding: i64,
}

/// The usage of the policies named, or of all that are used.
pub(super) async fn usage(tx: &mut Tx, arns: Option<&[String]>) -> Result<HashMap<String, Usage>> {
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

/// One of AWS's own as GetPolicy and the lists answer it.
pub(super) fn aws_shown(policy: &ManagedPolicy, usage: Usage) -> Policy {
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
        tags: Vec::new(),
    }
}

impl Execute for GetPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policy_target(tx, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetPolicyOutput> {
        let policy = known(tx, &self.policy_arn)?;
        let used = usage(tx, Some(std::slice::from_ref(&self.policy_arn))).await?;
        let used = used.get(&self.policy_arn).copied().unwrap_or_default();
        let policy = match policy {
            Managed::Aws(policy) => aws_shown(policy, used),
            Managed::Own(policy) => policy.shown(used),
        };
        Ok(GetPolicyOutput { policy })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_come_out_of_arns() {
        assert_eq!(path_and_name("arn:aws:iam::aws:policy/job-function/Billing"), ("/job-function/", "Billing"));
        assert_eq!(path_and_name("arn:aws:iam::aws:policy/AdministratorAccess"), ("/", "AdministratorAccess"));
        assert_eq!(path_and_name("arn:aws:iam::123456789012:policy/a/b/Own"), ("/a/b/", "Own"));
    }
}
