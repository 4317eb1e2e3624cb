//! IAM's quotas, held by counters: one conditional update takes a place, and no row updated means there is none.
//! Counting rows first and inserting then would let two servers pass the same last place.

use model::ApiError;
use sqlx::PgConnection;

use crate::{error::Result, tx::Tx};

/// Users in an account.
pub(crate) const USERS: i64 = 5000;
/// Groups in an account.
pub(crate) const GROUPS: i64 = 300;
/// Groups of one user.
pub(crate) const GROUPS_PER_USER: i64 = 10;
/// Managed policies attached to one user, or to one group.
pub(crate) const ATTACHED_POLICIES: i64 = 10;
/// Characters of all inline policies of one user together, white space apart.
pub(crate) const USER_POLICY_SIZE: i64 = 2048;
/// Characters of all inline policies of one group together, white space apart.
pub(crate) const GROUP_POLICY_SIZE: i64 = 5120;
/// Customer managed policies in an account.
pub(crate) const POLICIES: i64 = 1500;
/// Versions of one customer managed policy.
pub(crate) const POLICY_VERSIONS: i64 = 5;
/// Characters of a managed policy's document, white space apart.
pub(crate) const POLICY_SIZE: i64 = 6144;
/// The most characters that any policy of a user, group or role can have, white space apart: the quota of all inline
/// policies of one role.
pub(crate) const LARGEST_POLICY: i64 = 10_240;
/// Access keys of one user, inactive ones too; the same for root.
pub(crate) const ACCESS_KEYS: i64 = 2;
/// MFA devices of one user; the same for root.
pub(crate) const MFA_DEVICES: i64 = 8;

fn taken(rows: u64, quota: &str, limit: i64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(ApiError::quota(quota, limit).into()) }
}

fn limit(limit: i64) -> i32 {
    i32::try_from(limit).unwrap_or(i32::MAX)
}

/// Takes a place among the account's users, or gives one back.
pub(crate) async fn users(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set users = users + $2 where account_id = $1 and users + $2 <= $3",
        account.as_str(),
        change,
        limit(USERS)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "UsersPerAccount", USERS)
}

/// Takes a place among the account's groups, or gives one back.
pub(crate) async fn groups(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set groups = groups + $2 where account_id = $1 and groups + $2 <= $3",
        account.as_str(),
        change,
        limit(GROUPS)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "GroupsPerAccount", GROUPS)
}

/// Takes a place among the account's own managed policies, or gives one back.
pub(crate) async fn policies(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set policies = policies + $2 where account_id = $1 and policies + $2 <= $3",
        account.as_str(),
        change,
        limit(POLICIES)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "PoliciesPerAccount", POLICIES)
}

/// Takes a place among a user's groups, or gives one back.
pub(crate) async fn groups_of_user(tx: &mut Tx, user_id: &str, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update iam_user set groups = groups + $3 where account_id = $1 and user_id = $2 and groups + $3 <= $4",
        account.as_str(),
        user_id,
        change,
        limit(GROUPS_PER_USER)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "GroupsPerUser", GROUPS_PER_USER)
}

/// Takes a place among a user's attached policies, or gives one back.
pub(crate) async fn policies_of_user(tx: &mut Tx, user_id: &str, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update iam_user set policies = policies + $3 where account_id = $1 and user_id = $2 and policies + $3 <= $4",
        account.as_str(),
        user_id,
        change,
        limit(ATTACHED_POLICIES)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "PoliciesPerUser", ATTACHED_POLICIES)
}

/// Takes a place among a group's attached policies, or gives one back.
pub(crate) async fn policies_of_group(tx: &mut Tx, group_id: &str, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update iam_group set policies = policies + $3 where account_id = $1 and group_id = $2 and policies + $3 <= $4",
        account.as_str(),
        group_id,
        change,
        limit(ATTACHED_POLICIES)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "PoliciesPerGroup", ATTACHED_POLICIES)
}

/// Takes a place among the access keys of a user, or of root without one; or gives one back.
pub(crate) async fn access_keys(
    conn: &mut PgConnection,
    account: &str,
    user_id: Option<&str>,
    change: i32,
) -> Result<()> {
    let rows = match user_id {
        Some(user_id) => {
            sqlx::query!(
                "update iam_user set access_keys = access_keys + $3
                 where account_id = $1 and user_id = $2 and access_keys + $3 <= $4",
                account,
                user_id,
                change,
                limit(ACCESS_KEYS)
            )
            .execute(conn)
            .await?
        }
        None => {
            sqlx::query!(
                "update account set root_keys = root_keys + $2 where account_id = $1 and root_keys + $2 <= $3",
                account,
                change,
                limit(ACCESS_KEYS)
            )
            .execute(conn)
            .await?
        }
    };
    taken(rows.rows_affected(), "AccessKeysPerUser", ACCESS_KEYS)
}

/// Takes a place among the account's virtual MFA devices, or gives one back. There may be as many as users.
pub(crate) async fn virtual_mfa_devices(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set virtual_mfa_devices = virtual_mfa_devices + $2
         where account_id = $1 and virtual_mfa_devices + $2 <= $3",
        account.as_str(),
        change,
        limit(USERS)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    taken(rows, "VirtualMFADevicesPerAccount", USERS)
}

/// Takes a place among the MFA devices of a user, or of root without one; or gives one back.
pub(crate) async fn mfa_devices(
    conn: &mut PgConnection,
    account: &str,
    user_id: Option<&str>,
    change: i32,
) -> Result<()> {
    let rows = match user_id {
        Some(user_id) => {
            sqlx::query!(
                "update iam_user set mfa_devices = mfa_devices + $3
                 where account_id = $1 and user_id = $2 and mfa_devices + $3 <= $4",
                account,
                user_id,
                change,
                limit(MFA_DEVICES)
            )
            .execute(conn)
            .await?
        }
        None => {
            sqlx::query!(
                "update account set root_mfa_devices = root_mfa_devices + $2
                 where account_id = $1 and root_mfa_devices + $2 <= $3",
                account,
                change,
                limit(MFA_DEVICES)
            )
            .execute(conn)
            .await?
        }
    };
    taken(rows.rows_affected(), "MFADevicesPerUser", MFA_DEVICES)
}
