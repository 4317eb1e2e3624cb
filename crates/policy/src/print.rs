//! A document back into JSON. One value is written bare, several as a list, as tutorials do; conditions
//! with the same operator come together.

use serde_json::{Map, Value};

use crate::document::{
    ConditionElement, Document, Element, NamedPrincipal, PrincipalElement, PrincipalType, Principals, Statement,
};

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

fn statement(statement: &Statement) -> Value {
    let mut members = Map::new();
    if let Some(sid) = &statement.sid {
        members.insert("Sid".into(), sid.as_str().into());
    }
    members.insert("Effect".into(), statement.effect.as_str().into());
    if let Some(PrincipalElement { negated, principals }) = &statement.principal {
        let name = if *negated { "NotPrincipal" } else { "Principal" };
        members.insert(name.into(), who(principals));
    }
    let Element { negated, values } = &statement.action;
    members.insert(if *negated { "NotAction" } else { "Action" }.into(), one_or_many(values));
    if let Some(Element { negated, values }) = &statement.resource {
        members.insert(if *negated { "NotResource" } else { "Resource" }.into(), one_or_many(values));
    }
    if !statement.conditions.is_empty() {
        members.insert("Condition".into(), conditions(&statement.conditions));
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
