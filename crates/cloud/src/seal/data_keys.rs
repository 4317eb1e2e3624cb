//! The accounts' data keys, as the database holds them: wrapped, each one sealed under the master key.
//!
//! An account's is made with the account, or at the first start for accounts that are older. Statements that load
//! something sealed load the key along with it, and so does the one that begins a transaction: it costs no round trip.

use sqlx::{PgConnection, PgPool};

use super::{Row, Sealer};
use crate::{error::Result, tx::Tx};

/// Keys made by one statement.
const BATCH: i64 = 500;

/// The account's data key, made now if it has none. None if there is no such account.
pub(crate) async fn of(conn: &mut PgConnection, sealer: &Sealer, account: &str) -> sqlx::Result<Option<Vec<u8>>> {
    if let Some(known) = find(conn, account).await? {
        return Ok(Some(known));
    }
    make(conn, sealer, &[account.to_owned()]).await?;
    // Whoever was first has made it.
    find(conn, account).await
}

async fn find(conn: &mut PgConnection, account: &str) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select key_sealed from data_key where account_id = $1", account).fetch_optional(conn).await
}

/// Makes the keys of those of the accounts that have none. One that is being deleted gets none.
async fn make(conn: &mut PgConnection, sealer: &Sealer, accounts: &[String]) -> sqlx::Result<()> {
    let keys: Vec<Vec<u8>> = accounts.iter().map(|account| sealer.new_data_key(account)).collect();
    sqlx::query!(
        "insert into data_key (account_id, key_sealed)
         select a.account_id, made.key_sealed
         from unnest($1::text[], $2::bytea[]) as made (account_id, key_sealed) join account a using (account_id)
         order by a.account_id for key share of a
         on conflict do nothing",
        accounts,
        &keys[..]
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the keys of all accounts that have none. Any number of servers may do so at once.
pub(crate) async fn make_missing(pool: &PgPool, sealer: &Sealer) -> sqlx::Result<()> {
    let mut conn = pool.acquire().await?;
    loop {
        let accounts = sqlx::query_scalar!(
            "select account_id from account a
             where not exists (select from data_key d where d.account_id = a.account_id)
             order by account_id limit $1",
            BATCH
        )
        .fetch_all(&mut *conn)
        .await?;
        if accounts.is_empty() {
            return Ok(());
        }
        make(&mut conn, sealer, &accounts).await?;
    }
}

impl Tx {
    /// Remembers an account's data key that a statement has read along with something else.
    pub(crate) fn note_data_key(&mut self, account: &str, data_key: Option<Vec<u8>>) {
        if let Some(data_key) = data_key {
            self.data_keys.insert(account.to_owned(), data_key);
        }
    }

    /// Makes sure that the account has a data key.
    ///
    /// # Errors
    /// If there is no such account.
    pub(crate) async fn need_data_key(&mut self, account: &str) -> Result<()> {
        if !self.data_keys.contains_key(account) {
            let cloud = self.cloud.clone();
            let made = of(self.conn(), cloud.sealer(), account).await?;
            self.note_data_key(account, Some(made.ok_or_else(|| anyhow::anyhow!("a data key for no account"))?));
        }
        Ok(())
    }

    /// Seals `plain` for a row of an account, under that account's data key.
    pub(crate) async fn seal(&mut self, row: &Row<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        self.need_data_key(row.account).await?;
        let data_key = self.data_keys.get(row.account).map(Vec::as_slice).unwrap_or_default();
        Ok(self.cloud.sealer().seal_for(row, data_key, plain)?)
    }

    /// Opens what [`Tx::seal`] made for the same row of the transaction's account.
    pub(crate) fn open(&self, row: &Row<'_>, sealed: &[u8]) -> Result<Vec<u8>> {
        let data_key = self.data_keys.get(row.account).map(Vec::as_slice);
        Ok(self.cloud.sealer().open_for(row, data_key, sealed)?)
    }
}
