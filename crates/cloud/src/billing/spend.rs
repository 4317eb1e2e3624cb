//! The cost ledger. Whoever enters a cost holds the account's costs until the commit, and budgets are evaluated in
//! the same transaction: no order of parallel entries can pass a threshold unseen, on however many servers.

use model::{
    ApiError, Timestamp,
    billing::{AddSpend, AddSpendOutput, ListSpend, ListSpendOutput, ServiceSpend, SpendEntry, day},
    money::Usd,
    page,
};
use uuid::Uuid;

use crate::{
    budgets, cloudwatch,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// The action that whoever changes costs needs; the job function Billing has it.
const MODIFY: &str = "aws-portal:ModifyBilling";
/// The action that whoever reads costs needs.
const VIEW: &str = "ce:GetCostAndUsage";

impl Execute for AddSpend {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<AddSpendOutput> {
        let (account, now, spend_id) = (tx.account().clone(), tx.now(), tx.uuid());
        let today = now.day();
        let on = self.day.unwrap_or_else(|| today.clone());
        if on > today {
            return Err(ApiError::field("day", Some(&on), format!("Member must not be after today, {today}")).into());
        }
        let amount: Usd = self.amount.parse().map_err(|reason: &str| anyhow::anyhow!(reason))?;
        budgets::hold(tx).await?;
        sqlx::query!(
            "insert into spend (account_id, spend_id, day, service, amount, note, created_at)
             values ($1, $2, $3::text::date, $4, $5, $6, $7)",
            account.as_str(),
            spend_id,
            on,
            self.service,
            amount.0,
            self.note,
            now.0
        )
        .execute(tx.conn())
        .await?;
        let alerts = budgets::evaluate(tx).await?;
        cloudwatch::evaluate_billing(tx).await?;
        let total = total(tx, day(&on).unwrap_or(now).month()).await?;
        Ok(AddSpendOutput {
            entry: SpendEntry {
                spend_id: spend_id.to_string(),
                day: on,
                service: self.service,
                amount: amount.to_string(),
                note: self.note,
                create_date: now,
            },
            month_to_date: total.to_string(),
            alerts,
        })
    }
}

async fn total(tx: &mut Tx, month: Timestamp) -> Result<Usd> {
    let account = tx.account().clone();
    let total = sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "total!" from spend
           where account_id = $1 and day >= $2::text::date and day < $3::text::date"#,
        account.as_str(),
        month.day(),
        month.next_month().day()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Usd(total))
}

async fn by_service(tx: &mut Tx, month: Timestamp) -> Result<Vec<ServiceSpend>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select service, sum(amount)::bigint as "amount!" from spend
           where account_id = $1 and day >= $2::text::date and day < $3::text::date
           group by service order by 2 desc, 1 limit 100"#,
        account.as_str(),
        month.day(),
        month.next_month().day()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| ServiceSpend { service: row.service, amount: Usd(row.amount).to_string() }).collect())
}

/// Where the page begins: the day, then the instant and the id of the last entry.
struct After {
    day: String,
    created_at: i64,
    spend_id: Uuid,
}

impl After {
    fn parse(marker: Option<&str>) -> Result<Option<Self>> {
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
}

impl Execute for ListSpend {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(VIEW))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListSpendOutput> {
        let (account, now) = (tx.account().clone(), tx.now());
        let month = self.month.and_then(|month| day(&format!("{month}-01"))).unwrap_or(now).month();
        let limit = page::limit(self.max_items);
        let after = After::parse(self.marker.as_deref())?;
        let rows = sqlx::query!(
            r#"select spend_id, to_char(day, 'YYYY-MM-DD') as "day!", service, amount, note, created_at from spend
               where account_id = $1 and day >= $2::text::date and day < $3::text::date
                 and ($4::text is null or (day, created_at, spend_id) < ($4::text::date, $5, $6))
               order by day desc, created_at desc, spend_id desc limit $7"#,
            account.as_str(),
            month.day(),
            month.next_month().day(),
            after.as_ref().map(|after| after.day.clone()),
            after.as_ref().map(|after| after.created_at),
            after.as_ref().map(|after| after.spend_id),
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) = marker::page(rows, limit, |row| Position {
            name: row.day.clone(),
            id: format!("{} {}", row.created_at, row.spend_id),
        });
        let entries = rows
            .into_iter()
            .map(|row| SpendEntry {
                spend_id: row.spend_id.to_string(),
                day: row.day,
                service: row.service,
                amount: Usd(row.amount).to_string(),
                note: row.note,
                create_date: Timestamp(row.created_at),
            })
            .collect();
        let services = by_service(tx, month).await?;
        let total = total(tx, month).await?.to_string();
        let month = month.day()[..7].to_owned();
        Ok(ListSpendOutput { month, total, services, entries, now, is_truncated, marker })
    }
}
