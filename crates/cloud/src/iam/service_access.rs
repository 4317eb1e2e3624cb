//! Which policies open a service to a user or a group. A boundary gives nothing, so none is told of.

use std::collections::BTreeSet;

use model::{
    ApiError,
    iam::{
        ListPoliciesGrantingServiceAccess, ListPoliciesGrantingServiceAccessEntry,
        ListPoliciesGrantingServiceAccessOutput, PolicyGrantingServiceAccess,
    },
};
use policy::{Attached, Attachment, Document, Effect, Layer, Pattern, Statement};

use super::{
    effort, key_of,
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
    fn of(Named { negated, services }: Named) -> Self {
        Self { negated, services: services.iter().map(|prefix| Pattern::new(prefix)).collect() }
    }

    fn reaches(&self, service: &str) -> bool {
        self.services.iter().any(|named| named.matches(service)) != self.negated
    }
}

fn allows(document: &Document) -> Vec<Allow> {
    named(document).into_iter().map(Allow::of).collect()
}

/// What one Allow says of services: patterns in lower case.
struct Named {
    negated: bool,
    services: BTreeSet<String>,
}

fn named(document: &Document) -> Vec<Named> {
    let of = |statement: &Statement| {
        let negated = statement.action.negated;
        let parts = statement.action.values.iter().map(|pattern| pattern.split_once(':').unwrap_or((pattern, "*")));
        // Of a service, NotAction leaves something unless it excepts all of it.
        let named = parts.filter(|(_, name)| !negated || *name == "*").map(|(prefix, _)| prefix.to_ascii_lowercase());
        Named { negated, services: named.collect() }
    };
    document.statements.iter().filter(|statement| statement.effect == Effect::Allow).map(of).collect()
}

/// The services of the catalogue of which the policies allow anything, by their namespaces.
///
/// # Errors
/// [`ApiError::InvalidInput`] where the policies have more patterns than any request may ask to be searched.
pub(super) fn opened(scenario: &Scenario) -> Result<Vec<String>> {
    let all = services::all();
    let characters = all.iter().map(|entry| entry.prefix.len()).sum::<usize>();
    let [names, characters] = [all.len(), characters].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
    let (mut plain, mut searched, mut effort) = (BTreeSet::new(), Vec::new(), 0_u64);
    let attached = scenario.set.layer(Layer::Identity);
    for Named { negated, services } in attached.flat_map(|attached| named(attached.policy.document())) {
        // Names without wildcards are looked up: only patterns are held against every service.
        let is_plain = |name: &String| !negated && !name.contains(['*', '?']);
        let (known, patterns): (BTreeSet<String>, BTreeSet<String>) = services.into_iter().partition(is_plain);
        plain.extend(known);
        if negated || !patterns.is_empty() {
            effort = effort.saturating_add(effort::of_patterns(&patterns, names, characters));
            searched.push(Allow::of(Named { negated, services: patterns }));
        }
    }
    if effort > effort::MOST {
        let message = "The policies have too many patterns together to find the services that they allow.".to_owned();
        return Err(ApiError::InvalidInput { message }.into());
    }
    let allowed = |prefix: &&str| plain.contains(*prefix) || searched.iter().any(|allow| allow.reaches(prefix));
    let mut allowed: Vec<String> =
        all.iter().map(|entry| entry.prefix.as_str()).filter(allowed).map(str::to_owned).collect();
    allowed.sort_unstable();
    Ok(allowed)
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
