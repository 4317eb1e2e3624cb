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

/// Places of IAM's oldest addresses, which have no slash: `/iam/home#users`. Any other hash without one is a place
/// within the page.
const OLDEST: [&str; 7] =
    ["users", "groups", "roles", "policies", "providers", "account_settings", "security_credential"];

/// The real path of an old address: `/iam/home#/users$new?step=details` is `/iam/users/create`.
fn real(path: &str, hash: &str) -> Option<String> {
    let service = path.trim_end_matches('/').strip_suffix("/home")?;
    // A path of two slashes would name another host.
    if !service.strip_prefix('/')?.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    let oldest = |place: &&str| service == "/iam" && OLDEST.contains(place);
    let place = hash.strip_prefix("#/").or_else(|| hash.strip_prefix('#').filter(oldest))?;
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    if place.is_empty() || place == "home" {
        return None;
    }
    let place = match place.split_once('/') {
        Some((noun, name)) => {
            // Today's console has a word more: `#/users/details/alice`.
            let name = name.strip_prefix("details/").unwrap_or(name);
            // Browsers take these names for steps in a path; the pages of their bearers have a mark (`iam::paths::part`).
            let mark = if matches!(name, "." | "..") { "~" } else { "" };
            format!("{noun}/{mark}{name}")
        }
        None => place.to_owned(),
    };
    Some(match place.strip_suffix("$new") {
        Some(noun) => format!("{service}/{noun}/create"),
        None if query.is_empty() => format!("{service}/{place}"),
        None => format!("{service}/{place}?{query}"),
    })
}
