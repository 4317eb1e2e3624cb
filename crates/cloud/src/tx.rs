//! The transaction an operation runs in. Only the waist opens one, and nothing runs without one.

use std::{collections::HashMap, sync::Arc};

use model::{ApiError, Timestamp, id::AccountId};
use policy::Arn;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::{Caller, Cloud, Identity, Request, authorize::Standing, caller::HOUSE, error::Result, execute::Prepared};

/// What the transaction knows of its caller.
#[derive(Clone, Debug)]
pub struct Principal {
    /// `arn:aws:iam::<account>:root`, `…:user<path><name>`.
    pub arn: String,
    /// `AIDA…` or the account id.
    pub id: String,
    /// The user's name, for IAM users.
    pub user_name: Option<String>,
    /// The user's path, for IAM users.
    pub path: String,
}

/// One operation's transaction, caller, account and instant.
pub struct Tx {
    pub(crate) conn: Transaction<'static, Postgres>,
    pub(crate) cloud: Cloud,
    pub(crate) caller: Caller,
    pub(crate) principal: Principal,
    pub(crate) account: AccountId,
    pub(crate) now: Timestamp,
    pub(crate) wall: Timestamp,
    pub(crate) request: Request,
    pub(crate) prepared: Prepared,
    /// The data keys read so far, wrapped, by account: the transaction's own from the beginning.
    pub(crate) data_keys: HashMap<String, Vec<u8>>,
    /// What stands behind the caller, once policies have been asked.
    pub(crate) standing: Option<Arc<Standing>>,
    /// The user, the group and the policy that the policies were asked about: the deed is done to these very rows.
    pub(crate) found: crate::iam::Found,
}

impl Tx {
    /// Opens a transaction for the caller's account (or the one a public operation has found), with the principal
    /// and the time read in it. `lax` lets the commit return before it is on disk: for reads, whose only row is
    /// their trail's.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] or [`ApiError::InvalidClientTokenId`] if the principal is gone.
    pub(crate) async fn begin(
        cloud: &Cloud,
        caller: &Caller,
        request: &Request,
        prepared: Prepared,
        lax: bool,
    ) -> Result<Self> {
        let account =
            prepared.account.clone().or_else(|| caller.account.clone()).unwrap_or_else(|| AccountId(HOUSE.into()));
        let mut conn = open(cloud, &account, lax).await?;
        let user_id = match &caller.identity {
            Identity::User(id) => Some(id.as_str()),
            _ => None,
        };
        let row = sqlx::query!(
            r#"select (extract(epoch from clock_timestamp()) * 1000)::bigint as "wall!",
                      (select clock_offset_ms from account where account_id = $1) as "offset?",
                      (select key_sealed from data_key where account_id = $1) as "data_key?",
                      u.name as "name?", u.path as "path?"
               from (select 1) as one left join iam_user u on u.account_id = $1 and u.user_id = $2"#,
            account.as_str(),
            user_id
        )
        .fetch_one(&mut *conn)
        .await?;
        let principal = match (&caller.identity, row.name, row.path) {
            (Identity::User(id), Some(name), Some(path)) => Principal {
                arn: Arn::user(account.as_str(), &path, &name).to_string(),
                id: id.clone(),
                user_name: Some(name),
                path,
            },
            (Identity::User(_), ..) if caller.access_key_id.is_some() => {
                return Err(ApiError::InvalidClientTokenId.into());
            }
            (Identity::User(_), ..) => return Err(ApiError::SignedOut.into()),
            (Identity::Root, ..) => Principal {
                arn: Arn::root(account.as_str()).to_string(),
                id: account.0.clone(),
                user_name: None,
                path: "/".into(),
            },
            _ => Principal { arn: caller.principal_id(), id: caller.principal_id(), user_name: None, path: "/".into() },
        };
        let data_keys = row.data_key.map(|data_key| (account.0.clone(), data_key)).into_iter().collect();
        Ok(Self {
            conn,
            cloud: cloud.clone(),
            caller: caller.clone(),
            principal,
            account,
            now: Timestamp(row.wall + row.offset.unwrap_or(0)),
            wall: Timestamp(row.wall),
            request: request.clone(),
            prepared,
            data_keys,
            standing: None,
            found: crate::iam::Found::default(),
        })
    }

    /// The connection, for this crate's SQL.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }

    /// The account whose rows this transaction sees.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// The account's time: the database's, moved by the sandbox clock. One instant for the whole call.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The real time, for sign-in, codes and signatures.
    pub fn wall(&self) -> Timestamp {
        self.wall
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The ARN of one of this account's users.
    pub fn user_arn(&self, path: &str, name: &str) -> Arn {
        Arn::user(self.account.as_str(), path, name)
    }

    /// The ARN of one of this account's groups.
    pub fn group_arn(&self, path: &str, name: &str) -> Arn {
        Arn::group(self.account.as_str(), path, name)
    }

    /// Bytes nobody can guess.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        use rand::RngExt as _;
        rand::rng().random()
    }

    /// A new random UUID.
    pub(crate) fn uuid(&self) -> Uuid {
        Uuid::new_v4()
    }
}

/// Begins a transaction that sees `account`'s rows and no others: one round trip.
pub(crate) async fn open(cloud: &Cloud, account: &AccountId, lax: bool) -> Result<Transaction<'static, Postgres>> {
    // The id is twelve digits by construction; anything else must not reach the statement.
    if account.0.len() != 12 || !account.0.bytes().all(|b| b.is_ascii_digit()) {
        return Err(anyhow::anyhow!("an account id of another shape").into());
    }
    let lax = if lax { "; set local synchronous_commit = off" } else { "" };
    let begin = format!("begin; set local app.account = '{account}'{lax}");
    Ok(cloud.pool().begin_with(AssertSqlSafe(begin)).await?)
}
