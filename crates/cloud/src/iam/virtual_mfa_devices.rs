//! Virtual MFA devices. The seed leaves once, at creation; afterwards it is opened only to check a code.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use model::{
    ApiError, Kind, Secret, Timestamp,
    iam::{
        CreateVirtualMFADevice, CreateVirtualMFADeviceOutput, DeleteVirtualMFADevice, ListVirtualMFADevices,
        ListVirtualMFADevicesOutput, User, VirtualMFADevice,
    },
    page,
};
use policy::Arn;

use super::{mfa_devices, tags, users};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    marker::{self, Position},
    totp,
    tx::Tx,
};

impl Execute for CreateVirtualMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = Arn::mfa(tx.account().as_str(), &self.path, &self.virtual_mfa_device_name);
        let target = Target::of(&arn).touching("AWS::IAM::MFADevice", arn.to_string()).with_request_tags(&self.tags);
        Ok(if self.tags.is_empty() { target } else { target.also("iam:TagMFADevice", arn.to_string()) })
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateVirtualMFADeviceOutput> {
        let account = tx.account().clone();
        let serial_number = Arn::mfa(account.as_str(), &self.path, &self.virtual_mfa_device_name).to_string();
        let serial_key = serial_number.to_lowercase();
        let seed: [u8; totp::SEED] = tx.random();
        let sealed = tx.seal(&mfa_devices::place(&account, &serial_key), &seed).await?;
        let now = tx.now();
        sqlx::query!(
            "insert into mfa_device (account_id, serial_key, serial_number, path, name, seed_sealed, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            account.as_str(),
            serial_key,
            serial_number,
            self.path,
            self.virtual_mfa_device_name,
            sealed,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("mfa_device_pkey", || ApiError::taken(Kind::VirtualMfaDevice, &serial_number))?;
        limits::virtual_mfa_devices(tx, 1).await?;
        tags::put(tx, &serial_key, &self.tags).await?;
        let alias = sqlx::query_scalar!("select alias from account_alias where account_id = $1", account.as_str())
            .fetch_optional(tx.conn())
            .await?;
        let uri = totp::uri(&seed, &self.virtual_mfa_device_name, alias.as_deref().unwrap_or(account.as_str()))?;
        let blob = |bytes: &[u8]| Some(Secret::new(BASE64_STANDARD.encode(bytes)));
        Ok(CreateVirtualMFADeviceOutput {
            virtual_mfa_device: VirtualMFADevice {
                serial_number,
                base32_string_seed: blob(totp::base32(&seed).as_bytes()),
                qr_code_png: blob(&totp::qr_png(&uri)?),
                user: None,
                enable_date: None,
                tags: self.tags,
            },
        })
    }
}

impl Execute for DeleteVirtualMFADevice {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let account = tx.account().clone();
        let found = sqlx::query_scalar!(
            "select serial_number from mfa_device where account_id = $1 and serial_key = $2",
            account.as_str(),
            self.serial_number.to_lowercase()
        )
        .fetch_optional(tx.conn())
        .await?;
        // A device that is not there is asked about by the name that the call gives it.
        let resource = found.unwrap_or_else(|| {
            let name = self.serial_number.rsplit('/').next().unwrap_or_default();
            Arn::mfa(account.as_str(), "/", name).to_string()
        });
        Ok(Target { resource, ..Target::default() }.touching("AWS::IAM::MFADevice", &self.serial_number))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let device = mfa_devices::hold(tx, &self.serial_number)
            .await?
            .filter(mfa_devices::DeviceRecord::is_virtual)
            .ok_or_else(|| ApiError::missing(Kind::VirtualMfaDevice, &self.serial_number))?;
        if device.is_assigned() {
            return Err(ApiError::conflict("MFA VirtualDevice in use. Must deactivate first.").into());
        }
        let account = tx.account().clone();
        sqlx::query!(
            "with tags as (delete from tag where account_id = $1 and entity_id = $2)
             delete from mfa_device where account_id = $1 and serial_key = $2",
            account.as_str(),
            device.serial_key
        )
        .execute(tx.conn())
        .await?;
        limits::virtual_mfa_devices(tx, -1).await
    }
}

impl Execute for ListVirtualMFADevices {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&Arn::mfa(tx.account().as_str(), "/", "")))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListVirtualMFADevicesOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let assigned = match self.assignment_status.as_deref() {
            Some("Assigned") => Some(true),
            Some("Unassigned") => Some(false),
            _ => None,
        };
        let account = tx.account().clone();
        let rows = sqlx::query!(
            r#"select d.serial_key, d.serial_number, d.enabled_at, u.user_id as "user_id?", u.name as "name?",
                      u.path as "path?", u.created_at as "created_at?", u.password_last_used
               from mfa_device d left join iam_user u on u.account_id = d.account_id and u.user_id = d.user_id
               where d.account_id = $1 and d.kind = 'VIRTUAL' and d.serial_key > $2
                 and ($3::boolean is null or $3 = (d.enabled_at is not null))
               order by d.serial_key limit $4"#,
            account.as_str(),
            after.name,
            assigned,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.serial_key.clone(), id: row.serial_number.clone() });
        let mut virtual_mfa_devices = Vec::with_capacity(rows.len());
        for row in rows {
            let user = match (row.enabled_at, row.user_id, row.name, row.path) {
                (None, ..) => None,
                (Some(_), Some(user_id), Some(user_name), Some(path)) => Some(User {
                    arn: tx.user_arn(&path, &user_name).to_string(),
                    path,
                    user_name,
                    user_id,
                    create_date: Timestamp(row.created_at.unwrap_or_default()),
                    password_last_used: row.password_last_used.map(Timestamp),
                    permissions_boundary: None,
                    tags: Vec::new(),
                }),
                (Some(_), ..) => Some(users::root(tx).await?),
            };
            virtual_mfa_devices.push(VirtualMFADevice {
                serial_number: row.serial_number,
                base32_string_seed: None,
                qr_code_png: None,
                user,
                enable_date: row.enabled_at.map(Timestamp),
                tags: Vec::new(),
            });
        }
        Ok(ListVirtualMFADevicesOutput { virtual_mfa_devices, is_truncated, marker })
    }
}
