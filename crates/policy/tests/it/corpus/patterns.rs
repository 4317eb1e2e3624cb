//! `tests/corpus/patterns`: the values of one element, and what they fit. Every text listed is a case.

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
    /// `Action`, `NotAction`, `Resource` or `NotResource`.
    element: String,
    values: Value,
    #[serde(default)]
    context: Keys,
    /// What the statement speaks of.
    applies: Vec<String>,
    /// What it does not speak of.
    spares: Vec<String>,
    /// What cannot be told.
    #[serde(default)]
    unknown: Vec<String>,
}

pub fn run(report: &mut Report) {
    for (file, table) in tables::<Table>("patterns") {
        let Table { name, source, element, values, .. } = &table;
        assert!(!source.is_empty(), "{name} has a source");
        let of_action = element.ends_with("Action");
        let mut elements = json!({ element: values });
        elements[if of_action { "Resource" } else { "Action" }] = json!("*");
        let listed = [(Some(true), &table.applies), (Some(false), &table.spares), (None, &table.unknown)];
        for (fits, texts) in listed {
            for text in texts {
                let (action, resource) = if of_action { (text.as_str(), "*") } else { ("s3:GetObject", text.as_str()) };
                let request =
                    Request::new(principal("user/alice"), action, resource).with_context(table.context.context());
                let answers = both_effects(table.version.as_deref().unwrap_or("2012-10-17"), &elements, &request);
                report.case(format!("patterns/{file}: {name}: {element} {values} on {text}"), compare(answers, fits));
            }
        }
    }
}
