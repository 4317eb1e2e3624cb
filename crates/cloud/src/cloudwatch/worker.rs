//! The worker's part: which accounts' alarms are due, their evaluation, and what they cost.
//!
//! An account is claimed by moving its due time on by a minute, so that on any number of servers one of them looks at it in
//! each minute, and nobody waits for a server that is gone.

use model::{
    ApiError, Kind,
    id::AccountId,
    operator::{EvaluateAlarms, EvaluateAlarmsOutput},
};

use super::evaluate::evaluate_all;
use crate::{
    Caller, Cloud, Request, Source,
    billing::{ledger, meter},
    budgets,
    error::Result,
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

/// Accounts that one claim takes.
const BATCH: i64 = 20;

impl Cloud {
    /// Evaluates the alarms of up to twenty accounts that are due. Call it again while it answers more than 0.
    ///
    /// # Errors
    /// What the database said. An account whose alarms cannot be evaluated is a log line, and due again in a minute.
    pub async fn evaluate_alarms(&self) -> anyhow::Result<usize> {
        let due = self.claim_alarms().await.map_err(|error| anyhow::anyhow!("claiming alarms: {error:?}"))?;
        for account_id in &due {
            let evaluate = EvaluateAlarms { account_id: account_id.clone() };
            if let Err(error) = self.call(&Caller::operator(), &Request::new(Source::Service), evaluate).await {
                tracing::warn!(%account_id, %error, "an account's alarms were not evaluated");
            }
        }
        Ok(due.len())
    }

    async fn claim_alarms(&self) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar!(
            "with due as (
                 select account_id from account where alarms_due_at <= now()
                 order by alarms_due_at limit $1 for update skip locked
             )
             update account a set alarms_due_at = now() + interval '1 minute'
             from due where a.account_id = due.account_id returning a.account_id",
            BATCH
        )
        .fetch_all(self.pool())
        .await?)
    }
}

impl Execute for EvaluateAlarms {
    const PREPARES: bool = true;
    // A look each minute at every account would bury its trail; what changes is in the alarms' history.
    const SILENT: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let account = sqlx::query_scalar!("select account_id from account where account_id = $1", self.account_id)
            .fetch_optional(preparation.cloud.pool())
            .await?
            .ok_or_else(|| ApiError::missing(Kind::Account, &self.account_id))?;
        preparation.prepared.account = Some(AccountId(account));
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<EvaluateAlarmsOutput> {
        budgets::hold(tx).await?;
        if meter::meter(tx).await? {
            ledger::settle(tx).await?;
        }
        let (alarms, changed) = evaluate_all(tx).await?;
        if alarms == 0 {
            let account = tx.account().clone();
            sqlx::query!(
                "update account set alarms_due_at = null, metered_until = null where account_id = $1",
                account.as_str()
            )
            .execute(tx.conn())
            .await?;
        }
        Ok(EvaluateAlarmsOutput { changed })
    }
}
