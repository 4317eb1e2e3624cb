//! What the author of a policy should know before saving it: names that nobody knows, and permissions that open more
//! than they seem to. The grammar's own faults are [`policy::validate`]'s.

use policy::condition::{Operator, Quantifier};
use policy::{Document, Effect, NamedPrincipal, ParseError, Pattern, Places, PolicyKind, Position, PrincipalType};
use policy::{Principals, Statement};

use crate::advice;
use crate::catalogue::{all, condition_key, entry, global_condition_keys};
use crate::escalation::METHODS;
use crate::words::{Finding, FindingKind};

/// How many methods one message spells out.
const SPELLED_OUT: usize = 3;
/// How many slips, and how many dangers, are told of one text at most: whoever has that many, reads no more.
const MOST: usize = 100;
/// How many names are suggested at most: to find the nearest of thousands takes a while.
const MOST_SUGGESTIONS: usize = 20;

/// What is noteworthy, in the order of the text: the first hundred slips, the first twenty with a suggestion, the first
/// hundred permissions that open more than they seem to, and the first hundred things that could be left out.
///
/// # Errors
/// The text is no policy of this kind.
pub fn findings(text: &str, kind: PolicyKind) -> Result<Vec<Finding>, ParseError> {
    let document = Document::parse(text, kind)?;
    let places = policy::places(text)?;
    let mut found = Found::default();
    for (statement, places) in document.statements.iter().zip(&places) {
        found.names(statement, places);
        found.advice(statement, places);
        if statement.effect == Effect::Allow {
            found.permissions(statement, places);
            found.principals(statement, places);
            found.quantifiers(statement, places);
        }
    }
    let mut findings = found.slips;
    findings.append(&mut found.dangers);
    findings.append(&mut found.advice);
    findings.sort_by_key(|finding| (finding.line, finding.column, finding.kind));
    Ok(findings)
}

#[derive(Default)]
struct Found {
    slips: Vec<Finding>,
    dangers: Vec<Finding>,
    advice: Vec<Finding>,
    suggestions: usize,
}

impl Found {
    fn add(&mut self, kind: FindingKind, at: Position, message: String) {
        let list = match kind {
            kind if kind.is_security() => &mut self.dangers,
            kind if kind.is_suggestion() => &mut self.advice,
            _ => &mut self.slips,
        };
        if list.len() < MOST {
            list.push(Finding { kind, message, line: at.line, column: at.column });
        }
    }

