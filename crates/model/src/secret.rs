//! Text that must not be seen: whole on the wire, masked in `Debug`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password, a secret access key or a token. It has no `PartialEq`: comparing secrets is the business of
/// constant-time code. It has no `Display` either; [`Secret::expose`] is easy to search for.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text that must not be seen.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for hashing, sealing or the one showing.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is any text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
