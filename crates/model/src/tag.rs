//! Tags on resources, and IAM's rules for them.

use serde::{Deserialize, Serialize};

use crate::{ApiError, Fields};

/// Most tags a resource may bear.
pub const MAX_TAGS: usize = 50;

/// A key with its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// 1 to 128 characters; unique on its resource whatever its case, its case preserved.
    pub key: String,
    /// 0 to 256 characters.
    #[serde(default)]
    pub value: String,
}

const KEY_PATTERN: &str = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+";
const VALUE_PATTERN: &str = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";

/// Whether a tag may hold this character: Unicode letters, digits, spaces and `_.:/=+-@`.
pub fn allows(c: char) -> bool {
    c.is_alphanumeric()
        || (c.is_whitespace() && !c.is_control())
        || matches!(c, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@')
}

/// Notes the faults of `tags` under `field` (IAM User Guide, "Tags for IAM resources").
pub fn check(fields: &mut Fields, field: &str, tags: &[Tag]) {
    if tags.len() > MAX_TAGS {
        fields.fault(field, None, format!("Member must have length less than or equal to {MAX_TAGS}"));
    }
    let mut seen: Vec<String> = Vec::with_capacity(tags.len());
    for (index, tag) in tags.iter().enumerate() {
        check_key(fields, &format!("{field}.{}.member.key", index + 1), &tag.key);
        let at = format!("{field}.{}.member.value", index + 1);
        if tag.value.chars().count() > 256 {
            fields.fault(&at, Some(&tag.value), "Member must have length less than or equal to 256");
        }
        if !tag.value.chars().all(allows) {
            fields.fault(
                &at,
                Some(&tag.value),
                format!("Member must satisfy regular expression pattern: {VALUE_PATTERN}"),
            );
        }
        let folded = tag.key.to_lowercase();
        if seen.contains(&folded) {
            fields.refuse(ApiError::InvalidInput {
                message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.".into(),
            });
        }
        seen.push(folded);
    }
}

/// Notes the faults of one tag key under `field`.
pub fn check_key(fields: &mut Fields, field: &str, key: &str) {
    let length = key.chars().count();
    if length == 0 {
        fields.fault(field, Some(key), "Member must have length greater than or equal to 1");
    } else if length > 128 {
        fields.fault(field, Some(key), "Member must have length less than or equal to 128");
    }
    if !key.chars().all(allows) {
        fields.fault(field, Some(key), format!("Member must satisfy regular expression pattern: {KEY_PATTERN}"));
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        fields.refuse(ApiError::InvalidInput { message: "Tag keys cannot start with the reserved prefix aws:".into() });
    }
}
