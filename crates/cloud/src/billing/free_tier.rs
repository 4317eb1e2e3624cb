//! The free tier's alerts: a mail when more than 85% of what a month has for nothing is used, once for each kind of usage
//! and month (AWS Billing User Guide, "Using AWS Free Tier alerts"). They are part of every transaction that changes costs
//! or time, like budgets' alerts.

use std::collections::BTreeMap;

use model::{
    billing::{PRICED_REGIONS, Price, prices},
    decimal::Decimal,
};

use super::{ledger, preferences};
use crate::{
    error::Result,
    mail::{FreeTierAlert, Message},
    outbox::{Route, To, enqueue},
    tx::Tx,
};

/// Above so many per cent.
const PERCENT: i64 = 85;

/// The price of a usage type as a bill spells it, its region in front.
fn priced(service: &str, usage_type: &str) -> Option<&'static Price> {
    let is = |price: &&Price| {
        price.service == service
            && PRICED_REGIONS.iter().any(|(_, prefix)| usage_type.strip_prefix(prefix) == Some(price.usage_type))
    };
    prices().iter().find(is)
}

/// Mails what is due. The caller holds the account's costs.
pub(super) async fn tell(tx: &mut Tx) -> Result<()> {
    let preferences = preferences::of_account(tx).await?;
    if !preferences.receive_free_tier_alerts {
        return Ok(());
    }
    let (account, now) = (tx.account().clone(), tx.now());
    let rows = sqlx::query!(
        r#"select service, usage_type, sum(quantity)::text as "quantity!" from spend_daily
           where account_id = $1 and day >= $2::text::date and day <= $3::text::date and free_tier
           group by service, usage_type"#,
        account.as_str(),
        now.month().day(),
        now.day()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut used: BTreeMap<&'static str, (Decimal, &'static Price)> = BTreeMap::new();
    for row in rows {
        let Some((price, free)) = priced(&row.service, &row.usage_type).and_then(|price| Some((price, price.free?)))
        else {
            continue;
        };
        let sum = used.entry(free.family).or_insert((Decimal::ZERO, price));
        sum.0 = sum.0 + ledger::read(&row.quantity)?;
    }
    for (family, (quantity, price)) in used {
        let Some(free) = price.free else { continue };
        let limit = free.quantity.times(Decimal::whole(PERCENT)).and_then(|all| all.over(100)).unwrap_or(free.quantity);
        if quantity <= limit || !note(tx, family).await? {
            continue;
        }
        let root = sqlx::query_scalar!("select email from account where account_id = $1", account.as_str())
            .fetch_one(tx.conn())
            .await?;
        let alert = FreeTierAlert {
            account: &account,
            service: price.service,
            family,
            used: quantity,
            limit: free.quantity,
            unit: price.unit,
            percent: PERCENT,
        };
        let message = Message::FreeTierAlert(alert);
        for recipient in std::iter::once(&root).chain(&preferences.free_tier_alert_email) {
            let to = To { recipient, account: Some(&account), sign_up: None, route: Route::Rule, dedupe: None };
            enqueue(tx, to, &message).await?;
        }
    }
    Ok(())
}

/// Whether this month's alert is still to be sent; from here on it is not.
async fn note(tx: &mut Tx, family: &str) -> Result<bool> {
    let (account, now) = (tx.account().clone(), tx.now());
    let noted = sqlx::query!(
        "insert into free_tier_alert (account_id, month, family, fired_at) values ($1, $2::text::date, $3, $4)
         on conflict do nothing",
        account.as_str(),
        now.month().day(),
        family,
        now.0
    )
    .execute(tx.conn())
    .await?;
    Ok(noted.rows_affected() == 1)
}
