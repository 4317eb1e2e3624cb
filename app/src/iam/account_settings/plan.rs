//! The form of the password policy: a check box beside each number decides whether the number counts.

use model::{ApiError, iam::UpdateAccountPasswordPolicy};
use serde_json::Value;

use crate::{
    CallError,
    iam::{fields::Fields, plan::Runner},
};

/// Sets the account's password policy.
pub const PUT: &str = "console-form:PutPasswordPolicy";

/// Fewest characters where the form does not enforce a number (UpdateAccountPasswordPolicy).
const LEAST: i64 = 6;

/// Runs the form of that name; nothing if it is another.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    if operation != PUT {
        return None;
    }
    let policy = match read(fields) {
        Ok(policy) => policy,
        Err(error) => return Some(Err(error.into())),
    };
    Some(runner.run(policy).await.map(|()| Value::Null))
}

fn read(fields: &[(String, String)]) -> Result<UpdateAccountPasswordPolicy, ApiError> {
    let fields = Fields(fields);
    let has = |name: &str| fields.has(name);
    let number = |switch: &str, name: &str, field: &str| -> Result<Option<i64>, ApiError> {
        if !has(switch) {
            return Ok(None);
        }
        let text = fields.one(name);
        let text = text.trim();
        text.parse().map(Some).map_err(|_| ApiError::field(field, Some(text), "Type a number."))
    };
    Ok(UpdateAccountPasswordPolicy {
        minimum_password_length: number("EnforceLength", "MinimumPasswordLength", "minimumPasswordLength")?
            .unwrap_or(LEAST),
        require_symbols: has("RequireSymbols"),
        require_numbers: has("RequireNumbers"),
        require_uppercase_characters: has("RequireUppercaseCharacters"),
        require_lowercase_characters: has("RequireLowercaseCharacters"),
        allow_users_to_change_password: has("AllowUsersToChangePassword"),
        max_password_age: number("ExpirePasswords", "MaxPasswordAge", "maxPasswordAge")?,
        password_reuse_prevention: number("PreventReuse", "PasswordReusePrevention", "passwordReusePrevention")?,
        hard_expiry: has("HardExpiry").then_some(true),
    })
}
