//! The Users table: one statement for a page of users with their groups, keys and passwords.

use std::collections::BTreeSet;

use model::{
    Tag, Timestamp,
    console::{KeyCell, KeyUseCell, ListUserRows, ListUserRowsOutput, PasswordCell, UserRow},
    page,
};
use serde::Deserialize;
use sqlx::types::Json;

use crate::{
    Identity, authorize,
    error::Result,
    execute::{Execute, Target},
    iam,
    marker::Position,
    tx::Tx,
};

const LIST: &str = "iam:ListUsers";
const GROUPS: &str = "iam:ListGroupsForUser";
const KEYS: &str = "iam:ListAccessKeys";
const KEY_USE: &str = "iam:GetAccessKeyLastUsed";
const PASSWORD: &str = "iam:GetLoginProfile";
const MFA: &str = "iam:ListMFADevices";

/// Greater than every name: names are ASCII.
const END: &str = "\u{7f}";

/// An access key as the statement gathers it.
#[derive(Debug, Deserialize)]
struct Key {
    id: String,
    status: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

/// The action that guards the values of a column that users can be ordered by.
fn guard(order: &str) -> Option<&'static str> {
    match order {
        "groups" => Some(GROUPS),
        "mfa" => Some(MFA),
        "password-age" | "console-access" => Some(PASSWORD),
        "access-key-id" | "access-key-age" => Some(KEYS),
        "access-key-last-used" | "last-activity" => Some(KEY_USE),
        _ => None,
    }
}

