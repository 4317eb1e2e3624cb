//! Versions of managed policies: AWS's own have one, an account's up to five.

use serde::{Deserialize, Serialize};

use super::policy::EXAMPLE_POLICY;
use crate::{Access, Action, Fields, Operation, Timestamp, name, page};

/// One version of a managed policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyVersion {
    /// The document, URL-encoded (RFC 3986) as AWS answers it. Lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// `v1`.
    pub version_id: String,
    /// Whether it is the operative one.
    pub is_default_version: bool,
    /// When it was made.
    pub create_date: Timestamp,
}

/// Reads one version of a managed policy with its document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyVersion {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// `v1`.
    #[serde(default)]
    pub version_id: String,
}

/// What GetPolicyVersion answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyVersionOutput {
    /// The version.
    pub policy_version: PolicyVersion,
}

impl Operation for GetPolicyVersion {
    const ACTION: Action = Action::new("iam", "GetPolicyVersion");
    const ACCESS: Access = Access::Read;
    type Output = GetPolicyVersionOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        fields.rule("versionId", &self.version_id, &name::POLICY_VERSION_ID);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into(), version_id: "v1".into() }
    }
}

/// Lists the versions of a managed policy, newest first. Of AWS's own the latest alone is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyVersions {
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

/// What ListPolicyVersions answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyVersionsOutput {
    /// The page.
    pub versions: Vec<PolicyVersion>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListPolicyVersions {
    const ACTION: Action = Action::new("iam", "ListPolicyVersions");
    const ACCESS: Access = Access::List;
    type Output = ListPolicyVersionsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into(), ..Self::default() }
    }
}

/// Adds a version to one of the account's own policies. Its number follows the last one ever given.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyVersion {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// The document as JSON, at most 6,144 characters, white space apart.
    #[serde(default)]
    pub policy_document: String,
    /// Whether it becomes the operative version at once; no if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_as_default: Option<bool>,
}

/// What CreatePolicyVersion answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyVersionOutput {
    /// The version made, without its document.
    pub policy_version: PolicyVersion,
}

impl Operation for CreatePolicyVersion {
    const ACTION: Action = Action::new("iam", "CreatePolicyVersion");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = CreatePolicyVersionOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        fields.rule("policyDocument", &self.policy_document, &name::POLICY_DOCUMENT);
    }

    fn example() -> Self {
        Self {
            policy_arn: EXAMPLE_POLICY.into(),
            policy_document:
                r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}"#
                    .into(),
            set_as_default: None,
        }
    }
}

/// Deletes a version that is not the operative one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeletePolicyVersion {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// `v1`.
    #[serde(default)]
    pub version_id: String,
}

impl Operation for DeletePolicyVersion {
    const ACTION: Action = Action::new("iam", "DeletePolicyVersion");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        fields.rule("versionId", &self.version_id, &name::POLICY_VERSION_ID);
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into(), version_id: "v1".into() }
    }
}

/// Makes a version the operative one, for everybody whom the policy is attached to and with their next call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetDefaultPolicyVersion {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// `v1`.
    #[serde(default)]
    pub version_id: String,
}

impl Operation for SetDefaultPolicyVersion {
    const ACTION: Action = Action::new("iam", "SetDefaultPolicyVersion");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        fields.rule("versionId", &self.version_id, &name::POLICY_VERSION_ID);
    }

    fn example() -> Self {
        Self { policy_arn: EXAMPLE_POLICY.into(), version_id: "v1".into() }
    }
}
