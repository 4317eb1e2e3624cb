//! Forms about devices that need more than one operation.

use model::{
    ApiError,
    console::StartPasskeyRegistration,
    iam::{
        CreateVirtualMFADevice, CreateVirtualMFADeviceOutput, DeactivateMFADevice, DeleteVirtualMFADevice,
        ListVirtualMFADevices,
    },
};
use serde_json::{Value, json};

use crate::{
    CallError,
    iam::{
        fields::{Fields, answer},
        plan::Runner,
    },
};

/// Begins with a device of the kind that was chosen: makes a virtual one (one of the same name that nobody got takes its
/// leave first), or asks for a passkey's challenge. A hardware token is there already.
pub const CREATE: &str = "console-form:CreateMfaDevice";
/// Takes a device away from somebody, and deletes it.
pub const REMOVE: &str = "console-form:RemoveMfaDevice";
/// Members that are never shown again.
pub const HIDDEN: &[&str] = &["Base32StringSeed", "QRCodePNG", "CreationOptions"];

/// Whether a device of that serial number is one that is made and deleted besides being assigned.
pub fn is_virtual(serial_number: &str) -> bool {
    serial_number.starts_with("arn:") && serial_number.contains(":mfa/")
}

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    let fields = Fields(fields);
    Some(match operation {
        CREATE => match fields.one("Kind").as_str() {
            "passkey" => {
                let user_name = fields.has("UserName").then(|| fields.one("UserName"));
                let device_name = fields.one("VirtualMFADeviceName");
                answer(runner.run(StartPasskeyRegistration { user_name, device_name }).await)
            }
            "hardware" => Ok(json!({ "Kind": "hardware" })),
            _ => answer(create(fields.one("VirtualMFADeviceName"), runner).await),
        },
        REMOVE => {
            let user_name = fields.has("UserName").then(|| fields.one("UserName"));
            answer(remove(user_name, fields.one("SerialNumber"), runner).await)
        }
        _ => return None,
    })
}

async fn create(name: String, runner: &impl Runner) -> Result<CreateVirtualMFADeviceOutput, CallError> {
    let device = CreateVirtualMFADevice { path: "/".into(), virtual_mfa_device_name: name.clone(), tags: Vec::new() };
    let taken = match runner.run(device.clone()).await {
        Err(CallError::Api(taken @ ApiError::EntityAlreadyExists { .. })) => taken,
        answer => return answer,
    };
    // Whoever closed the page half-way left it behind.
    let asked = ListVirtualMFADevices { assignment_status: Some("Unassigned".into()), ..Default::default() };
    let left = runner.run(asked).await.map(|output| output.virtual_mfa_devices).unwrap_or_default();
    let of_name = |serial: &str| serial.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&name));
    let Some(left) = left.into_iter().find(|device| of_name(&device.serial_number)) else {
        return Err(taken.into());
    };
    runner.run(DeleteVirtualMFADevice { serial_number: left.serial_number }).await?;
    runner.run(device).await
}

async fn remove(user_name: Option<String>, serial_number: String, runner: &impl Runner) -> Result<(), CallError> {
    runner.run(DeactivateMFADevice { user_name, serial_number: serial_number.clone() }).await?;
    if !is_virtual(&serial_number) {
        return Ok(());
    }
    // Whoever may take it away but not delete it leaves it in the account, as AWS's console does.
    match runner.run(DeleteVirtualMFADevice { serial_number }).await {
        Err(CallError::Api(ApiError::AccessDenied { .. })) => Ok(()),
        answer => answer,
    }
}
