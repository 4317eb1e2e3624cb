//! What a simulated question takes, told beforehand: policies, resources and context are whatever a stranger sends, and
//! a pattern can ask for as many steps as it has characters times the text has. A unit is about a nanosecond.

use policy::{Context, Document, Element, Statement};

/// What one request may take: some hundred milliseconds of a core.
pub(super) const MOST: u64 = 64_000_000;
/// What reading a statement takes, whether it applies or not.
const STATEMENT: u64 = 64;
/// What comparing two plain texts takes, and as much of it as explaining a decision repeats.
const COMPARISON: u64 = 32;
/// How often a pattern is followed to decide and to explain the decision.
const PASSES: u64 = 4;

/// What one question about all of these policies takes.
pub(super) fn of<'a>(
    documents: impl Iterator<Item = &'a Document>,
    action: &str,
    resource: &str,
    context: &Context,
) -> u64 {
    let longest = context.iter().flat_map(|(_, values)| values).map(|value| size(value)).max().unwrap_or_default();
    let statements = documents.flat_map(|document| &document.statements);
    sum(statements.map(|statement| {
        let elements = [(Some(&statement.action), action), (statement.resource.as_ref(), resource)];
        let named = elements.map(|(element, text)| element.map_or(0, |element| of_element(element, text, longest)));
        STATEMENT.saturating_add(sum(named)).saturating_add(of_conditions(statement, context, longest))
    }))
}

/// What holding patterns against all of so many names takes, which have so many characters together.
pub(super) fn of_patterns<'a>(patterns: impl IntoIterator<Item = &'a String>, names: u64, characters: u64) -> u64 {
    sum(patterns.into_iter().map(|pattern| {
        let plain = pattern == "*" || !pattern.contains(['*', '?']);
        let steps = if plain { 0 } else { size(pattern).saturating_mul(characters.saturating_add(names)) };
        COMPARISON.saturating_mul(names).saturating_add(steps)
    }))
}

fn of_element(element: &Element, text: &str, longest: u64) -> u64 {
    sum(element.values.iter().map(|pattern| COMPARISON.saturating_add(search(pattern, text, longest))))
}

fn of_conditions(statement: &Statement, context: &Context, longest: u64) -> u64 {
    sum(statement.conditions.iter().map(|condition| {
        let found = context.get(&condition.key.to_lowercase()).unwrap_or_default();
        let copied = sum(found.iter().map(|value| size(value)));
        let compared = condition.values.iter().flat_map(|expected| {
            found.iter().map(move |value| COMPARISON.saturating_add(search(expected, value, longest)))
        });
        sum(compared).saturating_add(copied).saturating_add(COMPARISON)
    }))
}

/// What following a pattern through a text takes. What differs before the first wildcard or variable is seen at once,
/// and nothing has to be looked for behind a star that ends it.
fn search(pattern: &str, text: &str, longest: u64) -> u64 {
    let Some(at) = pattern.find(['*', '?', '$']) else { return 0 };
    let (start, rest) = pattern.split_at(at);
    let begins = text.get(..at).is_some_and(|same| same.eq_ignore_ascii_case(start));
    if !begins || rest == "*" {
        return 0;
    }
    let variables = u64::try_from(rest.matches("${").count()).unwrap_or(u64::MAX);
    let steps = size(rest).saturating_add(variables.saturating_mul(longest));
    steps.saturating_mul(size(text) + 1).saturating_mul(PASSES)
}

fn size(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

fn sum(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use policy::PolicyKind;
    use serde_json::{Value, json};

    use super::*;

    fn takes(statement: Value, resource: &str, context: &Context) -> u64 {
        let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        let document = Document::parse(&text, PolicyKind::Identity).expect("a policy");
        of(std::iter::once(&document), "s3:GetObject", resource, context)
    }

    #[test]
    fn what_people_ask_takes_next_to_nothing() {
        let statement = json!({"Effect": "Allow", "Action": ["s3:Get*", "ec2:*Tags"],
            "Resource": ["arn:aws:s3:::bills", "arn:aws:s3:::bills/*", "arn:aws:s3:::home/${aws:username}/*"],
            "Condition": {"StringEquals": {"aws:PrincipalTag/Team": ["red", "blue"]}}});
        let context = Context::new().with("aws:username", "ann").with("aws:PrincipalTag/Team", "blue");
        assert!(takes(statement, "arn:aws:s3:::bills/2026/may.csv", &context) < 1_000);
    }

    #[test]
    fn patterns_variables_and_values_count_with_what_they_are_compared_with() {
        let long = "a".repeat(2_000);
        let allow = |resource: &str| json!({"Effect": "Allow", "Action": "*", "Resource": resource});
        let none = Context::new();
        assert!(takes(allow(&"*a".repeat(5_000)), &long, &none) > 10_000 * 2_000);
        assert!(takes(allow(&format!("b{}", "*a".repeat(5_000))), &long, &none) < 1_000, "seen at the first character");
        let known = Context::new().with("s3:prefix", "x".repeat(100_000));
        assert!(takes(allow(&"${s3:prefix}".repeat(1_000)), &long, &known) > 100_000 * 1_000 * 2_000);
        let like = json!({"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"StringLike": {"s3:prefix": "*x".repeat(1_000)}}});
        assert!(takes(like, "*", &known) > 2_000 * 100_000);
    }
}
