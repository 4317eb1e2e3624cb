//! The original console keeps its place behind a hash (`/iam/home#/users/alice`), which a server never sees: tutorials'
//! links of that shape are led to the real path.

use leptos::prelude::window;

pub(super) fn install() {
    follow();
    super::dom::listen_window("hashchange", follow);
}

fn follow() {
    let location = window().location();
    let (Ok(path), Ok(hash)) = (location.pathname(), location.hash()) else { return };
    if let Some(place) = real(&path, &hash) {
        // Without an entry in the history: "back" must not lead here again. A browser that refuses stays where it is.
        let _ = location.replace(&place);
    }
}

/// The real path of an old address: `/iam/home#/users$new?step=details` is `/iam/users/create`.
fn real(path: &str, hash: &str) -> Option<String> {
    let service = path.trim_end_matches('/').strip_suffix("/home")?;
    // A path of two slashes would name another host.
    if !service.strip_prefix('/')?.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    // The oldest of them have no slash; any other hash without one is a place within the page.
    let place =
        hash.strip_prefix("#/").or_else(|| hash.strip_prefix('#').filter(|place| *place == "security_credential"))?;
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    if place.is_empty() || place == "home" {
        return None;
    }
    // Browsers take these names for steps in a path; the pages of such users have a mark (`iam::paths::part`).
    let place = match place {
        "users/." => "users/~.",
        "users/.." => "users/~..",
        place => place,
    };
    Some(match place.strip_suffix("$new") {
        Some(noun) => format!("{service}/{noun}/create"),
        None if query.is_empty() => format!("{service}/{place}"),
        None => format!("{service}/{place}?{query}"),
    })
}
