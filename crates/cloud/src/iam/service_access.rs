//! Which policies open a service to a user or a group. A boundary gives nothing, so none is told of.

use std::collections::BTreeSet;

use model::iam::{
    ListPoliciesGrantingServiceAccess, ListPoliciesGrantingServiceAccessEntry, ListPoliciesGrantingServiceAccessOutput,
    PolicyGrantingServiceAccess,
};
use policy::{Attached, Attachment, Document, Effect, Layer, Pattern, Statement};

use super::{
    key_of,
    simulate::{source, source_target},
    simulation::Scenario,
};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker,
    tx::Tx,
};

/// How many services a page tells of: each may name every policy that somebody has.
const PAGE: usize = 100;

impl Execute for ListPoliciesGrantingServiceAccess {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        source_target(tx, &self.arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListPoliciesGrantingServiceAccessOutput> {
        let first = marker::number(self.marker.as_deref())?;
        let policies = Opening::of(&source(tx, &self.arn).await?);
        let last = first.saturating_add(PAGE);
        let is_truncated = last < self.service_namespaces.len();
        let page = self.service_namespaces.into_iter().skip(first).take(PAGE);
        Ok(ListPoliciesGrantingServiceAccessOutput {
            policies_granting_service_access: page.map(|namespace| entry(&policies, namespace)).collect(),
            is_truncated,
            marker: is_truncated.then(|| marker::numbered(last)),
        })
    }
}

fn entry(policies: &[Opening], service_namespace: String) -> ListPoliciesGrantingServiceAccessEntry {
    let service = service_namespace.to_ascii_lowercase();
    let opening = policies.iter().filter(|policy| policy.opens(&service));
    ListPoliciesGrantingServiceAccessEntry {
        policies: opening.map(|policy| policy.shown.clone()).collect(),
        service_namespace,
    }
}

/// A policy with what it says of services, read once for all of them.
struct Opening {
    shown: PolicyGrantingServiceAccess,
    allows: Vec<Allow>,
}

impl Opening {
    /// The policies of a user or a group by their names. Attached to the user and to a group, or to two groups, a
    /// managed policy is still one.
    fn of(scenario: &Scenario) -> Vec<Self> {
        let user = scenario.user_name.as_deref().unwrap_or_default();
        let read = |attached| Self { shown: granting(attached, user), allows: allows(attached.policy.document()) };
        let mut policies: Vec<Self> = scenario.set.layer(Layer::Identity).map(read).collect();
        policies.sort_by_cached_key(|Self { shown, .. }| {
            (key_of(&shown.policy_name), shown.policy_arn.clone(), shown.entity_type.clone(), shown.entity_name.clone())
        });
        policies.dedup_by(|one, other| one.shown == other.shown);
        policies
    }

    /// Whether it allows anything of a service, given in lower case.
    fn opens(&self, service: &str) -> bool {
        self.allows.iter().any(|allow| allow.reaches(service))
    }
}

/// The services that one Allow names or, with NotAction, excepts whole.
struct Allow {
    negated: bool,
    services: Vec<Pattern>,
}

impl Allow {
    fn reaches(&self, service: &str) -> bool {
        self.services.iter().any(|named| named.matches(service)) != self.negated
    }
}

fn allows(document: &Document) -> Vec<Allow> {
    let of = |statement: &Statement| {
        let negated = statement.action.negated;
        let parts = statement.action.values.iter().map(|pattern| pattern.split_once(':').unwrap_or((pattern, "*")));
        // Of a service, NotAction leaves something unless it excepts all of it.
        let named = parts.filter(|(_, name)| !negated || *name == "*").map(|(prefix, _)| prefix.to_ascii_lowercase());
        let services: BTreeSet<String> = named.collect();
        Allow { negated, services: services.iter().map(|prefix| Pattern::new(prefix)).collect() }
    };
    document.statements.iter().filter(|statement| statement.effect == Effect::Allow).map(of).collect()
}

fn granting(attached: &Attached, user: &str) -> PolicyGrantingServiceAccess {
    let source = &attached.source;
    let embedded = match (&source.arn, &source.attachment) {
        (Some(_), _) => None,
        (None, Attachment::Group(group)) => Some(("GROUP", group.as_str())),
        (None, _) => Some(("USER", user)),
    };
    PolicyGrantingServiceAccess {
        policy_name: source.name.clone(),
        policy_type: if source.arn.is_some() { "MANAGED" } else { "INLINE" }.to_owned(),
        policy_arn: source.arn.clone(),
        entity_type: embedded.map(|(kind, _)| kind.to_owned()),
        entity_name: embedded.map(|(_, name)| name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use policy::PolicyKind;

    use super::*;

    #[test]
    fn a_service_is_opened_by_name_by_wildcard_or_by_being_left_alone() {
        let opens = |statement: &str, service: &str| {
            let text = format!(r#"{{"Version": "2012-10-17", "Statement": {{"Resource": "*", {statement}}}}}"#);
            let document = Document::parse(&text, PolicyKind::Identity).expect("a policy");
            allows(&document).iter().any(|allow| allow.reaches(service))
        };
        assert!(opens(r#""Effect": "Allow", "Action": ["ec2:*", "S3:Get*"]"#, "s3"));
        assert!(opens(r#""Effect": "Allow", "Action": "*""#, "s3"));
        assert!(opens(r#""Effect": "Allow", "Action": "s*:List*""#, "s3"));
        assert!(opens(r#""Effect": "Allow", "NotAction": ["iam:*", "s3:Get*"]"#, "s3"));
        assert!(!opens(r#""Effect": "Allow", "NotAction": "s3:*""#, "s3"));
        assert!(!opens(r#""Effect": "Allow", "NotAction": "*""#, "s3"));
        assert!(!opens(r#""Effect": "Deny", "Action": "s3:*""#, "s3"));
        assert!(!opens(r#""Effect": "Allow", "Action": "s3-outposts:*""#, "s3"));
    }
}
