//! `tests/corpus/conditions`: one Condition element in many contexts.

use policy::Request;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Keys, Report, both_effects, compare, principal, tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    /// The document the rule comes from.
    source: String,
    /// `2012-10-17` unless it says otherwise.
    version: Option<String>,
    condition: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// `user/alice` unless it says otherwise.
    principal: Option<String>,
    #[serde(default)]
    context: Keys,
    holds: Holds,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Holds {
    Known(bool),
    /// The word `unknown`.
    Word(String),
}

pub fn run(report: &mut Report) {
    for (file, Table { name, source, version, condition, cases }) in tables::<Table>("conditions") {
        assert!(!source.is_empty(), "{name} has a source");
        let elements = json!({ "Action": "*", "Resource": "*", "Condition": condition });
        for case in cases {
            let who = principal(case.principal.as_deref().unwrap_or("user/alice"));
            let request = Request::new(who, "s3:GetObject", "arn:aws:s3:::b/x").with_context(case.context.context());
            let fits = match &case.holds {
                Holds::Known(holds) => Some(*holds),
                Holds::Word(word) => {
                    assert_eq!(word, "unknown", "{name}: {}", case.name);
                    None
                }
            };
            if let Some((operator, key)) = only(&condition) {
                let answer = fits.map_or("unknown".to_owned(), |fits| fits.to_string());
                report.coverage.condition(operator, key, &case.context, &answer);
            }
            let answers = both_effects(version.as_deref().unwrap_or("2012-10-17"), &elements, &request);
            report.case(format!("conditions/{file}: {name}: {} ({})", case.name, case.context), compare(answers, fits));
        }
    }
}

/// The operator and the key of a Condition that has one of each.
fn only(condition: &Value) -> Option<(&str, &str)> {
    let operators = condition.as_object().filter(|operators| operators.len() == 1)?;
    let (operator, keys) = operators.iter().next()?;
    let keys = keys.as_object().filter(|keys| keys.len() == 1)?;
    Some((operator, keys.keys().next()?))
}
