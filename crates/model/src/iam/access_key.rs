//! Access keys: what programs sign with.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Secret, Timestamp, name, page};

/// A new access key: the one answer that shows its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKey {
    /// Whose it is; the account id for root's.
    pub user_name: String,
    /// `AKIA…`.
    pub access_key_id: String,
    /// `Active` or `Inactive`.
    pub status: String,
    /// Forty characters, never shown again.
    pub secret_access_key: Secret,
    /// When it was made.
    pub create_date: Timestamp,
}

/// An access key without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyMetadata {
    /// Whose it is; the account id for root's.
    pub user_name: String,
    /// `AKIA…`.
    pub access_key_id: String,
    /// `Active` or `Inactive`.
    pub status: String,
    /// When it was made.
    pub create_date: Timestamp,
}

/// When and where a key was last used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyLastUsed {
    /// Absent if never; recorded at most once in 15 minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_date: Option<Timestamp>,
    /// `iam`, or `N/A`.
    pub service_name: String,
    /// `us-east-1`, or `N/A`.
    pub region: String,
}

/// Makes an access key; a user has two at most.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKey {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// What CreateAccessKey answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKeyOutput {
    /// The key, its secret for the only time.
    pub access_key: AccessKey,
}

impl Operation for CreateAccessKey {
    const ACTION: Action = Action::new("iam", "CreateAccessKey");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["SecretAccessKey"];
    type Output = CreateAccessKeyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()) }
    }
}

/// Lists a user's access keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeys {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListAccessKeys answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysOutput {
    /// The page.
    pub access_key_metadata: Vec<AccessKeyMetadata>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListAccessKeys {
    const ACTION: Action = Action::new("iam", "ListAccessKeys");
    const ACCESS: Access = Access::List;
    type Output = ListAccessKeysOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), ..Self::default() }
    }
}

/// Activates or deactivates a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAccessKey {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Which key.
    #[serde(default)]
    pub access_key_id: String,
    /// `Active` or `Inactive`.
    #[serde(default)]
    pub status: String,
}

impl Operation for UpdateAccessKey {
    const ACTION: Action = Action::new("iam", "UpdateAccessKey");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("accessKeyId", &self.access_key_id, &name::ACCESS_KEY_ID);
        fields.one_of("status", &self.status, &["Active", "Inactive"]);
    }

    fn example() -> Self {
        Self {
            user_name: Some("example-user".into()),
            access_key_id: "AKIAEXAMPLEEXAMPLE22".into(),
            status: "Inactive".into(),
        }
    }
}

/// Deletes a key; what signs with it is refused from the next request on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAccessKey {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Which key.
    #[serde(default)]
    pub access_key_id: String,
}

impl Operation for DeleteAccessKey {
    const ACTION: Action = Action::new("iam", "DeleteAccessKey");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("accessKeyId", &self.access_key_id, &name::ACCESS_KEY_ID);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), access_key_id: "AKIAEXAMPLEEXAMPLE22".into() }
    }
}

/// Tells when and where a key was last used.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsed {
    /// Which key.
    #[serde(default)]
    pub access_key_id: String,
}

/// What GetAccessKeyLastUsed answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedOutput {
    /// Whose key it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The last use.
    pub access_key_last_used: AccessKeyLastUsed,
}

impl Operation for GetAccessKeyLastUsed {
    const ACTION: Action = Action::new("iam", "GetAccessKeyLastUsed");
    const ACCESS: Access = Access::Read;
    type Output = GetAccessKeyLastUsedOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accessKeyId", &self.access_key_id, &name::ACCESS_KEY_ID);
    }

    fn example() -> Self {
        Self { access_key_id: "AKIAEXAMPLEEXAMPLE22".into() }
    }
}
