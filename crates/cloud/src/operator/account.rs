//! Accounts as the operator makes, lists, repairs and deletes them.

use model::{
    ApiError, Kind, Timestamp,
    account::SignUpStep,
    id::AccountId,
    operator::{
        AccountSummary, CreateAccount, CreateAccountOutput, DeleteAccount, ListAccounts, ListAccountsOutput,
        ResetRootMfa, ResetRootMfaOutput, ResetRootPassword,
    },
    page,
};

use crate::{
    account::{NewAccount, create, end_root_sessions, forget_what_was_under_way, keeps_default_policy},
    billing::ledger,
    console::mailbox::mailbox_url,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    iam::{access_keys, hardware_tokens, mfa_devices},
    marker::{self, Position},
    token,
    tx::Tx,
};

impl Execute for CreateAccount {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        if let Some(password) = &self.password {
            keeps_default_policy(password.expose(), &self.email, &self.account_name)?;
            preparation.prepared.new_hash = Some(preparation.cloud.hasher().hash(password).await?);
        }
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateAccountOutput> {
        let (key, key_hash) = token::new(tx);
        let hash = tx.prepared.new_hash.clone();
        let new = NewAccount {
            email: &self.email,
            name: &self.account_name,
            password_hash: hash.as_deref(),
            step: SignUpStep::Complete,
            mailbox_key_hash: Some(&key_hash),
        };
        let account =
            create(tx, new, || ApiError::taken(Kind::Account, format!("An account with the address {}", self.email)))
                .await?;
        let root_key = if self.root_access_key { Some(access_keys::create(tx, &account, None).await?) } else { None };
        let (access_key_id, secret_access_key) = root_key.map(|key| (key.access_key_id, key.secret_access_key)).unzip();
        Ok(CreateAccountOutput {
            account_id: account.0,
            mailbox_url: mailbox_url(tx, &key).into(),
            access_key_id,
            secret_access_key,
        })
    }
}

impl Execute for ListAccounts {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListAccountsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let rows = sqlx::query!(
            "select account_id, name, email, status, created_at from account where account_id > $1 order by account_id limit $2",
            after.id,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: String::new(), id: row.account_id.clone() });
        let accounts = rows
            .into_iter()
            .map(|row| AccountSummary {
                account_id: row.account_id,
                account_name: row.name,
                email: row.email,
                status: row.status,
                create_date: Timestamp(row.created_at),
            })
            .collect();
        Ok(ListAccountsOutput { accounts, is_truncated, marker })
    }
}

/// The account's address and name. The call is that account's from here on, its trail too, if there is one.
async fn find(preparation: &mut Preparation<'_>, account_id: &str) -> Result<(String, String)> {
    let row = sqlx::query!("select email, name from account where account_id = $1", account_id)
        .fetch_optional(preparation.cloud.pool())
        .await?
        .ok_or_else(|| missing(account_id))?;
    preparation.prepared.account = Some(AccountId(account_id.to_owned()));
    Ok((row.email, row.name))
}

fn missing(account_id: &str) -> Error {
    Error::Api(ApiError::missing(Kind::Account, account_id))
}

impl Execute for ResetRootPassword {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let (email, name) = find(preparation, &self.account_id).await?;
        keeps_default_policy(self.password.expose(), &email, &name)?;
        preparation.prepared.new_hash = Some(preparation.cloud.hasher().hash(&self.password).await?);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (now, hash) = (tx.now, tx.prepared.new_hash.clone());
        let set = sqlx::query!(
            "update account set password_hash = $2, password_changed_at = $3 where account_id = $1",
            self.account_id,
            hash,
            now.0
        )
        .execute(tx.conn())
        .await?;
        if set.rows_affected() != 1 {
            return Err(missing(&self.account_id));
        }
        let account = AccountId(self.account_id);
        forget_what_was_under_way(tx, &account).await?;
        end_root_sessions(tx, &account, None).await
    }
}

impl Execute for ResetRootMfa {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        find(preparation, &self.account_id).await.map(drop)
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// Root's sessions end too: whoever has found the device may be in one.
    async fn run(self, tx: &mut Tx) -> Result<ResetRootMfaOutput> {
        let serial_numbers = mfa_devices::take_away_roots(tx).await?;
        sqlx::query!("delete from session where account_id = $1 and user_id is null", self.account_id)
            .execute(tx.conn())
            .await?;
        Ok(ResetRootMfaOutput { serial_numbers })
    }
}

impl Execute for DeleteAccount {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        find(preparation, &self.account_id).await.map(drop)
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// What was known of the account's people goes too; the line about this very call stays.
    async fn run(self, tx: &mut Tx) -> Result<()> {
        hardware_tokens::give_back_all(tx).await?;
        // A long ledger goes piece by piece: with the account it would be one statement, and take too long.
        ledger::remove(tx, None).await?;
        let email_key =
            sqlx::query_scalar!("delete from account where account_id = $1 returning email_key", self.account_id)
                .fetch_optional(tx.conn())
                .await?
                .ok_or_else(|| missing(&self.account_id))?;
        sqlx::query!("delete from verified_address where email_key = $1", email_key).execute(tx.conn()).await?;
        sqlx::query!("select purge_trail($1)", self.account_id).execute(tx.conn()).await?;
        Ok(())
    }
}
