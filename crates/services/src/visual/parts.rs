//! What a statement says, service by service, where it can be drawn.

use policy::{Effect, Element, SketchedStatement};

use super::{Block, Permissions};

/// Why a statement cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undrawable {
    /// It has NotAction.
    NotAction,
    /// It has NotResource.
    NotResource,
    /// It has Principal or NotPrincipal.
    Principal,
    /// It speaks of every service, or of several by a wildcard.
    ManyServices,
    /// It names an action without a service.
    NoService,
    /// Its Effect is spelled otherwise than IAM takes it.
    Effect,
    /// It names so many services and so many resources that a block for each would hold too much.
    Size,
}

/// What the blocks of a statement may repeat of it, in bytes: each has its resources and conditions.
const MOST: usize = 100_000;

/// What an action's name begins with, in lower case.
fn service_of(action: &str) -> Result<String, Undrawable> {
    match action.split_once(':') {
        _ if action == "*" => Err(Undrawable::ManyServices),
        Some((prefix, _)) if prefix.contains(['*', '?']) => Err(Undrawable::ManyServices),
        Some((prefix, _)) if !prefix.is_empty() => Ok(prefix.to_ascii_lowercase()),
        _ => Err(Undrawable::NoService),
    }
}

/// The blocks of a statement.
pub(super) fn drawn(statement: SketchedStatement) -> Vec<Block> {
    match parts(&statement) {
        Ok(parts) => parts.into_iter().map(Block::Drawn).collect(),
        Err(reason) => vec![Block::Raw(statement, reason)],
    }
}

pub(super) fn parts(statement: &SketchedStatement) -> Result<Vec<Permissions>, Undrawable> {
    let negated = |element: &Option<Element>| element.as_ref().is_some_and(|element| element.negated);
    if statement.principal.is_some() {
        return Err(Undrawable::Principal);
    }
    if negated(&statement.action) {
        return Err(Undrawable::NotAction);
    }
    if negated(&statement.resource) {
        return Err(Undrawable::NotResource);
    }
    let effect = [Effect::Allow, Effect::Deny].into_iter().find(|effect| effect.as_str() == statement.effect);
    let values = |element: &Option<Element>| element.iter().flat_map(|element| element.values.clone()).collect();
    let whole = Permissions {
        effect: effect.ok_or(Undrawable::Effect)?,
        resources: values(&statement.resource),
        conditions: statement.conditions.clone(),
        ..Permissions::begun(statement.sid.clone())
    };
    let conditions = whole.conditions.iter().flat_map(|condition| condition.values.iter().chain([&condition.key]));
    let repeated: usize = whole.resources.iter().chain(conditions).map(|text| text.len() + size_of::<String>()).sum();
    let actions: Vec<String> = values(&statement.action);
    let mut parts: Vec<Permissions> = Vec::new();
    for action in actions {
        let service = service_of(&action)?;
        if let Some(part) = parts.iter_mut().find(|part| part.service == service) {
            part.actions.push(action);
            continue;
        }
        if parts.len().saturating_mul(repeated) > MOST {
            return Err(Undrawable::Size);
        }
        // The statement's name is that of its first block.
        let (joined, sid) = if parts.is_empty() { (false, whole.sid.clone()) } else { (true, None) };
        parts.push(Permissions { service, actions: vec![action], sid, joined, ..whole.clone() });
    }
    if parts.is_empty() {
        parts.push(whole);
    }
    Ok(parts)
}
