//! Billing preferences. Without a row they are AWS's defaults: free tier alerts alone are on.

use model::{
    ApiError, Timestamp,
    billing::{BillingPreferences, GetBillingPreferences, UpdateBillingPreferences},
};

use super::ledger;
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// The account's preferences.
pub(crate) async fn of_account(tx: &mut Tx) -> Result<BillingPreferences> {
    let account = tx.account().clone();
    let row = sqlx::query!(
        "select pdf_invoices, free_tier_alerts, free_tier_email, billing_alerts_since from billing_preference
         where account_id = $1",
        account.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(match row {
        Some(row) => BillingPreferences {
            receive_pdf_invoices: row.pdf_invoices,
            receive_free_tier_alerts: row.free_tier_alerts,
            free_tier_alert_email: row.free_tier_email,
            receive_billing_alerts: row.billing_alerts_since.is_some(),
            billing_alerts_since: row.billing_alerts_since.map(Timestamp),
        },
        None => BillingPreferences {
            receive_pdf_invoices: false,
            receive_free_tier_alerts: true,
            free_tier_alert_email: None,
            receive_billing_alerts: false,
            billing_alerts_since: None,
        },
    })
}

impl Execute for GetBillingPreferences {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<BillingPreferences> {
        of_account(tx).await
    }
}

impl Execute for UpdateBillingPreferences {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<BillingPreferences> {
        budgets::hold(tx).await?;
        let before = of_account(tx).await?;
        if before.receive_billing_alerts && !self.receive_billing_alerts {
            let rule = "Member cannot be turned off again once it is on";
            return Err(ApiError::field("receiveBillingAlerts", Some("false"), rule).into());
        }
        let (account, now) = (tx.account().clone(), tx.now());
        let since = before.billing_alerts_since.or_else(|| self.receive_billing_alerts.then_some(now));
        sqlx::query!(
            "insert into billing_preference (account_id, pdf_invoices, free_tier_alerts, free_tier_email, billing_alerts_since)
             values ($1, $2, $3, $4, $5)
             on conflict (account_id) do update
                 set pdf_invoices = excluded.pdf_invoices, free_tier_alerts = excluded.free_tier_alerts,
                     free_tier_email = excluded.free_tier_email, billing_alerts_since = excluded.billing_alerts_since",
            account.as_str(),
            self.receive_pdf_invoices,
            self.receive_free_tier_alerts,
            self.free_tier_alert_email,
            since.map(|since| since.0)
        )
        .execute(tx.conn())
        .await?;
        // What was used up while the mails were off is told now.
        ledger::settle(tx).await?;
        of_account(tx).await
    }
}
