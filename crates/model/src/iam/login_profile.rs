//! Console passwords.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Secret, Timestamp, name};

/// A console password, without the password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfile {
    /// Whose it is.
    pub user_name: String,
    /// When it was made or last changed by an administrator.
    pub create_date: Timestamp,
    /// Whether the user must choose another at the next sign-in.
    pub password_reset_required: bool,
}

/// Gives a user a console password.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateLoginProfile {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The password, at most 128 characters.
    #[serde(default)]
    pub password: Secret,
    /// Whether the user must choose another at the next sign-in.
    #[serde(default)]
    pub password_reset_required: bool,
}

/// What CreateLoginProfile answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateLoginProfileOutput {
    /// The profile made.
    pub login_profile: LoginProfile,
}

impl Operation for CreateLoginProfile {
    const ACTION: Action = Action::new("iam", "CreateLoginProfile");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Password"];
    type Output = CreateLoginProfileOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.new_password("password", self.password.expose());
    }

    fn example() -> Self {
        Self {
            user_name: "example-user".into(),
            password: "Canary-CreateLogin-1!".into(),
            password_reset_required: true,
        }
    }
}

/// Tells whether a user has a console password.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfile {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// What GetLoginProfile answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfileOutput {
    /// The profile.
    pub login_profile: LoginProfile,
}

impl Operation for GetLoginProfile {
    const ACTION: Action = Action::new("iam", "GetLoginProfile");
    const ACCESS: Access = Access::List;
    type Output = GetLoginProfileOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()) }
    }
}

/// Sets a user's console password anew, or whether it must be changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateLoginProfile {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The new password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// Whether the user must choose another at the next sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_reset_required: Option<bool>,
}

impl Operation for UpdateLoginProfile {
    const ACTION: Action = Action::new("iam", "UpdateLoginProfile");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Password"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        if let Some(password) = &self.password {
            fields.new_password("password", password.expose());
        }
    }

    fn example() -> Self {
        Self {
            user_name: "example-user".into(),
            password: Some("Canary-UpdateLogin-1!".into()),
            password_reset_required: Some(true),
        }
    }
}

/// Takes a user's console password away and ends their console sessions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteLoginProfile {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

impl Operation for DeleteLoginProfile {
    const ACTION: Action = Action::new("iam", "DeleteLoginProfile");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()) }
    }
}

/// Changes the caller's own console password.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChangePassword {
    /// The password until now.
    #[serde(default)]
    pub old_password: Secret,
    /// The password from now on.
    #[serde(default)]
    pub new_password: Secret,
}

impl Operation for ChangePassword {
    const ACTION: Action = Action::new("iam", "ChangePassword");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["OldPassword", "NewPassword"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("oldPassword", self.old_password.expose(), 1, 128);
        fields.new_password("newPassword", self.new_password.expose());
    }

    fn example() -> Self {
        Self { old_password: "Canary-OldPassword-1!".into(), new_password: "Canary-NewPassword-1!".into() }
    }
}