/// Of whom the caller may do `action`: nothing if of everybody. An order by what the caller may not read would tell
/// of it, so the values of all others count as absent.
async fn readable(tx: &mut Tx, action: Option<&str>) -> Result<Option<Vec<String>>> {
    let Some(action) = action.filter(|_| *tx.caller().identity() != Identity::Root) else { return Ok(None) };
    let account = tx.account().clone();
    let users = sqlx::query!(
        r#"select u.user_id, u.name, u.path, t.tags as "tags?: Json<Vec<Tag>>"
           from iam_user u
           left join (select entity_id, jsonb_agg(jsonb_build_object('Key', key, 'Value', value)) as tags
                      from tag where account_id = $1 group by entity_id) t on t.entity_id = u.user_id
           where u.account_id = $1"#,
        account.as_str()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut ids = Vec::with_capacity(users.len());
    for user in users {
        let tags = user.tags.map(|tags| tags.0).unwrap_or_default();
        let target = iam::about_user(tx, &user.path, &user.name, &tags);
        if authorize::may(tx, action, &target).await? {
            ids.push(user.user_id);
        }
    }
    Ok(Some(ids))
}

impl Execute for ListUserRows {
    /// Who may read one user needs no permission for the list of all to see that user's row.
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let everybody = Target::of(&tx.user_arn("/", "")).asking(LIST);
        match self.user_names.as_deref() {
            Some([name]) if !authorize::may(tx, LIST, &everybody).await? => {
                Ok(iam::user_target(tx, name).await?.asking("iam:GetUser"))
            }
            _ => Ok(everybody),
        }
    }

    /// Each optional column asks its own action about each user. A user whom the search found by a key that the
    /// caller may not list is left out, or the search would tell of the key; so a page can be short.
    ///
    /// By name the statement walks the index of the names in either direction and stops at the page's end; any other
    /// order looks at each user of the account once. Which of the branches runs is decided before it is begun
    /// (Postgres: one-time filter).
    async fn run(self, tx: &mut Tx) -> Result<ListUserRowsOutput> {
        let order = self.sort.as_deref().unwrap_or("user-name");
        let down = self.descending != self.backward;
        let after = match &self.marker {
            Some(marker) => Position::parse(Some(marker))?,
            None if down => Position { name: END.into(), id: END.into() },
            None => Position::default(),
        };
        let limit = page::limit(self.max_items);
        let account = tx.account().clone();
        let query = self.query.as_deref().map(str::trim).filter(|query| !query.is_empty()).map(str::to_lowercase);
        let alone = matches!(self.user_names.as_deref(), Some([_]));
        let names = self.user_names.map(|names| names.iter().map(|name| iam::key_of(name)).collect::<Vec<_>>());
        let readable = readable(tx, guard(order)).await?;
        let mut rows = sqlx::query!(
            r#"with wanted as (
                   (select u.user_id, '' as key, u.name_key from iam_user u
                    where $3 = 'user-name' and not $4 and u.account_id = $1 and u.name_key > $6
                      and ($2::text is null or strpos(u.name_key, $2) > 0
                           or u.user_id in (select s.user_id from access_key s where s.account_id = $1
                                            and strpos(lower(s.access_key_id), $2) > 0))
                      and ($8::text[] is null or u.name_key = any($8))
                    order by u.name_key limit $7)
                   union all
                   (select u.user_id, '' as key, u.name_key from iam_user u
                    where $3 = 'user-name' and $4 and u.account_id = $1 and u.name_key < $6
                      and ($2::text is null or strpos(u.name_key, $2) > 0
                           or u.user_id in (select s.user_id from access_key s where s.account_id = $1
                                            and strpos(lower(s.access_key_id), $2) > 0))
                      and ($8::text[] is null or u.name_key = any($8))
                    order by u.name_key desc limit $7)
                   union all
                   (select v.user_id, v.key, v.name_key
                    from (select u.user_id, u.name_key,
                                 coalesce('1' || case $3
                                     when 'path' then u.path
                                     when 'arn' then u.path || u.name
                                     when 'creation-time' then lpad(u.created_at::text, 16, '0')
                                     when 'console-last-sign-in' then lpad(u.password_last_used::text, 16, '0')
                                     when 'last-activity' then lpad((9999999999999999 - greatest(u.password_last_used,
                                         case when $9::text[] is null or r.user_id is not null then k.last_used end))::text, 16, '0')
                                     else case when $9::text[] is null or r.user_id is not null then case $3
                                         when 'groups' then lpad(u.groups::text, 6, '0')
                                         when 'mfa' then lpad(u.mfa_devices::text, 6, '0')
                                         when 'console-access' then case when l.user_id is null then 'b' else 'a' end
                                         when 'password-age' then lpad((9999999999999999 - l.changed_at)::text, 16, '0')
                                         when 'access-key-id' then k.first_id
                                         when 'access-key-age' then lpad((9999999999999999 - k.oldest)::text, 16, '0')
                                         when 'access-key-last-used' then lpad((9999999999999999 - k.last_used)::text, 16, '0')
                                     end end
                                 end, case when $10 then '0' else '2' end) collate "C" as key
                          from iam_user u
                          left join login_profile l on l.account_id = $1 and l.user_id = u.user_id
                          left join (select s.user_id, min(s.access_key_id) as first_id, max(s.last_used_at) as last_used,
                                            min(s.created_at) filter (where s.status = 'Active') as oldest
                                     from access_key s where s.account_id = $1 and s.user_id is not null
                                     group by s.user_id) k on k.user_id = u.user_id
                          left join unnest($9::text[]) as r(user_id) on r.user_id = u.user_id
                          where u.account_id = $1
                            and ($2::text is null or strpos(u.name_key, $2) > 0
                                 or u.user_id in (select s.user_id from access_key s where s.account_id = $1
                                                  and strpos(lower(s.access_key_id), $2) > 0))
                            and ($8::text[] is null or u.name_key = any($8))) v
                    where $3 <> 'user-name'
                      and case when $4 then (v.key, v.name_key) < ($5, $6) else (v.key, v.name_key) > ($5, $6) end
                    order by case when $4 then v.key end desc, case when $4 then v.name_key end desc, v.key, v.name_key
                    limit $7)
               )
               select u.user_id, u.name, u.name_key, u.path, u.created_at, u.password_last_used, u.mfa_devices,
                      array(select distinct d.kind from mfa_device d
                            where d.account_id = $1 and d.user_id = u.user_id and d.enabled_at is not null
                            order by d.kind desc) as "mfa_kinds!",
                      w.key as "key!", l.changed_at as "password_changed?",
                      (select c.users from account_count c where c.account_id = $1) as total,
                      $2::text is null or strpos(u.name_key, $2) > 0 as "named!",
                      (select array_agg(g.name order by g.name_key) from group_member m
                       join iam_group g on g.account_id = $1 and g.group_id = m.group_id
                       where m.account_id = $1 and m.user_id = u.user_id) as groups,
                      (select jsonb_agg(jsonb_build_object('id', k.access_key_id, 'status', k.status,
                                                           'created_at', k.created_at, 'last_used_at', k.last_used_at)
                                        order by k.created_at, k.access_key_id)
                       from access_key k where k.account_id = $1 and k.user_id = u.user_id) as "keys: Json<Vec<Key>>",
                      (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value)) from tag t
                       where t.account_id = $1 and t.entity_id = u.user_id) as "tags: Json<Vec<Tag>>"
               from wanted w
               join iam_user u on u.account_id = $1 and u.user_id = w.user_id
               left join login_profile l on l.account_id = $1 and l.user_id = u.user_id"#,
            account.as_str(),
            query,
            order,
            down,
            after.name,
            after.id,
            limit + 1,
            names.as_deref(),
            readable.as_deref(),
            self.descending
        )
        .fetch_all(tx.conn())
        .await?;
        let total = match rows.first() {
            // Who reads one user is not told how many there are.
            _ if alone => i32::try_from(rows.len()).ok(),
            Some(row) => row.total,
            None => {
                sqlx::query_scalar!("select users from account_count where account_id = $1", account.as_str())
                    .fetch_optional(tx.conn())
                    .await?
            }
        };
        rows.sort_by(|one, other| (&one.key, &one.name_key).cmp(&(&other.key, &other.name_key)));
        if down {
            rows.reverse();
        }
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        if self.backward {
            rows.reverse();
        }
        let at = |key: &str, name: &str| Position { name: key.to_owned(), id: name.to_owned() }.marker();
        let (first, last) =
            (rows.first().map(|row| at(&row.key, &row.name_key)), rows.last().map(|row| at(&row.key, &row.name_key)));
        let came = self.marker.is_some();
        let (previous, marker) = match self.backward {
            true => (first.filter(|_| more), last.filter(|_| came)),
            false => (first.filter(|_| came), last.filter(|_| more)),
        };

        let mut refused = BTreeSet::new();
        let mut shown = Vec::with_capacity(rows.len());
        for row in rows {
            let tags = row.tags.map(|tags| tags.0).unwrap_or_default();
            let target = iam::about_user(tx, &row.path, &row.name, &tags);
            let mut allowed = [false; 5];
            for (column, action) in allowed.iter_mut().zip([GROUPS, KEYS, KEY_USE, PASSWORD, MFA]) {
                *column = authorize::may(tx, action, &target).await?;
                if !*column {
                    refused.insert(action);
                }
            }
            let [groups, keys, key_use, password, mfa] = allowed;
            if !row.named && !keys {
                continue;
            }
            let kept = row.keys.map(|keys| keys.0).unwrap_or_default();
            let last_used = kept.iter().filter_map(|key| key.last_used_at).max().map(Timestamp);
            shown.push(UserRow {
                arn: target.resource,
                user_name: row.name,
                path: row.path,
                user_id: row.user_id,
                create_date: Timestamp(row.created_at),
                groups: groups.then(|| row.groups.unwrap_or_default()),
                access_keys: keys.then(|| cells(kept)),
                key_use: key_use.then_some(KeyUseCell { last_used }),
                password: password.then(|| PasswordCell {
                    enabled: row.password_changed.is_some(),
                    changed: row.password_changed.map(Timestamp),
                }),
                password_last_used: row.password_last_used.map(Timestamp),
                mfa_devices: mfa.then_some(row.mfa_devices),
                mfa_kinds: if mfa { row.mfa_kinds } else { Vec::new() },
            });
        }
        Ok(ListUserRowsOutput {
            rows: shown,
            total: total.unwrap_or_default().into(),
            now: tx.now(),
            is_truncated: marker.is_some(),
            marker,
            previous,
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
        })
        .collect()
}
