//! Costs of days to come fall due by themselves when their day begins, and forecasts when there is one: nobody need be there for the alerts. Every server
//! looks; the row of the account orders them, and an alert goes off once.

use model::{
    ApiError, Kind, Timestamp,
    id::AccountId,
    operator::{EvaluateCosts, EvaluateCostsOutput},
};

use super::ledger;
use crate::{
    Caller, Cloud, Request, Source, budgets,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

/// Accounts that one look takes up.
const AT_ONCE: i64 = 100;

impl Execute for EvaluateCosts {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let account = sqlx::query_scalar!("select account_id from account where account_id = $1", self.account_id)
            .fetch_optional(preparation.cloud.pool())
            .await?;
        let missing = || Error::Api(ApiError::missing(Kind::Account, self.account_id.clone()));
        preparation.prepared.account = Some(AccountId(account.ok_or_else(missing)?));
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<EvaluateCostsOutput> {
        budgets::hold(tx).await?;
        let (account, now) = (tx.account().clone(), tx.now());
        let due = sqlx::query_scalar!("select costs_due_at from account where account_id = $1", account.as_str())
            .fetch_optional(tx.conn())
            .await?
            .flatten();
        let mut alerts = 0;
        // Days that nobody looked at, while no server ran, are not lost.
        for day in budgets::days_between(tx, due.map_or(now, Timestamp), now).await? {
            tx.now = day;
            alerts += budgets::evaluate(tx).await?;
        }
        tx.now = now;
        alerts += ledger::settle(tx).await?;
        Ok(EvaluateCostsOutput { alerts })
    }
}

impl Cloud {
    /// Evaluates the budgets of accounts whose next costs are due: of how many. Any number of servers may call it at any
    /// time; an account that cannot be evaluated now is due again at the next look.
    ///
    /// # Errors
    /// What the database said.
    pub async fn evaluate_due_costs(&self) -> anyhow::Result<usize> {
        let due = sqlx::query_scalar!(
            "select account_id from account
             where costs_due_at is not null
               and costs_due_at - clock_offset_ms <= (extract(epoch from clock_timestamp()) * 1000)::bigint
             order by costs_due_at - clock_offset_ms limit $1",
            AT_ONCE
        )
        .fetch_all(self.pool())
        .await?;
        let mut evaluated = 0;
        for account_id in due {
            let operation = EvaluateCosts { account_id };
            match self.call(&Caller::operator(), &Request::new(Source::Service), operation).await {
                Ok(_) => evaluated += 1,
                Err(error) => tracing::warn!(%error, "due costs could not be evaluated"),
            }
        }
        Ok(evaluated)
    }
}
