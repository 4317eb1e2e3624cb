//! Everything about who may do what in an account, in one list.

use serde::{Deserialize, Serialize};

use super::{AttachedPermissionsBoundary, AttachedPolicy, PolicyVersion};
use crate::{Access, Action, Fields, Operation, Tag, Timestamp, page};

/// An inline policy with its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyDetail {
    /// Its name.
    pub policy_name: String,
    /// The document, URL-encoded (RFC 3986) as AWS answers it.
    pub policy_document: String,
}

/// A user with everything that gives permissions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserDetail {
    /// The path.
    pub path: String,
    /// The name.
    pub user_name: String,
    /// `AIDA…`.
    pub user_id: String,
    /// The ARN.
    pub arn: String,
    /// When they were made.
    pub create_date: Timestamp,
    /// Their inline policies by name.
    pub user_policy_list: Vec<PolicyDetail>,
    /// The names of their groups.
    pub group_list: Vec<String>,
    /// What is attached to them, not to their groups.
    pub attached_managed_policies: Vec<AttachedPolicy>,
    /// The boundary, if one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// Their tags.
    pub tags: Vec<Tag>,
}

/// A group with everything that gives permissions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupDetail {
    /// The path.
    pub path: String,
    /// The name.
    pub group_name: String,
    /// `AGPA…`.
    pub group_id: String,
    /// The ARN.
    pub arn: String,
    /// When it was made.
    pub create_date: Timestamp,
    /// Its inline policies by name.
    pub group_policy_list: Vec<PolicyDetail>,
    /// What is attached to it.
    pub attached_managed_policies: Vec<AttachedPolicy>,
}

/// A role with everything that gives permissions. No account has any in this version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleDetail {
    /// The path.
    pub path: String,
    /// The name.
    pub role_name: String,
    /// `AROA…`.
    pub role_id: String,
    /// The ARN.
    pub arn: String,
    /// When it was made.
    pub create_date: Timestamp,
    /// Who may assume it, URL-encoded.
    pub assume_role_policy_document: String,
    /// Its inline policies by name.
    pub role_policy_list: Vec<PolicyDetail>,
    /// What is attached to it.
    pub attached_managed_policies: Vec<AttachedPolicy>,
}

/// A managed policy with all its versions and their documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagedPolicyDetail {
    /// Its name.
    pub policy_name: String,
    /// `ANPA…`.
    pub policy_id: String,
    /// Its ARN.
    pub arn: String,
    /// Its path.
    pub path: String,
    /// The operative version.
    pub default_version_id: String,
    /// To how many entities of the caller's account it is attached.
    pub attachment_count: i64,
    /// How many entities of the caller's account it bounds.
    pub permissions_boundary_usage_count: i64,
    /// Whether it may be attached by hand.
    pub is_attachable: bool,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it was made.
    pub create_date: Timestamp,
    /// When its newest version was made.
    pub update_date: Timestamp,
    /// The versions, newest first.
    pub policy_version_list: Vec<PolicyVersion>,
}

/// The kinds that [`GetAccountAuthorizationDetails`] can be narrowed to.
pub const ENTITY_TYPES: [&str; 5] = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

/// Reads all users, groups and managed policies with their documents: of AWS's policies those that the account uses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountAuthorizationDetails {
    /// Which of [`ENTITY_TYPES`]; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What GetAccountAuthorizationDetails answers: a page of users, then groups, then policies, each by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountAuthorizationDetailsOutput {
    /// The users.
    pub user_detail_list: Vec<UserDetail>,
    /// The groups.
    pub group_detail_list: Vec<GroupDetail>,
    /// The roles.
    pub role_detail_list: Vec<RoleDetail>,
    /// The managed policies.
    pub policies: Vec<ManagedPolicyDetail>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for GetAccountAuthorizationDetails {
    const ACTION: Action = Action::new("iam", "GetAccountAuthorizationDetails");
    const ACCESS: Access = Access::Read;
    type Output = GetAccountAuthorizationDetailsOutput;

    fn check(&self, fields: &mut Fields) {
        for (index, kind) in self.filter.iter().enumerate() {
            fields.one_of(&format!("filter.{}.member", index + 1), kind, &ENTITY_TYPES);
        }
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
