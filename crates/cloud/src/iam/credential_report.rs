//! The credential report: made whole in one transaction by two statements, kept until the next one.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use model::{
    ApiError, Timestamp,
    iam::{
        CREDENTIAL_REPORT_COLUMNS, CREDENTIAL_REPORT_LIFE_MS, GenerateCredentialReport, GenerateCredentialReportOutput,
        GetCredentialReport, GetCredentialReportOutput,
    },
};
use policy::Arn;
use serde::Deserialize;
use sqlx::types::Json;

use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// What was never used, or not since it is recorded.
const NO_INFORMATION: &str = "no_information";
/// What there is not.
const NOT_APPLICABLE: &str = "N/A";
/// What the report does not tell of root.
const NOT_SUPPORTED: &str = "not_supported";
/// Services without a region of their own: a key's last region tells nothing there.
const WITHOUT_REGION: [&str; 1] = ["s3"];
/// How many access keys have columns.
const KEYS: usize = 2;

/// An access key as the report needs it.
#[derive(Debug, Deserialize)]
struct Key {
    active: bool,
    rotated: i64,
    used: Option<i64>,
    region: Option<String>,
    service: Option<String>,
}

/// One line, instants in milliseconds.
struct Line {
    user: String,
    arn: String,
    created: i64,
    /// From `password_enabled` to `password_next_rotation`.
    password: [String; 4],
    mfa: bool,
    keys: Vec<Key>,
}

impl Line {
    fn write(self, report: &mut String) {
        let mut fields = vec![quoted(self.user), quoted(self.arn), time(self.created)];
        fields.extend(self.password);
        fields.push(self.mfa.to_string());
        let mut keys = self.keys.into_iter();
        for _ in 0..KEYS {
            fields.extend(key_fields(keys.next()));
        }
        // This version has no signing certificates.
        fields.extend(["false", NOT_APPLICABLE, "false", NOT_APPLICABLE].map(str::to_owned));
        report.push_str(&fields.join(","));
        report.push('\n');
    }
}

fn key_fields(key: Option<Key>) -> [String; 5] {
    let none = || NOT_APPLICABLE.to_owned();
    let Some(key) = key else { return ["false".to_owned(), none(), none(), none(), none()] };
    let regional = !key.service.as_deref().is_some_and(|service| WITHOUT_REGION.contains(&service));
    [
        key.active.to_string(),
        time(key.rotated),
        key.used.map_or_else(none, time),
        key.region.filter(|_| regional).unwrap_or_else(none),
        key.service.unwrap_or_else(none),
    ]
}

/// An instant as reports have it: `2021-03-08T10:00:00+00:00`.
fn time(instant: i64) -> String {
    Timestamp(instant).to_string().replace('Z', "+00:00")
}

/// A field by RFC 4180: names hold commas and paths quotes, too.
fn quoted(text: String) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Whether a report of that time is the one to hand out. A clock that was set back leaves none.
fn is_fresh(generated_at: i64, now: Timestamp) -> bool {
    (0..CREDENTIAL_REPORT_LIFE_MS).contains(&(now.0 - generated_at))
}

/// Takes the making of this account's report upon itself until the transaction ends; no if somebody else is at it.
pub(crate) async fn claim(tx: &mut Tx) -> Result<bool> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtextextended('credential report ' || $1, 0)) as "claimed!""#,
        account.as_str()
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whether somebody is making this account's report now. Whoever only looks takes no part in the lock: two who look would
/// keep each other out, and the maker too.
async fn is_being_made(tx: &mut Tx) -> Result<bool> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from pg_locks l, (select hashtextextended('credential report ' || $1, 0)) as k(key)
               where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                 and l.database = (select oid from pg_database where datname = current_database())
                 and l.classid::bigint = (k.key >> 32) & 4294967295 and l.objid::bigint = k.key & 4294967295
           ) as "making!""#,
        account.as_str()
    )
    .fetch_one(tx.conn())
    .await?)
}

async fn generated_at(tx: &mut Tx) -> Result<Option<i64>> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!("select generated_at from credential_report where account_id = $1", account.as_str())
        .fetch_optional(tx.conn())
        .await?)
}

