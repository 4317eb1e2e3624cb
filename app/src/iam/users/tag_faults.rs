//! What is wrong with tags, in the rows of a form.

use model::{ApiError, Fields, Tag, tag};

use crate::iam::words::plain;

/// The characters of tags, in words.
pub(super) const CHARACTERS: &str = "Unicode letters, digits, white space and any of the following: _.:/=+@-";

/// What is wrong with tags: which one, its `key` or its `value`, and the fault in words. Each is checked by itself, so
/// that its fault stands in its row; rows without anything are no tags.
pub(super) fn faults(tags: &[Tag]) -> Vec<(usize, &'static str, String)> {
    let mut faults = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (index, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.key.is_empty() || !tag.value.is_empty()) {
        let mut fields = Fields::default();
        tag::check(&mut fields, "tags", std::slice::from_ref(tag));
        match fields.finish() {
            Err(ApiError::Validation { fields }) => {
                let mut told: Vec<&str> = Vec::new();
                for fault in &fields {
                    let part = if fault.field.ends_with("key") { "key" } else { "value" };
                    if !told.contains(&part) {
                        told.push(part);
                        faults.push((index, part, fault_in_words(&fault.constraint, part == "key")));
                    }
                }
            }
            Err(error) => faults.push((index, "key", error.to_string())),
            Ok(()) => {}
        }
        let folded = tag.key.to_lowercase();
        if seen.contains(&folded) {
            let text = "You must specify a unique tag key. Keys are the same whatever their case.";
            faults.push((index, "key", text.into()));
        }
        seen.push(folded);
    }
    faults
}

/// A broken rule of a tag's key or value, in words.
fn fault_in_words(constraint: &str, is_key: bool) -> String {
    if is_key && constraint.ends_with("greater than or equal to 1") {
        return "You must specify a tag key".into();
    }
    plain(constraint, if is_key { "A tag key" } else { "A tag value" }, CHARACTERS)
}
