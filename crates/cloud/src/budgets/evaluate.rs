//! Evaluation: which alerts go off now.
//!
//! It is part of every transaction that changes a cost, a limit, a period or a threshold, or moves the account's clock,
//! and of the one that is made when costs of a day to come are due (`billing::due`): at no other moment can anything be
//! passed. An alert is a row that can be inserted once a month, and its mails are written with it: all or none.

use model::{
    budgets::Notification,
    money::{Threshold, Usd},
};

use crate::{
    error::Result,
    mail::{BudgetAlert, Message},
    outbox::{Route, To, enqueue},
    tx::Tx,
};

/// Sets off every alert of the account that is due in this month and has not gone off in it: how many did. The
/// caller holds the account's costs.
pub(crate) async fn evaluate(tx: &mut Tx) -> Result<i64> {
    let (account, now) = (tx.account().clone(), tx.now());
    let fired = sqlx::query!(
        r#"with crossed as (
               select n.notification_id, n.budget_id, n.percentage, n.threshold, b.name, b.amount, c.actual
               from budget b
               cross join lateral (select budget_actual(b, $2::text::date, $4::text::date) as actual) c
               join budget_notification n on n.account_id = b.account_id and n.budget_id = b.budget_id
               where b.account_id = $1 and budget_is_passed(n, b.amount, c.actual)
           ), fired as (
               insert into budget_alert (account_id, budget_id, notification_id, period, fired_at, actual)
               select $1, budget_id, notification_id, $2::text::date, $3, actual from crossed
               on conflict do nothing
               returning notification_id
           )
           select c.name, c.amount, c.percentage, c.threshold, c.actual as "actual!",
                  array(select s.address from budget_subscriber s
                        where s.account_id = $1 and s.notification_id = c.notification_id order by s.address_key)
                  as "addresses!"
           from crossed c join fired f on f.notification_id = c.notification_id
           order by c.name, c.percentage, c.threshold"#,
        account.as_str(),
        now.month().day(),
        now.0,
        now.day()
    )
    .fetch_all(tx.conn())
    .await?;
    let count = i64::try_from(fired.len()).unwrap_or(i64::MAX);
    for row in fired {
        let (limit, threshold) = (Usd(row.amount), Threshold(row.threshold));
        let alert = BudgetAlert {
            account: &account,
            at: now,
            name: &row.name,
            limit,
            percent: row.percentage.then_some(threshold),
            above: Notification::actual(threshold, row.percentage).above(limit),
            actual: Usd(row.actual),
        };
        let message = Message::BudgetAlert(alert);
        for recipient in &row.addresses {
            let to = To { recipient, account: Some(&account), sign_up: None, route: Route::Rule, dedupe: None };
            enqueue(tx, to, &message).await?;
        }
    }
    Ok(count)
}
