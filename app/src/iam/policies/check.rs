//! Whether IAM would take a document, asked before it is saved, and what it says.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{CheckPolicyDocument, CheckPolicyDocumentOutput, Finding},
};

use super::summary;
use crate::{
    CallError,
    ui::{Alert, BulletList, Severity, SpaceBetween},
};

/// Characters of a managed policy's document at most, white space apart (IAM quotas).
pub(super) const QUOTA: i64 = 6144;

/// What a document that can be saved says, service by service, and what its author should know before.
///
/// # Errors
/// Why it cannot be saved: what CreatePolicy would answer.
pub(super) async fn reviewed(document: &str) -> Result<AnyView, CallError> {
    let output = crate::call(CheckPolicyDocument { policy_document: document.to_owned() }).await?;
    refusal(&output)?;
    let remaining = usize::try_from(output.remaining).unwrap_or_default();
    let tables = summary::tables(output.services, remaining);
    let (security, rest): (Vec<_>, Vec<_>) =
        output.findings.into_iter().partition(|finding| finding.kind.is_security());
    let (advice, slips): (Vec<_>, Vec<_>) = rest.into_iter().partition(|finding| finding.kind.is_suggestion());
    Ok(view! {
        <SpaceBetween>
            {told("security-findings", "This policy opens more than most should", Severity::Warning, security)}
            {told("findings", "This policy may not mean what it says", Severity::Warning, slips)}
            {told("suggestions", "This policy could say the same with less", Severity::Info, advice)} {tables}
        </SpaceBetween>
    }
    .into_any())
}

/// A note with a line for each finding; none where there is none.
fn told(testid: &'static str, header: &'static str, severity: Severity, findings: Vec<Finding>) -> Option<AnyView> {
    let items: Vec<String> =
        findings.into_iter().map(|finding| format!("Line {}: {}", finding.line, finding.message)).collect();
    (!items.is_empty()).then(|| view! { <Alert severity header testid><BulletList items /></Alert> }.into_any())
}

/// Fails as saving would.
fn refusal(checked: &CheckPolicyDocumentOutput) -> Result<(), ApiError> {
    if let Some(problem) = &checked.problem {
        return Err(ApiError::MalformedPolicyDocument {
            message: problem.message.clone(),
            position: Some(policy::Position { line: problem.line, column: problem.column }),
            detail: problem.detail.clone(),
        });
    }
    if checked.size > QUOTA { Err(ApiError::quota("PolicySize", QUOTA)) } else { Ok(()) }
}
