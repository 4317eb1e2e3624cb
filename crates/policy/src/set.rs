//! The policies that have a say in a request, each in its layer and with a label by which an explanation
//! can name it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Statement};
use crate::policy::Policy;

/// A kind of policy in the evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Layer {
    /// No policy: the account's root user may by being it.
    Root,
    /// Policies of the organization.
    ServiceControl,
    /// The policy of the resource in question.
    Resource,
    /// The trust policy of the role in question.
    RoleTrust,
    /// Policies of the user and the user's groups, or of the role.
    Identity,
    /// The permissions boundary of the user or role.
    Boundary,
    /// Policies handed over when the session was made.
    Session,
}

impl Layer {
    /// As AWS's refusals call this kind of policy.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root user",
            Self::ServiceControl => "service control policy",
            Self::Resource => "resource-based policy",
            Self::RoleTrust => "role trust policy",
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
        }
    }

    /// The name with its article: "an identity-based policy".
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Root => "the root user",
            Self::ServiceControl => "a service control policy",
            Self::Resource => "a resource-based policy",
            Self::RoleTrust => "a role trust policy",
            Self::Identity => "an identity-based policy",
            Self::Boundary => "a permissions boundary",
            Self::Session => "a session policy",
        }
    }
}

/// How a policy comes to have a say.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Attachment {
    /// Attached to the user who asks.
    User,
    /// Attached to a group of the user's, with its name.
    Group(String),
    /// Attached to the role whose session asks.
    Role,
    /// Set as the permissions boundary.
    Boundary,
    /// Handed over when the session was made.
    Session,
    /// Attached to the resource, or to the role that is to be assumed.
    Resource,
    /// Attached in the organization.
    Organization,
}

/// A policy's label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The policy's name.
    pub name: String,
    /// The ARN of a managed policy; `None` for an inline one.
    pub arn: Option<String>,
    /// Why it has a say.
    pub attachment: Attachment,
}

impl Source {
    /// The label of an inline policy.
    #[must_use]
    pub fn inline(name: impl Into<String>, attachment: Attachment) -> Self {
        Self { name: name.into(), arn: None, attachment }
    }

    /// The label of a managed policy.
    #[must_use]
    pub fn managed(name: impl Into<String>, arn: impl ToString, attachment: Attachment) -> Self {
        Self { name: name.into(), arn: Some(arn.to_string()), attachment }
    }
}

/// A policy with its label.
#[derive(Clone, Debug)]
pub struct Attached {
    /// The label.
    pub source: Source,
    /// The policy, shared with everybody else it is attached to.
    pub policy: Arc<Policy>,
}

impl Attached {
    /// Puts the label on.
    #[must_use]
    pub fn new(source: Source, policy: Arc<Policy>) -> Self {
        Self { source, policy }
    }

    fn document(&self) -> &Document {
        self.policy.document()
    }
}

/// All policies that have a say in the requests of one principal. Layers left empty do not limit, except
/// the identity's, without which nothing is allowed.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    pub(crate) identity: Vec<Attached>,
    pub(crate) boundary: Vec<Attached>,
    pub(crate) session: Vec<Attached>,
    pub(crate) resource: Vec<Attached>,
    /// Whether the resource's policy is a role's trust policy.
    pub(crate) trust: bool,
    /// Whether the resource's policy must allow in any case.
    pub(crate) required: bool,
    pub(crate) service_control: Vec<Vec<Attached>>,
}

impl PolicySet {
    /// No policies: everything is denied, except to root.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a policy of the user, of a group of the user's, or of the role.
    #[must_use]
    pub fn with_identity(mut self, policy: Attached) -> Self {
        self.identity.push(policy);
        self
    }

    /// Adds many policies as [`PolicySet::with_identity`] does.
    #[must_use]
    pub fn with_identities(mut self, policies: impl IntoIterator<Item = Attached>) -> Self {
        self.identity.extend(policies);
        self
    }

    /// Sets the permissions boundary. It gives nothing and limits what identity policies give.
    #[must_use]
    pub fn with_boundary(mut self, policy: Attached) -> Self {
        self.boundary = vec![policy];
        self
    }

    /// Adds a session policy; together they limit the session.
    #[must_use]
    pub fn with_session(mut self, policy: Attached) -> Self {
        self.session.push(policy);
        self
    }

    /// Sets the policy of the resource in question.
    #[must_use]
    pub fn with_resource(mut self, policy: Attached) -> Self {
        self.resource = vec![policy];
        (self.trust, self.required) = (false, false);
        self
    }

    /// Sets the policy of a key of KMS, without which nobody can use the key, not even its account's root user
    /// (AWS KMS Developer Guide, "Key policies in AWS KMS").
    #[must_use]
    pub fn with_key_policy(mut self, policy: Attached) -> Self {
        self.resource = vec![policy];
        (self.trust, self.required) = (false, true);
        self
    }

    /// Sets the trust policy of the role that is to be assumed. Unlike other resources' policies it must
    /// allow in any case, also within the account.
    #[must_use]
    pub fn with_trust(mut self, policy: Attached) -> Self {
        self.resource = vec![policy];
        (self.trust, self.required) = (true, true);
        self
    }

    /// Adds a level of the organization (root, unit or account) with its service control policies: every
    /// level must allow.
    #[must_use]
    pub fn with_service_control_level(mut self, policies: Vec<Attached>) -> Self {
        self.service_control.push(policies);
        self
    }

    /// The layer the resource's policy stands for.
    pub(crate) fn resource_layer(&self) -> Layer {
        if self.trust { Layer::RoleTrust } else { Layer::Resource }
    }

    /// The policies of a layer in the order in which [`Place`] counts them.
    pub fn layer(&self, layer: Layer) -> impl Iterator<Item = &Attached> {
        let (policies, levels): (&[Attached], &[Vec<Attached>]) = match layer {
            Layer::Root => (&[], &[]),
            Layer::ServiceControl => (&[], &self.service_control),
            Layer::Resource | Layer::RoleTrust if layer == self.resource_layer() => (&self.resource, &[]),
            Layer::Resource | Layer::RoleTrust => (&[], &[]),
            Layer::Identity => (&self.identity, &[]),
            Layer::Boundary => (&self.boundary, &[]),
            Layer::Session => (&self.session, &[]),
        };
        policies.iter().chain(levels.iter().flatten())
    }

    /// The policy and the statement at a place.
    #[must_use]
    pub fn find(&self, place: Place) -> Option<(&Attached, &Statement)> {
        let attached = self.layer(place.layer).nth(place.policy)?;
        Some((attached, attached.document().statements.get(place.statement)?))
    }
}

/// Where in a [`PolicySet`] a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The layer.
    pub layer: Layer,
    /// Which of the layer's policies, from zero.
    pub policy: usize,
    /// Which of the policy's statements, from zero.
    pub statement: usize,
}
