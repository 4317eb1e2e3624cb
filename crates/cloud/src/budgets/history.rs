//! What past periods came to: nothing is kept of them, they are summed up anew out of the ledger.

use model::{
    Timestamp,
    billing::day,
    budgets::{
        BudgetPerformanceHistory, BudgetedAndActualAmounts, DescribeBudgetPerformanceHistory,
        DescribeBudgetPerformanceHistoryOutput, Spend, TimePeriod,
    },
    money::Usd,
};

use super::{VIEW, missing, page_of, rows, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// Periods that are shown if nobody says which.
const SHOWN: i32 = 12;
/// Periods that a history goes back.
const MOST: i32 = 60;

impl Execute for DescribeBudgetPerformanceHistory {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeBudgetPerformanceHistoryOutput> {
        let name = &self.budget_name;
        let budget = rows(tx, Some(name), "", 1).await?.pop();
        let budget = budget.ok_or_else(|| missing(&format!("get budget: {name}"), "budget"))?.shown(tx);
        let asked = self.time_period.clone().unwrap_or_default();
        let unit = budget.unit().to_owned();
        let periods = periods(tx, name, &asked).await?;
        let spend = |amount: Option<i64>| amount.map(|amount| Spend::of(Usd(amount), &unit));
        let amounts = periods.into_iter().filter_map(|(begins, budgeted, actual)| {
            let start = day(&begins)?;
            Some(BudgetedAndActualAmounts {
                budgeted_amount: spend(budgeted),
                actual_amount: spend(actual),
                time_period: TimePeriod { start: Some(start), end: Some(start.next_period(&budget.time_unit)) },
            })
        });
        let (amounts, next_token) = page_of(amounts.collect(), self.max_results, self.next_token.as_deref())?;
        Ok(DescribeBudgetPerformanceHistoryOutput {
            budget_performance_history: BudgetPerformanceHistory {
                budget_name: budget.budget_name,
                budget_type: budget.budget_type,
                cost_filters: budget.cost_filters,
                cost_types: budget.cost_types,
                time_unit: budget.time_unit,
                budgeted_and_actual_amounts_list: amounts,
            },
            next_token,
        })
    }
}

/// A budget's periods within its own time, the earliest first: the first day, what was budgeted, what it came to.
async fn periods(tx: &mut Tx, name: &str, asked: &TimePeriod) -> Result<Vec<(String, Option<i64>, Option<i64>)>> {
    let (account, now) = (tx.account().clone(), tx.now());
    let last = asked.end.map_or(now, |end| now.min(Timestamp(end.0 - 1)));
    let found = sqlx::query!(
        r#"select to_char(p.period, 'YYYY-MM-DD') as "begins!", budget_amount(b, p.period) as budgeted,
                  budget_actual(b, p.period, $3::text::date) as actual
           from budget b
           cross join lateral (
               select budget_period_after(b.time_unit, budget_period(b.time_unit, $4::text::date), -back) as period
               from generate_series(0, $5::integer - 1) back) p
           where b.account_id = $1 and b.name = $2
             and budget_millis(p.period) >= coalesce($6::bigint, 0)
             and budget_millis(budget_period_after(b.time_unit, p.period, 1)) > b.starts_at
             and (b.ends_at is null or budget_millis(p.period) < b.ends_at)
           order by p.period"#,
        account.as_str(),
        name,
        now.day(),
        last.day(),
        if asked.start.is_some() { MOST } else { SHOWN },
        asked.start.map(|start| start.0)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(found.into_iter().map(|row| (row.begins, row.budgeted, row.actual)).collect())
}
