//! That the corpus leaves no gap: every form of every condition operator with the key absent, with one value and with
//! several, and every way in which each kind of policy and of principal can come out.

use std::collections::BTreeSet;

use policy::condition::Operator;
use policy::{Layer, Outcome};

use super::Keys;

/// What the cases have shown so far.
#[derive(Default)]
pub struct Coverage(BTreeSet<String>);

impl Coverage {
    /// A case of an operator, with this key of this context.
    pub fn condition(&mut self, operator: &str, key: &str, context: &Keys, answer: &str) {
        let values = context.values(key);
        let kind = match values {
            0 => "absent",
            1 => "one",
            _ => "several",
        };
        self.0.insert(format!("{operator} with {kind}"));
        if values > 0 {
            self.0.insert(format!("{operator} is {answer}"));
        }
    }

    /// A decision for somebody, as the corpus writes principals.
    pub fn decision(&mut self, principal: &str, layer: Layer, outcome: Outcome) {
        let kind = principal.split(['/', '@']).next().unwrap_or_default();
        self.0.insert(format!("{kind}: {outcome:?}"));
        self.0.insert(format!("{layer:?}: {outcome:?}"));
    }

    /// What should have been shown and was not.
    pub fn gaps(&self) -> Vec<String> {
        let forms = ["", "ForAllValues:", "ForAnyValue:"].into_iter().flat_map(|set| [(set, ""), (set, "IfExists")]);
        let operators = Operator::names().filter(|name| *name != "Null");
        let conditions = operators.flat_map(|name| {
            forms.clone().flat_map(move |(set, suffix)| {
                ["with absent", "with one", "with several", "is true", "is false"]
                    .map(|what| format!("{set}{name}{suffix} {what}"))
            })
        });
        let null = ["with absent", "with one", "with several"].map(|what| format!("Null {what}"));
        let outcomes = [Outcome::Allowed, Outcome::ExplicitDeny, Outcome::ImplicitDeny];
        let who = ["root", "user", "role", "federated", "service", "idp", "anonymous"];
        let principals = who.into_iter().flat_map(|kind| outcomes.map(|outcome| format!("{kind}: {outcome:?}")));
        // What gives can allow; what limits cannot, and neither can it be missing where it is the root user.
        let gives = ["Identity", "Resource", "RoleTrust"].into_iter();
        let given = gives.flat_map(|layer| outcomes.map(|outcome| format!("{layer}: {outcome:?}")));
        let limits = ["ServiceControl", "Boundary", "Session"].into_iter();
        let limited = limits.flat_map(|layer| {
            [Outcome::ExplicitDeny, Outcome::ImplicitDeny].map(|outcome| format!("{layer}: {outcome:?}"))
        });
        let root = ["Root: Allowed".to_owned()];
        let all = conditions.chain(null).chain(principals).chain(given).chain(limited).chain(root);
        all.filter(|cell| !self.0.contains(cell)).collect()
    }
}
