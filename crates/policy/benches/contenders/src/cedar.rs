//! `cedar-policy`, on policies that mean the same: exact actions and resources stand in the policy's scope, where Cedar
//! compares entities; what has wildcards is a `like` in the condition.

use std::fmt::Write as _;
use std::str::FromStr as _;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression};

use crate::Contender;
use crate::cases::{Case, Fact, Question, Rule, Test, USER};

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    requests: Vec<Request>,
}

impl Cedar {
    pub fn new(case: &Case) -> Self {
        let text: String = case.policies.iter().flatten().map(policy).collect();
        let policies = PolicySet::from_str(&text).unwrap_or_else(|error| panic!("{error:?} in {text}"));
        Self {
            authorizer: Authorizer::new(),
            policies,
            entities: Entities::empty(),
            requests: case.questions.iter().map(request).collect(),
        }
    }
}

/// One statement in Cedar's language. Names in the cases hold nothing that would have to be escaped.
fn policy(rule: &Rule) -> String {
    let effect = if rule.deny { "forbid" } else { "permit" };
    let mut conditions = Vec::new();
    let mut scope = |kind: &str, key: &str, values: &[String]| {
        let wild = values.iter().any(|value| value.contains('*'));
        match values {
            [any] if any == "*" => kind.to_owned(),
            [one] if !wild => format!("{kind} == {}::\"{one}\"", title(kind)),
            _ if !wild && kind == "action" => {
                let all: Vec<String> = values.iter().map(|value| format!("Action::\"{value}\"")).collect();
                format!("action in [{}]", all.join(", "))
            }
            _ => {
                let any: Vec<String> = values.iter().map(|value| format!("context.{key} like \"{value}\"")).collect();
                conditions.push(format!("({})", any.join(" || ")));
                kind.to_owned()
            }
        }
    };
    let action = scope("action", "action", &rule.actions);
    let resource = scope("resource", "resource", &rule.resources);
    conditions.extend(rule.tests.iter().map(condition));
    let mut text = format!("{effect}(principal == User::\"{USER}\", {action}, {resource})");
    if !conditions.is_empty() {
        let _ = write!(text, " when {{ {} }}", conditions.join(" && "));
    }
    text.push_str(";\n");
    text
}

fn title(kind: &str) -> &'static str {
    if kind == "action" { "Action" } else { "Resource" }
}

fn condition(test: &Test) -> String {
    let (key, then) = match test {
        Test::Equals(key, text) => (key, format!("context[\"{key}\"] == \"{text}\"")),
        Test::Like(key, pattern) => (key, format!("context[\"{key}\"] like \"{pattern}\"")),
        Test::Is(key, yes) => (key, format!("context[\"{key}\"] == {yes}")),
        Test::Within(key, network) => (key, format!("context[\"{key}\"].isInRange(ip(\"{network}\"))")),
        Test::Below(key, number) => (key, format!("context[\"{key}\"] < {number}")),
        Test::After(key, instant) => (key, format!("context[\"{key}\"] > datetime(\"{instant}\")")),
    };
    format!("(context has \"{key}\" && {then})")
}

fn request(question: &Question) -> Request {
    let text = |value: &str| RestrictedExpression::new_string(value.to_owned());
    let mut pairs =
        vec![("action".to_owned(), text(&question.action)), ("resource".to_owned(), text(&question.resource))];
    for (key, fact) in &question.context {
        let value = match fact {
            Fact::Text(value) => text(value),
            Fact::Truth(yes) => RestrictedExpression::new_bool(*yes),
            Fact::Number(number) => RestrictedExpression::new_long(*number),
            Fact::Address(address) => RestrictedExpression::new_ip(address),
            Fact::Instant(instant) => RestrictedExpression::new_datetime(instant),
        };
        pairs.push(((*key).to_owned(), value));
    }
    let entity = |kind: &str, id: &str| {
        EntityUid::from_str(&format!("{kind}::\"{id}\"")).expect("a name without anything to escape")
    };
    let context = Context::from_pairs(pairs).expect("a context");
    let (action, resource) = (entity("Action", &question.action), entity("Resource", &question.resource));
    Request::new(entity("User", USER), action, resource, context, None).expect("a request")
}

impl Contender for Cedar {
    fn name(&self) -> &'static str {
        "cedar-policy"
    }

    fn allows(&self, question: usize) -> bool {
        let answer = self.authorizer.is_authorized(&self.requests[question], &self.policies, &self.entities);
        answer.decision() == Decision::Allow
    }
}
