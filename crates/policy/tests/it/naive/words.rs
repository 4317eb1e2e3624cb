//! Wildcards and variables, by trying everything.

use super::conditions::Context;

/// A character of a pattern, and whether it is a wildcard.
pub type Sign = (char, bool);

/// `*` and `?` as wildcards, anywhere.
pub fn fits_words(pattern: &str, text: &str) -> bool {
    fits(&signs(pattern), &text.chars().collect::<Vec<_>>())
}

pub fn signs(pattern: &str) -> Vec<Sign> {
    pattern.chars().map(|sign| (sign, matches!(sign, '*' | '?'))).collect()
}

pub fn fits(pattern: &[Sign], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((('*', true), rest)) => (0..=text.len()).any(|taken| fits(rest, &text[taken..])),
        Some(((sign, wild), rest)) => {
            text.first().is_some_and(|found| *wild || found == sign) && fits(rest, &text[1..])
        }
    }
}

/// The same for resources: before the fifth colon a `?` is no colon, and a `*` takes one only if it ends its part.
pub fn fits_resource(pattern: &[Sign], text: &str) -> bool {
    go(pattern, 0, &text.chars().collect::<Vec<_>>())
}

fn go(pattern: &[Sign], colons: usize, text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((('*', true), rest)) => {
            let ends_part = rest.first().is_none_or(|sign| *sign == (':', false));
            let free = colons >= 5 || ends_part;
            (0..=text.len())
                .filter(|taken| free || !text[..*taken].contains(&':'))
                .any(|taken| go(rest, colons, &text[taken..]))
        }
        Some(((_, true), rest)) => {
            text.first().is_some_and(|found| colons >= 5 || *found != ':') && go(rest, colons, &text[1..])
        }
        Some(((sign, false), rest)) => {
            text.first() == Some(sign) && go(rest, colons + usize::from(*sign == ':'), &text[1..])
        }
    }
}

/// Puts the request's values in for variables; `None` if one has none. What is put in is no wildcard.
pub fn expand(text: &str, version: &str, context: &Context) -> Option<Vec<Sign>> {
    let mut rest = text;
    let mut pattern = Vec::new();
    while version == "2012-10-17"
        && let Some(start) = rest.find("${")
        && let Some(end) = rest[start..].find('}')
    {
        pattern.extend(signs(&rest[..start]));
        let inside = &rest[start + 2..start + end];
        rest = &rest[start + end + 1..];
        if ["*", "?", "$"].contains(&inside) {
            pattern.extend(inside.chars().map(|sign| (sign, false)));
            continue;
        }
        let (key, default) = match inside.split_once(", '") {
            Some((key, default)) => (key, default.strip_suffix('\'')),
            None => (inside, None),
        };
        let values = context.get(&key.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
        let value = match values {
            [one] => one.as_str(),
            [] => default?,
            _ => return None,
        };
        pattern.extend(value.chars().map(|sign| (sign, false)));
    }
    pattern.extend(signs(rest));
    Some(pattern)
}
