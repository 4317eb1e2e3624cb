//! Registering a passkey or security key. AWS has no public operation for it: its console asks `iam:EnableMFADevice`, and
//! so do these.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Secret, name};

/// Characters of a browser's answer to a challenge: an attestation holds certificates at most.
pub(crate) const ANSWER: usize = 32 * 1024;

/// Asks for a challenge that a new passkey is to sign. The session keeps it for five minutes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartPasskeyRegistration {
    /// Who gets it; absent for the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// What the device is to be called: the beginning of the last part of its serial number.
    #[serde(default)]
    pub device_name: String,
}

/// What StartPasskeyRegistration answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartPasskeyRegistrationOutput {
    /// What the device is to be called.
    pub device_name: String,
    /// `PublicKeyCredentialCreationOptionsJSON` of WebAuthn, as text.
    pub creation_options: Secret,
}

impl Operation for StartPasskeyRegistration {
    const ACTION: Action = Action::new("console", "StartPasskeyRegistration");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["CreationOptions"];
    type Output = StartPasskeyRegistrationOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("deviceName", &self.device_name, &name::PASSKEY_NAME);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), device_name: "example-key".into() }
    }
}

/// Gives a user the passkey that answered the challenge. From then on the user's sign-in asks for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FinishPasskeyRegistration {
    /// Who gets it; absent for the caller. Whom the challenge was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// What the device is called.
    #[serde(default)]
    pub device_name: String,
    /// `RegistrationResponseJSON` of WebAuthn, as text.
    #[serde(default)]
    pub credential: Secret,
}

/// What FinishPasskeyRegistration answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FinishPasskeyRegistrationOutput {
    /// The device's ARN.
    pub serial_number: String,
}

impl Operation for FinishPasskeyRegistration {
    const ACTION: Action = Action::new("console", "FinishPasskeyRegistration");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Credential"];
    type Output = FinishPasskeyRegistrationOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("deviceName", &self.device_name, &name::PASSKEY_NAME);
        fields.secret_length("credential", self.credential.expose(), 1, ANSWER);
    }

    fn example() -> Self {
        Self {
            user_name: Some("example-user".into()),
            device_name: "example-key".into(),
            credential: "Canary-Passkey-1!".into(),
        }
    }
}
