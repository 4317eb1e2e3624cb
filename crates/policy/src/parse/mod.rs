//! From JSON to a policy, in two steps: a draft holds every element that has the right type, with its
//! place; a document has in addition all that its kind of policy needs. `validate` works on the draft,
//! because AWS complains about a wrong version before it complains about a missing action.

mod draft;

pub(crate) use draft::{begun, draft};

use crate::document::{ConditionElement, Document, Effect, Element, PolicyKind, PrincipalElement, Statement, Version};
use crate::error::{ParseError, ParseErrorKind, Position, Span};
use crate::json;

/// A value and the place it stood at.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub value: T,
    pub at: Position,
}

/// A policy whose elements have the right types.
pub(crate) struct Draft {
    pub version: Option<Version>,
    pub id: Option<String>,
    pub statements: Vec<DraftStatement>,
    pub at: Position,
}

pub(crate) struct DraftStatement {
    pub sid: Option<Placed<String>>,
    /// `Allow` or `Deny` in any case.
    pub effect: Placed<String>,
    pub principal: Option<Placed<PrincipalElement>>,
    pub action: Option<DraftElement>,
    pub resource: Option<DraftElement>,
    pub conditions: Vec<Placed<ConditionElement>>,
    pub span: Span,
}

pub(crate) struct DraftElement {
    pub negated: bool,
    pub values: Vec<Placed<String>>,
    pub at: Position,
}

/// See [`Document::parse`].
pub(crate) fn parse(text: &str, kind: PolicyKind) -> Result<Document, ParseError> {
    draft(&json::read(text)?)?.into_document(kind)
}

impl Draft {
    /// Asks for what this kind of policy needs.
    pub fn into_document(self, kind: PolicyKind) -> Result<Document, ParseError> {
        let statements = self.statements.into_iter().map(|statement| statement.into_statement(kind));
        Ok(Document { version: self.version, id: self.id, statements: statements.collect::<Result<_, _>>()? })
    }
}

impl DraftStatement {
    fn into_statement(self, kind: PolicyKind) -> Result<Statement, ParseError> {
        let Placed { value: found, at } = self.effect;
        let effect =
            Effect::from_text(&found).ok_or_else(|| ParseError::new(at, ParseErrorKind::UnknownEffect { found }))?;
        let start = self.span.start;
        match (kind, &self.principal) {
            (PolicyKind::Identity, Some(principal)) => {
                return Err(forbidden(principal.at, "Principal"));
            }
            (PolicyKind::Resource | PolicyKind::Trust, None) => {
                return Err(missing(start, "Principal"));
            }
            _ => {}
        }
        match (kind, &self.resource) {
            (PolicyKind::Trust, Some(resource)) => return Err(forbidden(resource.at, "Resource")),
            (PolicyKind::Identity, None) => return Err(missing(start, "Resource")),
            _ => {}
        }
        let action = self.action.ok_or_else(|| missing(start, "Action"))?;
        Ok(Statement {
            sid: self.sid.map(|sid| sid.value),
            effect,
            principal: self.principal.map(|principal| principal.value),
            action: action.into_element("Action")?,
            resource: self.resource.map(|resource| resource.into_element("Resource")).transpose()?,
            conditions: self.conditions.into_iter().map(|condition| condition.value).collect(),
            span: self.span,
        })
    }
}

impl DraftElement {
    fn into_element(self, element: &'static str) -> Result<Element, ParseError> {
        if self.values.is_empty() {
            return Err(ParseError::new(self.at, ParseErrorKind::Empty { element }));
        }
        let values = self.values.into_iter().map(|placed| placed.value).collect();
        Ok(Element { negated: self.negated, values })
    }
}

fn forbidden(at: Position, element: &'static str) -> ParseError {
    ParseError::new(at, ParseErrorKind::ForbiddenElement { element })
}

fn missing(at: Position, element: &'static str) -> ParseError {
    ParseError::new(at, ParseErrorKind::MissingElement { element })
}
