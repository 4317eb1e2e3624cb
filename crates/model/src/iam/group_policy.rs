//! Inline policies of groups: documents that belong to one group and go with it.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, name, page};

/// Embeds a policy in a group, or puts another document in the place of the one of that name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutGroupPolicy {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// The policy's name, unique on its group; its case counts.
    #[serde(default)]
    pub policy_name: String,
    /// The document as JSON. All inline policies of a group may have 5,120 characters together, white space apart.
    #[serde(default)]
    pub policy_document: String,
}

impl Operation for PutGroupPolicy {
    const ACTION: Action = Action::new("iam", "PutGroupPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
        fields.rule("policyDocument", &self.policy_document, &name::POLICY_DOCUMENT);
    }

    fn example() -> Self {
        Self {
            group_name: "example-group".into(),
            policy_name: "example-inline".into(),
            policy_document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}"#.into(),
        }
    }
}

/// Reads one inline policy of a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupPolicy {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// Which of its policies.
    #[serde(default)]
    pub policy_name: String,
}

/// What GetGroupPolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupPolicyOutput {
    /// The group.
    pub group_name: String,
    /// The policy.
    pub policy_name: String,
    /// The document as it was put, URL-encoded (RFC 3986) as AWS answers it.
    pub policy_document: String,
}

impl Operation for GetGroupPolicy {
    const ACTION: Action = Action::new("iam", "GetGroupPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetGroupPolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), policy_name: "example-inline".into() }
    }
}

/// Deletes one inline policy of a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGroupPolicy {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// Which of its policies.
    #[serde(default)]
    pub policy_name: String,
}

impl Operation for DeleteGroupPolicy {
    const ACTION: Action = Action::new("iam", "DeleteGroupPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), policy_name: "example-inline".into() }
    }
}

/// Lists the names of a group's inline policies, in order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupPolicies {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListGroupPolicies answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupPoliciesOutput {
    /// The page.
    pub policy_names: Vec<String>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListGroupPolicies {
    const ACTION: Action = Action::new("iam", "ListGroupPolicies");
    const ACCESS: Access = Access::List;
    type Output = ListGroupPoliciesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), ..Self::default() }
    }
}
