//! Tokens and codes that somebody carries back to us, and what is kept of them: never the thing itself.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::Secret;
use sha2::{Digest as _, Sha256};

use crate::{seal::Sealer, tx::Tx};

/// A new token of 32 random bytes in base64url, and its hash. Nobody can guess it, so a plain hash keeps it.
pub(crate) fn new(tx: &Tx) -> (String, [u8; 32]) {
    let token = BASE64_URL_SAFE_NO_PAD.encode(tx.random::<32>());
    let hash = hash(&token);
    (token, hash)
}

/// What is kept of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new code of `length` decimal digits.
pub(crate) fn digits(tx: &Tx, length: u32) -> String {
    let width = usize::try_from(length).unwrap_or(usize::MAX);
    format!("{:0width$}", u64::from_le_bytes(tx.random()) % 10_u64.pow(length))
}

/// What is kept of a short code: a digest under the master key, because all codes are quickly tried against a plain
/// one. It is bound to its purpose and to whom it was sent for.
pub(crate) fn code_hash(sealer: &Sealer, purpose: &str, of: &str, code: &str) -> [u8; 32] {
    sealer.mac(purpose, &format!("{of}:{}", code.trim()))
}

/// Whether a typed code is the kept one, in constant time.
pub(crate) fn code_matches(sealer: &Sealer, purpose: &str, of: &str, typed: &Secret, kept: Option<&[u8]>) -> bool {
    use subtle::ConstantTimeEq as _;
    let typed = code_hash(sealer, purpose, of, typed.expose());
    kept.is_some_and(|kept| bool::from(kept.ct_eq(&typed)))
}
