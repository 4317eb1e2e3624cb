//! Forms about devices that need more than one operation.

use model::{
    ApiError,
    iam::{
        CreateVirtualMFADevice, CreateVirtualMFADeviceOutput, DeactivateMFADevice, DeleteVirtualMFADevice,
        ListVirtualMFADevices,
    },
};
use serde::Serialize;
use serde_json::Value;

use crate::{CallError, iam::plan::Runner};

/// Makes a device; one of the same name that nobody got takes its leave first.
pub const CREATE: &str = "console-form:CreateMfaDevice";
/// Takes a device away from somebody, and deletes it.
pub const REMOVE: &str = "console-form:RemoveMfaDevice";
/// Members that are never shown again.
pub const HIDDEN: &[&str] = &["Base32StringSeed", "QRCodePNG"];

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    let one = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    Some(match operation {
        CREATE => answer(create(one("VirtualMFADeviceName").unwrap_or_default(), runner).await),
        REMOVE => answer(remove(one("UserName"), one("SerialNumber").unwrap_or_default(), runner).await),
        _ => return None,
    })
}

fn answer<T: Serialize>(result: Result<T, CallError>) -> Result<Value, CallError> {
    serde_json::to_value(result?).map_err(|error| CallError::Transport(error.to_string()))
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
    // Whoever may take it away but not delete it leaves it in the account, as AWS's console does.
    match runner.run(DeleteVirtualMFADevice { serial_number }).await {
        Err(CallError::Api(ApiError::AccessDenied { .. })) => Ok(()),
        answer => answer,
    }
}
