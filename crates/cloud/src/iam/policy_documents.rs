//! Policy documents on their way in and out.

use model::ApiError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use policy::{PolicyKind, validate::validate};

use crate::limits;

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is wrong with a document that is to be saved, in AWS's words and with the place.
pub(super) fn checked(document: &str) -> Result<(), ApiError> {
    match validate(document, PolicyKind::Identity) {
        Ok(_) => Ok(()),
        Err(malformed) => Err(ApiError::MalformedPolicyDocument {
            message: malformed.to_string(),
            position: Some(malformed.position),
            detail: malformed.detail.map(|detail| detail.to_string()),
        }),
    }
}

/// What is wrong with a document that is to be a managed policy's: it has a quota of its own.
pub(super) fn checked_with_size(document: &str) -> Result<(), ApiError> {
    checked(document)?;
    let size = i64::try_from(policy::size_without_white_space(document)).unwrap_or(i64::MAX);
    if size > limits::POLICY_SIZE { Err(ApiError::quota("PolicySize", limits::POLICY_SIZE)) } else { Ok(()) }
}

/// URL-encoded, as AWS answers documents.
pub(super) fn percent_encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_url_encoded() {
        assert_eq!(percent_encoded("{\"a-b_c.d~\": 1}\n"), "%7B%22a-b_c.d~%22%3A%201%7D%0A");
    }
}
