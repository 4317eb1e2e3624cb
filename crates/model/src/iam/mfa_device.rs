//! MFA devices that somebody has: enabling, setting right, taking away.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Secret, Timestamp, name, page};

/// The serial number in examples.
pub(super) const EXAMPLE_SERIAL: &str = "arn:aws:iam::000000000000:mfa/example-device";
/// Characters of a code.
const CODE: usize = 6;

/// An MFA device that somebody has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MFADevice {
    /// Whose it is; the account id for root's.
    pub user_name: String,
    /// The device's ARN.
    pub serial_number: String,
    /// Since when it is theirs.
    pub enable_date: Timestamp,
}

/// Two codes that follow each other, as a device shows them.
fn check_codes(fields: &mut Fields, first: &Secret, second: &Secret) {
    fields.secret_length("authenticationCode1", first.expose(), CODE, CODE);
    fields.secret_length("authenticationCode2", second.expose(), CODE, CODE);
}

/// Gives a user an MFA device. From then on the user's sign-in asks for its codes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnableMFADevice {
    /// Who gets it; absent for the caller, which AWS's clients do not allow and root's pages need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The device's ARN.
    #[serde(default)]
    pub serial_number: String,
    /// A code of the device.
    #[serde(default)]
    pub authentication_code1: Secret,
    /// The code after it.
    #[serde(default)]
    pub authentication_code2: Secret,
}

impl Operation for EnableMFADevice {
    const ACTION: Action = Action::new("iam", "EnableMFADevice");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["AuthenticationCode1", "AuthenticationCode2"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("serialNumber", &self.serial_number, &name::SERIAL_NUMBER);
        check_codes(fields, &self.authentication_code1, &self.authentication_code2);
    }

    fn example() -> Self {
        Self {
            user_name: Some("example-user".into()),
            serial_number: EXAMPLE_SERIAL.into(),
            authentication_code1: "Canary".into(),
            authentication_code2: "canarY".into(),
        }
    }
}

/// Tells by two codes how far a device's clock is from ours.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResyncMFADevice {
    /// Whose it is; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The device's ARN.
    #[serde(default)]
    pub serial_number: String,
    /// A code of the device.
    #[serde(default)]
    pub authentication_code1: Secret,
    /// The code after it.
    #[serde(default)]
    pub authentication_code2: Secret,
}

impl Operation for ResyncMFADevice {
    const ACTION: Action = Action::new("iam", "ResyncMFADevice");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["AuthenticationCode1", "AuthenticationCode2"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("serialNumber", &self.serial_number, &name::SERIAL_NUMBER);
        check_codes(fields, &self.authentication_code1, &self.authentication_code2);
    }

    fn example() -> Self {
        Self {
            user_name: Some("example-user".into()),
            serial_number: EXAMPLE_SERIAL.into(),
            authentication_code1: "Canary".into(),
            authentication_code2: "canarY".into(),
        }
    }
}

/// Takes an MFA device from whoever has it; a virtual one stays in the account, assigned to nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeactivateMFADevice {
    /// Whose it is; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The device's ARN.
    #[serde(default)]
    pub serial_number: String,
}

impl Operation for DeactivateMFADevice {
    const ACTION: Action = Action::new("iam", "DeactivateMFADevice");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.rule("serialNumber", &self.serial_number, &name::SERIAL_NUMBER);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), serial_number: EXAMPLE_SERIAL.into() }
    }
}

/// Lists the MFA devices of a user.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADevices {
    /// Whose; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListMFADevices answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMFADevicesOutput {
    /// The page.
    #[serde(rename = "MFADevices")]
    pub mfa_devices: Vec<MFADevice>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListMFADevices {
    const ACTION: Action = Action::new("iam", "ListMFADevices");
    const ACCESS: Access = Access::List;
    type Output = ListMFADevicesOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), ..Self::default() }
    }
}

/// Tells since when somebody has an MFA device.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMFADevice {
    /// The device's ARN.
    #[serde(default)]
    pub serial_number: String,
    /// Whose it is; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// What GetMFADevice answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMFADeviceOutput {
    /// Whose it is; the account id for root's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The device's ARN.
    pub serial_number: String,
    /// Since when it is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_date: Option<Timestamp>,
}

impl Operation for GetMFADevice {
    const ACTION: Action = Action::new("iam", "GetMFADevice");
    const ACCESS: Access = Access::Read;
    type Output = GetMFADeviceOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("serialNumber", &self.serial_number, &name::SERIAL_NUMBER);
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { serial_number: EXAMPLE_SERIAL.into(), user_name: Some("example-user".into()) }
    }
}
