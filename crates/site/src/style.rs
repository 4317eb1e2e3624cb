//! The style sheet, and the fonts and icons it names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use grass::{Options, OutputStyle};

use crate::BASE;
use crate::inputs;
use crate::output::Site;

/// Folders beside `main.scss` whose files are served as they are.
const FOLDERS: [&str; 2] = ["fonts", "icons"];

/// Adds every font and icon, then `main.css` with the places it names replaced by the hashed ones.
pub fn build(folder: &Path, site: &mut Site) -> Result<()> {
    let mut places = BTreeMap::new();
    for name in FOLDERS {
        let folder = folder.join(name);
        if !folder.is_dir() {
            continue;
        }
        for path in inputs::files(&folder)? {
            let file = path.file_name().and_then(|file| file.to_str()).context("a file name that is not UTF-8")?;
            if !is_served(file) {
                continue;
            }
            let hashed = site.add(file, &fs::read(&path)?)?;
            places.insert(format!("{name}/{file}"), format!("{BASE}{hashed}"));
        }
    }
    let sheet = grass::from_path(folder.join("main.scss"), &Options::default().style(OutputStyle::Compressed))?;
    site.add("main.css", relocate(&sheet, &places)?.as_bytes())?;
    Ok(())
}

/// A licence text beside the fonts is for readers of the repository, not for browsers.
fn is_served(file: &str) -> bool {
    matches!(file.rsplit_once('.'), Some((_, "woff2" | "svg" | "png" | "ico" | "webmanifest")))
}

/// Replaces every `url(fonts/…)` and `url(icons/…)`. A place that is not one of ours is an error: it would be
/// a request to another host, or a 404 nobody notices.
fn relocate(sheet: &str, places: &BTreeMap<String, String>) -> Result<String> {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(start) = rest.find("url(") {
        let (before, after) = rest.split_at(start + 4);
        out.push_str(before);
        let (place, tail) = argument(after).context("a url( that is not closed")?;
        if place.starts_with("data:") || place.starts_with('#') {
            out.push_str(&after[..after.len() - tail.len()]);
        } else {
            let Some(hashed) = places.get(place.trim_start_matches("./")) else {
                bail!("main.css names {place}, which is neither in fonts/ nor in icons/");
            };
            out.push_str(hashed);
            out.push(')');
        }
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

/// The argument of a `url(`, without its quotes, and what follows the closing bracket. A quoted `data:`
/// address may hold brackets of its own.
fn argument(after: &str) -> Option<(&str, &str)> {
    match after.chars().next()? {
        quote @ ('"' | '\'') => {
            let (place, tail) = after[1..].split_once(quote)?;
            Some((place, tail.trim_start().strip_prefix(')')?))
        }
        _ => after.split_once(')').map(|(place, tail)| (place.trim(), tail)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> BTreeMap<String, String> {
        BTreeMap::from([("fonts/a.woff2".to_owned(), "/pkg/a.1.woff2".to_owned())])
    }

    #[test]
    fn fonts_get_their_hashed_names() {
        let sheet = r#"x{src:url("fonts/a.woff2") format("woff2"),url(./fonts/a.woff2)}y{}"#;
        let expected = r#"x{src:url(/pkg/a.1.woff2) format("woff2"),url(/pkg/a.1.woff2)}y{}"#;
        assert_eq!(relocate(sheet, &places()).expect("relocates"), expected);
    }

    #[test]
    fn data_and_fragments_stay() {
        let sheet = r#"x{mask:url("data:image/svg+xml,<path d='M(1)'/>")}y{fill:url(#a)}"#;
        assert_eq!(relocate(sheet, &places()).expect("relocates"), sheet);
    }

    #[test]
    fn a_place_elsewhere_is_refused() {
        assert!(relocate("x{src:url(https://example.com/a.woff2)}", &places()).is_err());
        assert!(relocate("x{src:url(fonts/missing.woff2)}", &places()).is_err());
        assert!(relocate("x{src:url(fonts/a.woff2}", &places()).is_err());
    }
}
