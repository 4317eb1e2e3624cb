//! Sealing everything anew under the current master key, while servers work.
//!
//! A server holds the new key beside the former ones: it opens under any of them and seals under the new one. So each
//! row can be sealed anew by itself, a few at a time, by any number of processes, and what was interrupted is found
//! again by how the values begin. A row that somebody else has just written is left to them.

use anyhow::Context as _;
use model::id::AccountId;
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    Cloud,
    iam::{hardware_tokens, mfa_devices},
    outbox,
    seal::{PREFIX, Row, Sealer},
    tx,
};

/// Rows looked for at once.
const BATCH: i64 = 50;

/// What stands sealed under another key than the current one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Secrets of access keys.
    pub access_keys: i64,
    /// Seeds of MFA devices.
    pub mfa_devices: i64,
    /// Seeds of hardware tokens, as the operator loaded them.
    pub hardware_tokens: i64,
    /// Bodies of mails.
    pub mails: i64,
}

impl Sealed {
    /// All of them.
    pub fn total(self) -> i64 {
        self.access_keys + self.mfa_devices + self.hardware_tokens + self.mails
    }
}

/// Whether something is sealed under a key that `sealer` does not have.
pub(crate) async fn holds_others(pool: &PgPool, sealer: &Sealer) -> anyhow::Result<bool> {
    let prefixes = sealer.prefixes();
    let found = sqlx::query_scalar!(
        r#"select exists (select from access_key where substring(secret_sealed from 1 for 3) = 'US1'::bytea
                                                   and not substring(secret_sealed from 1 for $2) = any($1))
               or exists (select from mail where substring(body_sealed from 1 for 3) = 'US1'::bytea
                                             and not substring(body_sealed from 1 for $2) = any($1))
               or exists (select from hardware_token where substring(seed_sealed from 1 for 3) = 'US1'::bytea
                                                       and not substring(seed_sealed from 1 for $2) = any($1))
               or mfa_seed_sealed_otherwise($1, $2) as "found!""#,
        &prefixes[..],
        prefix_length()
    )
    .fetch_one(pool)
    .await?;
    Ok(found)
}

fn prefix_length() -> i32 {
    i32::try_from(PREFIX).unwrap_or(i32::MAX)
}

fn anew(sealer: &Sealer, row: &Row<'_>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
    let plain = sealer.open(row, sealed).with_context(|| format!("{} {}", row.table, row.row))?;
    Ok(sealer.seal(row, &plain))
}

impl Cloud {
    /// What is not sealed under the current key.
    ///
    /// # Errors
    /// What the database said.
    pub async fn sealed_otherwise(&self) -> anyhow::Result<Sealed> {
        let (prefix, length) = (self.sealer().prefix(), prefix_length());
        let row = sqlx::query!(
            r#"select (select count(*) from access_key where substring(secret_sealed from 1 for $2) <> $1) as "access_keys!",
                      (select count(*) from hardware_token
                       where substring(seed_sealed from 1 for $2) <> $1) as "hardware_tokens!",
                      (select count(*) from mail where substring(body_sealed from 1 for $2) <> $1) as "mails!""#,
            prefix,
            length
        )
        .fetch_one(self.pool())
        .await?;
        let mut mfa_devices = 0;
        let mut after = String::new();
        while let Some(account) = self.account_after(&after).await? {
            mfa_devices += i64::try_from(self.devices_otherwise(&account).await?.len())?;
            after = account.0;
        }
        let (access_keys, hardware_tokens, mails) = (row.access_keys, row.hardware_tokens, row.mails);
        Ok(Sealed { access_keys, mfa_devices, hardware_tokens, mails })
    }

