//! What IAM says to a policy that somebody wants to save: `MalformedPolicyDocument` with AWS's sentences, in
//! AWS's order of checks, as observed by the tests of moto (Apache-2.0) and in public transcripts. The
//! place is ours, for the editor.

mod problem;
mod resource;

pub use problem::Problem;

use std::collections::BTreeSet;

use thiserror::Error;

use crate::arn::Arn;
use crate::condition::{Operator, Test, is_date};
use crate::document::{Document, Effect, NamedPrincipal, PolicyKind, PrincipalType, Principals, Version};
use crate::error::{ParseError, ParseErrorKind, Position};
use crate::json;
use crate::parse::{self, Draft, DraftElement, Placed};

/// Why IAM does not take a policy. It prints as AWS's sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct Malformed {
    /// The sentence.
    pub problem: Problem,
    /// The place to mark.
    pub position: Position,
    /// What exactly is wrong there, where AWS's sentence leaves it open.
    pub detail: Option<ParseErrorKind>,
}

impl Malformed {
    fn new(problem: Problem, position: Position) -> Self {
        Self { problem, position, detail: None }
    }

    fn syntax(problem: Problem, error: ParseError) -> Self {
        Self { problem, position: error.position, detail: Some(error.kind) }
    }
}

/// The actions of STS that a trust policy can allow, in lower case.
const TRUST_ACTIONS: [&str; 6] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:setcontext",
    "sts:setsourceidentity",
    "sts:tagsession",
];

/// Reads a policy that somebody wants to save, as IAM does.
///
/// # Errors
/// The first complaint in AWS's order.
pub fn validate(text: &str, kind: PolicyKind) -> Result<Document, Malformed> {
    let no_json = if kind == PolicyKind::Trust { Problem::InvalidJson } else { Problem::Syntax };
    let root = json::read(text).map_err(|error| Malformed::syntax(no_json, error))?;
    let draft = parse::draft(&root).map_err(|error| Malformed::syntax(Problem::Syntax, error))?;
    operators(&draft)?;
    if kind == PolicyKind::Identity && draft.version != Some(Version::V2012) {
        return Err(Malformed::new(Problem::Version, draft.at));
    }
    principals(&draft, kind)?;
    effects_and_dates(&draft)?;
    let bad_resource = resource::check(&draft)?;
    sids(&draft, kind)?;
    for statement in &draft.statements {
        required(statement.action.as_ref(), statement.span.start, &Problem::NoActions)?;
    }
    if let Some(malformed) = bad_resource {
        return Err(malformed);
    }
    actions(&draft)?;
    match kind {
        PolicyKind::Identity => {
            for statement in &draft.statements {
                required(statement.resource.as_ref(), statement.span.start, &Problem::NoResources)?;
            }
        }
        PolicyKind::Trust => trust(&draft)?,
        PolicyKind::Resource => {}
    }
    draft.into_document(kind).map_err(|error| Malformed::syntax(Problem::Syntax, error))
}

fn operators(draft: &Draft) -> Result<(), Malformed> {
    for condition in draft.statements.iter().flat_map(|statement| &statement.conditions) {
        if condition.value.operator.parse::<Operator>().is_err() {
            let element = condition.value.operator.clone();
            let detail = ParseErrorKind::UnknownElement { element, within: "Condition" };
            return Err(Malformed::syntax(Problem::Syntax, ParseError::new(condition.at, detail)));
        }
    }
    Ok(())
}

fn principals(draft: &Draft, kind: PolicyKind) -> Result<(), Malformed> {
    for statement in &draft.statements {
        match (kind, &statement.principal) {
            (PolicyKind::Identity, None) => {}
            (PolicyKind::Identity, Some(principal)) => {
                return Err(Malformed::new(Problem::PrincipalInIdentityPolicy, principal.at));
            }
            (_, None) => return Err(Malformed::new(Problem::NoPrincipal, statement.span.start)),
            (_, Some(principal)) => match &principal.value.principals {
                Principals::Everyone if kind == PolicyKind::Trust => {
                    return Err(Malformed::new(Problem::Everyone, principal.at));
                }
                Principals::Everyone => {}
                Principals::Named(named) => {
                    if let Some(NamedPrincipal { kind, value }) = named.iter().find(|name| !can_exist(name)) {
                        let problem = Problem::InvalidPrincipal { kind: kind.as_str(), value: value.clone() };
                        return Err(Malformed::new(problem, principal.at));
                    }
                }
            },
        }
    }
    Ok(())
}

