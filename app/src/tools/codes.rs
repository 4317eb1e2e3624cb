//! What an authenticator application knows: a secret, and the code of any instant (RFC 6238).

use totp_rs::{Builder, Secret, Totp};

/// Seconds that a code is shown.
const STEP: u64 = 30;

/// A secret that was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Codes(Totp);

impl Codes {
    /// Reads a secret key as the console shows it, in groups or not, or an `otpauth` URI as a QR code holds it.
    ///
    /// # Errors
    /// What is wrong with the text, for whoever typed it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let key = match text.strip_prefix("otpauth://") {
            Some(uri) => member(uri, "secret").ok_or("This is no code of an MFA device: it has no secret.")?,
            None => text,
        };
        let key: String = key.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let key = key.trim_end_matches('=').to_ascii_uppercase();
        if key.is_empty() {
            return Err("Type the secret key.");
        }
        let secret = Secret::try_from_base32(key)
            .map_err(|_| "A secret key has only the letters A to Z and the digits 2 to 7.")?;
        Ok(Self(Builder::new().with_secret(secret).build_noncompliant()))
    }

    /// The code of an instant, in seconds since 1970.
    pub(super) fn at(&self, seconds: u64) -> String {
        let code = self.0.generate(seconds).to_string();
        let (first, second) = code.split_at(3);
        format!("{first} {second}")
    }
}

/// Seconds until the next code.
pub(super) fn left(seconds: u64) -> u64 {
    STEP - seconds % STEP
}

/// A member of a URI's query. Secrets are base32: nothing in them is ever escaped.
fn member<'a>(uri: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = uri.split_once('?')?;
    query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}
