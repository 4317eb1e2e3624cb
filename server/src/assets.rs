//! The built site inside the binary: script, wasm, styles, fonts and icons, each under a name that changes with
//! its content, so that browsers may keep it for ever.

use app::call::{Assets, Module};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// One embedded file with its compressed variants.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the sources: `main.css`.
    pub logical: &'static str,
    /// Its name below `/pkg/`: `main.<hash>.css`.
    pub name: &'static str,
    identity: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// All embedded files, in the order of their names.
pub static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Where a file is served, by its name in the sources.
pub fn path(logical: &str) -> Option<String> {
    find(logical).map(|asset| format!("/pkg/{}", asset.name))
}

/// The files that every page's head names. Empty in a binary without the site.
pub fn of_shell() -> Assets {
    let named = |logical: &str| path(logical).unwrap_or_default();
    let module = |name| Module { js: named(&format!("{name}.js")), wasm: named(&format!("{name}.wasm")) };
    Assets {
        css: named("main.css"),
        islands: module("frontend"),
        wizards: module("wizards"),
        editor: named("editor.js"),
        passkey: named("passkey.js"),
        font: named("open-sans-latin-wght-normal.woff2"),
        icon: named("favicon.svg"),
    }
}

fn find(logical: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.logical == logical)
}

/// Serves the embedded files.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/pkg/{name}", get(hashed)).route("/favicon.ico", get(favicon))
}

async fn hashed(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let found = ASSETS.binary_search_by(|asset| asset.name.cmp(name.as_str()));
    match found {
        Ok(index) => ASSETS[index].answer(&headers, "public, max-age=31536000, immutable"),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Browsers ask for this name by themselves, and take any picture for an answer; it carries no hash.
async fn favicon(headers: HeaderMap) -> Response {
    match find("favicon.svg") {
        Some(asset) => asset.answer(&headers, "public, max-age=86400"),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Asset {
    fn answer(&self, request: &HeaderMap, keep: &'static str) -> Response {
        let accepted = Accepted::by(request);
        let (bytes, encoding) = match (self.brotli, self.gzip) {
            (Some(bytes), _) if accepted.brotli => (bytes, Some("br")),
            (_, Some(bytes)) if accepted.gzip => (bytes, Some("gzip")),
            _ => (self.identity, None),
        };
        let mut response = Bytes::from_static(bytes).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(self.logical)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if self.brotli.is_some() || self.gzip.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The content codings of ours that a client takes (RFC 9110, section 12.5.3).
#[derive(Debug, Default, PartialEq, Eq)]
struct Accepted {
    brotli: bool,
    gzip: bool,
}

impl Accepted {
    fn by(headers: &HeaderMap) -> Self {
        let mut named = [None, None];
        let mut any = false;
        let values = headers.get_all(header::ACCEPT_ENCODING);
        for item in values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')) {
            let mut parts = item.split(';').map(str::trim);
            let coding = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q="));
            let wanted = weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0));
            match coding.as_str() {
                "br" => named[0] = Some(wanted),
                "gzip" | "x-gzip" => named[1] = Some(wanted),
                "*" => any = wanted,
                _ => {}
            }
        }
        Self { brotli: named[0].unwrap_or(any), gzip: named[1].unwrap_or(any) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &'static str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        Accepted::by(&headers)
    }

    #[test]
    fn only_what_the_client_takes_is_sent() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Accepted { brotli: true, gzip: true });
        assert_eq!(accepted("gzip"), Accepted { brotli: false, gzip: true });
        assert_eq!(accepted("br;q=0, *"), Accepted { brotli: false, gzip: true });
        assert_eq!(accepted("br; q=0.5"), Accepted { brotli: true, gzip: false });
        assert_eq!(accepted("identity"), Accepted::default());
        assert_eq!(Accepted::by(&HeaderMap::new()), Accepted::default());
    }

    #[test]
    fn the_table_can_be_searched() {
        assert!(ASSETS.is_sorted_by(|one, next| one.name < next.name));
    }
}
