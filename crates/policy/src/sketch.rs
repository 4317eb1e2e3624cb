//! A policy that is still being written: any of a statement's elements may be missing or empty, and there may be no
//! statement yet. Nothing that is there is lost by reading and printing it, whatever the kind of policy.

use crate::document::{ConditionElement, Element, PrincipalElement, Version};
use crate::error::ParseError;
use crate::json;
use crate::parse::{self, DraftElement, DraftStatement};

/// A whole policy, finished or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// As written.
    pub version: Option<Version>,
    /// As written.
    pub id: Option<String>,
    /// In their order, perhaps none.
    pub statements: Vec<SketchedStatement>,
}

/// A statement, finished or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SketchedStatement {
    /// The author's name for it.
    pub sid: Option<String>,
    /// `Allow` or `Deny` in whatever case; only these two spellings can be saved.
    pub effect: String,
    /// Principal or NotPrincipal.
    pub principal: Option<PrincipalElement>,
    /// Action or NotAction, perhaps without a value.
    pub action: Option<Element>,
    /// Resource or NotResource, perhaps without a value.
    pub resource: Option<Element>,
    /// One for each operator and key.
    pub conditions: Vec<ConditionElement>,
}

impl Sketch {
    /// Reads what has been written of a policy.
    ///
    /// # Errors
    /// The first thing that is no JSON or not of the grammar, with its place.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let draft = parse::begun(&json::read(text)?)?;
        let statements = draft.statements.into_iter().map(DraftStatement::into_sketch).collect();
        Ok(Self { version: draft.version, id: draft.id, statements })
    }
}

impl DraftStatement {
    fn into_sketch(self) -> SketchedStatement {
        SketchedStatement {
            sid: self.sid.map(|sid| sid.value),
            effect: self.effect.value,
            principal: self.principal.map(|principal| principal.value),
            action: self.action.map(DraftElement::into_sketch),
            resource: self.resource.map(DraftElement::into_sketch),
            conditions: self.conditions.into_iter().map(|condition| condition.value).collect(),
        }
    }
}

impl DraftElement {
    fn into_sketch(self) -> Element {
        Element { negated: self.negated, values: self.values.into_iter().map(|placed| placed.value).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unfinished_is_kept() {
        for text in [
            "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}",
            "{\n    \"Id\": \"x\",\n    \"Statement\": [\n        {\n            \"Sid\": \"A\",\n            \"Effect\": \
             \"Allow\",\n            \"Action\": [],\n            \"Resource\": []\n        }\n    ]\n}",
            "{\n    \"Statement\": [\n        {\n            \"Effect\": \"denY\",\n            \"Principal\": \"*\"\n        \
             }\n    ]\n}",
        ] {
            assert_eq!(Sketch::parse(text).expect("a sketch").to_text(), text);
        }
    }

    #[test]
    fn what_is_no_policy_is_refused_with_its_place() {
        let error = Sketch::parse("{\n  \"Statement\": {\"Effect\": \"Maybe\"}\n}").expect_err("no effect");
        assert_eq!((error.position.line, error.position.column), (2, 27));
        assert!(Sketch::parse("{}").is_err());
        assert!(Sketch::parse("").is_err());
    }
}
