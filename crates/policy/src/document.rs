//! A policy as its author wrote it: the elements of the grammar as data, nothing decided yet.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{ParseError, Position, Span};
use crate::parse;

/// Where a policy is to be used decides which elements it must and must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PolicyKind {
    /// Attached to users, groups or roles; also permissions boundaries, session policies and service
    /// control policies. Says Resource, never Principal.
    Identity,
    /// Attached to a resource such as a bucket or a topic. Says Principal.
    Resource,
    /// The trust policy of a role. Says Principal, never Resource.
    Trust,
}

/// A version of the language, not of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Version {
    /// `2008-10-17`, also meant when Version is missing: knows no policy variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

impl Version {
    /// As the element Version spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        [Self::V2008, Self::V2012].into_iter().find(|version| version.as_str() == text)
    }
}

/// Whether a statement gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// Gives.
    Allow,
    /// Takes, whatever any other statement gives.
    Deny,
}

impl Effect {
    /// As the element Effect spells it; the spelling is case-sensitive.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        [Self::Allow, Self::Deny].into_iter().find(|effect| effect.as_str() == text)
    }
}

/// A whole policy. Two documents are equal if they say the same, wherever it stood in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `None` means [`Version::V2008`].
    pub version: Option<Version>,
    /// A name that some services use; it has no effect.
    pub id: Option<String>,
    /// At least one.
    pub statements: Vec<Statement>,
}

/// One statement: it applies to a request if all its elements fit.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The author's name for it.
    pub sid: Option<String>,
    /// Give or take.
    pub effect: Effect,
    /// For whom; `None` in policies of identities, which speak for whoever they are attached to.
    pub principal: Option<PrincipalElement>,
    /// Action or NotAction.
    pub action: Element,
    /// Resource or NotResource; `None` where the policy hangs on the one resource it can mean.
    pub resource: Option<Element>,
    /// All of them must hold.
    pub conditions: Vec<ConditionElement>,
    /// The statement's place in the text, from brace to brace.
    pub span: Span,
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.sid == other.sid
            && self.effect == other.effect
            && self.principal == other.principal
            && self.action == other.action
            && self.resource == other.resource
            && self.conditions == other.conditions
    }
}

impl Eq for Statement {}

/// Patterns of which one must fit, or, negated (`NotAction`, `NotResource`), of which none may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether the element is the `Not…` form.
    pub negated: bool,
    /// The patterns, one or more.
    pub values: Vec<String>,
}

/// Principal or NotPrincipal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// Whether the element is NotPrincipal.
    pub negated: bool,
    /// Who is meant.
    pub principals: Principals,
}

/// Who a Principal element means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principals {
    /// `"*"`: everybody, also the anonymous.
    Everyone,
    /// The ones named, by type.
    Named(Vec<NamedPrincipal>),
}

/// One entry of a Principal element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPrincipal {
    /// The key it stood under.
    pub kind: PrincipalType,
    /// The identifier, as written.
    pub value: String,
}

/// The keys of a Principal element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrincipalType {
    /// `AWS`: accounts, users, roles, sessions, or `*`.
    Aws,
    /// `Service`, such as `ec2.amazonaws.com`.
    Service,
    /// `Federated`: an identity provider.
    Federated,
    /// `CanonicalUser`: the long identifier of an account in S3.
    CanonicalUser,
}

impl PrincipalType {
    pub(crate) const ALL: [Self; 4] = [Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser];

    /// As the key is spelled.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

/// One operator with one key and its values, of which one must fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionElement {
    /// The operator as written, such as `ForAnyValue:StringLike`. It need not be one we know.
    pub operator: String,
    /// The key as written; keys are compared without regard to case.
    pub key: String,
    /// The values; numbers and booleans as their text.
    pub values: Vec<String>,
}

impl Document {
    /// Reads a policy from its text.
    ///
    /// This is the reading for policies that are already in use: it refuses what cannot be evaluated, and
    /// keeps a condition operator that it does not know; such a condition cannot be told
    /// ([`Truth`](crate::condition::Truth)). What a user wants to save goes through
    /// [`validate`](crate::validate::validate()), which asks for more and answers in AWS's sentences.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn parse(text: &str, kind: PolicyKind) -> Result<Self, ParseError> {
        parse::parse(text, kind)
    }

    /// The version that applies.
    #[must_use]
    pub fn language(&self) -> Version {
        self.version.unwrap_or(Version::V2008)
    }
}

impl fmt::Display for Document {
    /// The policy as JSON: on one line, or laid out with `{:#}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = self.to_json();
        if f.alternate() { write!(f, "{json:#}") } else { write!(f, "{json}") }
    }
}

/// The size that AWS's quotas mean: characters, not counting white space (IAM User Guide, "IAM and STS
/// quotas").
#[must_use]
pub fn size_without_white_space(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

/// The first character that IAM does not take in a policy document, which allows only tab, line feed,
/// carriage return and U+0020 to U+00FF.
#[must_use]
pub fn first_unsupported_character(text: &str) -> Option<(char, Position)> {
    let mut position = Position::START;
    for character in text.chars() {
        if !matches!(character, '\t' | '\n' | '\r' | ' '..='\u{ff}') {
            return Some((character, position));
        }
        position = position.after(character);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_free() {
        assert_eq!(size_without_white_space(""), 0);
        assert_eq!(size_without_white_space(" {\n\t\"Id\": \"a b\" }\r\n"), 11);
    }

    #[test]
    fn the_character_set_is_latin_1_without_controls() {
        assert_eq!(first_unsupported_character("{\"Id\": \"Zürich\"}\r\n\t"), None);
        let found = first_unsupported_character("{\n  \"Id\": \"Łódź\"}");
        assert_eq!(found, Some(('Ł', Position { line: 2, column: 10 })));
        assert_eq!(first_unsupported_character("\u{0}").map(|(character, _)| character), Some('\0'));
    }
}
