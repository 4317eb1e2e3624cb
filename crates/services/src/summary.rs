//! A policy by service, with access levels (IAM User Guide, "Policy summary (list of services)").

use std::collections::BTreeMap;

use policy::{ConditionElement, Document, Effect, Element, Pattern, Statement};

use crate::catalogue::{all, entry};
use crate::levels::AccessLevels;
use crate::resources::Applicable;
use crate::service::Service;
use crate::words::ServiceSummary;

/// What a policy says, a row for each service: denials first, then by the services' names.
#[must_use]
pub fn summarize(document: &Document) -> Vec<ServiceSummary> {
    let mut rows = Vec::new();
    for effect in [Effect::Deny, Effect::Allow] {
        let mut services: BTreeMap<String, Vec<Part>> = BTreeMap::new();
        for statement in document.statements.iter().filter(|statement| statement.effect == effect) {
            for (prefix, part) in parts(statement) {
                services.entry(prefix).or_default().push(part);
            }
        }
        let mut of_effect: Vec<_> =
            services.into_iter().filter_map(|(prefix, parts)| row(effect, prefix, &parts)).collect();
        of_effect.sort_by_cached_key(|row| row.name.to_lowercase());
        rows.append(&mut of_effect);
    }
    rows
}

/// What one statement says about one service.
struct Part<'a> {
    statement: &'a Statement,
    /// The actions meant or, with NotAction, excepted: as written, and the pattern without the service.
    actions: Vec<(&'a str, &'a str)>,
}

impl Part<'_> {
    fn negated(&self) -> bool {
        self.statement.action.negated
    }

    /// Whether every action is meant, known or not.
    fn means_everything(&self) -> bool {
        let whole = self.actions.iter().any(|(_, name)| *name == "*");
        if self.negated() { self.actions.is_empty() } else { whole }
    }
}

/// A pattern's service and action: `*` alone is every action of every service.
fn split(pattern: &str) -> (&str, &str) {
    pattern.split_once(':').unwrap_or((pattern, "*"))
}

/// The services that a statement speaks of. One that it names is there even where nobody knows it.
fn parts(statement: &Statement) -> BTreeMap<String, Part<'_>> {
    let Element { negated, values } = &statement.action;
    let mut parts: BTreeMap<String, Part<'_>> = BTreeMap::new();
    let empty = || Part { statement, actions: Vec::new() };
    if *negated {
        parts.extend(all().iter().map(|entry| (entry.prefix.clone(), empty())));
    }
    for pattern in values {
        let (prefix, name) = split(pattern);
        let prefix = prefix.to_ascii_lowercase();
        if prefix.contains(['*', '?']) {
            let services = Pattern::new(&prefix);
            for entry in all().iter().filter(|entry| services.matches(&entry.prefix)) {
                parts.entry(entry.prefix.clone()).or_insert_with(empty).actions.push((pattern, name));
            }
        } else if !*negated || parts.contains_key(&prefix) {
            parts.entry(prefix).or_insert_with(empty).actions.push((pattern, name));
        }
    }
    if *negated {
        parts.retain(|_, part| !part.actions.iter().any(|(_, name)| *name == "*"));
    }
    parts
}

/// `None` for a service of which NotAction excepts every action.
fn row(effect: Effect, prefix: String, parts: &[Part<'_>]) -> Option<ServiceSummary> {
    let entry = entry(&prefix);
    let access = match entry {
        None => AccessLevels::default(),
        Some(_) if parts.iter().any(|part| part.means_everything() && anything(part.statement)) => {
            AccessLevels::everything()
        }
        Some(entry) => levels(entry.service(), parts),
    };
    if access.is_none() && entry.is_some() && parts.iter().all(Part::negated) {
        return None;
    }
    let mut row = ServiceSummary {
        effect,
        name: entry.map_or_else(|| prefix.clone(), |entry| entry.short_name().to_owned()),
        recognized: entry.is_some(),
        access,
        prefix,
        actions: Vec::new(),
        all_but: Vec::new(),
        unrecognized: Vec::new(),
        resources: Vec::new(),
        all_but_resources: Vec::new(),
        conditions: Vec::new(),
        also_unconditional: false,
    };
    for part in parts {
        let list = if part.negated() { &mut row.all_but } else { &mut row.actions };
        for (written, name) in &part.actions {
            add(list, written);
            let known = *name == "*" || entry.is_none_or(|entry| entry.service().has_action_matching(name));
            if !part.negated() && !known {
                add(&mut row.unrecognized, written);
            }
        }
        if let Some(Element { negated, values }) = &part.statement.resource {
            let list = if *negated { &mut row.all_but_resources } else { &mut row.resources };
            values.iter().for_each(|value| add(list, value));
        }
        row.also_unconditional |= part.statement.conditions.is_empty();
        part.statement.conditions.iter().for_each(|element| add(&mut row.conditions, &condition(element)));
    }
    row.also_unconditional &= !row.conditions.is_empty();
    Some(row)
}

/// One more, unless it is there: names are compared as they are written.
fn add(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

/// Whether a statement means any resource.
fn anything(statement: &Statement) -> bool {
    statement.resource.as_ref().is_none_or(|element| element.negated || element.values.iter().any(|value| value == "*"))
}

/// What the parts together grant. An action counts if a part means it together with a resource that it can have
/// (IAM User Guide, "Troubleshoot IAM policies: My policy does not grant the expected permissions").
fn levels(service: &Service, parts: &[Part<'_>]) -> AccessLevels {
    let asked: Vec<(bool, Vec<Pattern>, Applicable)> = parts
        .iter()
        .map(|part| {
            let patterns = part.actions.iter().map(|(_, name)| Pattern::new(&name.to_ascii_lowercase())).collect();
            (part.negated(), patterns, Applicable::new(service, part.statement.resource.as_ref()))
        })
        .collect();
    AccessLevels::of(service, |action| {
        let name = action.name.to_ascii_lowercase();
        asked.iter().any(|(negated, patterns, applicable)| {
            patterns.iter().any(|pattern| pattern.matches(&name)) != *negated && applicable.to(action)
        })
    })
}

/// `aws:MultiFactorAuthPresent Bool true`.
fn condition(element: &ConditionElement) -> String {
    format!("{} {} {}", element.key, element.operator, element.values.join(" or "))
}
