//! The account's policy for console passwords.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation};

/// What a console password must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PasswordPolicy {
    /// Fewest characters, 6 to 128.
    pub minimum_password_length: i64,
    /// At least one of ``! @ # $ % ^ & * ( ) _ + - = [ ] { } | '``.
    pub require_symbols: bool,
    /// At least one digit.
    pub require_numbers: bool,
    /// At least one of A to Z.
    pub require_uppercase_characters: bool,
    /// At least one of a to z.
    pub require_lowercase_characters: bool,
    /// Whether every user may change their own without a policy of theirs.
    pub allow_users_to_change_password: bool,
    /// Whether passwords grow too old.
    pub expire_passwords: bool,
    /// After how many days, 1 to 1,095.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_password_age: Option<i64>,
    /// How many earlier passwords may not come again, 1 to 24.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_reuse_prevention: Option<i64>,
    /// Whether an expired password can only be renewed by an administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard_expiry: Option<bool>,
}

/// Reads the account's own password policy; NoSuchEntity while the default one is in force.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountPasswordPolicy {}

/// What GetAccountPasswordPolicy answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountPasswordPolicyOutput {
    /// The policy.
    pub password_policy: PasswordPolicy,
}

impl Operation for GetAccountPasswordPolicy {
    const ACTION: Action = Action::new("iam", "GetAccountPasswordPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetAccountPasswordPolicyOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Fewest characters where UpdateAccountPasswordPolicy does not say (API reference of that operation).
fn default_minimum_length() -> i64 {
    6
}

/// Gives the account a password policy of its own, in place of the one it had: what is not said is off.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAccountPasswordPolicy {
    /// Fewest characters, 6 to 128.
    #[serde(default = "default_minimum_length")]
    pub minimum_password_length: i64,
    /// See [`PasswordPolicy::require_symbols`].
    #[serde(default)]
    pub require_symbols: bool,
    /// See [`PasswordPolicy::require_numbers`].
    #[serde(default)]
    pub require_numbers: bool,
    /// See [`PasswordPolicy::require_uppercase_characters`].
    #[serde(default)]
    pub require_uppercase_characters: bool,
    /// See [`PasswordPolicy::require_lowercase_characters`].
    #[serde(default)]
    pub require_lowercase_characters: bool,
    /// See [`PasswordPolicy::allow_users_to_change_password`].
    #[serde(default)]
    pub allow_users_to_change_password: bool,
    /// After how many days passwords are too old, 1 to 1,095; absent for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_password_age: Option<i64>,
    /// How many earlier passwords may not come again, 1 to 24; absent for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_reuse_prevention: Option<i64>,
    /// Whether an expired password can only be renewed by an administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard_expiry: Option<bool>,
}

impl Operation for UpdateAccountPasswordPolicy {
    const ACTION: Action = Action::new("iam", "UpdateAccountPasswordPolicy");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.range("minimumPasswordLength", self.minimum_password_length, 6, 128);
        if let Some(count) = self.password_reuse_prevention {
            fields.range("passwordReusePrevention", count, 1, 24);
        }
        if let Some(days) = self.max_password_age {
            fields.range("maxPasswordAge", days, 1, 1095);
        }
    }

    fn example() -> Self {
        Self {
            minimum_password_length: 10,
            require_symbols: true,
            require_numbers: true,
            require_uppercase_characters: true,
            require_lowercase_characters: true,
            allow_users_to_change_password: true,
            max_password_age: Some(90),
            password_reuse_prevention: Some(5),
            hard_expiry: Some(false),
        }
    }
}

/// Takes the account's own password policy away: the default one rules again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteAccountPasswordPolicy {}

impl Operation for DeleteAccountPasswordPolicy {
    const ACTION: Action = Action::new("iam", "DeleteAccountPasswordPolicy");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn example() -> Self {
        Self {}
    }
}
