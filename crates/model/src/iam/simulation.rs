//! What a simulation of policies answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What both simulations answer: a result for each action with each resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulatePolicyOutput {
    /// The page, in the order of the actions and, for each, of the resources. It ends before `MaxItems` where the
    /// answers take long.
    pub evaluation_results: Vec<EvaluationResult>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// What the policies answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluationResult {
    /// The action.
    pub eval_action_name: String,
    /// The resource.
    pub eval_resource_name: String,
    /// `allowed`, `explicitDeny` or `implicitDeny`.
    pub eval_decision: String,
    /// The statements that the decision comes from.
    pub matched_statements: Vec<MatchedStatement>,
    /// The condition keys that the policies ask for and the request does not have.
    pub missing_context_values: Vec<String>,
    /// Nothing limits accounts from above here.
    pub organizations_decision_detail: OrganizationsDecisionDetail,
    /// What the boundary says, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    /// The decisions by kind of policy, where the resource is another account's.
    pub eval_decision_details: BTreeMap<String, String>,
    /// The same for the resource by itself; empty where none was named.
    pub resource_specific_results: Vec<ResourceSpecificResult>,
}

/// What the policies answer for one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceSpecificResult {
    /// The resource.
    pub eval_resource_name: String,
    /// As in [`EvaluationResult`].
    pub eval_resource_decision: String,
    /// As in [`EvaluationResult`].
    pub matched_statements: Vec<MatchedStatement>,
    /// As in [`EvaluationResult`].
    pub missing_context_values: Vec<String>,
    /// As in [`EvaluationResult`].
    pub eval_decision_details: BTreeMap<String, String>,
    /// As in [`EvaluationResult`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
}

/// Whether the organization's policies allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrganizationsDecisionDetail {
    /// True: there is no organization here.
    pub allowed_by_organizations: bool,
}

/// Whether the permissions boundary allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PermissionsBoundaryDecisionDetail {
    /// Whether it does.
    pub allowed_by_permissions_boundary: bool,
}

/// A statement with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MatchedStatement {
    /// The policy: `PolicyInputList.1`, `user_alice_Storage` or `group_Staff_Storage` for an inline one, its name for a
    /// managed one.
    pub source_policy_id: String,
    /// `IAM Policy`, `IAM Permissions Boundary Policy` or `Resource Policy`.
    pub source_policy_type: String,
    /// The statement's first character.
    pub start_position: TextPosition,
    /// The place behind its last one.
    pub end_position: TextPosition,
}

/// A place in a policy's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TextPosition {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}
