//! Attaching managed policies to users and groups, and bounding users with them.

use serde::{Deserialize, Serialize};

use super::AttachedPolicy;
use crate::{Access, Action, Fields, Operation, name, page};

/// Attaches a managed policy to a user; again changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachUserPolicy {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

impl Operation for AttachUserPolicy {
    const ACTION: Action = Action::new("iam", "AttachUserPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// Detaches a managed policy from a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DetachUserPolicy {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

impl Operation for DetachUserPolicy {
    const ACTION: Action = Action::new("iam", "DetachUserPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// Lists the managed policies attached to a user.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedUserPolicies {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// Only those whose path begins so; `/` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListAttachedUserPolicies answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedUserPoliciesOutput {
    /// The page.
    pub attached_policies: Vec<AttachedPolicy>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListAttachedUserPolicies {
    const ACTION: Action = Action::new("iam", "ListAttachedUserPolicies");
    const ACCESS: Access = Access::List;
    type Output = ListAttachedUserPoliciesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.optional("pathPrefix", self.path_prefix.as_deref(), &name::PATH_PREFIX);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), ..Self::default() }
    }
}

/// Attaches a managed policy to a group; again changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachGroupPolicy {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

impl Operation for AttachGroupPolicy {
    const ACTION: Action = Action::new("iam", "AttachGroupPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// Detaches a managed policy from a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DetachGroupPolicy {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

impl Operation for DetachGroupPolicy {
    const ACTION: Action = Action::new("iam", "DetachGroupPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// Lists the managed policies attached to a group.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedGroupPolicies {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// Only those whose path begins so; `/` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListAttachedGroupPolicies answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAttachedGroupPoliciesOutput {
    /// The page.
    pub attached_policies: Vec<AttachedPolicy>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListAttachedGroupPolicies {
    const ACTION: Action = Action::new("iam", "ListAttachedGroupPolicies");
    const ACCESS: Access = Access::List;
    type Output = ListAttachedGroupPoliciesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.optional("pathPrefix", self.path_prefix.as_deref(), &name::PATH_PREFIX);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), ..Self::default() }
    }
}

/// Sets the policy that bounds what a user can be given; it grants nothing itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutUserPermissionsBoundary {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The managed policy's ARN.
    #[serde(default)]
    pub permissions_boundary: String,
}

impl Operation for PutUserPermissionsBoundary {
    const ACTION: Action = Action::new("iam", "PutUserPermissionsBoundary");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("permissionsBoundary", &self.permissions_boundary, &name::ARN);
    }

    fn example() -> Self {
        Self {
            user_name: "example-user".into(),
            permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess".into(),
        }
    }
}

/// Takes a user's boundary away.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserPermissionsBoundary {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
}

impl Operation for DeleteUserPermissionsBoundary {
    const ACTION: Action = Action::new("iam", "DeleteUserPermissionsBoundary");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into() }
    }
}
