//! Why: the decision in words, the statement that decided with its place in the text, what else had a say,
//! and which statements came near. It takes longer than the decision, and crosses to the browser.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::condition::Truth;
use crate::document::{ConditionElement, Effect, Statement};
use crate::error::Span;
use crate::evaluate::{Outcome, evaluate, layers};
use crate::policy::Compiled;
use crate::request::Request;
use crate::set::{Attached, Layer, Place, PolicySet, Source};

/// A decision with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Allowed, denied, or not allowed.
    pub outcome: Outcome,
    /// The kind of policy that decided: that allowed, that denied, or in which an Allow is missing.
    pub layer: Layer,
    /// Who asked, as AWS's refusals name them.
    pub principal: String,
    /// The action asked for.
    pub action: String,
    /// The resource asked for.
    pub resource: String,
    /// How AWS's refusal ends; empty if there is nothing to refuse.
    pub tail: String,
    /// The statement that decided; `None` if one is missing, or for the root user.
    pub decided_by: Option<StatementRef>,
    /// All statements that apply to the request, in the order of evaluation.
    pub applied: Vec<StatementRef>,
    /// The statements that speak of the action, but do not apply.
    pub missed: Vec<Miss>,
}

/// A statement, so that a person can find it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRef {
    /// The kind of policy it stands in.
    pub layer: Layer,
    /// The policy it stands in.
    pub source: Source,
    /// The author's name for it.
    pub sid: Option<String>,
    /// Which of the policy's statements, from zero.
    pub index: usize,
    /// Give or take.
    pub effect: Effect,
    /// Its place in the policy's text.
    pub span: Span,
}

impl fmt::Display for StatementRef {
    /// `statement "AllowStuff" (line 4) of policy Developers`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sid {
            Some(sid) if !sid.is_empty() => write!(f, "statement \"{sid}\"")?,
            _ => write!(f, "statement {}", self.index.saturating_add(1))?,
        }
        write!(f, " (line {}) of policy {}", self.span.start.line, self.source.name)
    }
}

/// A statement that did not apply, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Miss {
    /// The statement.
    pub statement: StatementRef,
    /// The first element that did not fit.
    pub because: MissReason,
}

/// An element that did not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MissReason {
    /// The resource is none of those named, or is excepted.
    Resource,
    /// The principal is none of those named, or is excepted.
    Principal,
    /// A condition does not hold.
    Condition {
        /// The operator as written.
        operator: String,
        /// The key as written.
        key: String,
        /// The policy's values.
        expected: Vec<String>,
        /// The request's values; `None` if the key is absent.
        found: Option<Vec<String>>,
        /// Whether the condition cannot be evaluated, rather than being false.
        unknown: bool,
    },
}

impl Explanation {
    /// AWS's refusal in full, without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { principal, action, resource, tail, .. } = self;
        format!("User: {principal} is not authorized to perform: {action} on resource: {resource} {tail}")
    }
}

/// Answers a request as [`evaluate`] does, and says why.
#[must_use]
pub fn explain(set: &PolicySet, request: &Request) -> Explanation {
    let decision = evaluate(set, request);
    let mut explanation = Explanation {
        outcome: decision.outcome,
        layer: decision.layer,
        principal: request.principal().to_string(),
        action: request.action().to_owned(),
        resource: request.resource().to_owned(),
        tail: decision.tail(request.action()).unwrap_or_default(),
        decided_by: decision.place.and_then(|place| reference(set, place)),
        applied: Vec::new(),
        missed: Vec::new(),
    };
    for layer in layers(set, request) {
        for attached in set.layer(layer) {
            let mut statements: Vec<(Effect, &Compiled)> = attached.policy.statements().collect();
            statements.sort_by_key(|(_, compiled)| compiled.index);
            for (effect, compiled) in statements {
                let Some(statement) = attached.policy.document().statements.get(compiled.index) else {
                    continue;
                };
                if !compiled.meets_action(request) {
                    continue;
                }
                let found = named(layer, attached, compiled.index, statement);
                if compiled.applies(effect, request) {
                    explanation.applied.push(found);
                } else if let Some(because) = reason(effect, compiled, statement, request) {
                    explanation.missed.push(Miss { statement: found, because });
                }
            }
        }
    }
    explanation
}

fn reference(set: &PolicySet, place: Place) -> Option<StatementRef> {
    let (attached, statement) = set.find(place)?;
    Some(named(place.layer, attached, place.statement, statement))
}

fn named(layer: Layer, attached: &Attached, index: usize, statement: &Statement) -> StatementRef {
    StatementRef {
        layer,
        source: attached.source.clone(),
        sid: statement.sid.clone(),
        index,
        effect: statement.effect,
        span: statement.span,
    }
}

/// The first element that keeps a statement from applying.
fn reason(effect: Effect, compiled: &Compiled, statement: &Statement, request: &Request) -> Option<MissReason> {
    let misses = |truth: Truth| match effect {
        Effect::Allow => truth != Truth::True,
        Effect::Deny => truth == Truth::False,
    };
    if misses(compiled.meets_principal(request)) {
        return Some(MissReason::Principal);
    }
    if misses(compiled.meets_resource(request)) {
        return Some(MissReason::Resource);
    }
    let mut conditions = compiled.conditions(statement, request);
    let (ConditionElement { operator, key, values }, truth) = conditions.find(|(_, truth)| misses(*truth))?;
    Some(MissReason::Condition {
        operator: operator.clone(),
        key: key.clone(),
        expected: values.clone(),
        found: request.context().get(&key.to_lowercase()).map(<[String]>::to_vec),
        unknown: truth == Truth::Unknown,
    })
}
