//! What the catalogue has to say of a policy, as it crosses to pages and to the browser.

use policy::Effect;
use serde::{Deserialize, Serialize};

use crate::levels::AccessLevels;

/// What a policy says about one service: a row of its summary (IAM User Guide, "Policy summary (list of services)").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSummary {
    /// Allow or Deny. A denial is shown by itself: what is allowed is not lessened by it.
    pub effect: Effect,
    /// What the service's actions begin with, in lower case.
    pub prefix: String,
    /// Its short name, `S3`; the prefix where the catalogue does not know it.
    pub name: String,
    /// Whether the catalogue knows the service.
    pub recognized: bool,
    /// How much of it is meant. Nothing can be said of a service that is not known.
    pub access: AccessLevels,
    /// The actions meant, as written, in the order of the policy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// The actions excepted (NotAction), as written, where they touch this service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_but: Vec<String>,
    /// Those of `actions` that mean nothing the catalogue knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unrecognized: Vec<String>,
    /// The resources meant, as written; none is the one that the policy hangs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The resources excepted (NotResource), as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_but_resources: Vec<String>,
    /// The conditions, each as `key operator value`; none means always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Whether some of what is meant is so without any of `conditions`.
    #[serde(default)]
    pub also_unconditional: bool,
}

/// Something in a policy that its author should know of, at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Finding {
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// Says it in a sentence or two.
    pub message: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// The kinds of [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FindingKind {
    /// The catalogue knows no service of this prefix.
    UnknownService,
    /// The service has no action of this name, or none that the pattern means.
    UnknownAction,
    /// Neither the global condition keys nor the service's have one of this name.
    UnknownConditionKey,
    /// The operator compares something else than the key has.
    UnsuitedOperator,
    /// Everything is allowed everywhere.
    Administrator,
    /// Allow with NotAction: also what does not exist yet is allowed.
    AllowWithNotAction,
    /// `iam:PassRole` without a limit to certain roles or services.
    PassAnyRole,
    /// Everybody is let in.
    EveryPrincipal,
    /// Whoever has this can give themselves more.
    Escalation,
    /// ForAllValues of a key with one value: it is met where the key is absent, too.
    ForAllValuesOfOne,
    /// An action that another one of the statement means already.
    RedundantAction,
    /// A resource that another one of the statement means already.
    RedundantResource,
    /// A Sid without a character.
    EmptySid,
}

impl FindingKind {
    /// Whether the policy opens something dangerous, rather than most likely holding a slip.
    #[must_use]
    pub fn is_security(self) -> bool {
        let unknown = matches!(self, Self::UnknownService | Self::UnknownAction | Self::UnknownConditionKey);
        let slip = unknown || self == Self::UnsuitedOperator;
        !slip && !self.is_suggestion()
    }

    /// Whether the policy would mean the same without what was found.
    #[must_use]
    pub fn is_suggestion(self) -> bool {
        matches!(self, Self::RedundantAction | Self::RedundantResource | Self::EmptySid)
    }
}
