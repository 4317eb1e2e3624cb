//! No other site may make a browser change something here (OWASP, "Cross-Site Request Forgery Prevention").

use axum::http::{HeaderMap, Method, header};

/// Whether an unsafe request comes from a page of ours: the browser says so itself (`Sec-Fetch-Site`), or, where it
/// says nothing (plain http on another host than loopback), its `Origin` is the public URL's.
pub fn is_ours(method: &Method, headers: &HeaderMap, public_url: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let origin_is_ours = || {
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let (Some(origin), None) = (origins.next(), origins.next()) else { return false };
        origin.to_str().is_ok_and(|origin| same(origin, public_url))
    };
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => origin_is_ours(),
    }
}

/// Origins are equal but for the two names of loopback.
fn same(origin: &str, public_url: &str) -> bool {
    let normal = |url: &str| url.trim_end_matches('/').to_ascii_lowercase().replacen("://127.0.0.1", "://localhost", 1);
    normal(origin) == normal(public_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let ours = "http://localhost:3000";
        let may = |pairs: &[(&'static str, &'static str)]| is_ours(&Method::POST, &headers(pairs), ours);
        assert!(may(&[("sec-fetch-site", "same-origin")]));
        assert!(may(&[("origin", "http://127.0.0.1:3000")]));
        for foreign in ["cross-site", "same-site", "none", ""] {
            assert!(!may(&[("sec-fetch-site", foreign), ("origin", "http://localhost:3000")]), "{foreign}");
        }
        assert!(!may(&[]));
        assert!(!may(&[("origin", "null")]));
        assert!(!may(&[("origin", "http://localhost:3000.evil.example")]));
        assert!(!may(&[("origin", "https://localhost:3000")]));
    }
}
