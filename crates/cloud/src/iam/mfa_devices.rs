//! MFA devices that somebody has. Each code serves once: the one statement that notes its step decides.

use model::{
    ApiError, Kind, Secret,
    iam::{DeactivateMFADevice, EnableMFADevice, ResyncMFADevice},
    id::AccountId,
};

use super::{
    UserRecord, hardware_tokens,
    notices::{self, By},
    user_or_root, user_or_self_target,
};
use crate::{
    Identity,
    error::Result,
    execute::{Execute, Target},
    limits,
    seal::Row,
    totp,
    tx::Tx,
};

/// Where a device's seed lies sealed.
pub(crate) fn place<'a>(account: &'a AccountId, serial_key: &'a str) -> Row<'a> {
    Row { table: "mfa_device", account: account.as_str(), row: serial_key }
}

/// Steps further back than this are never accepted again, and need not be remembered.
pub(crate) const REMEMBERED_STEPS: i64 = 500;

/// A device as the deeds need it.
pub(super) struct DeviceRecord {
    pub(super) serial_key: String,
    pub(super) serial_number: String,
    kind: String,
    seed_sealed: Option<Vec<u8>>,
    enabled_at: Option<i64>,
    user_id: Option<String>,
}

impl DeviceRecord {
    /// Whether somebody has it.
    pub(super) fn is_assigned(&self) -> bool {
        self.enabled_at.is_some()
    }

    /// Whether it is one that CreateVirtualMFADevice made.
    pub(super) fn is_virtual(&self) -> bool {
        self.kind == "VIRTUAL"
    }

    fn is_of(&self, user: Option<&UserRecord>) -> bool {
        self.is_assigned() && self.user_id.as_deref() == user.map(|user| user.user_id.as_str())
    }
}

/// The device of that serial number; its row is held until the end of the transaction.
pub(super) async fn hold(tx: &mut Tx, serial_number: &str) -> Result<Option<DeviceRecord>> {
    let account = tx.account().clone();
    Ok(sqlx::query_as!(
        DeviceRecord,
        "select serial_key, serial_number, kind, seed_sealed, enabled_at, user_id
         from mfa_device where account_id = $1 and serial_key = $2 for update",
        account.as_str(),
        serial_number.to_lowercase()
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The name under which a call means somebody else: root names itself by the account's id, as answers name it.
fn named<'a>(tx: &Tx, name: Option<&'a str>) -> Option<&'a str> {
    let root = *tx.caller().identity() == Identity::Root;
    name.filter(|name| !root || *name != tx.account().as_str())
}

pub(super) async fn target(tx: &mut Tx, name: Option<&str>, serial_number: Option<&str>) -> Result<Target> {
    let name = named(tx, name);
    let target = user_or_self_target(tx, name).await?;
    Ok(match serial_number {
        Some(serial_number) => target.touching("AWS::IAM::MFADevice", serial_number),
        None => target,
    })
}

/// The user that a call means, or root.
pub(super) fn whose(tx: &mut Tx, name: Option<&str>) -> Result<Option<UserRecord>> {
    let name = named(tx, name);
    user_or_root(tx, name)
}

/// The device that a call names, held, with the user who has it; none of somebody else's.
async fn assigned(tx: &mut Tx, name: Option<&str>, serial_number: &str) -> Result<(Option<UserRecord>, DeviceRecord)> {
    let user = whose(tx, name)?;
    let device = hold(tx, serial_number)
        .await?
        .filter(|device| device.is_of(user.as_ref()))
        .ok_or_else(|| ApiError::missing(Kind::MfaDevice, serial_number))?;
    Ok((user, device))
}

/// The step of the second of two codes in a row.
fn pair(tx: &Tx, device: &DeviceRecord, codes: (&Secret, &Secret), window: i64) -> Result<i64> {
    // A passkey shows no codes: there is nothing to set right (rules.md, section 4).
    let sealed = device.seed_sealed.as_deref().ok_or_else(invalid_code)?;
    let seed = tx.open(&place(tx.account(), &device.serial_key), sealed)?;
    totp::Device::new(&seed)
        .pair(codes.0.expose(), codes.1.expose(), totp::step_of(tx.wall()), window)
        .ok_or_else(|| invalid_code().into())
}

fn invalid_code() -> ApiError {
    ApiError::InvalidCode { message: "Authentication code for device is not valid.".into() }
}

impl Execute for EnableMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.user_name.as_deref(), Some(&self.serial_number)).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = whose(tx, self.user_name.as_deref())?;
        // A virtual device is known by its ARN; any other serial number is printed on a token.
        if !self.serial_number.starts_with("arn:") {
            hardware_tokens::bring_in(tx, &self.serial_number).await?;
        }
        let device = hold(tx, &self.serial_number)
            .await?
            .ok_or_else(|| ApiError::missing(Kind::VirtualMfaDevice, &self.serial_number))?;
        if device.is_assigned() {
            return Err(ApiError::taken(Kind::MfaDevice, device.serial_number).into());
        }
        let codes = (&self.authentication_code1, &self.authentication_code2);
        let step = pair(tx, &device, codes, totp::AT_ENABLING)?;
        let (account, now, wall) = (tx.account().clone(), tx.now(), tx.wall());
        let user_id = user.as_ref().map(|user| user.user_id.as_str());
        limits::mfa_devices(tx.conn(), account.as_str(), user_id, 1).await?;
        let enabled = sqlx::query!(
            "update mfa_device
             set enabled_at = $3, user_id = $4, drift_steps = $5,
                 used_steps = array(select s from unnest(used_steps) as s where s > $7) || $6::bigint[]
             where account_id = $1 and serial_key = $2 and enabled_at is null and not used_steps && $6::bigint[]",
            account.as_str(),
            device.serial_key,
            now.0,
            user_id,
            totp::drift(step, totp::step_of(wall)),
            &[step - 1, step],
            step - REMEMBERED_STEPS
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if enabled == 0 {
            return Err(invalid_code().into());
        }
        notices::mfa_added(tx, user.as_ref(), &device.serial_number).await
    }
}

