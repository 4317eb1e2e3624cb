//! A second evaluator, written from the rules alone, slow and obvious: it reads policies as JSON, knows nothing of
//! the crate under test, and tries every way a wildcard can go. `compare` holds the two against each other, and so does
//! the fuzzer, for which this is a module too (`crates/policy/fuzz`).

#[cfg(test)]
mod compare;
mod conditions;
mod invent;
mod translate;
mod words;

use serde_json::Value;

pub use invent::{all_policies, question};
pub use translate::disagreement;

use conditions::{Context, holds};
use words::{expand, fits_resource, fits_words};

/// Who asks.
#[derive(Clone, Debug)]
pub enum Who {
    Root,
    User { name: String, id: String },
    Role { name: String, session: String, id: String },
    Federated { name: String, user: String, id: String },
    Service(String),
    Anonymous,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    who: Who,
    account: String,
    action: String,
    resource: String,
    owner: Option<String>,
    context: Context,
}

/// All policies, as lists of statements. An empty list of policies is no policy.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    version: String,
    identity: Vec<Vec<Value>>,
    boundary: Vec<Vec<Value>>,
    session: Vec<Vec<Value>>,
    resource: Vec<Vec<Value>>,
    /// Whether the resource is a role to be assumed, or a key: its policy is needed.
    required: bool,
    levels: Vec<Vec<Vec<Value>>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Allowed,
    ExplicitDeny,
    ImplicitDeny,
}

/// How well a principal is named: not, by the account, by the role or user behind the session, or by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Nothing,
    Account,
    Behind,
    Self_,
}

/// The rules, one after the other.
fn decide(policies: &Policies, question: &Question) -> Answer {
    let root = matches!(question.who, Who::Root);
    let foreign = match (&question.owner, &question.who) {
        (_, Who::Service(_) | Who::Anonymous) | (None, _) => false,
        (Some(owner), _) => *owner != question.account,
    };
    let version = policies.version.as_str();
    let some = |layer: &[Vec<Value>], effect: &str| {
        layer.iter().flatten().any(|statement| statement["Effect"] == effect && applies(statement, version, question))
    };

    // An explicit deny in any policy that counts.
    let mut counting = vec![&policies.resource, &policies.session];
    counting.extend(&policies.levels);
    if !root {
        counting.extend([&policies.identity, &policies.boundary]);
    }
    if counting.into_iter().any(|layer| some(layer, "Deny")) {
        return Answer::ExplicitDeny;
    }
    let answer = |allowed: bool| if allowed { Answer::Allowed } else { Answer::ImplicitDeny };

    // The organization.
    if !policies.levels.iter().all(|level| some(level, "Allow")) {
        return Answer::ImplicitDeny;
    }
    // What the resource gives.
    let allows = policies.resource.iter().flatten().filter(|statement| statement["Effect"] == "Allow");
    let given = allows.filter(|statement| applies(statement, version, question));
    let worth = given.map(|statement| named(statement, question)).max().unwrap_or(Worth::Nothing);
    let resource = worth > Worth::Nothing;

    let identity = some(&policies.identity, "Allow");
    let boundary = policies.boundary.is_empty() || some(&policies.boundary, "Allow");
    let session = match &question.who {
        Who::Federated { .. } => some(&policies.session, "Allow"),
        _ => policies.session.is_empty() || some(&policies.session, "Allow"),
    };
    match question.who {
        Who::Service(_) | Who::Anonymous => answer(resource),
        Who::Root => answer(session && (resource || !(foreign || policies.required))),
        _ if foreign => answer(identity && boundary && session && resource),
        _ => answer(match worth {
            Worth::Self_ => true,
            Worth::Behind => boundary && session,
            Worth::Account => identity && boundary && session,
            Worth::Nothing => identity && boundary && session && !policies.required,
        }),
    }
}

/// Whether a statement does what it says: a Deny does when nothing surely speaks against it, an Allow only when
/// everything surely speaks for it.
fn applies(statement: &Value, version: &str, question: &Question) -> bool {
    let parts = [
        Some(about_action(statement, question)),
        about_resource(statement, version, question),
        Some(about_principal(statement, question)),
        holds(&statement["Condition"], version, &question.context),
    ];
    match statement["Effect"].as_str() {
        Some("Deny") => !parts.contains(&Some(false)),
        _ => parts.iter().all(|part| *part == Some(true)),
    }
}

