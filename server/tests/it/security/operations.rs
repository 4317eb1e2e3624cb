//! All operations and all server functions, from the product's own tables: what is added there is tested here.

use leptos::server_fn::axum::server_fn_paths;
use model::{Guard, Operation};
use serde_json::Value;

/// An operation as a form and as a server function would send it.
pub struct Known {
    /// `service:Name`, as a form's `_op` names it.
    pub op: String,
    /// Whom it answers.
    pub guard: Guard,
    /// An input that keeps its rules.
    pub example: Value,
    /// The server function's address, if islands call it.
    pub function: Option<String>,
}

impl Known {
    /// The same operation with another input.
    pub fn with(&self, example: Value) -> Self {
        Self { op: self.op.clone(), guard: self.guard, example, function: self.function.clone() }
    }
}

fn known<O: Operation>(service: &str, name: &str, functions: &[String]) -> Known {
    let lower = name.to_lowercase();
    let bare = |path: &str| {
        path.trim_start_matches("/api/").trim_end_matches(|c: char| c.is_ascii_digit()).replace('_', "").to_lowercase()
    };
    Known {
        op: format!("{service}:{name}"),
        guard: O::GUARD,
        example: serde_json::to_value(O::example()).expect("serializes"),
        function: functions.iter().find(|path| bare(path) == lower).cloned(),
    }
}

macro_rules! list {
    ($($service:ident { $($name:ident)* })*) => {
        /// Every operation of the list.
        pub fn every_operation() -> Vec<Known> {
            let functions = every_function();
            vec![$($( known::<model::$service::$name>(stringify!($service), stringify!($name), &functions), )*)*]
        }
    };
}
model::for_each_operation!(list);

/// The address of the server function that calls an operation.
pub fn function_of(op: &str) -> String {
    let known = every_operation().into_iter().find(|known| known.op == op);
    known.and_then(|known| known.function).unwrap_or_else(|| panic!("no island calls {op}"))
}

/// The address of every server function that is registered.
pub fn every_function() -> Vec<String> {
    // Naming one keeps the linker from leaving the room of all of them out.
    let _ = app::iam::calls::get_user;
    let paths: Vec<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert!(paths.len() > 50, "only {} server functions are registered: {paths:?}", paths.len());
    paths
}

/// An input with every text in it replaced.
pub fn with_texts(value: &Value, text: &str) -> Value {
    match value {
        Value::String(_) => Value::String(text.to_owned()),
        Value::Array(items) => Value::Array(items.iter().map(|item| with_texts(item, text)).collect()),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), with_texts(value, text))).collect())
        }
        other => other.clone(),
    }
}

/// An input as the members of a form.
pub fn members(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    flatten(value, String::new(), &mut found);
    found
}

fn flatten(value: &Value, name: String, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let inner = if name.is_empty() { key.clone() } else { format!("{name}[{key}]") };
                flatten(value, inner, found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(item, format!("{name}[{at}]"), found);
            }
        }
        Value::Null => {}
        Value::String(text) => found.push((name, text.clone())),
        other => found.push((name, other.to_string())),
    }
}
