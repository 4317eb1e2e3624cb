//! Makes signed requests for the tests, with the crate's own canonicaliser (which the published vectors hold to AWS's).

use aws::sigv4::{PathStyle, Scope, SigningKey, canonical, sha256_hex, string_to_sign};
use http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use time::{OffsetDateTime, macros::datetime};

/// The instant at which the tests sign.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);
/// The access key of the tests.
pub const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
/// Its secret, from AWS's documentation.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A request that can still be changed before or after it is signed.
#[derive(Clone)]
pub struct Draft {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Draft {
    /// What botocore sends: a POST with the parameters in the body, dated and not yet signed.
    pub fn post(body: &str) -> Self {
        let mut draft = Self { method: "POST".into(), target: "/".into(), headers: vec![], body: body.into() };
        draft.set("Host", "localhost:4566");
        draft.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        draft.set("X-Amz-Date", "20261122T100000Z");
        draft
    }

    /// The same as a GET with the parameters in the URL.
    pub fn get(query: &str) -> Self {
        let mut draft = Self::post("");
        (draft.method, draft.target) = ("GET".into(), format!("/?{query}"));
        draft
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.add(name, value);
    }

    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.as_bytes().to_owned()));
    }

    pub fn unset(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    pub fn header(&self, name: &str) -> String {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        String::from_utf8(found.expect("the header is there").1.clone()).unwrap()
    }

    /// Signs all headers for `service` in `us-east-1`, as a client would.
    pub fn signed(self, service: &str) -> Self {
        let scope = Scope { date: self.date(), region: "us-east-1".into(), service: service.into() };
        let mut names: Vec<String> = self.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort();
        names.dedup();
        self.signed_as(KEY_ID, SECRET, &scope, &names.join(";"))
    }

    fn date(&self) -> String {
        self.header("x-amz-date")[..8].to_owned()
    }

    /// Signs with every choice given.
    pub fn signed_as(mut self, key_id: &str, secret: &str, scope: &Scope, signed_headers: &str) -> Self {
        let parts = self.parts().expect("a draft is a request before it is broken");
        let request = canonical::Request {
            method: &self.method,
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            authority: None,
            payload: &sha256_hex(&self.body),
            style: PathStyle::Normalized,
        };
        let canonical = request.canonical(signed_headers).expect("signed headers are there");
        let text = string_to_sign(&self.header("x-amz-date"), scope, &canonical);
        let signature = SigningKey::derive(secret, scope).sign(&text);
        self.set(
            "Authorization",
            &format!(
                "AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={signed_headers}, Signature={signature}"
            ),
        );
        self
    }

    /// The request as an HTTP server would hand it over; `None` if it would never get that far.
    pub fn parts(&self) -> Option<Parts> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_bytes(value).ok()?);
        }
        let mut request = http::Request::builder().method(self.method.as_bytes()).uri(&self.target).body(()).ok()?;
        *request.headers_mut() = headers;
        Some(request.into_parts().0)
    }
}
