//! AWS's sentences for a request that is not authentic.
//!
//! They are those that IAM and STS answer today: where an older AWS repeated the `Authorization` header, a hash of it
//! is shown, so that a signature never ends in a log.

use base64::{Engine, prelude::BASE64_STANDARD};
use model::ApiError;
use sha2::{Digest, Sha256};

/// The signature is not the one that the secret makes of this request.
pub(super) fn mismatch() -> ApiError {
    does_not_match(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details.",
    )
}

/// The signature is well formed but not good for this request.
pub(super) fn does_not_match(message: impl Into<String>) -> ApiError {
    ApiError::SignatureDoesNotMatch { message: message.into() }
}

/// The signature is not well formed.
pub(super) fn incomplete(message: impl Into<String>) -> ApiError {
    ApiError::IncompleteSignature { message: message.into() }
}

/// The signature is not well formed in a way that AWS has no sentence of its own for.
pub(super) fn nonconforming() -> ApiError {
    incomplete("The request signature does not conform to AWS standards.")
}

/// A header that must be signed is not.
pub(super) fn unsigned(header: &str) -> ApiError {
    let shown = if header == "host" { "'Host' or ':authority'".to_owned() } else { format!("'{header}'") };
    does_not_match(format!("{shown} must be a 'SignedHeader' in the AWS Authorization."))
}

/// What AWS shows in place of an `Authorization` header.
pub(super) fn hashed(header: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(header))
}
