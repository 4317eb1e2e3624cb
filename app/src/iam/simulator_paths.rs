//! The addresses of the policy simulator: one is told with every refusal.

use crate::call::encode;

/// Where it stands.
pub(crate) const PATH: &str = "/policysim";

/// Where a denial is explained.
pub(crate) const EXPLAIN: &str = "/policysim/explain";

/// The simulator with the user or group of this ARN chosen.
pub(crate) fn of_principal(arn: &str) -> String {
    format!("{PATH}?source={}", encode(arn))
}

/// The simulator with the text of a managed policy.
pub(crate) fn of_policy(arn: &str) -> String {
    format!("{PATH}?policy={}", encode(arn))
}

/// Condition keys with their values as an address holds them: a line `key=value` for each value.
pub(crate) fn facts(text: &str) -> Vec<(String, Vec<String>)> {
    let mut facts: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
        match facts.iter_mut().find(|(known, _)| known == key) {
            Some((_, values)) => values.push(value.to_owned()),
            None => facts.push((key.to_owned(), vec![value.to_owned()])),
        }
    }
    facts
}

/// The address that says so.
fn told(facts: &[(String, Vec<String>)]) -> String {
    let lines = facts.iter().flat_map(|(key, values)| values.iter().map(move |value| format!("{key}={value}")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The simulator with one question about a user's policies.
pub(crate) fn simulation(source: &str, action: &str, resource: &str, facts: &[(String, Vec<String>)]) -> String {
    let (source, action, resource, facts) = (encode(source), encode(action), encode(resource), encode(&told(facts)));
    format!("{PATH}?source={source}&action={action}&resource={resource}&context={facts}")
}

/// The page that explains why a user was refused.
pub(crate) fn explanation(principal: &str, action: &str, resource: &str, facts: &[(String, Vec<String>)]) -> String {
    let (who, action, resource, facts) = (encode(principal), encode(action), encode(resource), encode(&told(facts)));
    format!("{EXPLAIN}?principal={who}&action={action}&resource={resource}&context={facts}")
}
