//! Budgets themselves.

use model::{
    ApiError, Timestamp,
    budgets::{
        BUDGETS, Budget, CalculatedSpend, CostTypes, CreateBudget, DeleteBudget, DescribeBudget, DescribeBudgetOutput,
        DescribeBudgets, DescribeBudgetsOutput, TimePeriod, UpdateBudget,
    },
    money::Usd,
    page,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{MODIFY, VIEW, evaluate, find_budget, forecast, hold, missing, notifications, target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// The limit of an input that `check` has passed.
fn limit_of(budget: &Budget) -> Result<Usd> {
    Ok(budget.limit().ok_or_else(|| anyhow::anyhow!("a budget without a limit passed its check"))?)
}

fn start_of(budget: &Budget) -> Option<Timestamp> {
    budget.time_period.as_ref().and_then(|period| period.start)
}

fn end_of(budget: &Budget) -> Option<Timestamp> {
    budget.time_period.as_ref().and_then(TimePeriod::expires)
}

/// Takes a place among the account's budgets, or gives one back.
async fn count(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set budgets = budgets + $2 where account_id = $1 and budgets + $2 <= $3",
        account.as_str(),
        change,
        i32::try_from(BUDGETS).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if rows == 1 {
        return Ok(());
    }
    Err(ApiError::CreationLimitExceeded { message: format!("one account can only have {BUDGETS} budgets") }.into())
}

impl Execute for CreateBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, now, budget_id) = (tx.account().clone(), tx.now(), tx.uuid());
        let limit = limit_of(&self.budget)?;
        let starts_at = start_of(&self.budget).unwrap_or_else(|| now.month());
        let ends_at = end_of(&self.budget);
        if ends_at.is_some_and(|end| end <= starts_at) {
            return Err(TimePeriod::ends_too_early().into());
        }
        let name = &self.budget.budget_name;
        hold(tx).await?;
        count(tx, 1).await?;
        sqlx::query!(
            "insert into budget (account_id, budget_id, name, amount, cost_types, starts_at, ends_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            account.as_str(),
            budget_id,
            name,
            limit.0,
            Json(self.budget.cost_types.clone().unwrap_or_default().filled()) as _,
            starts_at.0,
            ends_at.map(|end| end.0),
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("budget_name_unique", || ApiError::DuplicateRecord {
            message: format!("Error creating budget: {name} - the budget already exists."),
        })?;
        for new in &self.notifications_with_subscribers {
            notifications::insert(tx, budget_id, &new.notification, &new.subscribers).await?;
        }
        evaluate(tx).await?;
        Ok(())
    }
}

impl Execute for UpdateBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.new_budget.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, now) = (tx.account().clone(), tx.now());
        let name = &self.new_budget.budget_name;
        let limit = limit_of(&self.new_budget)?;
        hold(tx).await?;
        let budget_id = find_budget(tx, name, &format!("update budget: {name}")).await?;
        let changed = sqlx::query_scalar!(
            r#"with old as (select * from budget where account_id = $1 and budget_id = $2)
               update budget b set amount = $3, cost_types = $4, starts_at = coalesce($5, b.starts_at),
                                   ends_at = case when $7 then $8 else b.ends_at end, updated_at = $6
               from old where b.account_id = $1 and b.budget_id = $2
               returning (b.amount, b.cost_types, b.starts_at, b.ends_at)
                         is distinct from (old.amount, old.cost_types, old.starts_at, old.ends_at) as "changed!""#,
            account.as_str(),
            budget_id,
            limit.0,
            Json(self.new_budget.cost_types.clone().unwrap_or_default().filled()) as _,
            start_of(&self.new_budget).map(|start| start.0),
            now.0,
            self.new_budget.time_period.is_some(),
            end_of(&self.new_budget).map(|end| end.0)
        )
        .fetch_one(tx.conn())
        .await
        .on_constraint("budget_ends_after_start", TimePeriod::ends_too_early)?;
        if changed {
            arm(tx, budget_id).await?;
        }
        evaluate(tx).await?;
        Ok(())
    }
}

/// Arms all of a budget's alerts again.
async fn arm(tx: &mut Tx, budget_id: Uuid) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!("delete from budget_alert where account_id = $1 and budget_id = $2", account.as_str(), budget_id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

impl Execute for DeleteBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        hold(tx).await?;
        let deleted =
            sqlx::query!("delete from budget where account_id = $1 and name = $2", account.as_str(), self.budget_name)
                .execute(tx.conn())
                .await?
                .rows_affected();
        if deleted == 0 {
            return Err(missing(&format!("delete budget: {}", self.budget_name), "budget").into());
        }
        count(tx, -1).await
    }
}

/// A budget as the database keeps it, with what its month has come to.
pub(crate) struct Row {
    pub(crate) budget_id: Uuid,
    pub(crate) name: String,
    amount: i64,
    cost_types: Json<CostTypes>,
    starts_at: i64,
    ends_at: Option<i64>,
    updated_at: i64,
    actual: i64,
}

impl Row {
    /// As it is told. A forecast is one of the running month: outside of its time a budget has none.
    pub(crate) fn shown(self, tx: &Tx) -> Budget {
        let (actual, now) = (Usd(self.actual), tx.now().0);
        let in_force = self.starts_at <= now && self.ends_at.is_none_or(|end| now < end);
        let end = self.ends_at.map_or(TimePeriod::NEVER, Timestamp);
        Budget {
            cost_types: Some(self.cost_types.0),
            time_period: Some(TimePeriod { start: Some(Timestamp(self.starts_at)), end: Some(end) }),
            calculated_spend: Some(CalculatedSpend {
                actual_spend: actual.into(),
                forecasted_spend: forecast(tx, actual).filter(|_| in_force).map(Into::into),
            }),
            last_updated_time: Some(Timestamp(self.updated_at)),
            ..Budget::monthly(self.name, Usd(self.amount).to_string())
        }
    }
}

/// Budgets by name: one, or those after a name.
pub(crate) async fn rows(tx: &mut Tx, only: Option<&str>, after: &str, limit: i64) -> Result<Vec<Row>> {
    let (account, now) = (tx.account().clone(), tx.now());
    Ok(sqlx::query_as!(
        Row,
        r#"select budget_id, name, amount, cost_types as "cost_types: Json<CostTypes>", starts_at, ends_at, updated_at,
                  budget_actual(b, $2::text::date, $6::text::date) as "actual!"
           from budget b
           where account_id = $1 and ($3::text is null or name = $3) and name > $4
           order by name limit $5"#,
        account.as_str(),
        now.month().day(),
        only,
        after,
        limit,
        now.day()
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
