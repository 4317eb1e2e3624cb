//! Signature Version 4 in headers: who made this request, and did they make all of it?
//!
//! Two steps, in the order AWS takes them. [`Claim::read`] looks at everything that needs no secret: form, date, scope,
//! which headers are signed. Whoever knows the secrets then asks [`Claim::prove`]; `cloud` makes a caller of an access
//! key only if that says yes, so that no door can use a principal whose signature was not checked.
//!
//! Credentials in the URL (presigned requests) are refused here; they will be a second way to read a [`Claim`].
//! A repeat of a signed request within the quarter of an hour is accepted, as AWS does.

pub mod authorization;
pub mod canonical;
pub mod date;
mod refusal;
pub mod scope;

use http::request::Parts;
use model::ApiError;
use time::OffsetDateTime;

pub use self::{
    authorization::Authorization,
    canonical::{ALGORITHM, PathStyle, sha256_hex, string_to_sign},
    scope::{Scope, SigningKey},
};

/// What a request says of its sender. Nothing of it is believed yet.
#[derive(Debug)]
pub struct Claim {
    authorization: Authorization,
    timestamp: String,
    security_token: Option<String>,
}

impl Claim {
    /// Reads the claim of a request to `service`, and refuses what no secret could put right.
    ///
    /// # Errors
    /// `MissingAuthenticationToken`, `IncompleteSignature` or `SignatureDoesNotMatch`, each with AWS's sentence.
    pub fn read(parts: &Parts, service: &str, now: OffsetDateTime) -> Result<Self, ApiError> {
        let date = date::header(parts)?;
        let authorization = Authorization::read(parts, date.is_some())?;
        let date = date.expect("an undated request was refused together with the header's own faults");
        let (timestamp, instant) = date.instant()?;
        authorization.check_headers(parts)?;
        date.check_signed(&authorization.signed_headers)?;
        date::check_skew(&timestamp, instant, now)?;
        authorization.check_scope(service, &timestamp)?;
        check_query(parts)?;
        Ok(Self { authorization, timestamp, security_token: single(parts, "x-amz-security-token")?.map(str::to_owned) })
    }

    /// The id of the key that is said to have signed; `None` where no key could have such an id.
    pub fn access_key_id(&self) -> Option<&str> {
        let id = self.authorization.access_key_id.as_str();
        // The length and the characters of `accessKeyIdType` in IAM's API Reference.
        ((16..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')).then_some(id)
    }

    /// The session token that came with the request; it belongs to temporary keys only.
    pub fn security_token(&self) -> Option<&str> {
        self.security_token.as_deref()
    }

    /// The scope that the key has to be derived for.
    pub fn scope(&self) -> &Scope {
        &self.authorization.scope
    }

    /// Checks the signature over the request and its whole body with the secret of the key.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`, also for an `x-amz-content-sha256` that is not the body's.
    pub fn prove(&self, parts: &Parts, body: &[u8], secret_access_key: &str) -> Result<(), ApiError> {
        let payload = sha256_hex(body);
        if single(parts, "x-amz-content-sha256")?.is_some_and(|said| said != payload) {
            return Err(refusal::mismatch());
        }
        let request = canonical::Request {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            authority: parts.uri.authority().map(http::uri::Authority::as_str),
            payload: &payload,
            style: PathStyle::Normalized,
        };
        let canonical = request.canonical(&self.authorization.signed_headers).ok_or_else(refusal::mismatch)?;
        let text = string_to_sign(&self.timestamp, &self.authorization.scope, &canonical);
        let signing_key = SigningKey::derive(secret_access_key, &self.authorization.scope);
        if signing_key.verifies(&text, &self.authorization.signature) { Ok(()) } else { Err(refusal::mismatch()) }
    }
}

/// The canonical query string is sorted, so a name that comes twice with two values would mean two things under one
/// signature, depending on the order it arrives in.
fn check_query(parts: &Parts) -> Result<(), ApiError> {
    let mut pairs: Vec<_> = crate::form::pairs(parts.uri.query().unwrap_or_default().as_bytes()).collect();
    pairs.sort();
    let ambiguous = pairs.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1);
    if ambiguous {
        Err(refusal::incomplete("The AWS query string is malformed or does not adhere to AWS standards."))
    } else {
        Ok(())
    }
}

/// The value of a header that may come once at most.
fn single<'a>(parts: &'a Parts, name: &str) -> Result<Option<&'a str>, ApiError> {
    let mut values = parts.headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    match (value.to_str(), values.next()) {
        (Ok(text), None) => Ok(Some(text.trim())),
        _ => Err(refusal::mismatch()),
    }
}
