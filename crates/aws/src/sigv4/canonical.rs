//! The canonical request and the string to sign (IAM User Guide, "Create a signed AWS API request", steps 1 to 3).
//!
//! Everything here is bytes, never lossy text: two requests that differ must not become one canonical request.

use http::HeaderMap;
use sha2::{Digest, Sha256};

use crate::{form, sigv4::Scope};

/// The only algorithm of Signature Version 4.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// How a service reads the path that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// Dot segments and doubled slashes removed, then the path as sent is encoded once more: every service but S3.
    Normalized,
    /// The path decoded and encoded once, with every segment kept: S3, whose keys may hold `//` and `..`.
    Verbatim,
}

/// The parts of a request that a signature covers.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path as sent.
    pub path: &'a str,
    /// The query string as sent, without `?`.
    pub query: &'a str,
    /// All headers.
    pub headers: &'a HeaderMap,
    /// Stands in for a missing `host` header: HTTP/2 has `:authority` instead.
    pub authority: Option<&'a str>,
    /// SHA-256 of the payload in lowercase hexadecimal.
    pub payload: &'a str,
    /// How the service reads the path.
    pub style: PathStyle,
}

impl Request<'_> {
    /// The canonical request over the headers named in `signed_headers` (lower case, sorted, `;` between them); `None`
    /// if one of them is not there.
    pub fn canonical(&self, signed_headers: &str) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(512);
        out.extend(self.method.as_bytes());
        out.push(b'\n');
        path(&mut out, self.path, self.style);
        out.push(b'\n');
        query(&mut out, self.query);
        out.push(b'\n');
        for name in signed_headers.split(';') {
            self.header(&mut out, name)?;
        }
        out.push(b'\n');
        out.extend(signed_headers.as_bytes());
        out.push(b'\n');
        out.extend(self.payload.as_bytes());
        Some(out)
    }

    fn header(&self, out: &mut Vec<u8>, name: &str) -> Option<()> {
        out.extend(name.as_bytes());
        out.push(b':');
        let mut values = self.headers.get_all(name).iter().map(http::HeaderValue::as_bytes).peekable();
        if values.peek().is_none() {
            trimmed(out, self.authority.filter(|_| name == "host")?.as_bytes());
        }
        let mut first = true;
        for value in values {
            if !first {
                out.push(b',');
            }
            trimmed(out, value);
            first = false;
        }
        out.push(b'\n');
        Some(())
    }
}

/// Without white space at either end, and with every run of it made one space.
fn trimmed(out: &mut Vec<u8>, value: &[u8]) {
    let words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend(word);
    }
}

fn path(out: &mut Vec<u8>, path: &str, style: PathStyle) {
    match style {
        PathStyle::Verbatim => form::encode(out, &form::decode(path.as_bytes(), false), b"/"),
        PathStyle::Normalized => form::encode(out, normalized(path).as_bytes(), b"/"),
    }
}

/// RFC 3986, 5.2.4 "Remove Dot Segments", and no empty segments.
fn normalized(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    let end = if folder && !kept.is_empty() { "/" } else { "" };
    format!("/{}{end}", kept.join("/"))
}

fn query(out: &mut Vec<u8>, query: &str) {
    let encoded = |bytes: &[u8]| {
        let mut text = Vec::with_capacity(bytes.len());
        form::encode(&mut text, bytes, b"");
        text
    };
    let mut pairs: Vec<_> =
        form::pairs(query.as_bytes()).map(|(name, value)| (encoded(&name), encoded(&value))).collect();
    pairs.sort();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        out.extend(name);
        out.push(b'=');
        out.extend(value);
    }
}

/// The string to sign of a canonical request made at `timestamp` (`YYYYMMDDThhmmssZ`).
pub fn string_to_sign(timestamp: &str, scope: &Scope, canonical_request: &[u8]) -> String {
    format!("{ALGORITHM}\n{timestamp}\n{scope}\n{}", sha256_hex(canonical_request))
}

/// SHA-256 in lowercase hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_dot_segments() {
        for (sent, kept) in [
            ("", "/"),
            ("/", "/"),
            ("/a/b/..", "/a/"),
            ("/..", "/"),
            ("/a/./b", "/a/b"),
            ("//a//", "/a/"),
            ("/a/../b", "/b"),
        ] {
            assert_eq!(normalized(sent), kept, "{sent}");
        }
    }

    #[test]
    fn a_verbatim_path_keeps_every_segment() {
        let mut out = Vec::new();
        path(&mut out, "/a//../b%20c+d", PathStyle::Verbatim);
        assert_eq!(out, b"/a//../b%20c%2Bd");
    }

    #[test]
    fn a_missing_signed_header_makes_no_canonical_request() {
        let headers = HeaderMap::new();
        let request = Request {
            method: "GET",
            path: "/",
            query: "",
            headers: &headers,
            authority: Some("h"),
            payload: "",
            style: PathStyle::Normalized,
        };
        assert!(request.canonical("host").is_some());
        assert!(request.canonical("host;x-amz-date").is_none());
        assert!(request.canonical("").is_none());
    }

    #[test]
    fn bytes_that_are_not_text_stay_apart() {
        let canonical = |byte: u8| {
            let mut headers = HeaderMap::new();
            headers.insert("x", http::HeaderValue::from_bytes(&[byte]).unwrap());
            let request = Request {
                method: "GET",
                path: "/",
                query: "",
                headers: &headers,
                authority: None,
                payload: "",
                style: PathStyle::Normalized,
            };
            request.canonical("x")
        };
        assert_ne!(canonical(0xfe), canonical(0xff));
    }
}
