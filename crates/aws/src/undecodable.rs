//! Why what a request holds is not an input, in AWS's words. Every wire says it of its own bytes.

use std::fmt;

use serde::de;

/// Why parameters or a body are not an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where, from the innermost name outwards.
    path: Vec<String>,
    fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    /// A member that must be there is not.
    Missing,
    /// A text that is none of an enumeration's.
    NotInEnum { value: String, set: String },
    /// A text that is not of the asked type: AWS's sentence, or ours where AWS sends none.
    Malformed(String),
}

impl Error {
    pub(crate) fn malformed(sentence: impl Into<String>) -> Self {
        Self { path: Vec::new(), fault: Fault::Malformed(sentence.into()) }
    }

    pub(crate) fn within(mut self, name: impl Into<String>) -> Self {
        self.path.push(name.into());
        self
    }

    /// The Query protocol's error code: `ValidationError` for what the operation's model forbids, `MalformedInput` for text that is
    /// not even of the right type.
    pub fn code(&self) -> &'static str {
        if self.is_malformed() { "MalformedInput" } else { "ValidationError" }
    }

    /// Whether it is not even of the right type, rather than something that the operation's model forbids.
    pub fn is_malformed(&self) -> bool {
        matches!(self.fault, Fault::Malformed(_))
    }

    /// Where in the input, as AWS's messages say it: `tags.1.member.key`.
    fn place(&self) -> String {
        let lower_camel = |name: &String| {
            let mut letters = name.chars();
            letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
        };
        self.path.iter().rev().map(lower_camel).collect::<Vec<_>>().join(".")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        match &self.fault {
            Fault::Missing => {
                write!(
                    f,
                    "1 validation error detected: Value null at '{place}' failed to satisfy constraint: Member must not be null"
                )
            }
            Fault::NotInEnum { value, set } => write!(
                f,
                "1 validation error detected: Value '{value}' at '{place}' failed to satisfy constraint: Member must satisfy enum value set: [{set}]"
            ),
            Fault::Malformed(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::malformed(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self { path: vec![field.to_owned()], fault: Fault::Missing }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self { path: Vec::new(), fault: Fault::NotInEnum { value: variant.to_owned(), set: expected.join(", ") } }
    }
}
