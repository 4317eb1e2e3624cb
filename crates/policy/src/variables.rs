//! Policy variables (IAM User Guide, "IAM policy elements: Variables and tags"): `${aws:username}` stands
//! for what the request says. `${*}`, `${?}` and `${$}` are the characters themselves, and
//! `${key, 'value'}` has a default. What is put in is text: a `*` in a user's name is no wildcard.

use std::borrow::Cow;

use crate::document::Version;
use crate::pattern::{self, Token};
use crate::request::Context;

/// A text of a policy with its variables found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// As written: `*` and `?` are wildcards wherever wildcards are read.
    Written(String),
    /// One of the three characters that can be said no other way.
    Literal(&'static str),
    Variable {
        /// In lower case.
        key: String,
        /// As the author spelled it.
        written: String,
        default: Option<String>,
    },
}

impl Template {
    /// Finds the variables, if the version of the language has any.
    pub fn new(text: &str, version: Version) -> Self {
        let parts = match version {
            Version::V2008 => vec![Part::Written(text.to_owned())],
            Version::V2012 => split(text),
        };
        Self { parts }
    }

    /// Whether the text is the same for every request.
    pub fn is_constant(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }

    /// The keys of the variables, as the author spelled them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { written, .. } => Some(written.as_str()),
            Part::Written(_) | Part::Literal(_) => None,
        })
    }

    /// The text with values for variables; `None` if one of them has no value in this request.
    pub fn text<'a>(&'a self, context: &'a Context) -> Option<Cow<'a, str>> {
        if let [part] = self.parts.as_slice() {
            return part.text(context).map(Cow::Borrowed);
        }
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(part.text(context)?);
        }
        Some(Cow::Owned(text))
    }

    /// The same as steps of a pattern, in which only what the author wrote can be a wildcard.
    pub fn tokens(&self, context: &Context) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        for part in &self.parts {
            let text = part.text(context)?;
            match part {
                Part::Written(_) => tokens.extend(pattern::wildcards(text)),
                Part::Literal(_) | Part::Variable { .. } => tokens.extend(pattern::literal(text)),
            }
        }
        Some(tokens)
    }
}

impl Part {
    fn text<'a>(&'a self, context: &'a Context) -> Option<&'a str> {
        match self {
            Self::Written(text) => Some(text),
            Self::Literal(text) => Some(text),
            // Only keys with a single value can be used as variables.
            Self::Variable { key, default, .. } => match context.get(key) {
                Some([value]) => Some(value),
                Some([_, _, ..]) => None,
                Some([]) | None => default.as_deref(),
            },
        }
    }
}

fn split(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inside, behind)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(Part::Written(before.to_owned()));
        }
        parts.push(variable(inside));
        rest = behind;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(Part::Written(rest.to_owned()));
    }
    parts
}

fn variable(inside: &str) -> Part {
    match inside {
        "*" => return Part::Literal("*"),
        "?" => return Part::Literal("?"),
        "$" => return Part::Literal("$"),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, rest)) => {
            let quoted = rest.trim().strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            (key, quoted.map(str::to_owned))
        }
        None => (inside, None),
    };
    let written = key.trim().to_owned();
    Part::Variable { key: written.to_lowercase(), written, default }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    fn context() -> Context {
        Context::new()
            .with("aws:username", "al*ce")
            .with("aws:PrincipalTag/Team", "blue")
            .with_many("aws:TagKeys", ["a", "b"])
    }

    fn text(template: &str) -> Option<String> {
        Template::new(template, Version::V2012).text(&context()).map(Cow::into_owned)
    }

    #[test]
    fn variables_take_their_value_from_the_request() {
        assert_eq!(text("home/${aws:username}/x").as_deref(), Some("home/al*ce/x"));
        assert_eq!(text("${AWS:UserName}").as_deref(), Some("al*ce"));
        assert_eq!(text("${aws:principaltag/team}-${aws:username}").as_deref(), Some("blue-al*ce"));
        assert_eq!(text("${aws:userid}"), None);
        assert_eq!(text("${aws:TagKeys}"), None, "only a single value can be a variable");
        assert_eq!(text("").as_deref(), Some(""));
    }

    #[test]
    fn defaults_step_in_for_missing_values() {
        assert_eq!(text("${aws:userid, 'anonymous'}").as_deref(), Some("anonymous"));
        assert_eq!(text("${aws:username, 'x'}").as_deref(), Some("al*ce"));
        assert_eq!(text("${aws:userid, anonymous}"), None, "a default stands in single quotes");
        assert_eq!(text("${aws:userid, ''}").as_deref(), Some(""));
        assert_eq!(text("${aws:TagKeys, 'x'}"), None);
    }

    #[test]
    fn special_characters_and_broken_variables_are_text() {
        assert_eq!(text("a${*}b${?}c${$}{d}").as_deref(), Some("a*b?c${d}"));
        assert_eq!(text("a${aws:username").as_deref(), Some("a${aws:username"));
        assert_eq!(text("$a}").as_deref(), Some("$a}"));
    }

    #[test]
    fn the_first_version_has_no_variables() {
        let template = Template::new("${aws:username}", Version::V2008);
        assert!(template.is_constant());
        assert_eq!(template.text(&context()).as_deref(), Some("${aws:username}"));
    }

    #[test]
    fn a_star_in_a_value_is_no_wildcard() {
        let matches = |template: &str, text: &str| {
            let tokens = Template::new(template, Version::V2012).tokens(&context()).expect("resolves");
            Pattern::from_tokens(tokens).matches(text)
        };
        assert!(matches("${aws:username}/*", "al*ce/x"));
        assert!(!matches("${aws:username}/*", "alice/x"));
        assert!(matches("a${*}", "a*") && !matches("a${*}", "ab"));
        assert!(matches("a${?}*", "a?b") && !matches("a${?}*", "ab"));
    }
}
