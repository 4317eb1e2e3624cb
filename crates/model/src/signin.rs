//! Signing in and out of the console. The session's id never passes through here: the door hands its hash to the
//! waist with the request, and these operations bind a principal to it in their own transaction.

mod recovery;

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Secret};
pub use recovery::{RequestPasswordReset, ResetPassword};

const NO_PRINCIPAL: &str = "sign-in has no principal yet; every try is counted before a password is looked at";

/// Who a session belongs to after a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignInOutput {
    /// The account.
    pub account_id: String,
    /// The signed-in principal's ARN.
    pub arn: String,
    /// Whether nothing but a new password is allowed now.
    pub password_reset_required: bool,
    /// Whether the account's sign-up is still to be finished.
    pub sign_up_pending: bool,
    /// Whether nothing but a code of an MFA device is allowed now: the password alone signs nobody in.
    pub mfa_required: bool,
}

/// Signs in as an account's root user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignInRoot {
    /// The root user's email address.
    #[serde(default)]
    pub email: String,
    /// The root user's password.
    #[serde(default)]
    pub password: Secret,
}

impl Operation for SignInRoot {
    const ACTION: Action = Action::new("signin", "SignInRoot");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(NO_PRINCIPAL);
    const HIDDEN: &'static [&'static str] = &["Password", "Email"];
    type Output = SignInOutput;

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("email", &self.email, 1, 254);
        fields.secret_length("password", self.password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { email: "nobody@example.com".into(), password: "Canary-SignInRoot-1!".into() }
    }
}

/// Signs in as an IAM user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignInUser {
    /// The account's twelve digits or its alias.
    #[serde(default)]
    pub account: String,
    /// The user's name.
    #[serde(default)]
    pub user_name: String,
    /// The user's console password.
    #[serde(default)]
    pub password: Secret,
}

impl Operation for SignInUser {
    const ACTION: Action = Action::new("signin", "SignInUser");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(NO_PRINCIPAL);
    /// People type their password into the wrong field: the name is hidden too (as CloudTrail does).
    const HIDDEN: &'static [&'static str] = &["Password", "UserName"];
    type Output = SignInOutput;

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("account", &self.account, 1, 63);
        fields.secret_length("userName", &self.user_name, 1, 64);
        fields.secret_length("password", self.password.expose(), 1, 1024);
    }

    fn example() -> Self {
        Self { account: "000000000000".into(), user_name: "nobody".into(), password: "Canary-SignInUser-1!".into() }
    }
}

/// Finishes a sign-in whose password was right, by a code of any of the principal's MFA devices.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SubmitMfaCode {
    /// Six digits. Anything else is a wrong code.
    #[serde(default)]
    pub mfa_code: Secret,
}

impl Operation for SubmitMfaCode {
    const ACTION: Action = Action::new("signin", "SubmitMfaCode");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard =
        Guard::Public("the session knows whose password was right; every try is counted before a code is looked at");
    const HIDDEN: &'static [&'static str] = &["MfaCode"];
    type Output = SignInOutput;

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("mfaCode", self.mfa_code.expose(), 1, 64);
    }

    fn example() -> Self {
        Self { mfa_code: "Canary-MfaCode-1!".into() }
    }
}

/// Sets an MFA device right between password and code: its clock has run away, and its codes are refused. Nobody is
/// signed in by it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResyncMfaDevice {
    /// A code that the device has shown.
    #[serde(default)]
    pub mfa_code1: Secret,
    /// The code that it showed next.
    #[serde(default)]
    pub mfa_code2: Secret,
}

impl Operation for ResyncMfaDevice {
    const ACTION: Action = Action::new("signin", "ResyncMfaDevice");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard =
        Guard::Public("the session knows whose password was right; every try is counted before a code is looked at");
    const HIDDEN: &'static [&'static str] = &["MfaCode1", "MfaCode2"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("mfaCode1", self.mfa_code1.expose(), 1, 64);
        fields.secret_length("mfaCode2", self.mfa_code2.expose(), 1, 64);
    }

    fn example() -> Self {
        Self { mfa_code1: "Canary-MfaCode-2!".into(), mfa_code2: "Canary-MfaCode-3!".into() }
    }
}

/// Asks which kinds of MFA devices finish this sign-in, and for the challenge that a passkey is to sign. It came with the
/// password, and a new one comes with each answer: asking changes nothing, and is not in the trail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GetMfaChallenge {}

/// What GetMfaChallenge answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMfaChallengeOutput {
    /// `VIRTUAL`, `HARDWARE`, `PASSKEY`: those of which the principal has one.
    pub kinds: Vec<String>,
    /// Whether it is the root user who signs in.
    pub root: bool,
    /// `PublicKeyCredentialRequestOptionsJSON` of WebAuthn, as text; absent without a passkey, and where browsers
    /// cannot use one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_options: Option<Secret>,
}

impl Operation for GetMfaChallenge {
    const ACTION: Action = Action::new("signin", "GetMfaChallenge");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Public("the session knows whose password was right");
    const HIDDEN: &'static [&'static str] = &["RequestOptions"];
    type Output = GetMfaChallengeOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Finishes a sign-in whose password was right, by any of the principal's passkeys and security keys.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SubmitPasskey {
    /// `AuthenticationResponseJSON` of WebAuthn, as text.
    #[serde(default)]
    pub credential: Secret,
}

impl Operation for SubmitPasskey {
    const ACTION: Action = Action::new("signin", "SubmitPasskey");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(
        "the session knows whose password was right; every try is counted before a signature is looked at",
    );
    const HIDDEN: &'static [&'static str] = &["Credential"];
    type Output = SignInOutput;

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("credential", self.credential.expose(), 1, crate::console::ANSWER);
    }

    fn example() -> Self {
        Self { credential: "Canary-Passkey-2!".into() }
    }
}

/// Ends the caller's console session on the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignOut {}

impl Operation for SignOut {
    const ACTION: Action = Action::new("signin", "SignOut");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public("ending a session needs only the session");
    type Output = ();

    fn example() -> Self {
        Self {}
    }
}