/// Makes the report and keeps it in place of the one before.
pub(crate) async fn make(tx: &mut Tx) -> Result<()> {
    let mut report = CREDENTIAL_REPORT_COLUMNS.join(",");
    report.push('\n');
    of_root(tx).await?.write(&mut report);
    for line in of_users(tx).await? {
        line.write(&mut report);
    }
    let (account, now) = (tx.account().clone(), tx.now());
    sqlx::query!(
        "insert into credential_report (account_id, generated_at, content) values ($1, $2, $3)
         on conflict (account_id) do update set generated_at = excluded.generated_at, content = excluded.content",
        account.as_str(),
        now.0,
        report
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn of_root(tx: &mut Tx) -> Result<Line> {
    let account = tx.account().clone();
    let row = sqlx::query!(
        r#"select a.created_at, a.password_last_used, a.root_mfa_devices > 0 as "mfa!",
                  (select jsonb_agg(jsonb_build_object(
                       'active', k.status = 'Active', 'rotated', coalesce(k.status_changed_at, k.created_at),
                       'used', k.last_used_at, 'region', k.last_used_region, 'service', k.last_used_service)
                       order by k.created_at, k.access_key_id)
                   from access_key k where k.account_id = $1 and k.user_id is null) as "keys: Json<Vec<Key>>"
           from account a where a.account_id = $1"#,
        account.as_str()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Line {
        user: "<root_account>".to_owned(),
        arn: Arn::root(account.as_str()).to_string(),
        created: row.created_at,
        password: [
            NOT_SUPPORTED.to_owned(),
            row.password_last_used.map_or_else(|| NO_INFORMATION.to_owned(), time),
            NOT_SUPPORTED.to_owned(),
            NOT_SUPPORTED.to_owned(),
        ],
        mfa: row.mfa,
        keys: row.keys.map(|keys| keys.0).unwrap_or_default(),
    })
}

/// All users by their names, in one statement.
async fn of_users(tx: &mut Tx) -> Result<Vec<Line>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select u.name, u.path, u.created_at, u.password_last_used, u.mfa_devices > 0 as "mfa!",
                  l.changed_at as "changed_at?",
                  l.changed_at + (select p.max_age_days from password_policy p where p.account_id = $1)::bigint * 86400000
                      as next_rotation,
                  k.keys as "keys: Json<Vec<Key>>"
           from iam_user u
           left join login_profile l on l.account_id = u.account_id and l.user_id = u.user_id
           left join (
               select user_id, jsonb_agg(jsonb_build_object(
                          'active', status = 'Active', 'rotated', coalesce(status_changed_at, created_at),
                          'used', last_used_at, 'region', last_used_region, 'service', last_used_service)
                          order by created_at, access_key_id) as keys
               from access_key where account_id = $1 and user_id is not null group by user_id
           ) k on k.user_id = u.user_id
           where u.account_id = $1
           order by u.name_key"#,
        account.as_str()
    )
    .fetch_all(tx.conn())
    .await?;
    let none = || NOT_APPLICABLE.to_owned();
    Ok(rows
        .into_iter()
        .map(|row| Line {
            arn: tx.user_arn(&row.path, &row.name).to_string(),
            user: row.name,
            created: row.created_at,
            password: match row.changed_at {
                None => ["false".to_owned(), none(), none(), none()],
                Some(changed) => [
                    "true".to_owned(),
                    row.password_last_used.map_or_else(|| NO_INFORMATION.to_owned(), time),
                    time(changed),
                    row.next_rotation.map_or_else(none, time),
                ],
            },
            mfa: row.mfa,
            keys: row.keys.map(|keys| keys.0).unwrap_or_default(),
        })
        .collect())
}

impl Execute for GenerateCredentialReport {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GenerateCredentialReportOutput> {
        let said = |state: &str, description: Option<&str>| GenerateCredentialReportOutput {
            state: state.to_owned(),
            description: description.map(str::to_owned),
        };
        let now = tx.now();
        let before = generated_at(tx).await?;
        if before.is_some_and(|before| is_fresh(before, now)) {
            return Ok(said("COMPLETE", None));
        }
        if !claim(tx).await? {
            return Ok(said("INPROGRESS", Some("A report is being generated.")));
        }
        make(tx).await?;
        let why = if before.is_some() { "The newest report is older than four hours." } else { "No report exists." };
        Ok(said("STARTED", Some(&format!("{why} Starting a new report generation task"))))
    }
}

impl Execute for GetCredentialReport {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetCredentialReportOutput> {
        let (account, now) = (tx.account().clone(), tx.now());
        let row =
            sqlx::query!("select generated_at, content from credential_report where account_id = $1", account.as_str())
                .fetch_optional(tx.conn())
                .await?;
        match row {
            Some(row) if is_fresh(row.generated_at, now) => Ok(GetCredentialReportOutput {
                content: BASE64_STANDARD.encode(row.content),
                report_format: "text/csv".to_owned(),
                generated_time: Timestamp(row.generated_at),
            }),
            _ if is_being_made(tx).await? => Err(ApiError::ReportInProgress.into()),
            Some(_) => Err(ApiError::ReportExpired.into()),
            None => Err(ApiError::ReportNotPresent.into()),
        }
    }
}
