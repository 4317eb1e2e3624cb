//! The `Authorization` header of Signature Version 4, taken apart without believing it.

use http::request::Parts;
use model::ApiError;

use super::{
    canonical::ALGORITHM,
    refusal,
    scope::{Scope, TERMINATOR},
};

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Whose secret is said to have signed.
    pub access_key_id: String,
    /// What the key was derived for.
    pub scope: Scope,
    /// The scope's last element; anything but `aws4_request` is refused later, with the scope's other faults.
    pub terminator: String,
    /// The signed headers' names, as sent: lower case, sorted, `;` between them.
    pub signed_headers: String,
    /// The signature: 64 lowercase hexadecimal digits when it is one.
    pub signature: String,
}

impl Authorization {
    /// Reads the one `Authorization` header. `dated` says whether the request bears a date, which AWS reports missing
    /// together with the header's own parts.
    ///
    /// # Errors
    /// `MissingAuthenticationToken` without such a header, `IncompleteSignature` for one of the wrong form or for
    /// credentials in two places.
    pub fn read(parts: &Parts, dated: bool) -> Result<Self, ApiError> {
        let mut headers = parts.headers.get_all(http::header::AUTHORIZATION).iter();
        let Some(header) = headers.next() else {
            return Err(ApiError::MissingAuthenticationToken);
        };
        if headers.next().is_some() || signed_in_query(parts) {
            return Err(refusal::incomplete(
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the \
                 Authorization header should be specified",
            ));
        }
        let header = header.to_str().map_err(|_| refusal::nonconforming())?;
        let (algorithm, rest) = header.split_once(' ').unwrap_or((header, ""));
        if algorithm != ALGORITHM {
            return Err(if algorithm.starts_with("AWS4-") {
                refusal::incomplete(format!("Unsupported AWS 'algorithm': '{algorithm}' (only {ALGORITHM} for now). "))
            } else {
                ApiError::MissingAuthenticationToken
            });
        }
        let Components { credential, signed_headers, signature } = Components::read(header, rest, dated)?;
        let elements: Vec<&str> = credential.split('/').collect();
        let [access_key_id, date, region, service, terminator] = elements[..] else {
            return Err(refusal::incomplete(format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
            )));
        };
        Ok(Self {
            access_key_id: access_key_id.to_owned(),
            scope: Scope { date: date.to_owned(), region: region.to_owned(), service: service.to_owned() },
            terminator: terminator.to_owned(),
            signed_headers: signed_headers.to_owned(),
            signature: signature.to_owned(),
        })
    }

    /// Refuses a scope that is not good for `service` on the day of `timestamp`, naming every fault as AWS does. Any
    /// region will do: the services served so far are global, and a client of a custom endpoint signs with its own.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch` with the faults.
    pub fn check_scope(&self, service: &str, timestamp: &str) -> Result<(), ApiError> {
        let mut faults = String::new();
        if self.scope.region.is_empty() {
            faults.push_str("Credential should be scoped to a valid region. ");
        }
        if self.scope.service != service {
            faults.push_str(&format!("Credential should be scoped to correct service: '{service}'. "));
        }
        if self.terminator != TERMINATOR {
            faults.push_str(&format!("Credential should be scoped with a valid terminator: '{TERMINATOR}'. "));
        }
        if timestamp.get(..8) != Some(&self.scope.date) {
            faults
                .push_str("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP. ");
        }
        if faults.is_empty() { Ok(()) } else { Err(refusal::does_not_match(faults)) }
    }

    /// Refuses signed headers out of order or not in lower case, a `host` that is not signed, and any `x-amz-` header
    /// that is not: whoever adds one to a signed request must be noticed.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`.
    pub fn check_headers(&self, parts: &Parts) -> Result<(), ApiError> {
        let signed: Vec<&str> = self.signed_headers.split(';').collect();
        let lower = signed.iter().all(|name| !name.bytes().any(|b| b.is_ascii_uppercase()));
        if !lower || !signed.is_sorted_by(|a, b| a < b) {
            return Err(refusal::mismatch());
        }
        let must = parts.headers.keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("x-amz-"));
        match std::iter::once("host").chain(must).find(|name| signed.binary_search(name).is_err()) {
            Some(name) => Err(refusal::unsigned(name)),
            None => Ok(()),
        }
    }
}

struct Components<'a> {
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> Components<'a> {
    /// `key=value` pieces with commas or spaces between them: AWS splits at both, which is why a key id with a stray
    /// space in front is reported as a pair without an equal-sign.
    fn read(header: &str, rest: &'a str, dated: bool) -> Result<Self, ApiError> {
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for piece in rest.split([',', ' ', '\t']).filter(|piece| !piece.is_empty()) {
            let Some((key, value)) = piece.split_once('=') else {
                return Err(refusal::incomplete(format!(
                    "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '{}'.",
                    refusal::hashed(header)
                )));
            };
            let slot = match key {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err(refusal::nonconforming()),
            };
            if slot.replace(value).is_some() {
                return Err(refusal::nonconforming());
            }
        }
        match (filled(credential), filled(signature), filled(signed_headers), dated) {
            (Some(credential), Some(signature), Some(signed_headers), true) => {
                Ok(Self { credential, signed_headers, signature })
            }
            (credential, signature, signed_headers, dated) => {
                let named = [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)];
                let mut text = String::new();
                for (name, _) in named.iter().filter(|(_, value)| value.is_none()) {
                    text.push_str(&format!("Authorization header requires '{name}' parameter. "));
                }
                if !dated {
                    text.push_str(
                        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
                    );
                }
                Err(refusal::incomplete(format!(
                    "{text}(Hashed with SHA-256 and encoded with Base64) Authorization={}",
                    refusal::hashed(header)
                )))
            }
        }
    }
}

fn filled(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !value.is_empty())
}

/// Whether the URL itself carries credentials: Signature Version 4's or, under their own names, version 2's.
fn signed_in_query(parts: &Parts) -> bool {
    const NAMES: [&str; 5] = ["x-amz-algorithm", "x-amz-credential", "x-amz-signature", "awsaccesskeyid", "signature"];
    let query = parts.uri.query().unwrap_or_default();
    crate::form::pairs(query.as_bytes())
        .any(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())))
}