fn about_action(statement: &Value, question: &Question) -> bool {
    let fits = |value: &String| fits_words(&value.to_lowercase(), &question.action.to_lowercase());
    match (&statement["Action"], &statement["NotAction"]) {
        (Value::Null, not) => !texts(not).iter().any(fits),
        (action, _) => texts(action).iter().any(fits),
    }
}

/// `None` if a variable in NotResource has no value and nothing else decides.
fn about_resource(statement: &Value, version: &str, question: &Question) -> Option<bool> {
    let fits = |value: &String| {
        expand(value, version, &question.context).map(|pattern| fits_resource(&pattern, &question.resource))
    };
    match (&statement["Resource"], &statement["NotResource"]) {
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, not) => {
            let answers: Vec<Option<bool>> = texts(not).iter().map(fits).collect();
            if answers.contains(&Some(true)) {
                Some(false)
            } else if answers.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        (resource, _) => Some(texts(resource).iter().any(|value| fits(value) == Some(true))),
    }
}

fn about_principal(statement: &Value, question: &Question) -> bool {
    match (&statement["Principal"], &statement["NotPrincipal"]) {
        (Value::Null, Value::Null) => true,
        _ => named(statement, question) > Worth::Nothing,
    }
}

/// How well Principal names who asks; NotPrincipal, if it does not spare them, names them as everybody.
fn named(statement: &Value, question: &Question) -> Worth {
    match (&statement["Principal"], &statement["NotPrincipal"]) {
        (Value::Null, not) => {
            let found = |worth: Worth| names(question, worth).iter().any(|name| lists(not, name));
            let whole = match question.who {
                Who::Root => found(Worth::Account),
                Who::User { .. } => found(Worth::Self_) && found(Worth::Account),
                Who::Role { .. } | Who::Federated { .. } => {
                    found(Worth::Self_) && found(Worth::Behind) && found(Worth::Account)
                }
                Who::Service(_) | Who::Anonymous => found(Worth::Self_),
            };
            if whole || everybody(not) { Worth::Nothing } else { Worth::Self_ }
        }
        (principal, _) if everybody(principal) => Worth::Self_,
        (principal, _) => [Worth::Self_, Worth::Behind, Worth::Account]
            .into_iter()
            .find(|worth| names(question, *worth).iter().any(|name| lists(principal, name)))
            .unwrap_or(Worth::Nothing),
    }
}

fn everybody(principal: &Value) -> bool {
    principal == "*" || texts(&principal["AWS"]).iter().any(|name| name == "*")
}

/// Whether the element lists a name, given as its type and the name.
fn lists(principal: &Value, (kind, name): &(&str, String)) -> bool {
    texts(&principal[*kind]).contains(name)
}

/// The names by which who asks is named with this worth.
fn names(question: &Question, worth: Worth) -> Vec<(&'static str, String)> {
    let account = &question.account;
    let aws = |names: Vec<String>| names.into_iter().map(|name| ("AWS", name)).collect();
    match (worth, &question.who) {
        (Worth::Account, Who::Service(_) | Who::Anonymous) => Vec::new(),
        (Worth::Account, _) => aws(vec![account.clone(), format!("arn:aws:iam::{account}:root")]),
        (Worth::Self_, Who::User { name, id }) => aws(vec![format!("arn:aws:iam::{account}:user/{name}"), id.clone()]),
        (Worth::Self_, Who::Role { name, session, .. }) => {
            aws(vec![format!("arn:aws:sts::{account}:assumed-role/{name}/{session}")])
        }
        (Worth::Self_, Who::Federated { name, .. }) => {
            aws(vec![format!("arn:aws:sts::{account}:federated-user/{name}")])
        }
        (Worth::Self_, Who::Service(name)) => vec![("Service", name.clone())],
        (Worth::Behind, Who::Role { name, id, .. }) => {
            aws(vec![format!("arn:aws:iam::{account}:role/{name}"), id.clone()])
        }
        (Worth::Behind, Who::Federated { user, id, .. }) => {
            aws(vec![format!("arn:aws:iam::{account}:user/{user}"), id.clone()])
        }
        _ => Vec::new(),
    }
}

/// One text or a list of them; numbers and booleans as JSON writes them.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}
