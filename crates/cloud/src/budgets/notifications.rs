//! Budgets' notifications.

use std::collections::HashMap;

use model::{
    ApiError,
    budgets::{
        BudgetNotificationsForAccount, CreateNotification, DeleteNotification, DescribeBudgetNotificationsForAccount,
        DescribeBudgetNotificationsForAccountOutput, DescribeNotificationsForBudget,
        DescribeNotificationsForBudgetOutput, NOTIFICATIONS, Notification, Subscriber, UpdateNotification,
    },
    console::AlertRow,
    money::Threshold,
    page,
};
use uuid::Uuid;

use super::{MODIFY, VIEW, evaluate, find_budget, find_notification, hold, page_of, subscribers, taken, target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// The notifications of some budgets, by budget, in the order in which they were made, each with whom it goes to.
pub(crate) async fn of(tx: &mut Tx, budgets: &[Uuid]) -> Result<HashMap<Uuid, Vec<AlertRow>>> {
    let (account, now) = (tx.account().clone(), tx.now());
    let rows = sqlx::query!(
        r#"select n.budget_id, b.budget_type, n.forecasted, n.percentage, n.threshold,
                  budget_is_passed(b, n, s.amount, case when n.forecasted then s.forecast else s.actual end) as "passed!",
                  array(select r.address from budget_subscriber r
                        where r.account_id = $1 and r.notification_id = n.notification_id and r.kind = 'EMAIL'
                        order by r.address_key) as "addresses!",
                  t.address as "topic?", t.fault as "topic_fault?"
           from budget b
           cross join lateral budget_standing(b, $3) s
           join budget_notification n on n.account_id = b.account_id and n.budget_id = b.budget_id
           left join budget_subscriber t
               on t.account_id = n.account_id and t.notification_id = n.notification_id and t.kind = 'SNS'
           where b.account_id = $1 and b.budget_id = any($2)
           order by n.created_at, n.forecasted, n.percentage desc, n.threshold"#,
        account.as_str(),
        budgets,
        now.0
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found: HashMap<Uuid, Vec<AlertRow>> = HashMap::new();
    for row in rows {
        let notification = Notification::of(&row.budget_type, row.forecasted, Threshold(row.threshold), row.percentage);
        let alert = AlertRow {
            notification: notification.standing(row.passed),
            addresses: row.addresses,
            topic: row.topic,
            topic_fault: row.topic_fault,
        };
        found.entry(row.budget_id).or_default().push(alert);
    }
    Ok(found)
}

/// Adds a notification with whom it goes to. The caller holds the account's budgets.
pub(super) async fn insert(tx: &mut Tx, budget_id: Uuid, new: &Notification, to: &[Subscriber]) -> Result<()> {
    let (account, now, notification_id) = (tx.account().clone(), tx.now(), tx.uuid());
    // The account's budgets are held: nobody adds another one between the count and the insert.
    let most = i64::try_from(NOTIFICATIONS).unwrap_or(i64::MAX);
    let inserted = sqlx::query!(
        "insert into budget_notification
             (account_id, notification_id, budget_id, forecasted, percentage, threshold, created_at)
         select $1, $2, $3, $4, $5, $6, $7
         where (select count(*) from budget_notification where account_id = $1 and budget_id = $3) < $8",
        account.as_str(),
        notification_id,
        budget_id,
        new.is_forecasted(),
        new.is_percentage(),
        new.threshold.0,
        now.0,
        most
    )
    .execute(tx.conn())
    .await
    .on_constraint("budget_notification_unique", || taken("create notification", "notification"))?;
    if inserted.rows_affected() == 0 {
        let message = format!("one budget can only have {NOTIFICATIONS} notifications");
        return Err(ApiError::CreationLimitExceeded { message }.into());
    }
    for subscriber in to {
        subscribers::insert(tx, notification_id, subscriber).await?;
    }
    Ok(())
}

impl Execute for CreateNotification {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let budget = find_budget(tx, &self.budget_name, "create notification").await?;
        self.notification.fits(&budget.budget_type, &budget.time_unit)?;
        insert(tx, budget.id, &self.notification, &self.subscribers).await?;
        evaluate(tx).await?;
        Ok(())
    }
}

impl Execute for DescribeNotificationsForBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeNotificationsForBudgetOutput> {
        let budget = find_budget(tx, &self.budget_name, "get notifications").await?;
        let found = of(tx, &[budget.id]).await?.remove(&budget.id).unwrap_or_default();
        let notifications = found.into_iter().map(|alert| alert.notification).collect();
        let (notifications, next_token) = page_of(notifications, self.max_results, self.next_token.as_deref())?;
        Ok(DescribeNotificationsForBudgetOutput { notifications, next_token })
    }
}

impl Execute for DescribeBudgetNotificationsForAccount {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, None, VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeBudgetNotificationsForAccountOutput> {
        let after = Position::parse(self.next_token.as_deref()).map_err(|_| ApiError::InvalidNextToken)?;
        let account = tx.account().clone();
        let limit = page::limit(Some(self.max_results.unwrap_or(50)));
        let found = sqlx::query!(
            "select budget_id, name from budget where account_id = $1 and name > $2 order by name limit $3",
            account.as_str(),
            after.name,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (found, _, next_token) =
            marker::page(found, limit, |row| Position { name: row.name.clone(), id: String::new() });
        let ids: Vec<Uuid> = found.iter().map(|row| row.budget_id).collect();
        let mut alerts = of(tx, &ids).await?;
        let of_budget = |budget: &Uuid, alerts: &mut HashMap<Uuid, Vec<AlertRow>>| {
            let alerts = alerts.remove(budget).unwrap_or_default();
            alerts.into_iter().map(|alert| alert.notification).collect()
        };
        let budgets = found.into_iter().map(|row| BudgetNotificationsForAccount {
            notifications: of_budget(&row.budget_id, &mut alerts),
            budget_name: row.name,
        });
        let budget_notifications_for_account = budgets.collect();
        Ok(DescribeBudgetNotificationsForAccountOutput { budget_notifications_for_account, next_token })
    }
}

impl Execute for UpdateNotification {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        const DOING: &str = "update notification";
        hold(tx).await?;
        let id = find_notification(tx, &self.budget_name, &self.old_notification, DOING).await?;
        let budget = find_budget(tx, &self.budget_name, DOING).await?;
        let (account, new) = (tx.account().clone(), self.new_notification);
        new.fits(&budget.budget_type, &budget.time_unit)?;
        let changed = sqlx::query!(
            "update budget_notification set forecasted = $3, percentage = $4, threshold = $5
             where account_id = $1 and notification_id = $2
               and (forecasted, percentage, threshold) is distinct from ($3, $4, $5)",
            account.as_str(),
            id,
            new.is_forecasted(),
            new.is_percentage(),
            new.threshold.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("budget_notification_unique", || taken(DOING, "notification"))?
        .rows_affected();
        if changed > 0 {
            sqlx::query!(
                "delete from budget_alert where account_id = $1 and notification_id = $2",
                account.as_str(),
                id
            )
            .execute(tx.conn())
            .await?;
        }
        evaluate(tx).await?;
        Ok(())
    }
}

/// Deletes a notification with its subscribers and what went off.
pub(super) async fn delete(tx: &mut Tx, notification_id: Uuid) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "delete from budget_notification where account_id = $1 and notification_id = $2",
        account.as_str(),
        notification_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl Execute for DeleteNotification {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let id = find_notification(tx, &self.budget_name, &self.notification, "delete notification").await?;
        delete(tx, id).await
    }
}
