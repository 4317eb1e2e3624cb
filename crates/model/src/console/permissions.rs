//! Rows of the tables that permissions are chosen from: policies, groups with what they grant, users to copy from.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Timestamp, iam::AttachedPolicy, name, page};

/// An attachable managed policy as the console's lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyRow {
    /// Its name.
    pub policy_name: String,
    /// Its ARN.
    pub policy_arn: String,
    /// `Job function`, `AWS managed` or `Customer managed`.
    pub kind: String,
    /// To how many entities of the caller's account it is attached.
    pub attachment_count: i64,
    /// How many entities of the caller's account it bounds.
    pub permissions_boundary_usage_count: i64,
}

/// Searches the managed policies that may be attached by hand: asks `iam:ListPolicies`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyRows {
    /// Only policies whose name contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListPolicyRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyRowsOutput {
    /// The page: best matches first, otherwise in the order of the names.
    pub rows: Vec<PolicyRow>,
    /// How many match in all.
    pub total: i64,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListPolicyRows {
    const ACTION: Action = Action::new("console", "ListPolicyRows");
    const ACCESS: Access = Access::List;
    type Output = ListPolicyRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("query", self.query.as_deref(), &name::LINE);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { query: Some("AdministratorAccess".into()), ..Self::default() }
    }
}

/// A group with the managed policies it grants its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupRow {
    /// Its name.
    pub group_name: String,
    /// When it was made.
    pub create_date: Timestamp,
    /// The policies attached, in the order of their names; absent without `iam:ListAttachedGroupPolicies`.
    pub attached_policies: Option<Vec<AttachedPolicy>>,
}

/// The groups with their policies in one statement: asks `iam:ListGroups`, and for the policies
/// `iam:ListAttachedGroupPolicies`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupRows {
    /// Only groups whose name contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListGroupRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupRowsOutput {
    /// The page, in the order of the names.
    pub rows: Vec<GroupRow>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// For each column that was left out: the action that is missing.
    pub refused: Vec<String>,
}

impl Operation for ListGroupRows {
    const ACTION: Action = Action::new("console", "ListGroupRows");
    const ACCESS: Access = Access::List;
    type Output = ListGroupRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("query", self.query.as_deref(), &name::LINE);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// A user with everything that is copied from them to a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionRow {
    /// The user's name.
    pub user_name: String,
    /// Names of their groups, in order; absent without `iam:ListGroupsForUser`.
    pub groups: Option<Vec<String>>,
    /// The policies attached to the user; absent without `iam:ListAttachedUserPolicies`.
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    /// What bounds them; absent without `iam:GetUser`.
    pub boundary: Option<BoundaryCell>,
}

/// What bounds a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BoundaryCell {
    /// The policy's ARN; absent where nothing bounds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_arn: Option<String>,
}

/// The users with their groups, policies and boundary in one statement: asks `iam:ListUsers`, and each column's action.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPermissionRows {
    /// Only users whose name contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListPermissionRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPermissionRowsOutput {
    /// The page, in the order of the names.
    pub rows: Vec<PermissionRow>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// For each column that was left out: the action that is missing.
    pub refused: Vec<String>,
}

impl Operation for ListPermissionRows {
    const ACTION: Action = Action::new("console", "ListPermissionRows");
    const ACCESS: Access = Access::List;
    type Output = ListPermissionRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("query", self.query.as_deref(), &name::LINE);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
