//! Rows of the Users table: what each column shows, and the order and the part of the list that is asked for.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Timestamp, name, page};

/// The orders in which the Users table can be asked for, named after its columns.
pub const USER_ORDERS: [&str; 13] = [
    "user-name",
    "path",
    "groups",
    "last-activity",
    "mfa",
    "password-age",
    "console-last-sign-in",
    "access-key-id",
    "access-key-age",
    "access-key-last-used",
    "arn",
    "creation-time",
    "console-access",
];

/// One user as the Users table shows them. A column that the caller may not read is absent with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserRow {
    /// The user's name.
    pub user_name: String,
    /// Their path.
    pub path: String,
    /// Their id.
    pub user_id: String,
    /// Their ARN.
    pub arn: String,
    /// When they were made.
    pub create_date: Timestamp,
    /// Names of their groups, in order; absent without `iam:ListGroupsForUser`.
    pub groups: Option<Vec<String>>,
    /// Their access keys, oldest first; absent without `iam:ListAccessKeys`.
    pub access_keys: Option<Vec<KeyCell>>,
    /// What their access keys were last used for; absent without `iam:GetAccessKeyLastUsed`.
    pub key_use: Option<KeyUseCell>,
    /// Whether they have a console password, and since when; absent without `iam:GetLoginProfile`.
    pub password: Option<PasswordCell>,
    /// Last sign-in with the password.
    pub password_last_used: Option<Timestamp>,
    /// How many MFA devices they have; absent without `iam:ListMFADevices`.
    pub mfa_devices: Option<i32>,
    /// Of which kinds these are: `VIRTUAL`, `PASSKEY`, `HARDWARE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mfa_kinds: Vec<String>,
}

impl UserRow {
    /// The later of the last sign-in and the last use of a key, as far as the caller may know; nothing if never.
    pub fn last_activity(&self) -> Option<Timestamp> {
        let keys = self.key_use.as_ref().and_then(|used| used.last_used);
        self.password_last_used.max(keys)
    }
}

/// An access key in the Users table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyCell {
    /// Its id.
    pub access_key_id: String,
    /// Whether it works.
    pub active: bool,
    /// When it was made.
    pub create_date: Timestamp,
}

/// The use of a user's access keys in the Users table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyUseCell {
    /// When any of them last signed a request; absent if never.
    pub last_used: Option<Timestamp>,
}

/// A password in the Users table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PasswordCell {
    /// Whether there is one.
    pub enabled: bool,
    /// When it was last set.
    pub changed: Option<Timestamp>,
}

/// The Users table in a bounded number of statements: asks `iam:ListUsers`, and each optional column's action. The row
/// of one user asked for by name may also be read by `iam:GetUser`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserRows {
    /// Only users whose name or access key id contains this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Only users with these names; a page's worth at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_names: Option<Vec<String>>,
    /// The column that gives the order, one of [`USER_ORDERS`]; by name if absent. Users without a value there, and
    /// those of whom the caller may not read it, stand last in either direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// From the last to the first.
    #[serde(default)]
    pub descending: bool,
    /// See [`page`]. A marker belongs to the order it was made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The page that ends before the marker, instead of the one that begins after it.
    #[serde(default)]
    pub backward: bool,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListUserRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserRowsOutput {
    /// The page.
    pub rows: Vec<UserRow>,
    /// How many users the account has in all; of one user asked for by name, whether there is such a one.
    pub total: i64,
    /// The account's time, for ages.
    pub now: Timestamp,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Before which the previous page ends; asked for with `backward`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// For each column that was left out: the action that is missing.
    pub refused: Vec<String>,
}

impl Operation for ListUserRows {
    const ACTION: Action = Action::new("console", "ListUserRows");
    const ACCESS: Access = Access::List;
    type Output = ListUserRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("query", self.query.as_deref(), &name::LINE);
        if let Some(sort) = &self.sort {
            fields.one_of("sort", sort, &USER_ORDERS);
        }
        if self.user_names.as_ref().is_some_and(|names| names.len() > 1000) {
            fields.fault("userNames", None, "Member must have length less than or equal to 1000");
        }
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
