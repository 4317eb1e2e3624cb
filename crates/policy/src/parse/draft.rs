//! The first step: every element has the right type, none is unknown, doubled or in conflict with another.

use super::{Draft, DraftElement, DraftStatement, Placed, missing};
use crate::document::{ConditionElement, Effect, NamedPrincipal, PrincipalElement, PrincipalType, Principals, Version};
use crate::error::{ParseError, ParseErrorKind, Position};
use crate::json::{Member, Node, Value};

/// Checks the types of all elements and that none is unknown, doubled or in conflict with another.
pub(crate) fn draft(root: &Node) -> Result<Draft, ParseError> {
    let draft = begun(root)?;
    match root.member("Statement") {
        Some(node) if draft.statements.is_empty() => {
            Err(ParseError::new(node.span.start, ParseErrorKind::Empty { element: "Statement" }))
        }
        _ => Ok(draft),
    }
}

/// The same for a policy that has no statement yet.
pub(crate) fn begun(root: &Node) -> Result<Draft, ParseError> {
    let mut draft = Draft { version: None, id: None, statements: Vec::new(), at: root.span.start };
    let mut has_statement = false;
    for member in members(root, "the policy")? {
        match member.key.as_str() {
            "Version" => draft.version = Some(version(&member.node)?),
            "Id" => draft.id = Some(string(&member.node, "Id")?),
            "Statement" => {
                has_statement = true;
                draft.statements = statements(&member.node)?;
            }
            _ => return Err(unknown(member, "a policy")),
        }
    }
    if has_statement { Ok(draft) } else { Err(missing(root.span.start, "Statement")) }
}

fn version(node: &Node) -> Result<Version, ParseError> {
    let found = string(node, "Version")?;
    Version::from_text(&found).ok_or_else(|| ParseError::new(node.span.start, ParseErrorKind::UnknownVersion { found }))
}

fn statements(node: &Node) -> Result<Vec<DraftStatement>, ParseError> {
    match &node.value {
        Value::Object(_) => Ok(vec![statement(node)?]),
        Value::Array(nodes) => nodes.iter().map(statement).collect(),
        _ => Err(wrong_type(node, "Statement", "an object or a list of objects")),
    }
}

fn statement(node: &Node) -> Result<DraftStatement, ParseError> {
    let (mut sid, mut effect, mut principal, mut action, mut resource) = (None, None, None, None, None);
    let mut conditions = Vec::new();
    for member in members(node, "a statement")? {
        let (value, at) = (&member.node, member.at);
        match member.key.as_str() {
            "Sid" => sid = Some(Placed { value: string(value, "Sid")?, at: value.span.start }),
            "Effect" => effect = Some(placed_effect(value)?),
            "Action" => set(&mut action, element(value, "Action", false, at)?, at, ["Action", "NotAction"])?,
            "NotAction" => set(&mut action, element(value, "NotAction", true, at)?, at, ["NotAction", "Action"])?,
            "Resource" => set(&mut resource, element(value, "Resource", false, at)?, at, ["Resource", "NotResource"])?,
            "NotResource" => {
                set(&mut resource, element(value, "NotResource", true, at)?, at, ["NotResource", "Resource"])?
            }
            "Principal" => {
                let element = PrincipalElement { negated: false, principals: principals(value)? };
                set(&mut principal, Placed { value: element, at }, at, ["Principal", "NotPrincipal"])?;
            }
            "NotPrincipal" => {
                let element = PrincipalElement { negated: true, principals: principals(value)? };
                set(&mut principal, Placed { value: element, at }, at, ["NotPrincipal", "Principal"])?;
            }
            "Condition" => conditions = condition(value)?,
            _ => return Err(unknown(member, "a statement")),
        }
    }
    let effect = effect.ok_or_else(|| missing(node.span.start, "Effect"))?;
    Ok(DraftStatement { sid, effect, principal, action, resource, conditions, span: node.span })
}

