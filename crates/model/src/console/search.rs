//! What the search box finds among the account's own resources.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, name};

/// A policy that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FoundPolicy {
    /// Its name.
    pub policy_name: String,
    /// Its ARN.
    pub policy_arn: String,
}

/// An access key that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FoundKey {
    /// Its id.
    pub access_key_id: String,
    /// Whose it is.
    pub user_name: String,
}

/// At most so many of one kind are found.
pub const FOUND_AT_MOST: i64 = 5;

/// Finds users, groups, policies and access keys by a part of their name or id. What the caller may not list is not
/// found: users ask `iam:ListUsers`, groups `iam:ListGroups`, policies `iam:ListPolicies`, and a key
/// `iam:ListAccessKeys` about its user.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchResources {
    /// A part of a name or id, whatever its case.
    #[serde(default)]
    pub query: String,
}

/// What SearchResources answers: of each kind at most [`FOUND_AT_MOST`], those first that begin with the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchResourcesOutput {
    /// Names of users.
    pub users: Vec<String>,
    /// Names of groups.
    pub groups: Vec<String>,
    /// Managed policies.
    pub policies: Vec<FoundPolicy>,
    /// Access keys of users.
    pub access_keys: Vec<FoundKey>,
}

impl Operation for SearchResources {
    const ACTION: Action = Action::new("console", "SearchResources");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Signed("it finds nothing but what the caller may list");
    type Output = SearchResourcesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("query", &self.query, &name::LINE);
    }

    fn example() -> Self {
        Self { query: "example".into() }
    }
}
