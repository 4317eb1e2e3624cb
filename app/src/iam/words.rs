//! Faults and figures in words for people.

use model::{ApiError, Timestamp};

use crate::CallError;

/// AWS's sentence about a broken constraint, said so that it helps whoever types: `what` begins the sentence
/// ("A user name"), `allowed` names the characters.
pub fn plain(constraint: &str, what: &str, allowed: &str) -> String {
    if let Some(most) = constraint.strip_prefix("Member must have length less than or equal to ") {
        format!("{what} can have at most {most} characters.")
    } else if let Some(least) = constraint.strip_prefix("Member must have length greater than or equal to ") {
        let characters = if least == "1" { "character" } else { "characters" };
        format!("{what} must have at least {least} {characters}.")
    } else if constraint.starts_with("Member must satisfy regular expression") {
        format!("{what} can hold only {allowed}.")
    } else {
        constraint.to_owned()
    }
}

/// The characters of user and group names, in words.
pub const NAME_CHARACTERS: &str = "letters, digits and + = , . @ _ - (hyphen)";

/// What is wrong with one member of an operation's input, in words; nothing if it keeps its rules.
pub fn fault_of(error: &ApiError, field: &str, what: &str, allowed: &str) -> Option<String> {
    CallError::Api(error.clone()).field(field).map(|constraint| plain(&constraint, what, allowed))
}

/// How old something is, as the 2020 tables say it: "Today", "Yesterday", "12 days".
pub fn age(since: Timestamp, now: Timestamp) -> String {
    match since.days_until(now) {
        0 => "Today".into(),
        1 => "Yesterday".into(),
        days => format!("{days} days"),
    }
}

/// "A", "A and B", "A, B + 2 more": how the Users table shows a user's groups.
pub fn some_of(names: &[String]) -> String {
    match names {
        [] => "None".into(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} + {} more", rest.len()),
    }
}

/// "1 user", "3 users".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "Showing 1 result", "Showing 3 results": beside a filter.
pub fn showing(number: i64) -> String {
    if number == 1 { "Showing 1 result".into() } else { format!("Showing {number} results") }
}

/// How the console types a managed policy, by its ARN.
pub fn policy_kind(arn: &str) -> &'static str {
    if arn.contains(":aws:policy/job-function/") {
        "Job function"
    } else if arn.contains(":iam::aws:") {
        "AWS managed policy"
    } else {
        "Managed policy"
    }
}

/// Names of policies in one line; "None" for none.
pub fn policy_names(policies: &[model::iam::AttachedPolicy]) -> String {
    if policies.is_empty() {
        return "None".into();
    }
    policies.iter().map(|policy| policy.policy_name.as_str()).collect::<Vec<_>>().join(", ")
}
