//! The account's clock. It moves ahead in steps and back to the real time, and nowhere else: no account is ever behind.
//!
//! Ahead, budgets are evaluated at the end of each day with costs that the step leaves, budgets and alarms at the end of a
//! month, then at the new time. Back, what was written ahead stays and counts again when its day comes; but alerts that
//! went off ahead are forgotten, or the same month could set none off when it comes, and estimated charges that were
//! turned on ahead are published from now on.

use model::{
    ApiError, Timestamp,
    billing::{
        AdvanceSandboxClock, GetSandboxClock, GetSandboxClockOutput, MOST_AHEAD_MS, ResetSandboxClock,
        SandboxClockMoved,
    },
};

use super::{MODIFY, VIEW, ledger, meter};
use crate::{
    budgets, cloudwatch,
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

const HOUR_MS: i64 = 3_600_000;

impl Execute for GetSandboxClock {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(VIEW))
    }

    async fn run(self, tx: &mut Tx) -> Result<GetSandboxClockOutput> {
        let (now, real_time) = (tx.now(), tx.wall());
        Ok(GetSandboxClockOutput { now, real_time, is_real_time: now == real_time })
    }
}

/// Sets the clock. The caller holds the account's costs.
async fn set(tx: &mut Tx, to: Timestamp) -> Result<()> {
    let (account, offset) = (tx.account().clone(), to.0 - tx.wall().0);
    sqlx::query!("update account set clock_offset_ms = $2 where account_id = $1", account.as_str(), offset)
        .execute(tx.conn())
        .await?;
    tx.now = to;
    Ok(())
}

/// Meters what has passed, and evaluates budgets and alarms at the clock's time: how many budgets' alerts went off.
async fn settle(tx: &mut Tx) -> Result<i64> {
    meter::meter(tx).await?;
    let alerts = ledger::settle(tx).await?;
    // Of all metrics: time alone makes data missing.
    cloudwatch::evaluate_all(tx).await?;
    Ok(alerts)
}

impl Execute for AdvanceSandboxClock {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<SandboxClockMoved> {
        budgets::hold(tx).await?;
        let previous_time = tx.now();
        let to = match self.by.as_str() {
            "HOUR" => Timestamp(previous_time.0 + HOUR_MS),
            "DAY" => Timestamp(previous_time.0 + 24 * HOUR_MS),
            _ => previous_time.next_month(),
        };
        if to.0 - tx.wall().0 > MOST_AHEAD_MS {
            let limit = "Member must not lead more than ten years ahead of the real time";
            return Err(ApiError::field("by", Some(&self.by), limit).into());
        }
        let mut alerts = 0;
        for day in budgets::days_between(tx, previous_time, to).await? {
            set(tx, day).await?;
            alerts += budgets::evaluate(tx).await?;
        }
        if to.month() != previous_time.month() {
            // What the rest of the month brought is looked at before the next one begins at nothing.
            set(tx, Timestamp(to.month().0 - 1)).await?;
            alerts += settle(tx).await?;
        }
        set(tx, to).await?;
        alerts += settle(tx).await?;
        Ok(SandboxClockMoved { previous_time, now: to, alerts })
    }
}

impl Execute for ResetSandboxClock {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<SandboxClockMoved> {
        budgets::hold(tx).await?;
        let (account, previous_time, now) = (tx.account().clone(), tx.now(), tx.wall());
        set(tx, now).await?;
        sqlx::query!("delete from budget_alert where account_id = $1 and fired_at > $2", account.as_str(), now.0)
            .execute(tx.conn())
            .await?;
        sqlx::query!("delete from free_tier_alert where account_id = $1 and fired_at > $2", account.as_str(), now.0)
            .execute(tx.conn())
            .await?;
        sqlx::query!(
            "update billing_preference set billing_alerts_since = $2 where account_id = $1 and billing_alerts_since > $2",
            account.as_str(),
            now.0
        )
        .execute(tx.conn())
        .await?;
        let alerts = settle(tx).await?;
        Ok(SandboxClockMoved { previous_time, now, alerts })
    }
}
