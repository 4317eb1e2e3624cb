//! Sealing everything anew under the current keys, while servers work.
//!
//! A server holds the new master key beside the former ones: it opens under any of them and seals under the new one. So
//! each row can be sealed anew by itself, a few at a time, by any number of processes, and what was interrupted is found
//! again by how the values begin. A row that somebody else has just written is left to them.
//!
//! Another master key wraps the accounts' data keys anew, one short row each; what is sealed under a data key stays as it
//! is. What is an account's and still lies under a master key itself, as it did before accounts had keys, is sealed under
//! the account's key.

mod rows;

use sqlx::PgPool;

use crate::{
    Cloud,
    seal::{DATA, MAGIC, PREFIX, Sealer},
};

/// What does not stand sealed under the current keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Data keys of accounts, wrapped under another master key than the current one.
    pub data_keys: i64,
    /// Secrets of access keys under no data key.
    pub access_keys: i64,
    /// Seeds of MFA devices under no data key.
    pub mfa_devices: i64,
    /// Seeds of hardware tokens, as the operator loaded them, under another master key than the current one.
    pub hardware_tokens: i64,
    /// Bodies of mails: an account's under no data key, nobody's under another master key.
    pub mails: i64,
}

impl Sealed {
    /// All of them.
    pub fn total(self) -> i64 {
        self.data_keys + self.access_keys + self.mfa_devices + self.hardware_tokens + self.mails
    }
}

impl std::fmt::Display for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} keys of accounts, {} access keys, {} MFA devices, {} hardware tokens, {} mails",
            self.data_keys, self.access_keys, self.mfa_devices, self.hardware_tokens, self.mails
        )
    }
}

/// Whether something is sealed under a master key that `sealer` does not have. What is sealed under a data key needs the
/// master key that this is wrapped under, and no other.
pub(crate) async fn holds_others(pool: &PgPool, sealer: &Sealer) -> anyhow::Result<bool> {
    let prefixes = sealer.prefixes();
    let found = sqlx::query_scalar!(
        r#"select exists (select from data_key where not substring(key_sealed from 1 for $2) = any($1))
               or exists (select from access_key where substring(secret_sealed from 1 for 3) = 'US1'::bytea
                                                   and not substring(secret_sealed from 1 for $2) = any($1))
               or exists (select from mail where substring(body_sealed from 1 for 3) = 'US1'::bytea
                                             and not substring(body_sealed from 1 for $2) = any($1))
               or exists (select from hardware_token where substring(seed_sealed from 1 for 3) = 'US1'::bytea
                                                       and not substring(seed_sealed from 1 for $2) = any($1))
               or mfa_seed_sealed_otherwise($1, $2) as "found!""#,
        &prefixes[..],
        length(PREFIX)
    )
    .fetch_one(pool)
    .await?;
    Ok(found)
}

/// A number of bytes, as SQL's `substring` counts them.
fn length(bytes: usize) -> i32 {
    i32::try_from(bytes).unwrap_or(i32::MAX)
}

impl Cloud {
    /// What is not sealed under the current keys.
    ///
    /// # Errors
    /// What the database said.
    pub async fn sealed_otherwise(&self) -> anyhow::Result<Sealed> {
        let row = sqlx::query!(
            r#"select (select count(*) from data_key where substring(key_sealed from 1 for $2) <> $1) as "data_keys!",
                      (select count(*) from access_key where substring(secret_sealed from 1 for $4) <> $3) as "access_keys!",
                      (select count(*) from hardware_token
                       where substring(seed_sealed from 1 for $2) <> $1) as "hardware_tokens!",
                      (select count(*) from mail
                       where case when account_id is null then substring(body_sealed from 1 for $2) <> $1
                                  else substring(body_sealed from 1 for $4) <> $3 end) as "mails!""#,
            self.sealer().prefix(),
            length(PREFIX),
            DATA.as_slice(),
            length(MAGIC)
        )
        .fetch_one(self.pool())
        .await?;
        Ok(Sealed {
            data_keys: row.data_keys,
            access_keys: row.access_keys,
            mfa_devices: self.devices_otherwise().await?,
            hardware_tokens: row.hardware_tokens,
            mails: row.mails,
        })
    }

    /// Seals everything anew under the current keys; answers how much that was. Afterwards a server that does not have
    /// the current master key no longer starts.
    ///
    /// # Errors
    /// What the database said, or which row opens under no key that is known here: the former keys are still needed.
    pub async fn reseal(&self) -> anyhow::Result<Sealed> {
        let mut done = Sealed::default();
        // A server that has not been told of the new key yet goes on writing under the former one.
        for _ in 0..3 {
            done.data_keys += self.wrap_data_keys().await?;
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
            "a server still seals under a former key, or is of a version before accounts had keys: give every server this version and the new key, start them anew, and run this again"
        )
    }
}
