//! Evaluation: which alerts go off now.
//!
//! It is part of every transaction that changes a cost, a limit, a period or a threshold, or moves the account's clock,
//! and of the one that is made when time alone may set an alert off (`billing::due`): costs of a day to come fall due, a
//! budget's forecast begins. At no other moment can anything be passed: of the same costs a forecast only falls.
//!
//! An actual amount sets an alert off once a period, a forecast again after it was below the threshold. Each is a row
//! that can be inserted once, and its mails are written with it: all or none.

use model::{
    Timestamp,
    billing::day,
    budgets::Notification,
    money::{Threshold, Usd},
    sns::TopicArn,
};
use uuid::Uuid;

use crate::{
    error::Result,
    mail::{BudgetAlert, Message},
    outbox::{Route, To, enqueue},
    sns::{self, Outgoing},
    tx::Tx,
};

/// The service that a topic's policy must let in.
const SERVICE: &str = "budgets.amazonaws.com";

/// Sets off every alert of the account that is due and has not gone off: how many did. Notes when time alone may set
/// off the next. The caller holds the account's costs.
pub(crate) async fn evaluate(tx: &mut Tx) -> Result<i64> {
    let (account, now) = (tx.account().clone(), tx.now());
    let fired = sqlx::query!(
        r#"with standing as materialized (
               select b.budget_id, s.period, s.amount, s.actual, s.forecast
               from budget b cross join lateral budget_standing(b, $2) s
               where b.account_id = $1
                 and exists (select from budget_notification n where n.account_id = $1 and n.budget_id = b.budget_id)
           ), state as materialized (
               select n.notification_id, n.budget_id, n.forecasted, s.period, s.actual, a.crossing, a.seen, v.value,
                      budget_is_passed(b, n, s.amount, v.value) as passed,
                      a.crossing is not null and (not n.forecasted or not a.fell and budget_is_passed(
                          b, n, s.amount, budget_forecast(b, s.period, a.seen, $2))) as stands
               from standing s
               join budget b on b.account_id = $1 and b.budget_id = s.budget_id
               join budget_notification n on n.account_id = $1 and n.budget_id = s.budget_id
               cross join lateral (select case when n.forecasted then s.forecast else s.actual end as value) v
               left join lateral (
                   select a.crossing, a.fell, a.seen from budget_alert a
                   where a.account_id = $1 and a.budget_id = n.budget_id and a.notification_id = n.notification_id
                     and a.period = s.period
                   order by a.crossing desc limit 1) a on true
           ), fired as (
               insert into budget_alert
                   (account_id, budget_id, notification_id, period, crossing, fired_at, actual, seen)
               select $1, budget_id, notification_id, period, coalesce(crossing, 0) + 1, $2, value, actual
               from state where passed and not stands
               on conflict do nothing
               returning notification_id
           ), looked as (
               update budget_alert a set fell = not (s.stands and s.passed), seen = s.actual
               from state s
               where s.forecasted and a.account_id = $1 and a.budget_id = s.budget_id
                 and a.notification_id = s.notification_id and a.period = s.period and a.crossing = s.crossing
                 and not a.fell and (a.fell, a.seen) is distinct from (not (s.stands and s.passed), s.actual)
           )
           select b.name, b.budget_type, b.time_unit, b.unit, n.notification_id, n.forecasted, n.percentage, n.threshold,
                  s.amount, t.value as "value!",
                  array(select r.address from budget_subscriber r
                        where r.account_id = $1 and r.notification_id = f.notification_id and r.kind = 'EMAIL'
                        order by r.address_key) as "addresses!",
                  (select r.address from budget_subscriber r
                   where r.account_id = $1 and r.notification_id = f.notification_id and r.kind = 'SNS') as topic
           from fired f
           join state t on t.notification_id = f.notification_id
           join standing s on s.budget_id = t.budget_id
           join budget b on b.account_id = $1 and b.budget_id = t.budget_id
           join budget_notification n on n.account_id = $1 and n.notification_id = f.notification_id
           order by b.name, n.forecasted, n.percentage, n.threshold"#,
        account.as_str(),
        now.0
    )
    .fetch_all(tx.conn())
    .await?;
    let count = i64::try_from(fired.len()).unwrap_or(i64::MAX);
    for row in fired {
        let threshold = Threshold(row.threshold);
        let alert = BudgetAlert {
            account: &account,
            at: now,
            name: &row.name,
            budget_type: &row.budget_type,
            time_unit: &row.time_unit,
            unit: &row.unit,
            limit: row.amount.map(Usd),
            notification: Notification::of(&row.budget_type, row.forecasted, threshold, row.percentage),
            value: Usd(row.value),
        };
        if let Some(topic) = &row.topic {
            publish(tx, row.notification_id, &alert, topic).await?;
        }
        let message = Message::BudgetAlert(alert);
        for recipient in &row.addresses {
            let to = To { recipient, account: Some(&account), sign_up: None, route: Route::Rule, dedupe: None };
            enqueue(tx, to, &message).await?;
        }
    }
    note_due(tx).await?;
    Ok(count)
}

