//! Reading the MFA devices that somebody has, of whatever kind.

use model::{
    ApiError, Kind, Timestamp,
    iam::{GetMFADevice, GetMFADeviceOutput, ListMFADevices, ListMFADevicesOutput, MFADevice},
};

use super::{
    UserRecord,
    mfa_devices::{target, whose},
    page_of,
};
use crate::{
    error::{Error, Result},
    execute::{Execute, Target},
    marker::Position,
    tx::Tx,
};

/// The name that answers give a device's owner: the account id for root.
fn owner(tx: &Tx, user: Option<&UserRecord>) -> String {
    user.map_or_else(|| tx.account().0.clone(), |user| user.name.clone())
}

impl Execute for ListMFADevices {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.user_name.as_deref(), None).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListMFADevicesOutput> {
        let user = whose(tx, self.user_name.as_deref())?;
        let account = tx.account().clone();
        let rows = sqlx::query!(
            r#"select serial_number, enabled_at as "enabled_at!" from mfa_device
               where account_id = $1 and user_id is not distinct from $2 and enabled_at is not null
               order by enabled_at, serial_number"#,
            account.as_str(),
            user.as_ref().map(|user| user.user_id.as_str())
        )
        .fetch_all(tx.conn())
        .await?;
        let user_name = owner(tx, user.as_ref());
        let devices = rows
            .into_iter()
            .map(|row| MFADevice {
                user_name: user_name.clone(),
                serial_number: row.serial_number,
                enable_date: Timestamp(row.enabled_at),
            })
            .collect();
        // Twenty digits order as numbers do.
        let position = |device: &MFADevice| Position {
            name: format!("{:020}", device.enable_date.0),
            id: device.serial_number.clone(),
        };
        let (mfa_devices, is_truncated, marker) = page_of(devices, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListMFADevicesOutput { mfa_devices, is_truncated, marker })
    }
}

impl Execute for GetMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.user_name.as_deref(), Some(&self.serial_number)).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetMFADeviceOutput> {
        let user = whose(tx, self.user_name.as_deref())?;
        let account = tx.account().clone();
        let device = sqlx::query!(
            "select serial_number, enabled_at from mfa_device
             where account_id = $1 and serial_key = $2 and user_id is not distinct from $3 and enabled_at is not null",
            account.as_str(),
            self.serial_number.to_lowercase(),
            user.as_ref().map(|user| user.user_id.as_str())
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::from(ApiError::missing(Kind::MfaDevice, &self.serial_number)))?;
        Ok(GetMFADeviceOutput {
            user_name: Some(owner(tx, user.as_ref())),
            serial_number: device.serial_number,
            enable_date: device.enabled_at.map(Timestamp),
        })
    }
}
