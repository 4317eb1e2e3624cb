//! What a statement says twice: actions and resources that a wider one beside them means already.

use policy::{Element, Pattern};

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
