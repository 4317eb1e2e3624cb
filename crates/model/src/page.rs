//! AWS's pages: `Marker`, `MaxItems`, `IsTruncated`.
//!
//! List inputs hold `marker` and `max_items` as members of their own rather than a flattened struct: a flattened
//! one makes serde buffer every value as text, and the Query protocol's numbers would not parse.

use crate::{Fields, name};

/// Most items a page may hold.
pub const MAX_ITEMS: i64 = 1000;
/// Items on a page where none are asked for.
pub const DEFAULT_ITEMS: i64 = 100;

/// How many items a page with this `MaxItems` holds.
pub fn limit(max_items: Option<i64>) -> i64 {
    max_items.unwrap_or(DEFAULT_ITEMS).clamp(1, MAX_ITEMS)
}

/// Notes the faults of both members of a list input.
pub fn check(fields: &mut Fields, marker: Option<&str>, max_items: Option<i64>) {
    if let Some(max_items) = max_items {
        fields.range("maxItems", max_items, 1, MAX_ITEMS);
    }
    fields.optional("marker", marker, &name::MARKER);
}
