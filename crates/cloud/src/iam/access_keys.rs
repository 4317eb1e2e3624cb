//! Access keys: what programs sign with. The secret leaves once, at creation; afterwards it is opened only to check a
//! signature.

use model::{
    ApiError, Kind, Secret, Timestamp,
    iam::{
        AccessKey, AccessKeyLastUsed, AccessKeyMetadata, CreateAccessKey, CreateAccessKeyOutput, DeleteAccessKey,
        GetAccessKeyLastUsed, GetAccessKeyLastUsedOutput, ListAccessKeys, ListAccessKeysOutput, UpdateAccessKey,
    },
    id::{AccessKeyId, AccountId},
};
use policy::Arn;

use super::{UserRecord, Which, find_user, notices, page_of, user_or_root, user_or_self_target};
use crate::{
    Cloud,
    error::{Error, Result},
    execute::{Execute, Target},
    limits,
    marker::Position,
    seal::Row,
    tx::Tx,
};

/// The uses of a key within this time of one another are recorded once (IAM User Guide, "last used" information).
pub(crate) const LAST_USED_RESOLUTION_MS: i64 = 15 * 60 * 1000;

/// Forty characters, the first of which no spreadsheet takes for the beginning of a formula.
fn new_secret(tx: &Tx) -> Secret {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    loop {
        let bytes: [u8; 40] = tx.random();
        let text: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect();
        if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Secret::new(text);
        }
    }
}

/// Makes a key of `account` for a user, or for root if there is none; the limit is counted.
///
/// # Errors
/// [`ApiError::LimitExceeded`] for a third key.
pub(crate) async fn create(tx: &mut Tx, account: &AccountId, user: Option<&UserRecord>) -> Result<AccessKey> {
    let user_id = user.map(|user| user.user_id.as_str());
    limits::access_keys(tx.conn(), account.as_str(), user_id, 1).await?;
    let id = AccessKeyId::from_random(&tx.random::<16>());
    let secret = new_secret(tx);
    let place = Row { table: "access_key", account: account.as_str(), row: id.as_str() };
    let sealed = tx.seal(&place, secret.expose().as_bytes()).await?;
    let now = tx.now();
    sqlx::query!(
        "insert into access_key (access_key_id, account_id, user_id, status, secret_sealed, created_at)
         values ($1, $2, $3, 'Active', $4, $5)",
        id.as_str(),
        account.as_str(),
        user_id,
        sealed,
        now.0
    )
    .execute(tx.conn())
    .await?;
    Ok(AccessKey {
        user_name: owner(account, user),
        access_key_id: id.0,
        status: "Active".into(),
        secret_access_key: secret,
        create_date: now,
    })
}

/// The name that answers give a key's owner: the account id for root.
fn owner(account: &AccountId, user: Option<&UserRecord>) -> String {
    user.map_or_else(|| account.0.clone(), |user| user.name.clone())
}

impl Execute for CreateAccessKey {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_or_self_target(tx, self.user_name.as_deref()).await
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateAccessKeyOutput> {
        let user = user_or_root(tx, self.user_name.as_deref())?;
        let account = tx.account().clone();
        let access_key = create(tx, &account, user.as_ref()).await?;
        if user.is_none() {
            notices::root_key_created(tx, &access_key.access_key_id).await?;
        }
        Ok(CreateAccessKeyOutput { access_key })
    }
}

impl Execute for ListAccessKeys {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_or_self_target(tx, self.user_name.as_deref()).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListAccessKeysOutput> {
        let user = user_or_root(tx, self.user_name.as_deref())?;
        let account = tx.account().clone();
        let rows = sqlx::query!(
            "select access_key_id, status, created_at from access_key
             where account_id = $1 and user_id is not distinct from $2 order by created_at, access_key_id",
            account.as_str(),
            user.as_ref().map(|user| user.user_id.as_str())
        )
        .fetch_all(tx.conn())
        .await?;
        let keys = rows
            .into_iter()
            .map(|row| AccessKeyMetadata {
                user_name: owner(&account, user.as_ref()),
                access_key_id: row.access_key_id,
                status: row.status,
                create_date: Timestamp(row.created_at),
            })
            .collect();
        // Twenty digits order as numbers do.
        let position = |key: &AccessKeyMetadata| Position {
            name: format!("{:020}", key.create_date.0),
            id: key.access_key_id.clone(),
        };
        let (access_key_metadata, is_truncated, marker) =
            page_of(keys, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListAccessKeysOutput { access_key_metadata, is_truncated, marker })
    }
}

