//! What the author of a policy should know before saving it: names that nobody knows, and permissions that open more
//! than they seem to. The grammar's own faults are [`policy::validate`]'s.

use policy::{Document, Effect, NamedPrincipal, ParseError, Pattern, Places, PolicyKind, Position, PrincipalType};
use policy::{Principals, Statement};

use crate::catalogue::{all, condition_key, entry, global_condition_keys};
use crate::escalation::METHODS;
use crate::words::{Finding, FindingKind};

/// How many methods one message spells out.
const SPELLED_OUT: usize = 3;

/// Everything noteworthy, in the order of the text.
///
/// # Errors
/// The text is no policy of this kind.
pub fn findings(text: &str, kind: PolicyKind) -> Result<Vec<Finding>, ParseError> {
    let document = Document::parse(text, kind)?;
    let places = policy::places(text)?;
    let mut found = Found::default();
    for (statement, places) in document.statements.iter().zip(&places) {
        found.names(statement, places);
        if statement.effect == Effect::Allow {
            found.permissions(statement, places);
            found.principals(statement, places);
        }
    }
    found.0.sort_by_key(|finding| (finding.line, finding.column, finding.kind));
    Ok(found.0)
}

#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, kind: FindingKind, at: Position, message: String) {
        self.0.push(Finding { kind, message, line: at.line, column: at.column });
    }

    /// Services, actions and condition keys that the catalogue does not know.
    fn names(&mut self, statement: &Statement, places: &Places) {
        for (pattern, at) in statement.action.values.iter().zip(&places.actions) {
            if let Some((kind, message)) = unknown(pattern) {
                self.add(kind, *at, message);
            }
        }
        for (condition, at) in statement.conditions.iter().zip(&places.conditions) {
            let prefix = condition.key.split(':').next().unwrap_or_default().to_ascii_lowercase();
            // Keys of identity providers bear the provider's own name: nobody can list them.
            if (prefix == "aws" || entry(&prefix).is_some()) && condition_key(&condition.key).is_none() {
                let known = global_condition_keys().iter().map(|key| key.name.as_str());
                let own = crate::service(&prefix).map(|service| service.condition_keys.as_slice()).unwrap_or_default();
                let nearest = nearest(&condition.key, known.chain(own.iter().map(|key| key.name.as_str())));
                let message = format!("There is no condition key {}.{}", condition.key, suggestion(nearest));
                self.add(FindingKind::UnknownConditionKey, *at, message);
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

/// Why the catalogue does not know what an action pattern means.
fn unknown(pattern: &str) -> Option<(FindingKind, String)> {
    let (prefix, name) = pattern.split_once(':')?;
    if prefix.contains(['*', '?']) {
        return None;
    }
    let Some(entry) = entry(prefix) else {
        let nearest = nearest(prefix, all().iter().map(|entry| entry.prefix.as_str()));
        let message = format!("There is no service {prefix}.{}", suggestion(nearest));
        return Some((FindingKind::UnknownService, message));
    };
    let service = entry.service();
    if name == "*" || !service.actions_matching(name).is_empty() {
        return None;
    }
    let nearest = nearest(name, service.actions.iter().map(|action| action.name.as_str()));
    let nearest = nearest.map(|name| format!("{}:{name}", entry.prefix));
    let message = if name.contains(['*', '?']) {
        format!("No action of {} begins or is named so: {pattern}.{}", entry.name, suggestion(nearest))
    } else {
        format!("{} has no action {name}.{}", entry.name, suggestion(nearest))
    };
    Some((FindingKind::UnknownAction, message))
}

fn suggestion(nearest: Option<impl AsRef<str>>) -> String {
    nearest.map_or_else(String::new, |name| format!(" Did you mean {}?", name.as_ref()))
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
