//! Requests as they stood on the wire.

use http::{HeaderName, HeaderValue, request::Parts};

/// A request read from its bytes.
pub struct Raw {
    pub method: String,
    pub target: String,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

impl Raw {
    /// Names up to the first colon, folded lines joined, body after a blank line.
    pub fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let (method, rest) = lines.next().unwrap().split_once(' ').unwrap();
        let (target, _version) = rest.rsplit_once(' ').unwrap();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            if line.starts_with([' ', '\t']) {
                let (_, value) = fields.last_mut().unwrap();
                value.push_str(line);
            } else {
                let (name, value) = line.split_once(':').unwrap();
                fields.push((name.to_owned(), value.trim().to_owned()));
            }
        }
        let mut headers = http::HeaderMap::new();
        for (name, value) in fields {
            headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        Self { method: method.to_owned(), target: target.to_owned(), headers, body: body.into() }
    }

    /// What an HTTP server hands over; `None` if it does not take the target.
    pub fn parts(&self) -> Option<Parts> {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        parts.method = self.method.parse().ok()?;
        parts.uri = self.target.parse().ok()?;
        parts.headers = self.headers.clone();
        Some(parts)
    }
}