impl Execute for UpdateAccessKey {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = user_or_self_target(tx, self.user_name.as_deref()).await?;
        Ok(target.touching("AWS::IAM::AccessKey", &self.access_key_id))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user_or_root(tx, self.user_name.as_deref())?;
        let (account, now) = (tx.account().clone(), tx.now());
        let changed = sqlx::query!(
            "update access_key
             set status_changed_at = case when status = $4 then status_changed_at else $5 end, status = $4
             where account_id = $1 and user_id is not distinct from $2 and access_key_id = $3",
            account.as_str(),
            user.as_ref().map(|user| user.user_id.as_str()),
            self.access_key_id,
            self.status,
            now.0
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if changed == 0 {
            return Err(ApiError::missing(Kind::AccessKey, self.access_key_id).into());
        }
        Ok(())
    }
}

impl Execute for DeleteAccessKey {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = user_or_self_target(tx, self.user_name.as_deref()).await?;
        Ok(target.touching("AWS::IAM::AccessKey", &self.access_key_id))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user_or_root(tx, self.user_name.as_deref())?;
        let user_id = user.as_ref().map(|user| user.user_id.as_str());
        let account = tx.account().clone();
        let deleted = sqlx::query!(
            "delete from access_key
             where account_id = $1 and user_id is not distinct from $2 and access_key_id = $3",
            account.as_str(),
            user_id,
            self.access_key_id
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if deleted == 0 {
            return Err(ApiError::missing(Kind::AccessKey, self.access_key_id).into());
        }
        limits::access_keys(tx.conn(), account.as_str(), user_id, -1).await
    }
}

impl Execute for GetAccessKeyLastUsed {
    /// AWS asks about the user whose key it is. A key that is not there is asked about by `*`: the refusal must not
    /// tell whether there is one.
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let account = tx.account().clone();
        let owner = sqlx::query_scalar!(
            "select user_id from access_key where account_id = $1 and access_key_id = $2",
            account.as_str(),
            self.access_key_id
        )
        .fetch_optional(tx.conn())
        .await?;
        let target = match owner {
            None => Target::everything(),
            Some(None) => Target::of(&Arn::root(account.as_str())),
            Some(Some(user_id)) => {
                tx.found.user = find_user(tx, Which::Id(&user_id)).await?;
                tx.found.user.as_ref().map_or_else(Target::everything, |user| user.target(tx))
            }
        };
        Ok(target
            .shown(format!("access key {}", self.access_key_id))
            .touching("AWS::IAM::AccessKey", &self.access_key_id))
    }

    async fn run(self, tx: &mut Tx) -> Result<GetAccessKeyLastUsedOutput> {
        let user = tx.found.user.take();
        let account = tx.account().clone();
        let key = sqlx::query!(
            "select last_used_at, last_used_service, last_used_region from access_key
             where account_id = $1 and access_key_id = $2",
            account.as_str(),
            self.access_key_id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| ApiError::missing(Kind::AccessKey, self.access_key_id))?;
        let not_applicable = || "N/A".to_owned();
        Ok(GetAccessKeyLastUsedOutput {
            user_name: Some(owner(&account, user.as_ref())),
            access_key_last_used: AccessKeyLastUsed {
                last_used_date: key.last_used_at.map(Timestamp),
                service_name: key.last_used_service.unwrap_or_else(not_applicable),
                region: key.last_used_region.unwrap_or_else(not_applicable),
            },
        })
    }
}

impl Cloud {
    /// Notes that a key whose signature held was used on a service such as `iam` in a region, at most once in fifteen
    /// minutes.
    ///
    /// # Errors
    /// [`ApiError::Unavailable`] or [`ApiError::Internal`] if the database cannot note it.
    pub async fn record_key_use(
        &self,
        access_key_id: &str,
        service: &str,
        region: &str,
    ) -> std::result::Result<(), ApiError> {
        // The account's own clock, which may have been set back: then the last use lies ahead, and is written anew.
        sqlx::query!(
            "update access_key k
             set last_used_at = c.now, last_used_service = $2, last_used_region = $3
             from (select account_id, (extract(epoch from clock_timestamp()) * 1000)::bigint + clock_offset_ms as now
                   from account) as c
             where k.access_key_id = $1 and c.account_id = k.account_id
               and (k.last_used_at is null or abs(c.now - k.last_used_at) >= $4)",
            access_key_id,
            service,
            region,
            LAST_USED_RESOLUTION_MS
        )
        .execute(self.pool())
        .await
        .map_err(|error| Error::from(error).into_public(uuid::Uuid::new_v4()))?;
        Ok(())
    }
}