/// Fills a place that two elements compete for.
fn set<T>(place: &mut Option<T>, value: T, at: Position, names: [&'static str; 2]) -> Result<(), ParseError> {
    let [one, other] = names;
    if place.is_some() {
        return Err(ParseError::new(at, ParseErrorKind::Conflict { one: other, other: one }));
    }
    *place = Some(value);
    Ok(())
}

fn placed_effect(node: &Node) -> Result<Placed<String>, ParseError> {
    let found = string(node, "Effect")?;
    let at = node.span.start;
    if [Effect::Allow, Effect::Deny].iter().any(|effect| effect.as_str().eq_ignore_ascii_case(&found)) {
        return Ok(Placed { value: found, at });
    }
    Err(ParseError::new(at, ParseErrorKind::UnknownEffect { found }))
}

fn element(node: &Node, name: &'static str, negated: bool, at: Position) -> Result<DraftElement, ParseError> {
    Ok(DraftElement { negated, values: strings(node, name)?, at })
}

fn principals(node: &Node) -> Result<Principals, ParseError> {
    const EXPECTED: &str = "\"*\" or an object";
    match &node.value {
        Value::String(text) if text == "*" => Ok(Principals::Everyone),
        Value::Object(members) if !members.is_empty() => {
            let mut named = Vec::new();
            for member in members {
                let kind = PrincipalType::ALL.into_iter().find(|kind| kind.as_str() == member.key);
                let kind = kind.ok_or_else(|| unknown(member, "Principal"))?;
                let values = strings(&member.node, kind.as_str())?;
                if values.is_empty() {
                    return Err(ParseError::new(member.at, ParseErrorKind::Empty { element: kind.as_str() }));
                }
                named.extend(values.into_iter().map(|placed| NamedPrincipal { kind, value: placed.value }));
            }
            // In the order of printing, so that a printed document reads back as an equal one.
            named.sort_by_key(|principal| principal.kind);
            Ok(Principals::Named(named))
        }
        _ => Err(wrong_type(node, "Principal", EXPECTED)),
    }
}

fn condition(node: &Node) -> Result<Vec<Placed<ConditionElement>>, ParseError> {
    let mut elements = Vec::new();
    for operator in members(node, "Condition")? {
        for key in members(&operator.node, &operator.key)? {
            let values = match &key.node.value {
                Value::Array(nodes) => nodes.iter().map(|node| scalar(node, &key.key)).collect::<Result<_, _>>()?,
                _ => vec![scalar(&key.node, &key.key)?],
            };
            let value = ConditionElement { operator: operator.key.clone(), key: key.key.clone(), values };
            elements.push(Placed { value, at: operator.at });
        }
    }
    Ok(elements)
}

/// Quotation marks are optional for numbers and booleans.
fn scalar(node: &Node, key: &str) -> Result<String, ParseError> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Ok(text.clone()),
        Value::Bool(value) => Ok(value.to_string()),
        _ => Err(wrong_type(node, key, "a string, a number, a boolean or a list of these")),
    }
}

fn strings(node: &Node, name: &str) -> Result<Vec<Placed<String>>, ParseError> {
    let placed = |node: &Node| Ok(Placed { value: string(node, name)?, at: node.span.start });
    match &node.value {
        Value::Array(nodes) => nodes.iter().map(placed).collect(),
        _ => Ok(vec![placed(node)?]),
    }
}

fn string(node: &Node, name: &str) -> Result<String, ParseError> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(wrong_type(node, name, "a string")),
    }
}

fn members<'a>(node: &'a Node, name: &str) -> Result<&'a [Member], ParseError> {
    match &node.value {
        Value::Object(members) => Ok(members),
        _ => Err(wrong_type(node, name, "an object")),
    }
}

fn wrong_type(node: &Node, element: &str, expected: &'static str) -> ParseError {
    ParseError::new(node.span.start, ParseErrorKind::WrongType { element: element.to_owned(), expected })
}

fn unknown(member: &Member, within: &'static str) -> ParseError {
    ParseError::new(member.at, ParseErrorKind::UnknownElement { element: member.key.clone(), within })
}
