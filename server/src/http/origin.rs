//! Unsafe requests are taken from our own pages only. Server functions are plain POST addresses, and the
//! framework asks nobody where a request comes from.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use url::Url;

use crate::config::{PublicUrl, is_loopback};

/// Refuses requests that could change something and that another site's page made.
///
/// Browsers say so in `Sec-Fetch-Site`. On plain http beyond loopback they do not send it; then `Origin` must
/// be the public URL, which is why a wrong UNDERSTUDY_PUBLIC_URL is named in the answer.
pub async fn same_site_only(State(public): State<PublicUrl>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), &public) {
        return next.run(request).await;
    }
    let expected = public.origin();
    let text = format!(
        "This request did not come from a page of {expected}. Open {expected} and try again; if you came by another \
         address, whoever runs this server must set UNDERSTUDY_PUBLIC_URL to it.\n"
    );
    (StatusCode::FORBIDDEN, text).into_response()
}

fn is_ours(headers: &HeaderMap, public: &PublicUrl) -> bool {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(site) => site == b"same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|origin| is_public(origin, public)),
    }
}

/// Whether an origin is the public one. On this machine itself, `localhost` and `127.0.0.1` are one.
fn is_public(origin: &HeaderValue, public: &PublicUrl) -> bool {
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if origin == public.origin() {
        return true;
    }
    let (Ok(origin), Ok(public_url)) = (Url::parse(origin), Url::parse(&public.origin())) else {
        return false;
    };
    let same_port = origin.port_or_known_default() == public_url.port_or_known_default();
    public.is_loopback() && is_loopback(&origin) && origin.scheme() == public_url.scheme() && same_port
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(public: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        is_ours(&map, &public.parse().expect("a public URL"))
    }

    #[test]
    fn the_browser_s_word_decides() {
        let public = "https://console.example.com";
        assert!(ours(public, &[("sec-fetch-site", "same-origin")]));
        for site in ["cross-site", "same-site", "none", ""] {
            let origin = ("origin", "https://console.example.com");
            assert!(!ours(public, &[("sec-fetch-site", site), origin]), "{site}");
        }
    }

    #[test]
    fn without_it_the_origin_must_be_the_public_url() {
        let public = "http://10.0.0.5:3000";
        assert!(ours(public, &[("origin", "http://10.0.0.5:3000")]));
        for origin in ["http://10.0.0.5", "https://10.0.0.5:3000", "http://evil.example", "null", ""] {
            assert!(!ours(public, &[("origin", origin)]), "{origin}");
        }
        assert!(!ours(public, &[]));
    }

    #[test]
    fn this_machine_has_several_names() {
        let public = "http://localhost:3000";
        assert!(ours(public, &[("origin", "http://127.0.0.1:3000")]));
        assert!(!ours(public, &[("origin", "http://127.0.0.1:3001")]));
        assert!(!ours("http://10.0.0.5:3000", &[("origin", "http://127.0.0.1:3000")]));
    }
}
