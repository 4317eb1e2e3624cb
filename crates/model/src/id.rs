//! The ids AWS gives: a prefix that tells the kind, then upper-case base32. They are the primary keys.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal, $length:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The letters every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;
            /// Its whole length in characters.
            pub const LENGTH: usize = $length;

            /// An id from as many random bytes as it has characters after its prefix.
            pub fn from_random(bytes: &[u8]) -> Self {
                const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
                let tail = bytes.iter().take($length - $prefix.len()).map(|b| char::from(ALPHABET[usize::from(b & 31)]));
                Self($prefix.chars().chain(tail).collect())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

typed_id! {
    /// A long-term access key's id.
    AccessKeyId, "AKIA", 20;
    /// A group's unique id.
    GroupId, "AGPA", 21;
    /// A managed policy's unique id.
    PolicyId, "ANPA", 21;
    /// A user's unique id; a recreated user gets a new one.
    UserId, "AIDA", 21;
}

/// Twelve digits, leading zeros legal.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct AccountId(pub String);

impl AccountId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As the console shows it: `1234-5678-9012`.
    pub fn dashed(&self) -> String {
        let mut out = String::with_capacity(14);
        for (index, digit) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                out.push('-');
            }
            out.push(digit);
        }
        out
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_documented_shape() {
        let id = UserId::from_random(&[0xff; 17]);
        assert_eq!(id.as_str().len(), UserId::LENGTH);
        assert_eq!(id.as_str(), "AIDA77777777777777777");
        assert_eq!(AccountId("012345678901".into()).dashed(), "0123-4567-8901");
    }
}
