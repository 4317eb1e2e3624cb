//! Writing the ledger: whoever does holds the account's costs, takes places for the lines, and settles.

use std::collections::BTreeMap;

use model::{
    ApiError, Timestamp,
    billing::{UsageAdded, day},
    decimal::Decimal,
    money::Usd,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::free_tier;
use crate::{budgets, cloudwatch, error::Result, marker::Position, tx::Tx};

/// Lines that one account's ledger may have.
pub(crate) const LINES: i64 = 1_000_000;
/// Lines that one statement writes: each stays far below the time that a statement has.
pub(crate) const AT_ONCE: usize = 1000;

/// A line before it is in the ledger.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewLine {
    pub day: String,
    pub item_type: String,
    pub service: String,
    pub usage_type: String,
    pub operation: String,
    pub region: String,
    pub quantity: Decimal,
    pub unit: String,
    pub rate: Option<Decimal>,
    pub unblended: Decimal,
    pub blended: Decimal,
    pub amortized: Decimal,
    pub resource_id: Option<String>,
    pub tags: BTreeMap<String, String>,
    pub free_tier: bool,
    pub note: Option<String>,
}

/// What brings lines.
pub(crate) struct NewEntry<'a> {
    /// `USAGE`, `PLAN`, `CURVE`, `IMPORT` or `METER`.
    pub kind: &'a str,
    /// What it is, in a few words.
    pub title: &'a str,
    /// How many lines it has.
    pub lines: usize,
    /// What they cost together.
    pub amount: Decimal,
    /// The SHA-256 of the file that they come from, if they come from one.
    pub digest: Option<&'a [u8]>,
}

/// Takes places for lines of the ledger, or gives them back.
pub(crate) async fn take(tx: &mut Tx, change: i64) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set cost_lines = cost_lines + $2
         where account_id = $1 and (cost_lines + $2 <= $3 or $2 < 0)",
        account.as_str(),
        i32::try_from(change).unwrap_or(i32::MAX),
        i32::try_from(LINES).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if rows == 1 { Ok(()) } else { Err(ApiError::quota("CostLinesPerAccount", LINES).into()) }
}

