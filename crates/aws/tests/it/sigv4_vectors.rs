//! AWS's published vectors: canonical request, string to sign, signature, and the whole verification.

use std::{fs, path::Path};

use aws::sigv4::{Authorization, Claim, PathStyle, Scope, SigningKey, canonical, sha256_hex, string_to_sign};
use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::raw::Raw;

#[derive(Deserialize)]
struct Context {
    credentials: Credentials,
    normalize: bool,
    region: String,
    service: String,
    timestamp: String,
}

#[derive(Deserialize)]
struct Credentials {
    access_key_id: String,
    secret_access_key: String,
}

fn check(folder: &Path) {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let context: Context = serde_json::from_str(&read("context.json")).unwrap();
    let request = Raw::parse(&read("header-signed-request.txt"));
    let now = OffsetDateTime::parse(&context.timestamp, &Rfc3339).unwrap();
    let timestamp = aws::sigv4::date::basic(now);
    let scope = Scope { date: timestamp[..8].to_owned(), region: context.region, service: context.service };

    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.headers = request.headers.clone();
    let authorization = Authorization::read(&parts, true).unwrap();
    assert_eq!(authorization.scope, scope, "{name}");
    assert_eq!(authorization.access_key_id, context.credentials.access_key_id, "{name}");

    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let canonical = canonical::Request {
        method: &request.method,
        path,
        query,
        headers: &request.headers,
        authority: None,
        payload: &sha256_hex(&request.body),
        style: if context.normalize { PathStyle::Normalized } else { PathStyle::Verbatim },
    }
    .canonical(&authorization.signed_headers)
    .unwrap();
    assert_eq!(String::from_utf8_lossy(&canonical), read("header-canonical-request.txt"), "{name}");
    let text = string_to_sign(&timestamp, &scope, &canonical);
    assert_eq!(text, read("header-string-to-sign.txt"), "{name}");
    let signature = SigningKey::derive(&context.credentials.secret_access_key, &scope).sign(&text);
    assert_eq!(signature, read("header-signature.txt"), "{name}");
    assert_eq!(signature, authorization.signature, "{name}");

    // The whole way, for the requests that an HTTP server takes (no blank in the target) and a query service reads.
    if let (true, Some(parts)) = (context.normalize, request.parts()) {
        let claim = Claim::read(&parts, &scope.service, now);
        if name == "post-sts-header-after" {
            // A session token put on after signing: some services let it pass, this one wants it signed.
            let text = claim.unwrap_err().to_string();
            assert_eq!(text, "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.");
            return;
        }
        let secret = &context.credentials.secret_access_key;
        assert_eq!(claim.unwrap().prove(&parts, &request.body, secret), Ok(()), "{name}");
    }
}

#[test]
fn published_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut cases: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    assert_eq!(cases.len(), 38, "vectors are missing");
    cases.iter().for_each(|case| check(case));
}
