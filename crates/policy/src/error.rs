//! Places in a policy's text, and what can be wrong there.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A place in a policy's text, as an editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Lines are counted from one.
    pub line: u32,
    /// Characters of the line are counted from one; a tab is one character.
    pub column: u32,
}

impl Position {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place after `character`, if `character` stands at this one.
    pub(crate) fn after(self, character: char) -> Self {
        if character == '\n' {
            Self { line: self.line.saturating_add(1), column: 1 }
        } else {
            Self { line: self.line, column: self.column.saturating_add(1) }
        }
    }
}

/// A stretch of a policy's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Its first character.
    pub start: Position,
    /// The place just past its last character.
    pub end: Position,
}

/// Why a text is no policy, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {}, column {}: {kind}", .position.line, .position.column)]
pub struct ParseError {
    /// The place an editor should mark.
    pub position: Position,
    /// What is wrong there.
    pub kind: ParseErrorKind,
}

impl ParseError {
    pub(crate) fn new(position: Position, kind: ParseErrorKind) -> Self {
        Self { position, kind }
    }
}

/// What can be wrong with a policy's text: first the ways in which it is no JSON (RFC 8259), then the
/// ways in which the JSON is no policy (IAM User Guide, "Grammar of the IAM JSON policy language").
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text stops inside a value.
    #[error("the text ends here, but {expected} is expected")]
    UnexpectedEnd {
        /// What should have come.
        expected: &'static str,
    },
    /// A character that cannot stand here.
    #[error("found {found:?}, but {expected} is expected")]
    UnexpectedCharacter {
        /// The character found.
        found: char,
        /// What should have come.
        expected: &'static str,
    },
    /// A backslash with something that JSON does not define, or half a surrogate pair.
    #[error("this escape sequence is not valid in JSON")]
    InvalidEscape,
    /// A character below U+0020 inside a string.
    #[error("a control character inside a string must be written as an escape sequence")]
    ControlCharacter,
    /// A number that JSON does not allow, such as `01` or `1.`.
    #[error("this number is not valid in JSON")]
    InvalidNumber,
    /// More brackets inside each other than any policy needs.
    #[error("the text is nested too deeply")]
    TooDeep,
    /// The same key twice in one object.
    #[error("the key {key:?} appears more than once")]
    DuplicateKey {
        /// The repeated key.
        key: String,
    },
    /// Something follows the policy.
    #[error("the policy ends before this character")]
    TrailingText,

    /// An element has a value of another type than the grammar says.
    #[error("{element} must be {expected}")]
    WrongType {
        /// The element's name.
        element: String,
        /// What the grammar allows.
        expected: &'static str,
    },
    /// A key that the grammar does not know at this level.
    #[error("{element:?} is not an element of {within}")]
    UnknownElement {
        /// The key found.
        element: String,
        /// Where it stands: "a policy", "a statement" or "Principal".
        within: &'static str,
    },
    /// An element that must be there is not.
    #[error("{element} is missing")]
    MissingElement {
        /// The element's name.
        element: &'static str,
    },
    /// An element that this kind of policy must not have.
    #[error("{element} is not allowed in this kind of policy")]
    ForbiddenElement {
        /// The element's name.
        element: &'static str,
    },
    /// Two elements of which a statement may have only one.
    #[error("{one} and {other} cannot stand in the same statement")]
    Conflict {
        /// The element that came first.
        one: &'static str,
        /// The element that came second.
        other: &'static str,
    },
    /// An element with an empty list.
    #[error("{element} must not be empty")]
    Empty {
        /// The element's name.
        element: &'static str,
    },
    /// Neither `2008-10-17` nor `2012-10-17`.
    #[error("{found:?} is not a version of the policy language")]
    UnknownVersion {
        /// The version found.
        found: String,
    },
    /// Neither `Allow` nor `Deny`. The value is case-sensitive.
    #[error("Effect must be \"Allow\" or \"Deny\", not {found:?}")]
    UnknownEffect {
        /// The effect found.
        found: String,
    },
}