/// Begins an entry of so many lines, which [`write`] is to bring: its id.
pub(crate) async fn begin(tx: &mut Tx, entry: &NewEntry<'_>) -> Result<Uuid> {
    let (account, now, id) = (tx.account().clone(), tx.now(), tx.uuid());
    take(tx, i64::try_from(entry.lines).unwrap_or(i64::MAX)).await?;
    sqlx::query!(
        "insert into cost_entry (account_id, entry_id, kind, title, lines, unblended_cost, created_at, digest)
         values ($1, $2, $3, $4, $5, $6::text::numeric, $7, $8)",
        account.as_str(),
        id,
        entry.kind,
        entry.title,
        i32::try_from(entry.lines).unwrap_or(i32::MAX),
        entry.amount.to_string(),
        now.0,
        entry.digest
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Writes lines of an entry.
pub(crate) async fn write(tx: &mut Tx, entry: Uuid, lines: &[NewLine]) -> Result<()> {
    for some in lines.chunks(AT_ONCE) {
        write_some(tx, entry, some).await?;
    }
    Ok(())
}

async fn write_some(tx: &mut Tx, entry: Uuid, lines: &[NewLine]) -> Result<()> {
    let (account, now) = (tx.account().clone(), tx.now());
    let texts = |of: fn(&NewLine) -> &String| -> Vec<String> { lines.iter().map(|line| of(line).clone()).collect() };
    let numbers =
        |of: fn(&NewLine) -> Decimal| -> Vec<String> { lines.iter().map(|line| of(line).to_string()).collect() };
    let rates: Vec<Option<String>> = lines.iter().map(|line| line.rate.map(|rate| rate.to_string())).collect();
    let resources: Vec<Option<String>> = lines.iter().map(|line| line.resource_id.clone()).collect();
    let notes: Vec<Option<String>> = lines.iter().map(|line| line.note.clone()).collect();
    let free: Vec<bool> = lines.iter().map(|line| line.free_tier).collect();
    let tags = lines.iter().map(|line| serde_json::to_string(&line.tags)).collect::<Result<Vec<String>, _>>()?;
    sqlx::query!(
        "insert into spend (account_id, spend_id, entry_id, created_at, day, item_type, service, usage_type, operation,
                            region, quantity, unit, rate, unblended_cost, blended_cost, amortized_cost, resource_id, tags,
                            free_tier, note)
         select $1, gen_random_uuid(), $2, $3, l.day::date, l.item_type, l.service, l.usage_type, l.operation, l.region,
                l.quantity::numeric, l.unit, l.rate::numeric, l.unblended::numeric, l.blended::numeric,
                l.amortized::numeric, l.resource_id, l.tags::jsonb, l.free_tier, l.note
         from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                     $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bool[],
                     $19::text[])
              as l(day, item_type, service, usage_type, operation, region, quantity, unit, rate, unblended, blended,
                   amortized, resource_id, tags, free_tier, note)",
        account.as_str(),
        entry,
        now.0,
        &texts(|line| &line.day)[..],
        &texts(|line| &line.item_type)[..],
        &texts(|line| &line.service)[..],
        &texts(|line| &line.usage_type)[..],
        &texts(|line| &line.operation)[..],
        &texts(|line| &line.region)[..],
        &numbers(|line| line.quantity)[..],
        &texts(|line| &line.unit)[..],
        rates.as_slice() as &[Option<String>],
        &numbers(|line| line.unblended)[..],
        &numbers(|line| line.blended)[..],
        &numbers(|line| line.amortized)[..],
        resources.as_slice() as &[Option<String>],
        &tags[..],
        &free[..],
        notes.as_slice() as &[Option<String>]
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Enters lines that are few enough to be at hand, and settles.
pub(crate) async fn enter(tx: &mut Tx, kind: &str, title: &str, lines: &[NewLine]) -> Result<UsageAdded> {
    let amount = lines.iter().fold(Decimal::ZERO, |sum, line| sum + line.unblended);
    let entry = begin(tx, &NewEntry { kind, title, lines: lines.len(), amount, digest: None }).await?;
    write(tx, entry, lines).await?;
    let alerts = settle(tx).await?;
    Ok(UsageAdded {
        entry_id: entry.to_string(),
        lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        amount: shown(amount),
        alerts,
    })
}

/// Evaluates the budgets and the alarms on estimated charges after a change of the ledger or of the clock: how many of
/// the budgets' alerts went off. The caller holds the account's costs.
pub(crate) async fn settle(tx: &mut Tx) -> Result<i64> {
    let alerts = budgets::evaluate(tx).await?;
    free_tier::tell(tx).await?;
    cloudwatch::evaluate_billing(tx).await?;
    Ok(alerts)
}

/// Takes an entry's lines out of the ledger, or with none all there are: how many went.
pub(crate) async fn remove(tx: &mut Tx, entry: Option<Uuid>) -> Result<i64> {
    let account = tx.account().clone();
    let mut gone = 0;
    loop {
        let some = sqlx::query!(
            "delete from spend where account_id = $1 and spend_id in (
                 select spend_id from spend where account_id = $1 and ($2::uuid is null or entry_id = $2) limit 10000)",
            account.as_str(),
            entry
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if some == 0 {
            return Ok(gone);
        }
        let some = i64::try_from(some).unwrap_or(i64::MAX);
        take(tx, -some).await?;
        gone += some;
    }
}

/// An amount as answers write it: `100.0`, `0.0000002`.
pub(crate) fn shown(amount: Decimal) -> String {
    match amount.usd() {
        Some(usd) if Decimal::from(usd) == amount => usd.to_string(),
        _ => amount.to_string(),
    }
}

/// A column of exact numbers, as text.
pub(crate) fn read(text: &str) -> Result<Decimal> {
    Ok(text.parse().map_err(|reason: &str| anyhow::anyhow!("{reason}: {text}"))?)
}

/// The month that a call names, the account's own if none.
pub(crate) fn month(named: Option<String>, now: Timestamp) -> Timestamp {
    named.and_then(|month| day(&format!("{month}-01"))).unwrap_or(now).month()
}

/// The sum of a month up to today.
pub(crate) async fn total(tx: &mut Tx, month: Timestamp) -> Result<Usd> {
    let (account, today) = (tx.account().clone(), tx.now().day());
    let total = sqlx::query_scalar!(
        r#"select coalesce(round(sum(unblended_cost) * 1000000), 0)::bigint as "total!" from spend_daily
           where account_id = $1 and day >= $2::text::date and day < $3::text::date and day <= $4::text::date"#,
        account.as_str(),
        month.day(),
        month.next_month().day(),
        today
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Usd(total))
}

/// Where a page of lines begins: the day, then the instant and the id of the last one.
pub(crate) struct After {
    pub day: String,
    pub created_at: i64,
    pub spend_id: Uuid,
}

impl After {
    pub(crate) fn parse(marker: Option<&str>) -> Result<Option<Self>> {
        if marker.is_none() {
            return Ok(None);
        }
        let Position { name, id } = Position::parse(marker)?;
        let parsed = id.split_once(' ').and_then(|(created_at, spend_id)| {
            Some(Self {
                day: day(&name).map(|_| name.clone())?,
                created_at: created_at.parse().ok()?,
                spend_id: spend_id.parse().ok()?,
            })
        });
        Ok(Some(parsed.ok_or(ApiError::Invalid { message: "Invalid Marker.".into() })?))
    }

    pub(crate) fn position(day: &str, created_at: i64, spend_id: Uuid) -> Position {
        Position { name: day.to_owned(), id: format!("{created_at} {spend_id}") }
    }
}

/// Tags as a column holds them.
pub(crate) type Tags = Json<BTreeMap<String, String>>;
