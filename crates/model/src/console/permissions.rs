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
    /// Its ARN.
    pub arn: String,
    /// How many members it has; absent without `iam:GetGroup`.
    pub users: Option<i32>,
    /// The policies attached, in the order of their names; absent without `iam:ListAttachedGroupPolicies`.
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    /// The names of its inline policies, in order; absent without `iam:ListGroupPolicies`.
    pub inline_policies: Option<Vec<String>>,
}

/// What a list of groups is ordered by: their names, how many members they have, when they were made.
pub const GROUP_SORTS: [&str; 3] = ["name", "users", "created"];

/// The groups with their members and policies in one statement: asks `iam:ListGroups`, and each column's action.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupRows {
    /// Only groups whose name contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// One of [`GROUP_SORTS`]; the name if absent. Members count for those alone who may read them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// Whether the order is turned round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descending: Option<bool>,
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
    /// The page, in the order asked for.
    pub rows: Vec<GroupRow>,
    /// How many groups the account has in all.
    pub total: i64,
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
        if let Some(sort) = &self.sort {
            fields.one_of("sort", sort, &GROUP_SORTS);
        }
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
    /// The names of their inline policies, in order; absent without `iam:ListUserPolicies`.
    pub inline_policies: Option<Vec<String>>,
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