/// Names are never patterns; `*` alone means everybody. A unique id stands for somebody deleted.
fn can_exist(name: &NamedPrincipal) -> bool {
    let value = name.value.as_str();
    match name.kind {
        PrincipalType::Aws if value == "*" => true,
        PrincipalType::Aws if value.contains(['*', '?']) => false,
        PrincipalType::Aws if value.starts_with("arn:") => {
            value.parse::<Arn>().is_ok_and(|arn| matches!(arn.service(), "iam" | "sts"))
        }
        PrincipalType::Aws => is_account(value) || is_unique_id(value),
        PrincipalType::Service | PrincipalType::Federated | PrincipalType::CanonicalUser => {
            !value.is_empty() && !value.contains('*')
        }
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_unique_id(text: &str) -> bool {
    let known = text.starts_with("AIDA") || text.starts_with("AROA");
    known && text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn effects_and_dates(draft: &Draft) -> Result<(), Malformed> {
    for statement in &draft.statements {
        let Placed { value: effect, at } = &statement.effect;
        if Effect::from_text(effect).is_none() {
            return Err(Malformed::new(Problem::LegacyParsing, *at));
        }
        for Placed { value: condition, at } in &statement.conditions {
            let about_dates =
                condition.operator.parse().is_ok_and(|Operator { test, .. }| matches!(test, Test::Date { .. }));
            if about_dates && !condition.values.iter().all(|value| is_date(value)) {
                return Err(Malformed::new(Problem::LegacyParsing, *at));
            }
        }
    }
    Ok(())
}

/// Other services let Sids hold more characters.
fn sids(draft: &Draft, kind: PolicyKind) -> Result<(), Malformed> {
    let mut seen = BTreeSet::new();
    for Placed { value: sid, at } in draft.statements.iter().filter_map(|statement| statement.sid.as_ref()) {
        if kind != PolicyKind::Resource && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Malformed::new(Problem::SidCharacters, *at));
        }
        if !sid.is_empty() && !seen.insert(sid.as_str()) {
            return Err(Malformed::new(Problem::DuplicateSid, *at));
        }
    }
    Ok(())
}

fn required(element: Option<&DraftElement>, statement: Position, problem: &Problem) -> Result<(), Malformed> {
    match element {
        Some(element) if !element.values.is_empty() => Ok(()),
        Some(element) => Err(Malformed::new(problem.clone(), element.at)),
        None => Err(Malformed::new(problem.clone(), statement)),
    }
}

fn actions(draft: &Draft) -> Result<(), Malformed> {
    let elements = draft.statements.iter().filter_map(|statement| statement.action.as_ref());
    for Placed { value: action, at } in elements.flat_map(|element| &element.values) {
        let problem = match action.split_once(':') {
            None if action == "*" => continue,
            None => Problem::NoVendor,
            Some((_, name)) if name.contains(':') => Problem::Colons,
            Some(("*", _)) => continue,
            Some((vendor, _)) if !is_vendor(vendor) => Problem::Vendor { vendor: vendor.to_owned() },
            Some(_) => continue,
        };
        return Err(Malformed::new(problem, *at));
    }
    Ok(())
}

fn is_vendor(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

fn trust(draft: &Draft) -> Result<(), Malformed> {
    for statement in &draft.statements {
        for Placed { value: action, at } in statement.action.iter().flat_map(|element| &element.values) {
            if !TRUST_ACTIONS.contains(&action.to_ascii_lowercase().as_str()) {
                return Err(Malformed::new(Problem::TrustActions, *at));
            }
        }
        if let Some(resource) = &statement.resource {
            return Err(Malformed::new(Problem::ResourceInTrustPolicy, resource.at));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
