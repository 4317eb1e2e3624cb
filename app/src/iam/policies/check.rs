//! Whether IAM would take a document, asked before it is saved, and what it says.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{CheckPolicyDocument, CheckPolicyDocumentOutput},
};

use super::summary;
use crate::CallError;

/// Characters of a managed policy's document at most, white space apart (IAM quotas).
pub(super) const QUOTA: i64 = 6144;

/// What a document that can be saved says, service by service.
///
/// # Errors
/// Why it cannot be saved: what CreatePolicy would answer.
pub(super) async fn reviewed(document: &str) -> Result<AnyView, CallError> {
    let output = crate::call(CheckPolicyDocument { policy_document: document.to_owned() }).await?;
    refusal(&output)?;
    Ok(summary::shown(output.grants, output.remaining))
}

/// Fails as saving would.
pub(super) fn refusal(checked: &CheckPolicyDocumentOutput) -> Result<(), ApiError> {
    if let Some(problem) = &checked.problem {
        return Err(ApiError::MalformedPolicyDocument {
            message: problem.message.clone(),
            position: Some(policy::Position { line: problem.line, column: problem.column }),
            detail: problem.detail.clone(),
        });
    }
    if checked.size > QUOTA { Err(ApiError::quota("PolicySize", QUOTA)) } else { Ok(()) }
}
