//! A document back into JSON. One value is written bare, several as a list, as tutorials do; conditions
//! with the same operator come together.

use serde::Serialize as _;
use serde_json::{Map, Serializer, Value, ser::PrettyFormatter};

use crate::document::{
    ConditionElement, Document, Element, NamedPrincipal, PrincipalElement, PrincipalType, Principals, Statement,
};
use crate::sketch::{Sketch, SketchedStatement};

impl Document {
    /// The policy as a JSON value. Read back, it is an equal document.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut policy = Map::new();
        if let Some(version) = self.version {
            policy.insert("Version".into(), version.as_str().into());
        }
        if let Some(id) = &self.id {
            policy.insert("Id".into(), id.as_str().into());
        }
        policy.insert("Statement".into(), self.statements.iter().map(statement).collect());
        Value::Object(policy)
    }
}

impl Sketch {
    /// The policy as text, laid out as the console does: four blanks for each level. Read back, it is an equal sketch.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut policy = Map::new();
        if let Some(version) = self.version {
            policy.insert("Version".into(), version.as_str().into());
        }
        if let Some(id) = &self.id {
            policy.insert("Id".into(), id.as_str().into());
        }
        policy.insert("Statement".into(), self.statements.iter().map(SketchedStatement::to_json).collect());
        indented(&Value::Object(policy))
    }
}

impl SketchedStatement {
    fn to_json(&self) -> Value {
        let Self { sid, effect, principal, action, resource, conditions } = self;
        members(sid.as_deref(), effect, principal.as_ref(), action.as_ref(), resource.as_ref(), conditions)
    }

    /// The statement alone as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        indented(&self.to_json())
    }
}

/// JSON with four blanks for each level.
fn indented(value: &Value) -> String {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    // A tree of JSON can always be written to memory.
    let written = value.serialize(&mut Serializer::with_formatter(&mut text, formatter));
    debug_assert!(written.is_ok());
    String::from_utf8(text).unwrap_or_default()
}

fn statement(statement: &Statement) -> Value {
    let Statement { sid, effect, principal, action, resource, conditions, .. } = statement;
    members(sid.as_deref(), effect.as_str(), principal.as_ref(), Some(action), resource.as_ref(), conditions)
}

/// A statement with those elements that there are.
fn members(
    sid: Option<&str>,
    effect: &str,
    principal: Option<&PrincipalElement>,
    action: Option<&Element>,
    resource: Option<&Element>,
    all: &[ConditionElement],
) -> Value {
    let mut members = Map::new();
    if let Some(sid) = sid {
        members.insert("Sid".into(), sid.into());
    }
    members.insert("Effect".into(), effect.into());
    if let Some(PrincipalElement { negated, principals }) = principal {
        let name = if *negated { "NotPrincipal" } else { "Principal" };
        members.insert(name.into(), who(principals));
    }
    if let Some(Element { negated, values }) = action {
        members.insert(if *negated { "NotAction" } else { "Action" }.into(), one_or_many(values));
    }
    if let Some(Element { negated, values }) = resource {
        members.insert(if *negated { "NotResource" } else { "Resource" }.into(), one_or_many(values));
    }
    if !all.is_empty() {
        members.insert("Condition".into(), conditions(all));
    }
    Value::Object(members)
}

fn who(principals: &Principals) -> Value {
    match principals {
        Principals::Everyone => "*".into(),
        Principals::Named(named) => {
            let mut members = Map::new();
            for kind in PrincipalType::ALL {
                let of_kind = named.iter().filter(|principal| principal.kind == kind);
                let values: Vec<String> = of_kind.map(|NamedPrincipal { value, .. }| value.clone()).collect();
                if !values.is_empty() {
                    members.insert(kind.as_str().into(), one_or_many(&values));
                }
            }
            Value::Object(members)
        }
    }
}

fn conditions(conditions: &[ConditionElement]) -> Value {
    let mut operators = Map::new();
    for ConditionElement { operator, key, values } in conditions {
        let keys = operators.entry(operator.as_str()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(keys) = keys {
            keys.insert(key.clone(), one_or_many(values));
        }
    }
    Value::Object(operators)
}

fn one_or_many(values: &[String]) -> Value {
    match values {
        [one] => one.as_str().into(),
        many => many.iter().map(String::as_str).collect(),
    }
}
