//! Managed policies: reading them, and what they are attached to.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, ApiError, Fields, Operation, Tag, Timestamp, name, page};

/// The ARN of one of the account's own policies in examples.
pub(super) const EXAMPLE_POLICY: &str = "arn:aws:iam::111122223333:policy/example-policy";

/// A managed policy that is attached to something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPolicy {
    /// Its name.
    pub policy_name: String,
    /// Its ARN.
    pub policy_arn: String,
}

/// The managed policy that bounds a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPermissionsBoundary {
    /// Always `Policy`.
    pub permissions_boundary_type: String,
    /// The policy's ARN.
    pub permissions_boundary_arn: String,
}

/// A managed policy as GetPolicy answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    /// Its name.
    pub policy_name: String,
    /// `ANPA…`.
    pub policy_id: String,
    /// `arn:aws:iam::aws:policy/…` for AWS's own.
    pub arn: String,
    /// Its path.
    pub path: String,
    /// The operative version: `v1`.
    pub default_version_id: String,
    /// To how many entities of the caller's account it is attached.
    pub attachment_count: i64,
    /// How many entities of the caller's account it bounds.
    pub permissions_boundary_usage_count: i64,
    /// Whether it may be attached by hand.
    pub is_attachable: bool,
    /// What it is for. Lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it was made.
    pub create_date: Timestamp,
    /// When its newest version was made.
    pub update_date: Timestamp,
    /// The tags of one of the account's own. Lists leave them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A role that a policy is attached to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyRole {
    /// Its name.
    pub role_name: String,
    /// Its id.
    pub role_id: String,
}

/// A group that a policy is attached to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyGroup {
    /// Its name.
    pub group_name: String,
    /// Its id.
    pub group_id: String,
}

/// A user that a policy is attached to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyUser {
    /// Their name.
    pub user_name: String,
    /// Their id.
    pub user_id: String,
}

/// Lists managed policies, AWS's and the account's, in the order of their names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicies {
    /// `All`, `AWS` or `Local`; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Only those attached to something of the caller's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_attached: Option<bool>,
    /// Only those whose path begins so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// `PermissionsPolicy` or `PermissionsBoundary`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_usage_filter: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListPolicies answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesOutput {
    /// The page.
    pub policies: Vec<Policy>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListPolicies {
    const ACTION: Action = Action::new("iam", "ListPolicies");
    const ACCESS: Access = Access::List;
    type Output = ListPoliciesOutput;

    fn check(&self, fields: &mut Fields) {
        if let Some(scope) = &self.scope {
            fields.one_of("scope", scope, &["All", "AWS", "Local"]);
        }
        if let Some(usage) = &self.policy_usage_filter {
            fields.one_of("policyUsageFilter", usage, &["PermissionsPolicy", "PermissionsBoundary"]);
        }
        self.check_path(fields);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

impl ListPolicies {
    /// Of its characters AWS speaks in a sentence of its own here (aws/aws-cli#5860), as it does nowhere else.
    fn check_path(&self, fields: &mut Fields) {
        let Some(path) = self.path_prefix.as_deref() else { return };
        if (name::POLICY_PATH.allows)(path) {
            fields.rule("pathPrefix", path, &name::POLICY_PATH);
        } else {
            let message =
                "The specified value for pathPrefix is invalid. It must begin with the / character and contain \
                           only alphanumeric characters and/or / characters."
                    .to_owned();
            fields.refuse(ApiError::Invalid { message });
        }
    }
}

/// Reads one managed policy without its document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicy {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

/// What GetPolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyOutput {
    /// The policy.
    pub policy: Policy,
}

impl Operation for GetPolicy {
    const ACTION: Action = Action::new("iam", "GetPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetPolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// Lists what a policy is attached to in the caller's account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEntitiesForPolicy {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// `User`, `Group`, `Role`, `LocalManagedPolicy` or `AWSManagedPolicy`; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_filter: Option<String>,
    /// Only entities whose path begins so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// `PermissionsPolicy` or `PermissionsBoundary`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_usage_filter: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListEntitiesForPolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListEntitiesForPolicyOutput {
    /// The groups.
    pub policy_groups: Vec<PolicyGroup>,
    /// The users.
    pub policy_users: Vec<PolicyUser>,
    /// The roles.
    pub policy_roles: Vec<PolicyRole>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListEntitiesForPolicy {
    const ACTION: Action = Action::new("iam", "ListEntitiesForPolicy");
    const ACCESS: Access = Access::List;
    type Output = ListEntitiesForPolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        if let Some(filter) = &self.entity_filter {
            fields.one_of("entityFilter", filter, &["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"]);
        }
        if let Some(usage) = &self.policy_usage_filter {
            fields.one_of("policyUsageFilter", usage, &["PermissionsPolicy", "PermissionsBoundary"]);
        }
        fields.optional("pathPrefix", self.path_prefix.as_deref(), &name::PATH_PREFIX);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into(), ..Self::default() }
    }
}
