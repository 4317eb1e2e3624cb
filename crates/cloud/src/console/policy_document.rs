//! A policy's text under way, read as saving it would read it.

use model::console::{CheckPolicyDocument, CheckPolicyDocumentOutput, DocumentProblem};
use policy::{Document, PolicyKind, validate::validate};

use super::policy_summary::remaining;
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for CheckPolicyDocument {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, _tx: &mut Tx) -> Result<CheckPolicyDocumentOutput> {
        let text = &self.policy_document;
        let problem = validate(text, PolicyKind::Identity).err().map(|malformed| DocumentProblem {
            message: malformed.to_string(),
            detail: malformed.detail.map(|detail| detail.to_string()),
            line: malformed.position.line,
            column: malformed.position.column,
        });
        // What IAM would not save can still say something: an older version, a doubled Sid.
        let document = Document::parse(text, PolicyKind::Identity).ok();
        let services = document.as_ref().map(services::summarize).unwrap_or_default();
        Ok(CheckPolicyDocumentOutput {
            problem,
            findings: services::findings(text, PolicyKind::Identity).unwrap_or_default(),
            remaining: i64::try_from(remaining(&services).len()).unwrap_or(i64::MAX),
            services,
            size: i64::try_from(policy::size_without_white_space(text)).unwrap_or(i64::MAX),
        })
    }
}
