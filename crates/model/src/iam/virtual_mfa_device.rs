//! Virtual MFA devices: made before anybody has them, deleted when nobody has them.

use serde::{Deserialize, Serialize};

use super::{User, root_path};
use crate::{Access, Action, Fields, Operation, Secret, Tag, Timestamp, name, page};

/// Most characters of a device's path and name together: with `arn:aws:iam::<account>:mfa` before them they are a
/// serial number, which has 256 at most.
const LONGEST_PLACE: usize = 227;

/// A virtual MFA device: an authenticator application that shares a seed with us.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VirtualMFADevice {
    /// The device's ARN.
    pub serial_number: String,
    /// The seed: 64 characters of base32 (RFC 4648), and these in base64, as the wire has blobs. Only
    /// CreateVirtualMFADevice answers it.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "Base32StringSeed")]
    pub base32_string_seed: Option<Secret>,
    /// The seed's `otpauth` URI as a QR code: a PNG in base64. Only CreateVirtualMFADevice answers it.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "QRCodePNG")]
    pub qr_code_png: Option<Secret>,
    /// Whose it is, once it is enabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<User>,
    /// Since when it is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_date: Option<Timestamp>,
    /// Its tags, in the answer of CreateVirtualMFADevice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// Makes a virtual MFA device that nobody has yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVirtualMFADevice {
    /// The path.
    #[serde(default = "root_path")]
    pub path: String,
    /// The name; with the path it is unique in the account whatever the case.
    #[serde(default, rename = "VirtualMFADeviceName")]
    pub virtual_mfa_device_name: String,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// What CreateVirtualMFADevice answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateVirtualMFADeviceOutput {
    /// The device, its seed for the only time.
    #[serde(rename = "VirtualMFADevice")]
    pub virtual_mfa_device: VirtualMFADevice,
}

impl Operation for CreateVirtualMFADevice {
    const ACTION: Action = Action::new("iam", "CreateVirtualMFADevice");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Base32StringSeed", "QRCodePNG"];
    type Output = CreateVirtualMFADeviceOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("path", &self.path, &name::PATH);
        fields.rule("virtualMFADeviceName", &self.virtual_mfa_device_name, &name::MFA_DEVICE_NAME);
        if self.path.len() + self.virtual_mfa_device_name.len() > LONGEST_PLACE {
            let constraint = format!(
                "Member must have length less than or equal to {}",
                LONGEST_PLACE.saturating_sub(self.path.len())
            );
            fields.fault("virtualMFADeviceName", Some(&self.virtual_mfa_device_name), constraint);
        }
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self { path: root_path(), virtual_mfa_device_name: "example-device".into(), tags: vec![] }
    }
}

/// Deletes a virtual MFA device that nobody has.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteVirtualMFADevice {
    /// The device's ARN.
    #[serde(default)]
    pub serial_number: String,
}

impl Operation for DeleteVirtualMFADevice {
    const ACTION: Action = Action::new("iam", "DeleteVirtualMFADevice");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("serialNumber", &self.serial_number, &name::SERIAL_NUMBER);
    }

    fn example() -> Self {
        Self { serial_number: super::mfa_device::EXAMPLE_SERIAL.into() }
    }
}

/// Lists the account's virtual MFA devices, whoever has them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevices {
    /// `Assigned`, `Unassigned`, or `Any`, which is what absence means too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment_status: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListVirtualMFADevices answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListVirtualMFADevicesOutput {
    /// The page, without seeds.
    #[serde(rename = "VirtualMFADevices")]
    pub virtual_mfa_devices: Vec<VirtualMFADevice>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListVirtualMFADevices {
    const ACTION: Action = Action::new("iam", "ListVirtualMFADevices");
    const ACCESS: Access = Access::List;
    type Output = ListVirtualMFADevicesOutput;

    fn check(&self, fields: &mut Fields) {
        if let Some(status) = &self.assignment_status {
            fields.one_of("assignmentStatus", status, &["Assigned", "Unassigned", "Any"]);
        }
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