    /// Seals everything anew under the current key; answers how much that was. Afterwards a server that does not have
    /// the current key no longer starts.
    ///
    /// # Errors
    /// What the database said, or which row opens under no key that is known here: the former keys are still needed.
    pub async fn reseal(&self) -> anyhow::Result<Sealed> {
        let mut done = Sealed::default();
        // A server that has not been told of the new key yet goes on writing under the former one.
        for _ in 0..3 {
            done.access_keys += self.reseal_access_keys().await?;
            done.mails += self.reseal_mails().await?;
            done.mfa_devices += self.reseal_devices().await?;
            done.hardware_tokens += self.reseal_hardware_tokens().await?;
            if self.sealed_otherwise().await?.total() == 0 {
                sqlx::query!("update installation set key_canary = $1", self.sealer().canary())
                    .execute(self.pool())
                    .await?;
                return Ok(done);
            }
        }
        anyhow::bail!(
            "a server still seals under a former key: give every server the new one, start them anew, and run this again"
        )
    }

    async fn reseal_access_keys(&self) -> anyhow::Result<i64> {
        let (prefix, length, mut after, mut done) = (self.sealer().prefix(), prefix_length(), String::new(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select access_key_id, account_id, secret_sealed from access_key
                 where access_key_id > $3 and substring(secret_sealed from 1 for $2) <> $1
                 order by access_key_id limit $4",
                prefix,
                length,
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after.clone_from(&last.access_key_id);
            for row in rows {
                let place = Row { table: "access_key", account: &row.account_id, row: &row.access_key_id };
                let sealed = anew(self.sealer(), &place, &row.secret_sealed)?;
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

    async fn reseal_mails(&self) -> anyhow::Result<i64> {
        let (prefix, length, mut after, mut done) = (self.sealer().prefix(), prefix_length(), Uuid::nil(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select mail_id, account_id, body_sealed from mail
                 where mail_id > $3 and substring(body_sealed from 1 for $2) <> $1 order by mail_id limit $4",
                prefix,
                length,
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after = last.mail_id;
            for row in rows {
                let id = row.mail_id.to_string();
                let sealed = anew(self.sealer(), &outbox::place(row.account_id.as_deref(), &id), &row.body_sealed)?;
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

    async fn reseal_hardware_tokens(&self) -> anyhow::Result<i64> {
        let (prefix, length, mut after, mut done) = (self.sealer().prefix(), prefix_length(), String::new(), 0);
        loop {
            let mut conn = self.pool().acquire().await?;
            let rows = sqlx::query!(
                "select serial_key, seed_sealed from hardware_token
                 where serial_key > $3 and substring(seed_sealed from 1 for $2) <> $1 order by serial_key limit $4",
                prefix,
                length,
                after,
                BATCH
            )
            .fetch_all(&mut *conn)
            .await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after.clone_from(&last.serial_key);
            for row in rows {
                let sealed = anew(self.sealer(), &hardware_tokens::own_place(&row.serial_key), &row.seed_sealed)?;
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
    async fn reseal_devices(&self) -> anyhow::Result<i64> {
        let (mut after, mut done) = (String::new(), 0);
        while let Some(account) = self.account_after(&after).await? {
            for (serial_key, former) in self.devices_otherwise(&account).await? {
                let sealed = anew(self.sealer(), &mfa_devices::place(&account, &serial_key), &former)?;
                let mut conn = tx::open(self, &account, false).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
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

    async fn account_after(&self, after: &str) -> anyhow::Result<Option<AccountId>> {
        let next = sqlx::query_scalar!(
            "select account_id from account where account_id > $1 order by account_id limit 1",
            after
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(next.map(AccountId))
    }

    /// The account's devices whose seed is not sealed under the current key: few, as each user has eight at most.
    async fn devices_otherwise(&self, account: &AccountId) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let mut conn = tx::open(self, account, true).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let rows = sqlx::query!(
            r#"select serial_key, seed_sealed as "seed_sealed!" from mfa_device
             where account_id = $1 and substring(seed_sealed from 1 for $3) <> $2 order by serial_key"#,
            account.as_str(),
            self.sealer().prefix(),
            prefix_length()
        )
        .fetch_all(&mut *conn)
        .await?;
        conn.commit().await?;
        Ok(rows.into_iter().map(|row| (row.serial_key, row.seed_sealed)).collect())
    }
}
