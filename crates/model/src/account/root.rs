//! What a root user changes of itself: the account's name, its own address and password. Each asks for the password
//! anew, so that an open console alone gives nobody the account.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Secret, name};

const OWN: &str = "an account's name, and its root user's address and password, are its root user's alone";

/// Changes the account's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutAccountName {
    /// The new name.
    #[serde(default)]
    pub account_name: String,
    /// The root user's password.
    #[serde(default)]
    pub current_password: Secret,
}

impl Operation for PutAccountName {
    const ACTION: Action = Action::new("account", "PutAccountName");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(OWN);
    const HIDDEN: &'static [&'static str] = &["CurrentPassword"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountName", &self.account_name, &name::ACCOUNT_NAME);
        fields.secret_length("currentPassword", self.current_password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { account_name: "Example".into(), current_password: "Canary-AccountName-1!".into() }
    }
}

/// Mails a code to the address that is to become the root user's. Until the code comes back nothing is changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartPrimaryEmailUpdate {
    /// The address to be.
    #[serde(default)]
    pub primary_email: String,
    /// The root user's password.
    #[serde(default)]
    pub current_password: Secret,
}

impl Operation for StartPrimaryEmailUpdate {
    const ACTION: Action = Action::new("account", "StartPrimaryEmailUpdate");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(OWN);
    const HIDDEN: &'static [&'static str] = &["CurrentPassword"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("primaryEmail", &self.primary_email, &name::EMAIL);
        fields.secret_length("currentPassword", self.current_password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { primary_email: "new-root@example.com".into(), current_password: "Canary-PrimaryEmail-1!".into() }
    }
}

/// Makes the new address the root user's, by the code that was mailed there. The former address is told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AcceptPrimaryEmailUpdate {
    /// Six digits; good for ten minutes and five tries.
    #[serde(default)]
    pub otp: Secret,
}

impl Operation for AcceptPrimaryEmailUpdate {
    const ACTION: Action = Action::new("account", "AcceptPrimaryEmailUpdate");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(OWN);
    const HIDDEN: &'static [&'static str] = &["Otp"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("otp", self.otp.expose(), 1, 64);
    }

    fn example() -> Self {
        Self { otp: "Canary-Otp-1".into() }
    }
}

/// Changes the root user's own password. Its other sessions end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChangeRootPassword {
    /// The password so far.
    #[serde(default)]
    pub current_password: Secret,
    /// The password to be.
    #[serde(default)]
    pub new_password: Secret,
}

impl Operation for ChangeRootPassword {
    const ACTION: Action = Action::new("account", "ChangeRootPassword");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(OWN);
    const HIDDEN: &'static [&'static str] = &["CurrentPassword", "NewPassword"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("currentPassword", self.current_password.expose(), 1, 1024);
        fields.secret_length("newPassword", self.new_password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { current_password: "Canary-RootPassword-1!".into(), new_password: "Canary-RootPassword-2!".into() }
    }
}
