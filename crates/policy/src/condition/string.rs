//! `String…`: texts, with variables; wildcards only in `StringLike` and `StringNotLike`.

use super::operator::Comparison;
use crate::document::Version;
use crate::pattern::Pattern;
use crate::request::Context;
use crate::variables::Template;

#[derive(Clone, Debug)]
pub(super) enum Operand {
    Equals(Template),
    EqualsIgnoreCase(Template),
    Like(Pattern),
    LikeTemplate(Template),
}

impl Operand {
    pub fn new(comparison: Comparison, value: &str, version: Version) -> Self {
        let template = Template::new(value, version);
        match comparison {
            Comparison::Equals => Self::Equals(template),
            Comparison::EqualsIgnoreCase => Self::EqualsIgnoreCase(template),
            Comparison::Like => match template.tokens(&Context::new()) {
                Some(tokens) if template.is_constant() => Self::Like(Pattern::from_tokens(tokens)),
                _ => Self::LikeTemplate(template),
            },
        }
    }

    /// A variable without a value makes the text equal to nothing.
    pub fn fits(&self, value: &str, context: &Context) -> bool {
        match self {
            Self::Equals(template) => template.text(context).is_some_and(|text| text == value),
            Self::EqualsIgnoreCase(template) => {
                template.text(context).is_some_and(|text| text.to_lowercase() == value.to_lowercase())
            }
            Self::Like(pattern) => pattern.matches(value),
            Self::LikeTemplate(template) => {
                template.tokens(context).is_some_and(|tokens| Pattern::from_tokens(tokens).matches(value))
            }
        }
    }
}
