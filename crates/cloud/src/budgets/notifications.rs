//! A budget's notifications.

use model::{
    ApiError,
    budgets::{
        CreateNotification, DeleteNotification, DescribeNotificationsForBudget, DescribeNotificationsForBudgetOutput,
        NOTIFICATIONS, Notification, Subscriber, UpdateNotification,
    },
    money::Threshold,
};
use uuid::Uuid;

use super::{MODIFY, VIEW, evaluate, find_budget, find_notification, hold, page_of, subscribers, taken, target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    tx::Tx,
};

/// Adds a notification with whom it goes to. The caller holds the account's budgets.
pub(super) async fn insert(tx: &mut Tx, budget_id: Uuid, new: &Notification, to: &[Subscriber]) -> Result<()> {
    let (account, now, notification_id) = (tx.account().clone(), tx.now(), tx.uuid());
    // The account's budgets are held: nobody adds another one between the count and the insert.
    let most = i64::try_from(NOTIFICATIONS).unwrap_or(i64::MAX);
    let inserted = sqlx::query!(
        "insert into budget_notification (account_id, notification_id, budget_id, percentage, threshold, created_at)
         select $1, $2, $3, $4, $5, $6
         where (select count(*) from budget_notification where account_id = $1 and budget_id = $3) < $7",
        account.as_str(),
        notification_id,
        budget_id,
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
        let budget_id = find_budget(tx, &self.budget_name, "create notification").await?;
        insert(tx, budget_id, &self.notification, &self.subscribers).await?;
        evaluate(tx).await?;
        Ok(())
    }
}

impl Execute for DescribeNotificationsForBudget {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeNotificationsForBudgetOutput> {
        let budget_id = find_budget(tx, &self.budget_name, "get notifications").await?;
        let (account, now) = (tx.account().clone(), tx.now());
        let rows = sqlx::query!(
            r#"select n.percentage, n.threshold, budget_is_passed(n, b.amount, c.actual) as "above!"
               from budget b
               cross join lateral (select budget_actual(b, $3::text::date, $4::text::date) as actual) c
               join budget_notification n on n.account_id = b.account_id and n.budget_id = b.budget_id
               where b.account_id = $1 and b.budget_id = $2
               order by n.created_at, n.percentage desc, n.threshold"#,
            account.as_str(),
            budget_id,
            now.month().day(),
            now.day()
        )
        .fetch_all(tx.conn())
        .await?;
        let notifications = rows
            .into_iter()
            .map(|row| Notification::actual(Threshold(row.threshold), row.percentage).standing(row.above))
            .collect();
        let (notifications, next_token) = page_of(notifications, self.max_results, self.next_token.as_deref())?;
        Ok(DescribeNotificationsForBudgetOutput { notifications, next_token })
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
        let (account, new) = (tx.account().clone(), self.new_notification);
        let changed = sqlx::query!(
            "update budget_notification set percentage = $3, threshold = $4
             where account_id = $1 and notification_id = $2 and (percentage, threshold) is distinct from ($3, $4)",
            account.as_str(),
            id,
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
