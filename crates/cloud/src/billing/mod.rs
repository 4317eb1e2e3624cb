//! Billing's deeds: the cost ledger, the account's clock, and root's switch that lets IAM users see billing information at all.

mod access;
mod clock;
mod due;
mod free_tier;
mod import;
pub(crate) mod ledger;
mod lines;
pub(crate) mod meter;
mod preferences;
mod pricer;
mod simulate;
mod spend;

pub(crate) use import::Survey;

use crate::{Identity, error::Result, tx::Tx};

/// The action that whoever changes costs or time needs; the job function Billing has it.
const MODIFY: &str = "aws-portal:ModifyBilling";
/// The action that whoever reads costs needs.
const VIEW: &str = "ce:GetCostAndUsage";

/// The services behind root's switch.
pub(crate) const GATED: [&str; 2] = ["billing", "budgets"];

/// The end of the sentence while the switch is off.
pub(crate) const CLOSED: &str = "because the root user has not activated IAM access to billing information";

/// Whether the caller may be asked for their policies: root always, IAM users once root has activated it.
pub(crate) async fn is_open(tx: &mut Tx) -> Result<bool> {
    if !matches!(tx.caller().identity(), Identity::User(_)) {
        return Ok(true);
    }
    is_activated(tx).await
}

/// Whether root has activated IAM users' access to billing information.
pub(crate) async fn is_activated(tx: &mut Tx) -> Result<bool> {
    let account = tx.account().clone();
    let open = sqlx::query_scalar!("select billing_iam_access from account where account_id = $1", account.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(open == Some(true))
}
