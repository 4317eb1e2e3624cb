//! One table after the other, a few rows at a time. Each row is changed only if it still is what was read.

use anyhow::Context as _;
use model::id::AccountId;
use sqlx::PgConnection;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::length;
use crate::{
    Cloud,
    iam::{hardware_tokens, mfa_devices},
    outbox,
    seal::{DATA, MAGIC, PREFIX, Row, Sealer, data_keys},
    tx,
};

/// Rows looked for at once.
const BATCH: i64 = 50;

/// The value of an account's row under the account's data key, which is made if there is none. None if the account went
/// meanwhile, and the row with it.
async fn under_data_key(
    conn: &mut PgConnection,
    sealer: &Sealer,
    row: &Row<'_>,
    sealed: &[u8],
) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(data_key) = data_keys::of(conn, sealer, row.account).await? else { return Ok(None) };
    let plain = sealer.open_for(row, Some(&data_key), sealed).with_context(|| format!("{} {}", row.table, row.row))?;
    sealer.seal_for(row, &data_key, &Zeroizing::new(plain)).map(Some)
}

/// The value of nobody's row under the current master key.
fn under_master_key(sealer: &Sealer, row: &Row<'_>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
    let plain = sealer.open(row, sealed).with_context(|| format!("{} {}", row.table, row.row))?;
    Ok(sealer.seal(row, &Zeroizing::new(plain)))
}

impl Cloud {
    pub(super) async fn wrap_data_keys(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select account_id, key_sealed from data_key
                 where account_id > $3 and substring(key_sealed from 1 for $2) <> $1 order by account_id limit $4",
                self.sealer().prefix(),
                length(PREFIX),
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after.clone_from(&last.account_id);
            for row in rows {
                let wrapped = self
                    .sealer()
                    .wrapped_anew(&row.account_id, &row.key_sealed)
                    .with_context(|| format!("data_key {}", row.account_id))?;
                let changed = sqlx::query!(
                    "update data_key set key_sealed = $3 where account_id = $1 and key_sealed = $2",
                    row.account_id,
                    row.key_sealed,
                    wrapped
                )
                .execute(&mut *conn)
                .await?;
                done += i64::try_from(changed.rows_affected())?;
            }
        }
    }

    pub(super) async fn reseal_access_keys(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select access_key_id, account_id, secret_sealed from access_key
                 where access_key_id > $3 and substring(secret_sealed from 1 for $2) <> $1
                 order by access_key_id limit $4",
                DATA.as_slice(),
                length(MAGIC),
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after.clone_from(&last.access_key_id);
            for row in rows {
                let place = Row { table: "access_key", account: &row.account_id, row: &row.access_key_id };
                let sealed = under_data_key(&mut conn, self.sealer(), &place, &row.secret_sealed).await?;
                let Some(sealed) = sealed else { continue };
                let changed = sqlx::query!(
                    "update access_key set secret_sealed = $3 where access_key_id = $1 and secret_sealed = $2",
                    row.access_key_id,
                    row.secret_sealed,
                    sealed
                )
                .execute(&mut *conn)
                .await?;
                done += i64::try_from(changed.rows_affected())?;
            }
        }
    }

    pub(super) async fn reseal_mails(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (Uuid::nil(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select mail_id, account_id, body_sealed from mail
                 where mail_id > $5
                   and case when account_id is null then substring(body_sealed from 1 for $2) <> $1
                            else substring(body_sealed from 1 for $4) <> $3 end
                 order by mail_id limit $6",
                self.sealer().prefix(),
                length(PREFIX),
                DATA.as_slice(),
                length(MAGIC),
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after = last.mail_id;
            for row in rows {
                let id = row.mail_id.to_string();
                let place = outbox::place(row.account_id.as_deref(), &id);
                let sealed = match row.account_id {
                    Some(_) => under_data_key(&mut conn, self.sealer(), &place, &row.body_sealed).await?,
                    None => Some(under_master_key(self.sealer(), &place, &row.body_sealed)?),
                };
                let Some(sealed) = sealed else { continue };
                let changed = sqlx::query!(
                    "update mail set body_sealed = $3 where mail_id = $1 and body_sealed = $2",
                    row.mail_id,
                    row.body_sealed,
                    sealed
                )
                .execute(&mut *conn)
                .await?;
                done += i64::try_from(changed.rows_affected())?;
            }
        }
    }

    pub(super) async fn reseal_hardware_tokens(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select serial_key, seed_sealed from hardware_token
                 where serial_key > $3 and substring(seed_sealed from 1 for $2) <> $1 order by serial_key limit $4",
                self.sealer().prefix(),
                length(PREFIX),
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after.clone_from(&last.serial_key);
            for row in rows {
                let place = hardware_tokens::own_place(&row.serial_key);
                let sealed = under_master_key(self.sealer(), &place, &row.seed_sealed)?;
                let changed = sqlx::query!(
                    "update hardware_token set seed_sealed = $3 where serial_key = $1 and seed_sealed = $2",
                    row.serial_key,
                    row.seed_sealed,
                    sealed
                )
                .execute(&mut *conn)
                .await?;
                done += i64::try_from(changed.rows_affected())?;
            }
        }
    }

    /// Row-level security shows one account's devices at a time.
    pub(super) async fn reseal_devices(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (String::new(), 0);
        while let Some(account) = self.account_after(&after).await? {
            for (serial_key, former) in self.devices_of(&account).await? {
                let mut conn = tx::open(self, &account, false).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
                let place = mfa_devices::place(&account, &serial_key);
                let Some(sealed) = under_data_key(&mut conn, self.sealer(), &place, &former).await? else { break };
                let changed = sqlx::query!(
                    "update mfa_device set seed_sealed = $4 where account_id = $1 and serial_key = $2 and seed_sealed = $3",
                    account.as_str(),
                    serial_key,
                    former,
                    sealed
                )
                .execute(&mut *conn)
                .await?;
                conn.commit().await?;
                done += i64::try_from(changed.rows_affected())?;
            }
            after = account.0;
        }
        Ok(done)
    }

    /// How many devices of any account are under no data key.
    pub(super) async fn devices_otherwise(&self) -> anyhow::Result<i64> {
        let (mut after, mut found) = (String::new(), 0);
        while let Some(account) = self.account_after(&after).await? {
            found += i64::try_from(self.devices_of(&account).await?.len())?;
            after = account.0;
        }
        Ok(found)
    }

    async fn account_after(&self, after: &str) -> anyhow::Result<Option<AccountId>> {
        let next = sqlx::query_scalar!(
            "select account_id from account where account_id > $1 order by account_id limit 1",
            after
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(next.map(AccountId))
    }

    /// The account's devices whose seed is under no data key: few, as each user has eight at most.
    async fn devices_of(&self, account: &AccountId) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let mut conn = tx::open(self, account, true).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let rows = sqlx::query!(
            r#"select serial_key, seed_sealed as "seed_sealed!" from mfa_device
             where account_id = $1 and substring(seed_sealed from 1 for $3) <> $2 order by serial_key"#,
            account.as_str(),
            DATA.as_slice(),
            length(MAGIC)
        )
        .fetch_all(&mut *conn)
        .await?;
        conn.commit().await?;
        Ok(rows.into_iter().map(|row| (row.serial_key, row.seed_sealed)).collect())
    }
}
