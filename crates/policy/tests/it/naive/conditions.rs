//! Conditions, each operator for itself.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::Value;

use super::texts;
use super::words::{Sign, expand, fits, signs};

/// Keys in lower case, with their values.
pub type Context = BTreeMap<String, Vec<String>>;

/// Whether all conditions hold; `None` if it cannot be told.
pub fn holds(condition: &Value, version: &str, context: &Context) -> Option<bool> {
    let mut answers = Vec::new();
    for (operator, keys) in condition.as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            let found = context.get(&key.to_lowercase()).cloned().unwrap_or_default();
            answers.push(one(operator, &texts(values), &found, version, context));
        }
    }
    all(answers)
}

fn all(answers: Vec<Option<bool>>) -> Option<bool> {
    if answers.contains(&Some(false)) {
        Some(false)
    } else if answers.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn any(answers: Vec<Option<bool>>) -> Option<bool> {
    all(answers.into_iter().map(|answer| answer.map(|yes| !yes)).collect()).map(|no| !no)
}

fn one(operator: &str, values: &[String], found: &[String], version: &str, context: &Context) -> Option<bool> {
    if operator == "Null" {
        let wants = |value: &String| match value.to_lowercase().as_str() {
            "true" => Some(found.is_empty()),
            "false" => Some(!found.is_empty()),
            _ => None,
        };
        return any(values.iter().map(wants).collect());
    }
    let (set, rest) = operator.split_once(':').unwrap_or(("", operator));
    let (name, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |name| (name, true));
    let (positive, negated) = positive(name)?;
    if found.is_empty() {
        return Some(if_exists || set == "ForAllValues" || (set.is_empty() && negated));
    }
    let nothing = found.iter().all(String::is_empty);
    if nothing && !set.is_empty() {
        return Some(set == "ForAllValues");
    }
    // Whether a value of the request is one of the policy's.
    let is_one =
        |value: &String| any(values.iter().map(|own| compare(positive, own, value, version, context)).collect());
    let passes = |value: &String| is_one(value).map(|yes| yes != negated);
    match set {
        "ForAllValues" => all(found.iter().map(passes).collect()),
        "ForAnyValue" => any(found.iter().map(passes).collect()),
        _ => any(found.iter().map(is_one).collect()).map(|yes| yes != negated),
    }
}

/// The test that an operator makes, and whether it wants it to fail.
fn positive(name: &str) -> Option<(&'static str, bool)> {
    Some(match name {
        "StringEquals" => ("text", false),
        "StringNotEquals" => ("text", true),
        "StringEqualsIgnoreCase" => ("caseless", false),
        "StringNotEqualsIgnoreCase" => ("caseless", true),
        "StringLike" => ("like", false),
        "StringNotLike" => ("like", true),
        "NumericEquals" => ("number =", false),
        "NumericNotEquals" => ("number =", true),
        "NumericLessThan" => ("number <", false),
        "NumericLessThanEquals" => ("number <=", false),
        "NumericGreaterThan" => ("number >", false),
        "NumericGreaterThanEquals" => ("number >=", false),
        "DateEquals" => ("date =", false),
        "DateNotEquals" => ("date =", true),
        "DateLessThan" => ("date <", false),
        "DateLessThanEquals" => ("date <=", false),
        "DateGreaterThan" => ("date >", false),
        "DateGreaterThanEquals" => ("date >=", false),
        "Bool" => ("caseless", false),
        "BinaryEquals" => ("bytes", false),
        "IpAddress" => ("address", false),
        "NotIpAddress" => ("address", true),
        "ArnEquals" | "ArnLike" => ("arn", false),
        "ArnNotEquals" | "ArnNotLike" => ("arn", true),
        _ => return None,
    })
}

/// Whether one value of the request passes the test with one of the policy's; `None` if the policy's cannot be read.
fn compare(test: &str, own: &str, found: &str, version: &str, context: &Context) -> Option<bool> {
    let letters: Vec<char> = found.chars().collect();
    let expanded = expand(own, version, context);
    let plain = |pattern: &[Sign]| pattern.iter().map(|(sign, _)| *sign).collect::<String>();
    Some(match test {
        "text" => expanded.is_some_and(|pattern| plain(&pattern) == found),
        "caseless" => expanded.is_some_and(|pattern| plain(&pattern).to_lowercase() == found.to_lowercase()),
        "like" => expanded.is_some_and(|pattern| fits(&pattern, &letters)),
        "arn" => expanded.is_some_and(|pattern| fits_arn(&pattern, found)),
        "bytes" => {
            let own = bytes(own)?;
            bytes(found).is_some_and(|found| found == own)
        }
        "address" => {
            let (network, length) = own.split_once('/').unwrap_or((own, ""));
            let network = bits(network)?;
            let length = if length.is_empty() { network.len() } else { length.parse().ok()? };
            bits(found).is_some_and(|bits| bits.len() == network.len() && bits[..length] == network[..length])
        }
        ordered => {
            let read = if ordered.starts_with("date") { date } else { number };
            let (own, found) = (read(own)?, read(found));
            found.is_some_and(|found| match ordered.split_once(' ').map_or("", |(_, order)| order) {
                "=" => found == own,
                "<" => found < own,
                "<=" => found <= own,
                ">" => found > own,
                _ => found >= own,
            })
        }
    })
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Seconds since 1970: of a day in January of 2020 or 2021, or as they stand.
fn date(text: &str) -> Option<f64> {
    let Some((year, day)) = text.split_once("-01-") else {
        return if text.chars().all(|digit| digit.is_ascii_digit()) { number(text) } else { None };
    };
    let (year, day) = (number(year)?, number(day)?);
    Some(1_577_836_800.0 + ((year - 2020.0) * 366.0 + day - 1.0) * 86_400.0)
}

/// The bytes that base64 stands for, as binary digits: six for a letter. Whole eights count; what is left must be zeros,
/// and fewer than a letter's.
fn bytes(text: &str) -> Option<String> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = text.trim_end_matches('=');
    let digits: Option<String> =
        letters.chars().map(|letter| LETTERS.find(letter).map(|value| format!("{value:06b}"))).collect();
    let digits = digits?;
    let (bytes, rest) = digits.split_at(digits.len() / 8 * 8);
    (rest.len() < 6 && !rest.contains('1')).then(|| bytes.to_owned())
}

/// An address as its binary digits.
fn bits(text: &str) -> Option<String> {
    Some(match text.parse().ok()? {
        IpAddr::V4(address) => address.octets().iter().map(|octet| format!("{octet:08b}")).collect(),
        IpAddr::V6(address) => address.octets().iter().map(|octet| format!("{octet:08b}")).collect(),
    })
}

/// Six parts, each by itself; a star alone is any.
fn fits_arn(pattern: &[Sign], found: &str) -> bool {
    let parts: Vec<Vec<char>> = found.splitn(6, ':').map(|part| part.chars().collect()).collect();
    if pattern == signs("*") {
        return parts.len() == 6;
    }
    let patterns: Vec<&[Sign]> = pattern.splitn(6, |sign| *sign == (':', false)).collect();
    parts.len() == 6 && patterns.len() == 6 && patterns.iter().zip(&parts).all(|(pattern, part)| fits(pattern, part))
}
