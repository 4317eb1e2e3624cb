//! The credential scope and the key derived for it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The only terminator of Signature Version 4.
pub const TERMINATOR: &str = "aws4_request";

/// What a signing key is good for: one day, one region, one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// `YYYYMMDD`, UTC.
    pub date: String,
    /// The region as the client wrote it.
    pub region: String,
    /// The service's signing name: `iam`.
    pub service: String,
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}/{TERMINATOR}", self.date, self.region, self.service)
    }
}

/// A key for one [`Scope`], derived from a secret access key. It has neither `Debug` nor `Display`.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    /// Derives the key (IAM User Guide, "Create a signed AWS API request", step 4).
    pub fn derive(secret_access_key: &str, scope: &Scope) -> Self {
        let date = hmac(format!("AWS4{secret_access_key}").as_bytes(), scope.date.as_bytes());
        let region = hmac(&date, scope.region.as_bytes());
        let service = hmac(&region, scope.service.as_bytes());
        Self(hmac(&service, TERMINATOR.as_bytes()))
    }

    /// The signature of a string to sign, in lowercase hexadecimal.
    pub fn sign(&self, string_to_sign: &str) -> String {
        hex::encode(hmac(&self.0, string_to_sign.as_bytes()))
    }

    /// Whether `signature` is this key's signature of the string, in a time that does not tell how much of it is right.
    pub fn verifies(&self, string_to_sign: &str, signature: &str) -> bool {
        self.sign(string_to_sign).as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