impl Execute for ResyncMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.user_name.as_deref(), Some(&self.serial_number)).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (user, device) = assigned(tx, self.user_name.as_deref(), &self.serial_number).await?;
        let codes = (&self.authentication_code1, &self.authentication_code2);
        let step = pair(tx, &device, codes, totp::AT_RESYNC)?;
        let user_id = user.as_ref().map(|user| user.user_id.as_str());
        if set_right(tx, &device.serial_key, user_id, step).await? { Ok(()) } else { Err(invalid_code().into()) }
    }
}

/// Notes how far the clock of somebody's device is off, by the step of the second of two codes in a row, and both as
/// used. False if the device is not theirs any more or one of the codes was used before.
pub(crate) async fn set_right(tx: &mut Tx, serial_key: &str, user_id: Option<&str>, step: i64) -> Result<bool> {
    let (account, wall) = (tx.account().clone(), tx.wall());
    let synced = sqlx::query!(
        "update mfa_device
         set drift_steps = $4,
             used_steps = array(select s from unnest(used_steps) as s where s > $6) || $5::bigint[]
         where account_id = $1 and serial_key = $2 and user_id is not distinct from $3 and enabled_at is not null
           and not used_steps && $5::bigint[]",
        account.as_str(),
        serial_key,
        user_id,
        totp::drift(step, totp::step_of(wall)),
        &[step - 1, step],
        step - REMEMBERED_STEPS
    )
    .execute(tx.conn())
    .await?;
    Ok(synced.rows_affected() == 1)
}

impl Execute for DeactivateMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.user_name.as_deref(), Some(&self.serial_number)).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (user, device) = assigned(tx, self.user_name.as_deref(), &self.serial_number).await?;
        take_away(tx, user.as_ref(), &device, By::Principal).await
    }
}

/// Takes a device from whoever has it. Of a virtual one the steps that were used stay noted: the seed is the same if it
/// is enabled again. A passkey is forgotten; a hardware token can be assigned anew, in any account.
async fn take_away(tx: &mut Tx, user: Option<&UserRecord>, device: &DeviceRecord, by: By) -> Result<()> {
    let account = tx.account().clone();
    match device.kind.as_str() {
        "VIRTUAL" => {
            sqlx::query!(
                "update mfa_device set enabled_at = null, user_id = null, drift_steps = 0
                 where account_id = $1 and serial_key = $2",
                account.as_str(),
                device.serial_key
            )
            .execute(tx.conn())
            .await?;
        }
        "HARDWARE" => hardware_tokens::give_back(tx, &device.serial_key).await?,
        _ => {
            sqlx::query!(
                "delete from mfa_device where account_id = $1 and serial_key = $2",
                account.as_str(),
                device.serial_key
            )
            .execute(tx.conn())
            .await?;
        }
    }
    limits::mfa_devices(tx.conn(), account.as_str(), user.map(|user| user.user_id.as_str()), -1).await?;
    notices::mfa_removed(tx, user, &device.serial_number, by).await
}

/// Takes all devices from root, which only the operator may do; answers their serial numbers.
pub(crate) async fn take_away_roots(tx: &mut Tx) -> Result<Vec<String>> {
    let account = tx.account().clone();
    let devices = sqlx::query_as!(
        DeviceRecord,
        "select serial_key, serial_number, kind, seed_sealed, enabled_at, user_id from mfa_device
         where account_id = $1 and user_id is null and enabled_at is not null order by serial_key for update",
        account.as_str()
    )
    .fetch_all(tx.conn())
    .await?;
    for device in &devices {
        take_away(tx, None, device, By::Operator).await?;
    }
    Ok(devices.into_iter().map(|device| device.serial_number).collect())
}