    /// " Did you mean s3:GetObject?", as long as there may be more of them.
    fn suggestion<'a>(&mut self, before: &str, written: &str, names: impl Iterator<Item = &'a str>) -> String {
        if self.suggestions >= MOST_SUGGESTIONS {
            return String::new();
        }
        self.suggestions += 1;
        nearest(written, names).map_or_else(String::new, |name| format!(" Did you mean {before}{name}?"))
    }

    /// Services, actions and condition keys that the catalogue does not know, and keys compared as what they are not.
    fn names(&mut self, statement: &Statement, places: &Places) {
        for (pattern, at) in statement.action.values.iter().zip(&places.actions) {
            if self.slips.len() >= MOST {
                return;
            }
            if let Some((kind, message)) = self.unknown(pattern) {
                self.add(kind, *at, message);
            }
        }
        for (condition, at) in statement.conditions.iter().zip(&places.conditions) {
            if self.slips.len() >= MOST {
                return;
            }
            let prefix = condition.key.split(':').next().unwrap_or_default().to_ascii_lowercase();
            // Keys of identity providers bear the provider's own name: nobody can list them.
            if (prefix == "aws" || entry(&prefix).is_some()) && condition_key(&condition.key).is_none() {
                let known = global_condition_keys().iter().map(|key| key.name.as_str());
                let own = crate::service(&prefix).map(|service| service.condition_keys.as_slice()).unwrap_or_default();
                let names = known.chain(own.iter().map(|key| key.name.as_str()));
                let suggestion = self.suggestion("", &condition.key, names);
                let message = format!("There is no condition key {}.{suggestion}", condition.key);
                self.add(FindingKind::UnknownConditionKey, *at, message);
            }
            if let Some(needed) = advice::needed_operator(&condition.operator, &condition.key) {
                let message = format!(
                    "Use the operator type {needed} instead of operator {} for the condition key {}.",
                    condition.operator, condition.key
                );
                self.add(FindingKind::UnsuitedOperator, *at, message);
            }
        }
    }

    /// Why the catalogue does not know what an action pattern means.
    fn unknown(&mut self, pattern: &str) -> Option<(FindingKind, String)> {
        let (prefix, name) = pattern.split_once(':')?;
        if prefix.contains(['*', '?']) {
            return None;
        }
        let Some(entry) = entry(prefix) else {
            let suggestion = self.suggestion("", prefix, all().iter().map(|entry| entry.prefix.as_str()));
            let message = format!("There is no service {prefix}.{suggestion}");
            return Some((FindingKind::UnknownService, message));
        };
        let service = entry.service();
        if name == "*" || service.has_action_matching(name) {
            return None;
        }
        let names = service.actions.iter().map(|action| action.name.as_str());
        let suggestion = self.suggestion(&format!("{}:", entry.prefix), name, names);
        let message = if name.contains(['*', '?']) {
            format!("No action of {} begins or is named so: {pattern}.{suggestion}", entry.name)
        } else {
            format!("{} has no action {name}.{suggestion}", entry.name)
        };
        Some((FindingKind::UnknownAction, message))
    }

    /// What could be left out, in the words of IAM Access Analyzer's policy checks.
    fn advice(&mut self, statement: &Statement, places: &Places) {
        if statement.sid.as_deref() == Some("") {
            let message = "Add a value to the empty string in the SID element.".to_owned();
            self.add(FindingKind::EmptySid, places.statement.start, message);
        }
        let actions = advice::redundant_actions(&statement.action);
        if let Some((first, at)) =
            actions.first().and_then(|place| Some((statement.action.values.get(*place)?, places.actions.get(*place)?)))
        {
            let message = format!(
                "The {} action(s) are redundant because they provide similar permissions. Update the policy to remove the \
                 redundant action such as: {first}.",
                actions.len()
            );
            self.add(FindingKind::RedundantAction, *at, message);
        }
        let resources = statement.resource.as_ref().map(advice::redundant_resources).unwrap_or_default();
        if let Some(at) = resources.first().and_then(|place| places.resources.get(*place)) {
            let message = format!(
                "The {} resource ARN(s) are redundant because they reference the same resource. Review the use of \
                 wildcards (*).",
                resources.len()
            );
            self.add(FindingKind::RedundantResource, *at, message);
        }
    }

    /// ForAllValues where a request has one value: without any it is met.
    fn quantifiers(&mut self, statement: &Statement, places: &Places) {
        for (condition, at) in statement.conditions.iter().zip(&places.conditions) {
            let operator = condition.operator.parse::<Operator>();
            let every = operator.is_ok_and(|operator| operator.quantifier == Some(Quantifier::ForAllValues));
            if every && condition_key(&condition.key).is_some_and(|key| !key.key_type.is_multivalued()) {
                let message = format!(
                    "Using ForAllValues qualifier with the single-valued condition key {} can be overly permissive. We \
                     recommend that you remove ForAllValues:.",
                    condition.key
                );
                self.add(FindingKind::ForAllValuesOfOne, *at, message);
            }
        }
    }

    /// What an Allow opens.
    fn permissions(&mut self, statement: &Statement, places: &Places) {
        if statement.action.negated {
            let message = "Allow with NotAction allows every other action of every service, also those that do not \
                           exist yet. Allow the actions that are needed, or deny with NotAction."
                .to_owned();
            self.add(FindingKind::AllowWithNotAction, places.action, message);
            return;
        }
        let reach = Reach::of(statement);
        for (pattern, at) in statement.action.values.iter().zip(&places.actions) {
            if self.dangers.len() >= MOST {
                return;
            }
            if reach.everything && matches!(pattern.as_str(), "*" | "*:*") {
                let message = "Every action on every resource: this is full administrative access.".to_owned();
                self.add(FindingKind::Administrator, *at, message);
                continue;
            }
            let means = Pattern::new(&pattern.to_ascii_lowercase());
            if reach.every_role && means.matches("iam:passrole") && !reach.says("iam:passedtoservice") {
                let message = "iam:PassRole for every role lets its holder hand a role with more permissions to a \
                               service and use it there. Name the roles in Resource, or the service in a condition \
                               on iam:PassedToService."
                    .to_owned();
                self.add(FindingKind::PassAnyRole, *at, message);
            }
            let methods: Vec<&str> = METHODS
                .iter()
                .filter(|method| means.matches(&method.action.to_ascii_lowercase()))
                .filter(|method| !method.of_others || reach.others)
                .filter(|_| !reach.says("iam:policyarn") && !reach.says("iam:permissionsboundary"))
                .map(|method| method.means)
                .collect();
            if !methods.is_empty() {
                let message =
                    format!("With {pattern} here the holder can {}: a way to more permissions.", listed(&methods));
                self.add(FindingKind::Escalation, *at, message);
            }
        }
    }

    /// Everybody in a policy of a resource or of a role.
    fn principals(&mut self, statement: &Statement, places: &Places) {
        let (Some(element), Some(at)) = (&statement.principal, places.principal) else { return };
        let any = |name: &NamedPrincipal| name.kind == PrincipalType::Aws && name.value == "*";
        let everyone = match &element.principals {
            Principals::Everyone => true,
            Principals::Named(named) => named.iter().any(any),
        };
        let message = match (element.negated, everyone, statement.conditions.is_empty()) {
            (true, ..) => "Allow with NotPrincipal lets in everybody but those named, also the anonymous.",
            (false, true, true) => "A wildcard principal lets in everybody, of every account. Name who is meant.",
            (false, true, false) => "A wildcard principal lets in everybody who meets the conditions.",
            (false, false, _) => return,
        };
        self.add(FindingKind::EveryPrincipal, at, message.to_owned());
    }
}

