//! What a statement says twice: actions and resources that a wider one beside them means already; and what it compares as
//! something that it is not.

use policy::{Element, Pattern};

use crate::catalogue::condition_key;
use crate::service::KeyType;
use crate::visual::compared;

/// Characters of all values of a list together at most, for it to be looked at: what is compared with each other is bounded by
/// its square. No policy that IAM keeps is longer.
const LONGEST: usize = 10_240;

/// The places of the actions that another one of the list means; their case does not count.
pub(crate) fn redundant_actions(element: &Element) -> Vec<usize> {
    let values: Vec<String> = element.values.iter().map(|value| value.to_ascii_lowercase()).collect();
    redundant(&values, Pattern::new)
}

/// The places of the resources that another one of the list means.
pub(crate) fn redundant_resources(element: &Element) -> Vec<usize> {
    redundant(&element.values, Pattern::resource)
}

/// Of two that mean the same the later one.
fn redundant(values: &[String], pattern: impl Fn(&str) -> Pattern) -> Vec<usize> {
    if values.iter().map(String::len).sum::<usize>() > LONGEST {
        return Vec::new();
    }
    // A `?` stands for one character, which the `*` of another pattern is only in its spelling.
    let wide = |value: &String| value.contains('*') && !value.contains('?');
    let patterns: Vec<Option<Pattern>> = values.iter().map(|value| wide(value).then(|| pattern(value))).collect();
    let means = |one: usize, other: usize| {
        values.get(one) == values.get(other)
            || matches!((patterns.get(one), values.get(other)), (Some(Some(one)), Some(other)) if one.matches(other))
    };
    let said = |place: &usize| {
        (0..values.len())
            .any(|other| other != *place && means(other, *place) && (other < *place || !means(*place, other)))
    };
    (0..values.len()).filter(said).collect()
}

/// The type of operator that a key of the catalogue needs, where this operator compares something else and so is never
/// met, or always. Names of resources may be compared as texts, instants as numbers of seconds (IAM User Guide, "IAM JSON
/// policy elements: Condition operators").
pub(crate) fn needed_operator(operator: &str, key: &str) -> Option<&'static str> {
    let key = condition_key(key)?.key_type.of_one();
    let fits = match (compared(operator)?, key) {
        (KeyType::String, KeyType::Arn) | (KeyType::Numeric, KeyType::Date) => true,
        (compared, key) => compared == key,
    };
    let needed = match key {
        KeyType::Numeric => "Numeric",
        KeyType::Bool => "Bool",
        KeyType::Date => "Date",
        KeyType::Arn => "Arn",
        KeyType::IpAddress => "IpAddress",
        KeyType::Binary => "Binary",
        _ => "String",
    };
    (!fits).then_some(needed)
}
