//! Single amounts of the cost ledger. Whoever enters one holds the account's costs until the commit, and budgets are
//! evaluated in the same transaction: no order of parallel entries can pass a threshold unseen, on however many servers.

use model::{
    ApiError, Timestamp,
    billing::{AddSpend, AddSpendOutput, ListSpend, ListSpendOutput, ServiceSpend, SpendEntry, day},
    money::Usd,
    page,
};

use super::{
    MODIFY, VIEW,
    ledger::{self, After},
};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    marker,
    tx::Tx,
};

/// The service whose amounts are taxes.
const TAX: &str = "Tax";

impl Execute for AddSpend {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<AddSpendOutput> {
        budgets::hold(tx).await?;
        let (account, now, spend_id) = (tx.account().clone(), tx.now(), tx.uuid());
        let today = now.day();
        let on = self.day.unwrap_or_else(|| today.clone());
        if on > today {
            return Err(ApiError::field("day", Some(&on), format!("Member must not be after today, {today}")).into());
        }
        let amount: Usd = self.amount.parse().map_err(|reason: &str| anyhow::anyhow!(reason))?;
        ledger::take(tx, 1).await?;
        sqlx::query!(
            "insert into spend (account_id, spend_id, day, item_type, service, unblended_cost, blended_cost, amortized_cost,
                                note, created_at)
             values ($1, $2, $3::text::date, $4, $5, $6::text::numeric, $6::text::numeric, $6::text::numeric, $7, $8)",
            account.as_str(),
            spend_id,
            on,
            if self.service == TAX { "Tax" } else { "Usage" },
            self.service,
            amount.to_string(),
            self.note,
            now.0
        )
        .execute(tx.conn())
        .await?;
        let alerts = ledger::settle(tx).await?;
        let total = ledger::total(tx, day(&on).unwrap_or(now).month()).await?;
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

async fn by_service(tx: &mut Tx, month: Timestamp) -> Result<Vec<ServiceSpend>> {
    let (account, today) = (tx.account().clone(), tx.now().day());
    let rows = sqlx::query!(
        r#"select service, sum(unblended_cost)::text as "amount!" from spend_daily
           where account_id = $1 and day >= $2::text::date and day < $3::text::date and day <= $4::text::date
           group by service order by sum(unblended_cost) desc, service limit 100"#,
        account.as_str(),
        month.day(),
        month.next_month().day(),
        today
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| Ok(ServiceSpend { service: row.service, amount: ledger::shown(ledger::read(&row.amount)?) }))
        .collect()
}

impl Execute for ListSpend {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(VIEW))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListSpendOutput> {
        let (account, now) = (tx.account().clone(), tx.now());
        let (month, limit) = (ledger::month(self.month, now), page::limit(self.max_items));
        let after = After::parse(self.marker.as_deref())?;
        let rows = sqlx::query!(
            r#"select spend_id, to_char(day, 'YYYY-MM-DD') as "day!", service, unblended_cost::text as "amount!", note,
                      created_at
               from spend
               where account_id = $1 and day >= $2::text::date and day < $3::text::date and day <= $8::text::date
                 and ($4::text is null or (day, created_at, spend_id) < ($4::text::date, $5, $6))
               order by day desc, created_at desc, spend_id desc limit $7"#,
            account.as_str(),
            month.day(),
            month.next_month().day(),
            after.as_ref().map(|after| after.day.clone()),
            after.as_ref().map(|after| after.created_at),
            after.as_ref().map(|after| after.spend_id),
            limit + 1,
            now.day()
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| After::position(&row.day, row.created_at, row.spend_id));
        let entries = rows
            .into_iter()
            .map(|row| {
                Ok(SpendEntry {
                    spend_id: row.spend_id.to_string(),
                    day: row.day,
                    service: row.service,
                    amount: ledger::shown(ledger::read(&row.amount)?),
                    note: row.note,
                    create_date: Timestamp(row.created_at),
                })
            })
            .collect::<Result<_>>()?;
        let services = by_service(tx, month).await?;
        let total = ledger::total(tx, month).await?.to_string();
        let month = month.day()[..7].to_owned();
        Ok(ListSpendOutput { month, total, services, entries, now, is_truncated, marker })
    }
}