/// How far a statement's resources go.
struct Reach<'a> {
    statement: &'a Statement,
    /// Every resource.
    everything: bool,
    /// Every role of the account.
    every_role: bool,
    /// Somebody else than the one who asks.
    others: bool,
}

impl<'a> Reach<'a> {
    fn of(statement: &'a Statement) -> Self {
        let values = statement.resource.as_ref().map(|element| element.values.as_slice()).unwrap_or_default();
        let open = statement.resource.as_ref().is_none_or(|element| element.negated);
        let everything = open || values.iter().any(|value| value == "*");
        // A name that nobody has: what means it, means every name.
        let any = |kind: &str| {
            let name = format!("arn:aws:iam::123456789012:{kind}/any/path/Any-Name");
            everything || values.iter().any(|value| Pattern::resource(value).matches(&name) || ends_open(value, kind))
        };
        let own = |value: &String| value.contains("${aws:username}") || value.contains("${aws:userid}");
        Self { statement, everything, every_role: any("role"), others: everything || !values.iter().all(own) }
    }

    /// Whether the statement has a condition on this key, given in lower case.
    fn says(&self, key: &str) -> bool {
        self.statement.conditions.iter().any(|condition| condition.key.eq_ignore_ascii_case(key))
    }
}

/// Whether a resource of one account ends in `role/*`.
fn ends_open(value: &str, kind: &str) -> bool {
    value.rsplit(':').next().is_some_and(|resource| resource == "*" || resource == format!("{kind}/*"))
        && value.split(':').nth(2) == Some("iam")
}

/// "a, b, c and 4 more".
fn listed(texts: &[&str]) -> String {
    match texts {
        [one] => (*one).to_owned(),
        _ if texts.len() <= SPELLED_OUT => {
            let (last, first) = texts.split_last().unwrap_or((&"", &[]));
            format!("{} and {last}", first.join(", "))
        }
        _ => format!("{} and {} more such things", texts[..SPELLED_OUT].join(", "), texts.len() - SPELLED_OUT),
    }
}

/// The name that differs least from what was written, if it differs by at most a third.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_ascii_lowercase();
    let length = written.chars().count();
    let most = (length / 3).clamp(1, 4);
    names
        .filter(|name| name.len().abs_diff(length) <= most)
        .map(|name| (strsim::levenshtein(&written, &name.to_ascii_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}
