//! A policy's text under way: what is wrong with it, what its author should know, and what it says by service.

use serde::{Deserialize, Serialize};
use services::{Finding, ServiceSummary};

use crate::{Access, Action, Fields, Guard, Operation, name};

/// Reads a policy's text as saving it would, without saving it: for the editor and its review.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CheckPolicyDocument {
    /// The text of a policy for users, groups or roles.
    #[serde(default)]
    pub policy_document: String,
}

/// What CheckPolicyDocument answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CheckPolicyDocumentOutput {
    /// Why IAM would not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<DocumentProblem>,
    /// What its author should know, in the order of the text; nothing of a text that is no policy, that no quota has
    /// room for (10,240 characters) or that names more than can be read in a moment.
    pub findings: Vec<Finding>,
    /// What it says, as in [`GetPolicySummaryOutput`](super::GetPolicySummaryOutput), of the same texts.
    pub services: Vec<ServiceSummary>,
    /// How many services of AWS's it allows nothing of.
    pub remaining: i64,
    /// Its size as quotas count it: characters, white space apart.
    pub size: i64,
}

/// Why IAM does not take a policy's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DocumentProblem {
    /// AWS's sentence.
    pub message: String,
    /// What exactly is wrong, where AWS's sentence leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Operation for CheckPolicyDocument {
    const ACTION: Action = Action::new("console", "CheckPolicyDocument");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Signed("it reads the text it is given, and nothing of the account");
    type Output = CheckPolicyDocumentOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyDocument", &self.policy_document, &name::POLICY_DOCUMENT);
    }

    fn example() -> Self {
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
        Self { policy_document: text.into() }
    }
}
