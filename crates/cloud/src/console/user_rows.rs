//! The Users table: one statement for a page of users with their groups, keys and passwords.

use std::collections::BTreeSet;

use model::{
    Tag, Timestamp,
    console::{KeyCell, ListUserRows, ListUserRowsOutput, PasswordCell, UserRow},
    page,
};
use serde::Deserialize;
use sqlx::types::Json;

use crate::{
    authorize,
    error::Result,
    execute::{Execute, Target},
    iam,
    marker::{self, Position},
    tx::Tx,
};

const GROUPS: &str = "iam:ListGroupsForUser";
const KEYS: &str = "iam:ListAccessKeys";
const PASSWORD: &str = "iam:GetLoginProfile";
const MFA: &str = "iam:ListMFADevices";

/// An access key as the statement gathers it.
#[derive(Debug, Deserialize)]
struct Key {
    id: String,
    status: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

impl Execute for ListUserRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(Target::of(&tx.user_arn("/", "")).asking("iam:ListUsers"))
    }

    /// Each optional column asks its own action about each user. A user whom the search found by a key that the
    /// caller may not list is left out, or the search would tell of the key; so a page can be short.
    async fn run(self, tx: &mut Tx) -> Result<ListUserRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let query = self.query.as_deref().map(str::trim).filter(|query| !query.is_empty()).map(str::to_lowercase);
        let rows = sqlx::query!(
            r#"select u.user_id, u.name, u.name_key, u.path, u.created_at, u.password_last_used, u.mfa_devices,
                      l.changed_at as "password_changed?",
                      (select c.users from account_count c where c.account_id = $1) as total,
                      $3::text is null or strpos(u.name_key, $3) > 0 as "named!",
                      (select array_agg(g.name order by g.name_key) from group_member m
                       join iam_group g on g.account_id = $1 and g.group_id = m.group_id
                       where m.account_id = $1 and m.user_id = u.user_id) as groups,
                      (select jsonb_agg(jsonb_build_object('id', k.access_key_id, 'status', k.status,
                                                           'created_at', k.created_at, 'last_used_at', k.last_used_at)
                                        order by k.created_at, k.access_key_id)
                       from access_key k where k.account_id = $1 and k.user_id = u.user_id) as "keys: Json<Vec<Key>>",
                      (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value)) from tag t
                       where t.account_id = $1 and t.entity_id = u.user_id) as "tags: Json<Vec<Tag>>"
               from iam_user u left join login_profile l on l.account_id = $1 and l.user_id = u.user_id
               where u.account_id = $1 and u.name_key > $2
                 and ($3::text is null or strpos(u.name_key, $3) > 0
                      or exists (select from access_key s where s.account_id = $1 and s.user_id = u.user_id
                                 and strpos(lower(s.access_key_id), $3) > 0))
               order by u.name_key limit $4"#,
            account.as_str(),
            after.name,
            query,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let total = match rows.first() {
            Some(row) => row.total,
            None => {
                sqlx::query_scalar!("select users from account_count where account_id = $1", account.as_str())
                    .fetch_optional(tx.conn())
                    .await?
            }
        };
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.name_key.clone(), id: row.user_id.clone() });

        let mut refused = BTreeSet::new();
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let tags = row.tags.map(|tags| tags.0).unwrap_or_default();
            let target = iam::about_user(tx, &row.path, &row.name, &tags);
            let mut allowed = [false; 4];
            for (column, action) in allowed.iter_mut().zip([GROUPS, KEYS, PASSWORD, MFA]) {
                *column = authorize::may(tx, action, &target).await?;
                if !*column {
                    refused.insert(action);
                }
            }
            let [groups, keys, password, mfa] = allowed;
            if !row.named && !keys {
                continue;
            }
            shown.push(UserRow {
                arn: target.resource,
                user_name: row.name,
                path: row.path,
                user_id: row.user_id,
                create_date: Timestamp(row.created_at),
                groups: groups.then(|| row.groups.unwrap_or_default()),
                access_keys: keys.then(|| cells(row.keys.map(|keys| keys.0).unwrap_or_default())),
                password: password.then(|| PasswordCell {
                    enabled: row.password_changed.is_some(),
                    changed: row.password_changed.map(Timestamp),
                }),
                password_last_used: row.password_last_used.map(Timestamp),
                mfa_devices: mfa.then_some(row.mfa_devices),
            });
        }
        Ok(ListUserRowsOutput {
            rows: shown,
            total: total.unwrap_or_default().into(),
            now: tx.now(),
            is_truncated,
            marker,
            refused: refused.into_iter().map(str::to_owned).collect(),
        })
    }
}

fn cells(keys: Vec<Key>) -> Vec<KeyCell> {
    keys.into_iter()
        .map(|key| KeyCell {
            access_key_id: key.id,
            active: key.status == "Active",
            create_date: Timestamp(key.created_at),
            last_used: key.last_used_at.map(Timestamp),
        })
        .collect()
}
