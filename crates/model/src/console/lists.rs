//! How a principal likes a list of the console: which columns, how many rows.

use serde::{Deserialize, Serialize};

use crate::Fields;

/// How many rows a page of a list may hold.
pub const PAGE_SIZES: [i64; 4] = [10, 20, 50, 100];
/// How many it holds until its reader chooses.
pub const PAGE_SIZE: i64 = 50;
/// Most columns that one preference names.
const MOST_COLUMNS: usize = 40;

/// How one list is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPreference {
    /// Rows on a page, one of [`PAGE_SIZES`].
    #[serde(default = "page_size")]
    pub page_size: i64,
    /// Ids of the columns shown beside the one that names the row; ids that the list does not know show nothing.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// How the list of that name is shown from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NamedListPreference {
    /// The list's name: `users-2020`.
    #[serde(default)]
    pub name: String,
    /// See [`ListPreference`].
    #[serde(default = "page_size")]
    pub page_size: i64,
    /// See [`ListPreference`].
    #[serde(default)]
    pub columns: Vec<String>,
}

fn page_size() -> i64 {
    PAGE_SIZE
}

impl NamedListPreference {
    /// Notes what breaks the rules: names are short and plain, sizes are those that are offered.
    pub(super) fn check(&self, fields: &mut Fields) {
        plain(fields, "list.name", &self.name);
        if !PAGE_SIZES.contains(&self.page_size) {
            let size = self.page_size.to_string();
            fields.fault("list.pageSize", Some(&size), "Member must satisfy enum value set: [10, 20, 50, 100]");
        }
        if self.columns.len() > MOST_COLUMNS {
            fields.fault("list.columns", None, "Member must have length less than or equal to 40");
        }
        for column in &self.columns {
            plain(fields, "list.columns", column);
        }
    }
}

fn plain(fields: &mut Fields, field: &str, text: &str) {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.is_empty() || text.len() > 40 || !text.bytes().all(allowed) {
        fields.fault(field, Some(text), "Member must satisfy regular expression pattern: [a-z0-9-]{1,40}");
    }
}
