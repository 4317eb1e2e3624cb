//! A policy's text under way, read as saving it would read it.

use model::{
    ApiError,
    console::{CheckPolicyDocument, CheckPolicyDocumentOutput, DocumentProblem},
};
use policy::{Document, PolicyKind, validate::validate};

use super::policy_summary::remaining;
use crate::{
    error::Result,
    execute::{Execute, Preparation, Target},
    limits,
    tx::Tx,
};

impl Execute for CheckPolicyDocument {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let text = self.policy_document.clone();
        preparation.prepared.document = Some(preparation.cloud.calculations().run(move || Ok(read(&text))).await?);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<CheckPolicyDocumentOutput> {
        Ok(tx.prepared.document.take().ok_or(ApiError::Unavailable)?)
    }
}

/// What the text says. Of one that no quota has room for, or that takes too long to sum up, only whether it is a policy.
fn read(text: &str) -> CheckPolicyDocumentOutput {
    let problem = validate(text, PolicyKind::Identity).err().map(|malformed| DocumentProblem {
        message: malformed.to_string(),
        detail: malformed.detail.map(|detail| detail.to_string()),
        line: malformed.position.line,
        column: malformed.position.column,
    });
    let size = i64::try_from(policy::size_without_white_space(text)).unwrap_or(i64::MAX);
    // What IAM would not save can still say something: an older version, a doubled Sid.
    let document = Document::parse(text, PolicyKind::Identity).ok();
    let document = document.filter(|_| size <= limits::LARGEST_POLICY).filter(services::can_be_summarized);
    let is_read = document.is_some();
    let services = document.as_ref().map(services::summarize).unwrap_or_default();
    let findings =
        if is_read { services::findings(text, PolicyKind::Identity).unwrap_or_default() } else { Vec::new() };
    CheckPolicyDocumentOutput {
        problem,
        findings,
        remaining: i64::try_from(remaining(&services).len()).unwrap_or(i64::MAX),
        services,
        size,
    }
}
