//! A `User-Agent` in plain words. It is what the browser says of itself: good for knowing one's own machines again, and
//! no proof of anything.

/// What is looked for, the more special before what it also claims to be: Edge calls itself Chrome, Chrome Safari.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Chrome 120 on Windows"; what is no browser of these by its first word; "Unknown browser" for nothing.
pub(super) fn in_words(user_agent: &str) -> String {
    let system = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let found = BROWSERS.iter().find_map(|(mark, name)| Some((*name, version(user_agent, mark)?)));
    // Safari tells its version elsewhere.
    let found = found.or_else(|| {
        user_agent.contains("Safari/").then_some(())?;
        Some(("Safari", version(user_agent, "Version/")?))
    });
    match (found, system) {
        (Some((name, version)), Some(system)) => format!("{name} {version} on {system}"),
        (Some((name, version)), None) => format!("{name} {version}"),
        (None, Some(system)) => format!("Unknown browser on {system}"),
        (None, None) => {
            let product = user_agent.split(['/', ' ']).next().unwrap_or_default();
            if product.is_empty() { "Unknown browser".to_owned() } else { product.chars().take(40).collect() }
        }
    }
}

/// The number before the first point behind a mark.
fn version<'a>(user_agent: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = user_agent.split_once(mark)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn browsers_are_told_by_name_version_and_system() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
                "Chrome 120 on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/121.0.2277.83",
                "Edge 121 on Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/119.0", "Firefox 119 on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
                "Safari 17 on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36",
                "Chrome 118 on Android",
            ),
            ("curl/8.5.0", "curl"),
            ("Mozilla/5.0 (X11; Linux x86_64)", "Unknown browser on Linux"),
            ("Chrome/", "Chrome"),
            ("", "Unknown browser"),
        ] {
            assert_eq!(in_words(agent), words, "{agent}");
        }
    }
}
