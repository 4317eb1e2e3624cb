//! The credential report: every user's credentials and their state, as CSV.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Operation, Timestamp};

/// The report's columns (IAM User Guide, "Get credential reports for your AWS account").
pub const CREDENTIAL_REPORT_COLUMNS: [&str; 22] = [
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    "access_key_1_active",
    "access_key_1_last_rotated",
    "access_key_1_last_used_date",
    "access_key_1_last_used_region",
    "access_key_1_last_used_service",
    "access_key_2_active",
    "access_key_2_last_rotated",
    "access_key_2_last_used_date",
    "access_key_2_last_used_region",
    "access_key_2_last_used_service",
    "cert_1_active",
    "cert_1_last_rotated",
    "cert_2_active",
    "cert_2_last_rotated",
];

/// For so long a report is the account's newest, and no other is made (IAM User Guide, likewise): four hours.
pub const CREDENTIAL_REPORT_LIFE_MS: i64 = 4 * 60 * 60 * 1000;

/// Has a credential report made, unless there is one of the last four hours.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateCredentialReport {}

/// What GenerateCredentialReport answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateCredentialReportOutput {
    /// `STARTED`, `INPROGRESS` or `COMPLETE`.
    pub state: String,
    /// The state in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Operation for GenerateCredentialReport {
    const ACTION: Action = Action::new("iam", "GenerateCredentialReport");
    const ACCESS: Access = Access::Read;
    type Output = GenerateCredentialReportOutput;

    fn example() -> Self {
        Self {}
    }
}

/// The newest credential report.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCredentialReport {}

/// What GetCredentialReport answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCredentialReportOutput {
    /// The report, in base64.
    pub content: String,
    /// `text/csv`.
    pub report_format: String,
    /// When it was made.
    pub generated_time: Timestamp,
}

impl Operation for GetCredentialReport {
    const ACTION: Action = Action::new("iam", "GetCredentialReport");
    const ACCESS: Access = Access::Read;
    type Output = GetCredentialReportOutput;

    fn example() -> Self {
        Self {}
    }
}