/// Publishes an alert to a topic, which must let Budgets in. One that is gone or refuses keeps no mail back: why is noted
/// beside it.
async fn publish(tx: &mut Tx, notification_id: Uuid, alert: &BudgetAlert<'_>, topic: &str) -> Result<()> {
    let account = tx.account().clone();
    let (subject, text) = alert.spoken(tx.cloud.settings());
    let source = format!("arn:aws:budgets::{}:budget/{}", account.as_str(), alert.name);
    let published: std::result::Result<(), String> = match TopicArn::parse("TopicArn", topic) {
        Ok(topic) => {
            let message = Outgoing {
                subject: Some(&subject),
                email: text.clone(),
                json: text,
                attributes: serde_json::json!({}),
            };
            sns::deliver_as(tx, SERVICE, &source, &topic, &message).await?.map(|_| ())
        }
        Err(error) => Err(error.to_string()),
    };
    sqlx::query!(
        "update budget_subscriber set fault = $3
         where account_id = $1 and notification_id = $2 and kind = 'SNS' and fault is distinct from $3",
        account.as_str(),
        notification_id,
        published.err()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Notes when, by the account's clock, the next costs are due or the next forecast that somebody waits for begins.
async fn note_due(tx: &mut Tx) -> Result<()> {
    let (account, now) = (tx.account().clone(), tx.now());
    sqlx::query!(
        "update account a set costs_due_at = next.due
         from (select least(
                   (select (extract(epoch from min(day)) * 1000)::bigint from spend_daily
                    where account_id = $1 and day > $2::text::date),
                   (select min(budget_forecast_due(b, $3)) from budget b
                    where b.account_id = $1 and exists (
                        select from budget_notification n
                        where n.account_id = $1 and n.budget_id = b.budget_id and n.forecasted))) as due) next
         where a.account_id = $1 and a.costs_due_at is distinct from next.due",
        account.as_str(),
        now.day(),
        now.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The last instants of the days with costs that lie between two instants, if anybody is to be alerted. What a step of
/// the clock leaps over, or was due while no server ran, is looked at as it would have been.
pub(crate) async fn days_between(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<Vec<Timestamp>> {
    let account = tx.account().clone();
    let days = sqlx::query_scalar!(
        r#"select distinct to_char(d.day, 'YYYY-MM-DD') as "day!" from spend_daily d
           where d.account_id = $1 and d.day >= $2::text::date and d.day < $3::text::date
             and exists (select from budget_notification n where n.account_id = $1)
           order by 1"#,
        account.as_str(),
        from.day(),
        to.day()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(days.iter().filter_map(|text| day(text)).map(|begun| Timestamp(begun.next_period("DAILY").0 - 1)).collect())
}
