//! `tests/corpus/documents`: what somebody wants to save, and the sentence with which IAM refuses it.

use policy::PolicyKind;
use policy::validate::validate;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Report, tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    /// The document or record the sentence comes from.
    source: String,
    kind: PolicyKind,
    /// What AWS answers; `null` if it takes the policy.
    error: Option<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The policy as a text, where its form matters.
    text: Option<String>,
    /// The policy.
    document: Option<Value>,
    /// Its only statement, in a policy of version 2012-10-17.
    statement: Option<Value>,
    /// Line and column that the editor marks.
    at: Option<[u32; 2]>,
    /// What the editor says in addition.
    detail: Option<String>,
}

pub fn run(report: &mut Report) {
    for (file, Table { name, source, kind, error, cases }) in tables::<Table>("documents") {
        assert!(!source.is_empty(), "{name} has a source");
        for case in cases {
            let title = format!("documents/{file}: {name}: {}", case.name);
            let result = check(kind, error.as_deref(), case);
            report.case(title, result);
        }
    }
}

fn check(kind: PolicyKind, error: Option<&str>, case: Case) -> Result<(), String> {
    let text = match (case.text, case.document, case.statement) {
        (Some(text), None, None) => text,
        (None, Some(document), None) => document.to_string(),
        (None, None, Some(statement)) => json!({ "Version": "2012-10-17", "Statement": statement }).to_string(),
        _ => return Err("it has not exactly one of text, document and statement".to_owned()),
    };
    let answer = validate(&text, kind);
    let found = answer.as_ref().err().map(ToString::to_string);
    if found.as_deref() != error {
        return Err(format!("it says {found:?}, expected {error:?}"));
    }
    match answer {
        Ok(document) => {
            let again = validate(&document.to_string(), kind);
            if again.as_ref() != Ok(&document) {
                return Err("printed and read again it is another".to_owned());
            }
        }
        Err(malformed) => {
            let at = [malformed.position.line, malformed.position.column];
            if case.at.is_some_and(|expected| expected != at) {
                return Err(format!("it marks {at:?}, expected {:?}", case.at));
            }
            let detail = malformed.detail.map(|detail| detail.to_string());
            if case.detail.is_some() && case.detail != detail {
                return Err(format!("it explains {detail:?}, expected {:?}", case.detail));
            }
        }
    }
    Ok(())
}
