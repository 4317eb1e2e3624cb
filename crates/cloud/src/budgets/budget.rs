//! Making, changing and deleting budgets.

use std::collections::BTreeMap;

use model::{
    ApiError, Timestamp,
    budgets::{BUDGETS, Budget, CreateBudget, DeleteBudget, TimePeriod, UpdateBudget},
    money::Usd,
};
use sqlx::types::Json;
use uuid::Uuid;

use super::{MODIFY, evaluate, find_budget, hold, missing, notifications, target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    iam::tags,
    tx::Tx,
};

/// How a budget's amount is set, as the table has it: one of three.
struct Method {
    amount: Option<i64>,
    planned: Option<Json<BTreeMap<String, i64>>>,
    adjust_by: Option<String>,
    look_back: Option<i32>,
}

impl Method {
    /// Of an input that `check` has passed. Utilization and coverage are of a hundred per cent.
    fn of(budget: &Budget) -> Self {
        let none = Self { amount: None, planned: None, adjust_by: None, look_back: None };
        if let Some(data) = &budget.auto_adjust_data {
            let periods = data.historical_options.as_ref().map(|options| options.budget_adjustment_period);
            let look_back = periods.filter(|_| data.auto_adjust_type == "HISTORICAL");
            let look_back = look_back.and_then(|periods| i32::try_from(periods).ok());
            return Self { adjust_by: Some(data.auto_adjust_type.clone()), look_back, ..none };
        }
        if let Some(planned) = budget.planned() {
            return Self { planned: Some(Json(planned)), ..none };
        }
        Self { amount: Some(budget.limit().unwrap_or(Usd(100_000_000)).0), ..none }
    }
}

fn start_of(budget: &Budget) -> Option<Timestamp> {
    budget.time_period.as_ref().and_then(|period| period.start)
}

fn end_of(budget: &Budget) -> Option<Timestamp> {
    budget.time_period.as_ref().and_then(TimePeriod::expires)
}

/// The kinds of cost that count: other types than costs have none.
fn cost_types(budget: &Budget) -> Json<model::budgets::CostTypes> {
    Json(budget.cost_types.clone().filter(|_| budget.budget_type == "COST").unwrap_or_default().filled())
}

/// A plan begins with the current period, or with a budget that begins later.
fn check_plan(budget: &Budget, now: Timestamp, starts_at: Timestamp) -> Result<()> {
    let Some(planned) = budget.planned() else { return Ok(()) };
    let first = now.max(starts_at).period(&budget.time_unit).day();
    if planned.keys().next() == Some(&first) {
        return Ok(());
    }
    let message = format!("PlannedBudgetLimits must start with the period of {first}.");
    Err(ApiError::InvalidParameter { message }.into())
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
        let target = target(tx, &self.account_id, Some(&self.budget.budget_name), MODIFY)?;
        let target = target.with_request_tags(&self.resource_tags);
        if self.resource_tags.is_empty() {
            return Ok(target);
        }
        let arn = target.resource.clone();
        Ok(target.also("budgets:TagResource", arn))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let (account, now, budget_id) = (tx.account().clone(), tx.now(), tx.uuid());
        let starts_at = start_of(&self.budget).unwrap_or_else(|| now.period(&self.budget.time_unit));
        let ends_at = end_of(&self.budget);
        if ends_at.is_some_and(|end| end <= starts_at) {
            return Err(TimePeriod::ends_too_early().into());
        }
        check_plan(&self.budget, now, starts_at)?;
        let name = &self.budget.budget_name;
        let method = Method::of(&self.budget);
        count(tx, 1).await?;
        sqlx::query!(
            "insert into budget (account_id, budget_id, name, amount, planned, adjust_by, look_back, budget_type, time_unit,
                                 unit, filters, cost_types, starts_at, ends_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            account.as_str(),
            budget_id,
            name,
            method.amount,
            method.planned as _,
            method.adjust_by,
            method.look_back,
            self.budget.budget_type,
            self.budget.time_unit,
            self.budget.unit(),
            Json(&self.budget.cost_filters) as _,
            cost_types(&self.budget) as _,
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
        tags::put(tx, &budget_id.to_string(), &self.resource_tags).await?;
        evaluate(tx).await?;
        Ok(())
    }
}

impl Execute for UpdateBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.new_budget.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let (account, now, new) = (tx.account().clone(), tx.now(), self.new_budget);
        let found = find_budget(tx, &new.budget_name, &format!("update budget: {}", new.budget_name)).await?;
        for held in notifications::of(tx, &[found.id]).await?.remove(&found.id).unwrap_or_default() {
            held.notification.fits(&new.budget_type, &new.time_unit)?;
        }
        let method = Method::of(&new);
        let changed = sqlx::query_scalar!(
            r#"with old as (select * from budget where account_id = $1 and budget_id = $2)
               update budget b set amount = $3, planned = $4, adjust_by = $5, look_back = $6, budget_type = $7,
                                   time_unit = $8, unit = $9, filters = $10, cost_types = $11,
                                   starts_at = coalesce($12, b.starts_at),
                                   ends_at = case when $13 then $14 else b.ends_at end, updated_at = $15
               from old where b.account_id = $1 and b.budget_id = $2
               returning (b.amount, b.planned, b.adjust_by, b.look_back, b.budget_type, b.time_unit, b.unit, b.filters,
                          b.cost_types, b.starts_at, b.ends_at)
                         is distinct from
                         (old.amount, old.planned, old.adjust_by, old.look_back, old.budget_type, old.time_unit, old.unit,
                          old.filters, old.cost_types, old.starts_at, old.ends_at) as "changed!""#,
            account.as_str(),
            found.id,
            method.amount,
            method.planned as _,
            method.adjust_by,
            method.look_back,
            new.budget_type,
            new.time_unit,
            new.unit(),
            Json(&new.cost_filters) as _,
            cost_types(&new) as _,
            start_of(&new).map(|start| start.0),
            new.time_period.is_some(),
            end_of(&new).map(|end| end.0),
            now.0
        )
        .fetch_one(tx.conn())
        .await
        .on_constraint("budget_ends_after_start", TimePeriod::ends_too_early)?;
        if changed {
            arm(tx, found.id).await?;
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
        let deleted = sqlx::query_scalar!(
            "delete from budget where account_id = $1 and name = $2 returning budget_id",
            account.as_str(),
            self.budget_name
        )
        .fetch_optional(tx.conn())
        .await?;
        let Some(budget_id) = deleted else {
            return Err(missing(&format!("delete budget: {}", self.budget_name), "budget").into());
        };
        tags::clear(tx, &budget_id.to_string()).await?;
        count(tx, -1).await
    }
}
