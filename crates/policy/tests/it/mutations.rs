//! Policies with a few characters changed, which reach deeper than invented text does: nothing makes parser,
//! validator or evaluator panic, and what may be saved can be evaluated.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use policy::validate::validate;
use policy::{
    Arn, Attached, Attachment, Document, Policy, PolicyKind, PolicySet, Principal, Request, Source, evaluate, explain,
    first_unsupported_character, size_without_white_space,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

const KINDS: [PolicyKind; 3] = [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust];

/// Every policy of the corpus' decisions, as text.
fn policies() -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    if key == "document" {
                        found.push(format!("{value:#}"));
                    } else {
                        collect(value, found);
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/decisions");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the corpus is there") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("readable");
        collect(&serde_json::from_str(&text).expect("JSON"), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

/// Characters with a meaning somewhere, and some without any.
fn piece() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u0000",
        "*",
        "?",
        "${",
        "${*}",
        "$",
        "'",
        "-",
        ".",
        "/",
        "0",
        "9",
        "e",
        "T",
        "Z",
        " ",
        "\n",
        "\u{0}",
        "é",
        "🦀",
        "arn:",
        "::",
        "IfExists",
        "ForAnyValue:",
        "Not",
        "null",
        "true",
        "1e999",
        "AWS",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_policy_is_refused_or_evaluated(
        text in select(policies()),
        edits in vec((any::<Index>(), 0..3_usize, piece()), 0..6),
        kind in select(KINDS.to_vec()),
        found in "\\PC{0,12}",
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        for (place, removed, piece) in edits {
            let start = place.index(characters.len() + 1);
            let end = (start + removed).min(characters.len());
            characters.splice(start..end, piece.chars());
        }
        let text: String = characters.into_iter().collect();
        let _ = (size_without_white_space(&text), first_unsupported_character(&text));
        let parsed = Document::parse(&text, kind);
        if let Ok(valid) = validate(&text, kind) {
            prop_assert_eq!(parsed.as_ref(), Ok(&valid), "what may be saved can be read");
        }
        if let Ok(document) = parsed {
            let again = Document::parse(&document.to_string(), kind);
            prop_assert_eq!(again.as_ref(), Ok(&document), "what is printed reads back");
            let attached = Attached::new(Source::inline("P", Attachment::User), Arc::new(Policy::new(document)));
            let set = match kind {
                PolicyKind::Resource => PolicySet::new().with_resource(attached),
                PolicyKind::Trust => PolicySet::new().with_trust(attached),
                _ => PolicySet::new().with_identity(attached),
            };
            let alice = Principal::user(Arn::user("111122223333", "/", "alice"), "AIDAEXAMPLE");
            let mut request = Request::new(alice, "s3:GetObject", "arn:aws:s3:::b/x");
            for key in ["aws:SourceIp", "aws:CurrentTime", "aws:MultiFactorAuthAge", "aws:PrincipalTag/team", "s3:prefix"] {
                request = request.with(key, found.clone());
            }
            prop_assert_eq!(explain(&set, &request).outcome, evaluate(&set, &request).outcome);
        }
    }
}

/// As many statements as fit into the longest text that the API takes, each with a Sid of its own.
#[test]
fn the_longest_policy_is_read_at_once() {
    let statement = |n: usize| format!(r#"{{"Sid":"S{n}","Effect":"Deny","Action":"s3:*{n}","Resource":"*"}}"#);
    let statements: Vec<String> = (0..1_900).map(statement).collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    assert!((100_000..131_072).contains(&text.len()), "{}", text.len());
    let document = validate(&text, PolicyKind::Identity).expect("a policy");
    assert_eq!(document.statements.len(), 1_900);
}
