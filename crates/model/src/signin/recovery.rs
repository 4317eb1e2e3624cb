//! A root user's forgotten password: a link by mail, and the new password that the link is good for. IAM users have
//! an administrator instead.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Secret};

/// Mails a link to a new password to a root user's address. The answer is the same for an address that no account
/// has.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RequestPasswordReset {
    /// The root user's email address.
    #[serde(default)]
    pub email: String,
}

impl Operation for RequestPasswordReset {
    const ACTION: Action = Action::new("signin", "RequestPasswordReset");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public("whoever forgot a password cannot sign in; every request is counted first");
    const HIDDEN: &'static [&'static str] = &["Email"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("email", &self.email, 1, 254);
    }

    fn example() -> Self {
        Self { email: "nobody@example.com".into() }
    }
}

/// Sets a root user's password by the link from the mail. Nobody is signed in by it, and MFA stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResetPassword {
    /// What the link carries; good once, and for an hour.
    #[serde(default)]
    pub token: Secret,
    /// The new password.
    #[serde(default)]
    pub password: Secret,
}

impl Operation for ResetPassword {
    const ACTION: Action = Action::new("signin", "ResetPassword");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public("the link's token says whose password it is; every wrong one is counted");
    const HIDDEN: &'static [&'static str] = &["Token", "Password"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("token", self.token.expose(), 1, 128);
        fields.secret_length("password", self.password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { token: "Canary-ResetToken-1".into(), password: "Canary-ResetPassword-1!".into() }
    }
}
