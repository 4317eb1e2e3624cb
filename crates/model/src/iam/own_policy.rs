//! An account's own managed policies: making, tagging and deleting them.

use serde::{Deserialize, Serialize};

use super::{Policy, policy::EXAMPLE_POLICY, root_path};
use crate::{Access, Action, Fields, Operation, Tag, name, page};

/// Makes a managed policy of the account's own, with its first version.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicy {
    /// Its name, unique among the account's own whatever its case.
    #[serde(default)]
    pub policy_name: String,
    /// Its path.
    #[serde(default = "root_path")]
    pub path: String,
    /// The document as JSON, at most 6,144 characters, white space apart.
    #[serde(default)]
    pub policy_document: String,
    /// What it is for; it cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// At most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// What CreatePolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyOutput {
    /// The policy made.
    pub policy: Policy,
}

impl Operation for CreatePolicy {
    const ACTION: Action = Action::new("iam", "CreatePolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = CreatePolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyName", &self.policy_name, &name::POLICY_NAME);
        fields.rule("path", &self.path, &name::POLICY_PATH);
        fields.rule("policyDocument", &self.policy_document, &name::POLICY_DOCUMENT);
        fields.optional("description", self.description.as_deref(), &name::POLICY_DESCRIPTION);
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self {
            policy_name: "example-policy".into(),
            path: root_path(),
            policy_document:
                r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#
                    .into(),
            description: None,
            tags: vec![],
        }
    }
}

/// Deletes a policy that is attached to nothing, bounds nobody and has no version but its operative one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletePolicy {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

impl Operation for DeletePolicy {
    const ACTION: Action = Action::new("iam", "DeletePolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into() }
    }
}

/// Adds tags to a policy, or overwrites values of keys it has.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagPolicy {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// What to add.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagPolicy {
    const ACTION: Action = Action::new("iam", "TagPolicy");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into(), tags: vec![Tag { key: "Department".into(), value: "AWS".into() }] }
    }
}

/// Takes tags off a policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagPolicy {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// Which keys, whatever their case.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagPolicy {
    const ACTION: Action = Action::new("iam", "UntagPolicy");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        if self.tag_keys.len() > crate::tag::MAX_TAGS {
            fields.fault("tagKeys", None, "Member must have length less than or equal to 50");
        }
        for (index, key) in self.tag_keys.iter().enumerate() {
            crate::tag::check_key(fields, &format!("tagKeys.{}.member", index + 1), key);
        }
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into(), tag_keys: vec!["Department".into()] }
    }
}

/// Lists a policy's tags in the order of their keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyTags {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListPolicyTags answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyTagsOutput {
    /// The page.
    pub tags: Vec<Tag>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListPolicyTags {
    const ACTION: Action = Action::new("iam", "ListPolicyTags");
    const ACCESS: Access = Access::List;
    type Output = ListPolicyTagsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into(), ..Self::default() }
    }
}
