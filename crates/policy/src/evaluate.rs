//! The decision (IAM User Guide, "Policy evaluation logic"): an explicit deny wins, then every layer that
//! limits must allow, and what nobody allows is denied.

use serde::{Deserialize, Serialize};

use crate::grant::Grant;
use crate::policy::Policy;
use crate::principal::Principal;
use crate::request::Request;
use crate::set::{Attached, Layer, Place, PolicySet};

/// The answer in one word, spelled as the policy simulator's API does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Allowed.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// Nothing allows it.
    ImplicitDeny,
}

/// The answer, with what decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decision {
    /// Allowed or not.
    pub outcome: Outcome,
    /// The kind of policy that decided: that allowed, that denied, or in which an Allow is missing.
    pub layer: Layer,
    /// The statement that decided; `None` if one is missing, or for the root user.
    pub place: Option<Place>,
}

impl Decision {
    /// Whether the request may go on.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// How AWS's refusal ends; `None` if there is nothing to refuse. The sentence before it is
    /// `User: {principal} is not authorized to perform: {action} on resource: {resource}`.
    #[must_use]
    pub fn tail(&self, action: &str) -> Option<String> {
        match self.outcome {
            Outcome::Allowed => None,
            Outcome::ExplicitDeny => Some(format!("with an explicit deny in {}", self.layer.with_article())),
            Outcome::ImplicitDeny => Some(format!("because no {} allows the {action} action", self.layer.name())),
        }
    }

    fn denied(place: Place) -> Self {
        Self { outcome: Outcome::ExplicitDeny, layer: place.layer, place: Some(place) }
    }

    fn missing(layer: Layer) -> Self {
        Self { outcome: Outcome::ImplicitDeny, layer, place: None }
    }

    fn allowed(place: Place) -> Self {
        Self { outcome: Outcome::Allowed, layer: place.layer, place: Some(place) }
    }

    fn root() -> Self {
        Self { outcome: Outcome::Allowed, layer: Layer::Root, place: None }
    }
}

/// Answers a request.
#[must_use]
pub fn evaluate(set: &PolicySet, request: &Request) -> Decision {
    match explicit_deny(set, request) {
        Some(place) => Decision::denied(place),
        None => without_deny(set, request).unwrap_or_else(|missing| missing),
    }
}

/// What the root user of a bucket's account can always do, so that a bucket policy that denies everything can be
/// repaired (Amazon S3 User Guide, "Bucket policies").
const REPAIRS: [&str; 3] = ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"];

/// The layers whose denies count. Identity policies and boundaries do not reach the root user.
pub(crate) fn layers(set: &PolicySet, request: &Request) -> impl Iterator<Item = Layer> {
    let root = request.principal().is_root();
    let repairs = root && !request.is_cross_account() && REPAIRS.contains(&request.lowercase_action());
    let own: &[Layer] = if root { &[Layer::Session] } else { &[Layer::Identity, Layer::Boundary, Layer::Session] };
    let resource = (!repairs).then(|| set.resource_layer());
    [Layer::ServiceControl].into_iter().chain(resource).chain(own.iter().copied())
}

fn explicit_deny(set: &PolicySet, request: &Request) -> Option<Place> {
    layers(set, request).find_map(|layer| first(layer, set.layer(layer), |policy| policy.denying(request)))
}

/// The first statement of some policies that the closure finds.
fn first<'a>(
    layer: Layer,
    policies: impl Iterator<Item = &'a Attached>,
    statement: impl Fn(&Policy) -> Option<usize>,
) -> Option<Place> {
    let mut policies = policies.enumerate();
    policies.find_map(|(index, attached)| {
        let statement = statement(&attached.policy)?;
        Some(Place { layer, policy: index, statement })
    })
}

/// What the layers give, knowing that none denies. The error is what is missing first.
fn without_deny(set: &PolicySet, request: &Request) -> Result<Decision, Decision> {
    every_level_allows(set, request)?;
    let resource = granted(set, request);
    let missing_resource = Decision::missing(set.resource_layer());
    match request.principal() {
        // Nobody's account has policies for these: only the resource can let them in.
        Principal::Federated { .. } | Principal::Service { .. } | Principal::Anonymous => {
            resource.map(|(_, place)| Decision::allowed(place)).ok_or(missing_resource)
        }
        Principal::Root { .. } => {
            session_allows(set, request)?;
            let needs_resource = request.is_cross_account() || set.required;
            if needs_resource && resource.is_none() { Err(missing_resource) } else { Ok(Decision::root()) }
        }
        _ if request.is_cross_account() => {
            identity_allows(set, request)?;
            limits_allow(set, request)?;
            resource.map(|(_, place)| Decision::allowed(place)).ok_or(missing_resource)
        }
        _ => match resource {
            Some((Grant::Direct, place)) => Ok(Decision::allowed(place)),
            Some((Grant::Limited, place)) => {
                limits_allow(set, request)?;
                Ok(Decision::allowed(place))
            }
            Some((Grant::Account, _)) | None => {
                let place = identity_allows(set, request)?;
                limits_allow(set, request)?;
                if set.required && resource.is_none() { Err(missing_resource) } else { Ok(Decision::allowed(place)) }
            }
        },
    }
}

fn granted(set: &PolicySet, request: &Request) -> Option<(Grant, Place)> {
    let attached = set.resource.first()?;
    let (grant, statement) = attached.policy.granting(request)?;
    Some((grant, Place { layer: set.resource_layer(), policy: 0, statement }))
}

fn every_level_allows(set: &PolicySet, request: &Request) -> Result<(), Decision> {
    let allows = |level: &Vec<Attached>| level.iter().any(|attached| attached.policy.allowing(request).is_some());
    if set.service_control.iter().all(allows) { Ok(()) } else { Err(Decision::missing(Layer::ServiceControl)) }
}

fn identity_allows(set: &PolicySet, request: &Request) -> Result<Place, Decision> {
    first(Layer::Identity, set.layer(Layer::Identity), |policy| policy.allowing(request))
        .ok_or(Decision::missing(Layer::Identity))
}

/// Boundary and session policy, where there are any.
fn limits_allow(set: &PolicySet, request: &Request) -> Result<(), Decision> {
    layer_allows(Layer::Boundary, &set.boundary, request)?;
    session_allows(set, request)
}

fn session_allows(set: &PolicySet, request: &Request) -> Result<(), Decision> {
    // Who was federated by GetFederationToken without a policy got nothing (IAM User Guide, "Permissions for
    // GetFederationToken"): only a resource that names the session itself lets them in.
    if set.session.is_empty() && matches!(request.principal(), Principal::FederatedUser { .. }) {
        return Err(Decision::missing(Layer::Session));
    }
    layer_allows(Layer::Session, &set.session, request)
}

fn layer_allows(layer: Layer, policies: &[Attached], request: &Request) -> Result<(), Decision> {
    if policies.is_empty() || policies.iter().any(|attached| attached.policy.allowing(request).is_some()) {
        Ok(())
    } else {
        Err(Decision::missing(layer))
    }
}
