//! Inline policies of users: documents that belong to one user and go with them.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, name, page};

/// Embeds a policy in a user, or puts another document in the place of the one of that name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutUserPolicy {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The policy's name, unique on its user; its case counts.
    #[serde(default)]
    pub policy_name: String,
    /// The document as JSON. All inline policies of a user may have 2,048 characters together, white space apart.
    #[serde(default)]
    pub policy_document: String,
}

impl Operation for PutUserPolicy {
    const ACTION: Action = Action::new("iam", "PutUserPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
        fields.rule("policyDocument", &self.policy_document, &name::POLICY_DOCUMENT);
    }

    fn example() -> Self {
        Self {
            user_name: "example-user".into(),
            policy_name: "example-inline".into(),
            policy_document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}"#.into(),
        }
    }
}

/// Reads one inline policy of a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserPolicy {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// Which of its policies.
    #[serde(default)]
    pub policy_name: String,
}

/// What GetUserPolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserPolicyOutput {
    /// The user.
    pub user_name: String,
    /// The policy.
    pub policy_name: String,
    /// The document as it was put, URL-encoded (RFC 3986) as AWS answers it.
    pub policy_document: String,
}

impl Operation for GetUserPolicy {
    const ACTION: Action = Action::new("iam", "GetUserPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetUserPolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), policy_name: "example-inline".into() }
    }
}

/// Deletes one inline policy of a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserPolicy {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// Which of its policies.
    #[serde(default)]
    pub policy_name: String,
}

impl Operation for DeleteUserPolicy {
    const ACTION: Action = Action::new("iam", "DeleteUserPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), policy_name: "example-inline".into() }
    }
}

/// Lists the names of a user's inline policies, in order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserPolicies {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListUserPolicies answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserPoliciesOutput {
    /// The page.
    pub policy_names: Vec<String>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListUserPolicies {
    const ACTION: Action = Action::new("iam", "ListUserPolicies");
    const ACCESS: Access = Access::List;
    type Output = ListUserPoliciesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), ..Self::default() }
    }
}
