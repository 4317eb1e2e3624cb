//! Reading budgets: each with what its period has come to.

use std::collections::BTreeMap;

use model::{
    ApiError, Timestamp,
    budgets::{
        AutoAdjustData, Budget, CalculatedSpend, CostTypes, DescribeBudget, DescribeBudgetOutput, DescribeBudgets,
        DescribeBudgetsOutput, HistoricalOptions, Spend, TimePeriod,
    },
    money::Usd,
    page,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{VIEW, missing, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// A budget as the database keeps it, with where it stands.
pub(crate) struct Row {
    pub(crate) budget_id: Uuid,
    pub(crate) name: String,
    budget_type: String,
    time_unit: String,
    unit: String,
    filters: Json<BTreeMap<String, Vec<String>>>,
    planned: Option<Json<BTreeMap<String, i64>>>,
    adjust_by: Option<String>,
    look_back: Option<i32>,
    known: Option<i32>,
    cost_types: Json<CostTypes>,
    starts_at: i64,
    ends_at: Option<i64>,
    updated_at: i64,
    amount: Option<i64>,
    actual: Option<i64>,
    forecast: Option<i64>,
}

impl Row {
    /// As it is told.
    pub(crate) fn shown(self, tx: &Tx) -> Budget {
        let spend = |amount: i64| Spend::of(Usd(amount), &self.unit);
        let end = self.ends_at.map_or(TimePeriod::NEVER, Timestamp);
        let adjusted_at = tx.now().period(&self.time_unit).0.max(self.updated_at);
        let historical = self.look_back.map(|periods| HistoricalOptions {
            budget_adjustment_period: periods.into(),
            look_back_available_periods: self.known.map(|known| known.min(periods).into()),
        });
        let seconds = |day: &str| model::billing::day(day).map(|at| (at.0 / 1000).to_string());
        let planned = self.planned.as_ref().map(|Json(planned)| {
            planned.iter().filter_map(|(day, amount)| Some((seconds(day)?, spend(*amount)))).collect()
        });
        Budget {
            budget_limit: self.amount.map(spend),
            planned_budget_limits: planned,
            cost_types: (self.budget_type == "COST").then_some(self.cost_types.0),
            cost_filters: self.filters.0,
            time_period: Some(TimePeriod { start: Some(Timestamp(self.starts_at)), end: Some(end) }),
            calculated_spend: self.actual.map(|actual| CalculatedSpend {
                actual_spend: spend(actual),
                forecasted_spend: self.forecast.map(spend),
            }),
            last_updated_time: Some(Timestamp(self.updated_at)),
            auto_adjust_data: self.adjust_by.map(|auto_adjust_type| AutoAdjustData {
                auto_adjust_type,
                historical_options: historical,
                last_auto_adjust_time: Some(Timestamp(adjusted_at)),
            }),
            budget_name: self.name,
            budget_type: self.budget_type,
            time_unit: self.time_unit,
            ..Budget::default()
        }
    }
}

/// Budgets by name: one, or those after a name.
pub(crate) async fn rows(tx: &mut Tx, only: Option<&str>, after: &str, limit: i64) -> Result<Vec<Row>> {
    let (account, now) = (tx.account().clone(), tx.now());
    Ok(sqlx::query_as!(
        Row,
        r#"select b.budget_id, b.name, b.budget_type, b.time_unit, b.unit,
                  b.filters as "filters: Json<BTreeMap<String, Vec<String>>>",
                  b.planned as "planned: Json<BTreeMap<String, i64>>", b.adjust_by, b.look_back,
                  case when b.adjust_by = 'HISTORICAL' then budget_known_periods(b, s.period) end as known,
                  b.cost_types as "cost_types: Json<CostTypes>", b.starts_at, b.ends_at, b.updated_at,
                  s.amount as "amount?", s.actual as "actual?", s.forecast as "forecast?"
           from (select * from budget
                 where account_id = $1 and ($3::text is null or name = $3) and name > $4
                 order by name limit $5) p
           join budget b on b.account_id = p.account_id and b.budget_id = p.budget_id
           cross join lateral budget_standing(b, $2) s
           order by b.name"#,
        account.as_str(),
        now.0,
        only,
        after,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

impl Execute for DescribeBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeBudgetOutput> {
        let name = &self.budget_name;
        let row = rows(tx, Some(name), "", 1).await?.pop();
        let row = row.ok_or_else(|| missing(&format!("get budget: {name}"), "budget"))?;
        Ok(DescribeBudgetOutput { budget: row.shown(tx) })
    }
}

impl Execute for DescribeBudgets {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, None, VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeBudgetsOutput> {
        let after = Position::parse(self.next_token.as_deref()).map_err(|_| ApiError::InvalidNextToken)?;
        let limit = page::limit(self.max_results);
        let found = rows(tx, None, &after.name, limit + 1).await?;
        let (found, _, next_token) =
            marker::page(found, limit, |row| Position { name: row.name.clone(), id: String::new() });
        Ok(DescribeBudgetsOutput { budgets: found.into_iter().map(|row| row.shown(tx)).collect(), next_token })
    }
}
