//! Why an output cannot be written. A test encodes every operation's, so that nobody ever meets it.

use std::fmt::{self, Display};

use serde::ser;

/// An output that a wire has no form for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unencodable(String);

impl Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unencodable {}

impl ser::Error for Unencodable {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}
