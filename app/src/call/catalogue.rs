//! The services of AWS's catalogue for the browser, each by itself: what an editor completes and checks names with. It
//! is the same for everybody, and its address changes with the data, so that it is fetched once.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::page;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers with the service as `services::Service` reads it from JSON, of whatever version is here: a page from before
/// an update still works, but its address keeps nothing.
pub(super) async fn service(Path((version, prefix)): Path<(String, String)>, headers: HeaderMap) -> Response {
    answer(&version, &headers, || ::services::gzip(&prefix), || ::services::json(&prefix))
}

/// Answers with the index of the services, in the same way.
pub(super) async fn index(Path(version): Path<String>, headers: HeaderMap) -> Response {
    answer(&version, &headers, || Some(::services::index_gzip()), || Some(::services::index_json()))
}

fn answer(
    version: &str,
    headers: &HeaderMap,
    gzip: impl FnOnce() -> Option<Vec<u8>>,
    json: impl FnOnce() -> Option<String>,
) -> Response {
    let cached = if version == ::services::version() { FOREVER } else { page::NO_STORE };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, cached),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if accepted.contains("gzip") {
        let packed = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        return gzip().map_or_else(missing, |bytes| (head, packed, bytes).into_response());
    }
    json().map_or_else(missing, |text| (head, text).into_response())
}

fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}
