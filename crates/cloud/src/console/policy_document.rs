//! A policy's text under way, read as saving it would read it.

use model::console::{CheckPolicyDocument, CheckPolicyDocumentOutput, DocumentProblem};
use policy::{PolicyKind, validate::validate};

use super::policy_summary::{grants, remaining};
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
        let size = i64::try_from(policy::size_without_white_space(text)).unwrap_or(i64::MAX);
        Ok(match validate(text, PolicyKind::Identity) {
            Ok(document) => {
                let grants = grants(&document);
                CheckPolicyDocumentOutput { problem: None, remaining: remaining(&grants), grants, size }
            }
            Err(malformed) => CheckPolicyDocumentOutput {
                problem: Some(DocumentProblem {
                    message: malformed.to_string(),
                    detail: malformed.detail.map(|detail| detail.to_string()),
                    line: malformed.position.line,
                    column: malformed.position.column,
                }),
                size,
                ..CheckPolicyDocumentOutput::default()
            },
        })
    }
}
