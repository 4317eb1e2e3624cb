//! Reading the ledger line by line and entry by entry, and taking an entry back.

use model::{
    ApiError, Kind, Timestamp,
    billing::{
        CostEntry, DeleteCostEntry, DeleteCostEntryOutput, LineItem, ListCostEntries, ListCostEntriesOutput,
        ListLineItems, ListLineItemsOutput,
    },
    page,
};
use uuid::Uuid;

use super::{
    MODIFY, VIEW,
    ledger::{self, After, Tags},
};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// A line as the database keeps it, its exact numbers as text.
struct Row {
    spend_id: Uuid,
    entry_id: Option<Uuid>,
    day: String,
    created_at: i64,
    item_type: String,
    service: String,
    usage_type: String,
    operation: String,
    region: String,
    quantity: String,
    unit: String,
    rate: Option<String>,
    unblended: String,
    blended: String,
    amortized: String,
    resource_id: Option<String>,
    tags: Tags,
    free_tier: bool,
    note: Option<String>,
}

impl Row {
    fn shown(self, today: &str) -> Result<LineItem> {
        Ok(LineItem {
            line_item_id: self.spend_id.to_string(),
            entry_id: self.entry_id.map(|id| id.to_string()),
            is_scheduled: self.day.as_str() > today,
            day: self.day,
            item_type: self.item_type,
            service: self.service,
            usage_type: self.usage_type,
            operation: self.operation,
            region: self.region,
            quantity: ledger::read(&self.quantity)?.to_string(),
            unit: self.unit,
            rate: self.rate.map(|rate| ledger::read(&rate).map(|rate| rate.to_string())).transpose()?,
            unblended_cost: ledger::shown(ledger::read(&self.unblended)?),
            blended_cost: ledger::shown(ledger::read(&self.blended)?),
            amortized_cost: ledger::shown(ledger::read(&self.amortized)?),
            resource_id: self.resource_id,
            tags: self.tags.0,
            free_tier: self.free_tier,
            note: self.note,
        })
    }
}

impl Execute for ListLineItems {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(VIEW))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListLineItemsOutput> {
        let (account, now) = (tx.account().clone(), tx.now());
        let (month, limit) = (ledger::month(self.month, now), page::limit(self.max_items));
        let after = After::parse(self.marker.as_deref())?;
        // With a service there is another way into the table: one plan for both would take the longer one.
        sqlx::query_scalar!(r#"select set_config('plan_cache_mode', 'force_custom_plan', true) as "mode!""#)
            .fetch_one(tx.conn())
            .await?;
        let rows = sqlx::query_as!(
            Row,
            r#"select spend_id, entry_id, to_char(day, 'YYYY-MM-DD') as "day!", created_at, item_type, service, usage_type,
                      operation, region, quantity::text as "quantity!", unit, rate::text as rate,
                      unblended_cost::text as "unblended!", blended_cost::text as "blended!",
                      amortized_cost::text as "amortized!", resource_id, tags as "tags: Tags", free_tier, note
               from spend
               where account_id = $1 and day >= $2::text::date and day < $3::text::date
                 and ($4::text is null or service = $4)
                 and ($5::text is null or (day, created_at, spend_id) < ($5::text::date, $6, $7))
               order by day desc, created_at desc, spend_id desc limit $8"#,
            account.as_str(),
            month.day(),
            month.next_month().day(),
            self.service,
            after.as_ref().map(|after| after.day.clone()),
            after.as_ref().map(|after| after.created_at),
            after.as_ref().map(|after| after.spend_id),
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let scheduled = sqlx::query_scalar!(
            r#"select coalesce(sum(unblended_cost), 0)::text as "sum!" from spend_daily
               where account_id = $1 and day > $2::text::date and day >= $3::text::date and day < $4::text::date
                 and ($5::text is null or service = $5)"#,
            account.as_str(),
            now.day(),
            month.day(),
            month.next_month().day(),
            self.service
        )
        .fetch_one(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| After::position(&row.day, row.created_at, row.spend_id));
        let today = now.day();
        Ok(ListLineItemsOutput {
            month: month.day()[..7].to_owned(),
            line_items: rows.into_iter().map(|row| row.shown(&today)).collect::<Result<_>>()?,
            scheduled: ledger::shown(ledger::read(&scheduled)?),
            is_truncated,
            marker,
        })
    }
}

impl Execute for ListCostEntries {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(VIEW))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListCostEntriesOutput> {
        let (account, limit) = (tx.account().clone(), page::limit(self.max_items));
        let (before, before_id) = marker::behind(self.marker.as_deref())?;
        let rows = sqlx::query!(
            r#"select entry_id, kind, title, lines, unblended_cost::text as "amount!", created_at from cost_entry
               where account_id = $1 and (created_at, entry_id) < ($2, $3)
               order by created_at desc, entry_id desc limit $4"#,
            account.as_str(),
            before,
            before_id,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) = marker::page(rows, limit, |row| Position {
            name: row.created_at.to_string(),
            id: row.entry_id.to_string(),
        });
        let entries = rows
            .into_iter()
            .map(|row| {
                Ok(CostEntry {
                    entry_id: row.entry_id.to_string(),
                    kind: row.kind,
                    title: row.title,
                    lines: row.lines.into(),
                    amount: ledger::shown(ledger::read(&row.amount)?),
                    create_date: Timestamp(row.created_at),
                })
            })
            .collect::<Result<_>>()?;
        Ok(ListCostEntriesOutput { entries, is_truncated, marker })
    }
}

impl Execute for DeleteCostEntry {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<DeleteCostEntryOutput> {
        let missing = || ApiError::missing(Kind::CostEntry, self.entry_id.clone());
        let id: Uuid = self.entry_id.parse().map_err(|_| missing())?;
        budgets::hold(tx).await?;
        let account = tx.account().clone();
        let deleted =
            sqlx::query!("delete from cost_entry where account_id = $1 and entry_id = $2", account.as_str(), id)
                .execute(tx.conn())
                .await?
                .rows_affected();
        if deleted == 0 {
            return Err(missing().into());
        }
        let lines = ledger::remove(tx, Some(id)).await?;
        ledger::settle(tx).await?;
        Ok(DeleteCostEntryOutput { lines })
    }
}
