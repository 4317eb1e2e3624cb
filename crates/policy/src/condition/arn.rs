//! `ArnEquals` and `ArnLike`, which are the same: each of the six parts is checked by itself, so that no
//! wildcard runs over a colon; the sixth part is all that is left.

use crate::document::Version;
use crate::pattern::{Pattern, Token};
use crate::request::Context;
use crate::variables::Template;

#[derive(Clone, Debug)]
pub(super) enum Operand {
    Fixed(ArnPattern),
    Template(Template),
}

impl Operand {
    pub fn new(value: &str, version: Version) -> Self {
        let template = Template::new(value, version);
        match template.tokens(&Context::new()) {
            Some(tokens) if template.is_constant() => Self::Fixed(ArnPattern::new(&tokens)),
            _ => Self::Template(template),
        }
    }

    pub fn fits(&self, value: &str, context: &Context) -> bool {
        match self {
            Self::Fixed(pattern) => pattern.matches(value),
            Self::Template(template) => {
                template.tokens(context).is_some_and(|tokens| ArnPattern::new(&tokens).matches(value))
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum ArnPattern {
    /// `*` alone.
    Any,
    Parts(Vec<Pattern>),
}

impl ArnPattern {
    fn new(tokens: &[Token]) -> Self {
        if tokens == [Token::Many] {
            return Self::Any;
        }
        let parts = tokens.splitn(6, |token| *token == Token::Char(':'));
        Self::Parts(parts.map(|part| Pattern::from_tokens(part.to_vec())).collect())
    }

    fn matches(&self, value: &str) -> bool {
        let parts: Vec<&str> = value.splitn(6, ':').collect();
        if parts.len() != 6 {
            return false;
        }
        match self {
            Self::Any => true,
            Self::Parts(patterns) => {
                patterns.len() == 6 && patterns.iter().zip(parts).all(|(pattern, part)| pattern.matches(part))
            }
        }
    }
}
