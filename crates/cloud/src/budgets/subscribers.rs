//! Whom notifications go to.

use model::{
    ApiError,
    budgets::{
        ADDRESSES, CreateSubscriber, DeleteSubscriber, DescribeSubscribersForNotification,
        DescribeSubscribersForNotificationOutput, Subscriber, TOPICS, UpdateSubscriber,
    },
};
use uuid::Uuid;

use super::{MODIFY, VIEW, find_notification, hold, missing, notifications, page_of, taken, target};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    tx::Tx,
};

/// Adds an address or a topic to a notification. The caller holds the account's budgets.
pub(super) async fn insert(tx: &mut Tx, notification_id: Uuid, subscriber: &Subscriber) -> Result<()> {
    let account = tx.account().clone();
    let most = if subscriber.is_topic() { TOPICS } else { ADDRESSES };
    let inserted = sqlx::query!(
        "insert into budget_subscriber (account_id, notification_id, kind, address_key, address)
         select $1, $2, $3, $4, $5
         where (select count(*) from budget_subscriber where account_id = $1 and notification_id = $2 and kind = $3) < $6",
        account.as_str(),
        notification_id,
        subscriber.subscription_type,
        subscriber.key(),
        subscriber.address,
        i64::try_from(most).unwrap_or(i64::MAX)
    )
    .execute(tx.conn())
    .await
    .on_constraint("budget_subscriber_pkey", || taken("create subscriber", "subscriber"))?;
    if inserted.rows_affected() == 1 {
        return Ok(());
    }
    let message =
        format!("one notification can only have {most} subscribers with type of {}", subscriber.subscription_type);
    Err(ApiError::CreationLimitExceeded { message }.into())
}

impl Execute for CreateSubscriber {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let id = find_notification(tx, &self.budget_name, &self.notification, "create subscriber").await?;
        insert(tx, id, &self.subscriber).await
    }
}

impl Execute for DescribeSubscribersForNotification {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), VIEW)
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeSubscribersForNotificationOutput> {
        let id = find_notification(tx, &self.budget_name, &self.notification, "get subscribers").await?;
        let account = tx.account().clone();
        let all = sqlx::query_as!(
            Subscriber,
            "select kind as subscription_type, address from budget_subscriber
             where account_id = $1 and notification_id = $2 order by kind, address_key",
            account.as_str(),
            id
        )
        .fetch_all(tx.conn())
        .await?;
        let (subscribers, next_token) = page_of(all, self.max_results, self.next_token.as_deref())?;
        Ok(DescribeSubscribersForNotificationOutput { subscribers, next_token })
    }
}

impl Execute for UpdateSubscriber {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        const DOING: &str = "update subscriber";
        hold(tx).await?;
        let id = find_notification(tx, &self.budget_name, &self.notification, DOING).await?;
        if self.old_subscriber.is_topic() != self.new_subscriber.is_topic() {
            let message = "A subscriber cannot become one of another SubscriptionType.".into();
            return Err(ApiError::InvalidParameter { message }.into());
        }
        let account = tx.account().clone();
        let updated = sqlx::query!(
            "update budget_subscriber set address_key = $5, address = $6, fault = null
             where account_id = $1 and notification_id = $2 and kind = $3 and address_key = $4",
            account.as_str(),
            id,
            self.old_subscriber.subscription_type,
            self.old_subscriber.key(),
            self.new_subscriber.key(),
            self.new_subscriber.address
        )
        .execute(tx.conn())
        .await
        .on_constraint("budget_subscriber_pkey", || taken(DOING, "subscriber"))?
        .rows_affected();
        if updated == 0 {
            return Err(missing(DOING, "subscriber").into());
        }
        Ok(())
    }
}

impl Execute for DeleteSubscriber {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, &self.account_id, Some(&self.budget_name), MODIFY)
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        const DOING: &str = "delete subscriber";
        hold(tx).await?;
        let id = find_notification(tx, &self.budget_name, &self.notification, DOING).await?;
        let account = tx.account().clone();
        let left = sqlx::query!(
            r#"with gone as (
                   delete from budget_subscriber
                   where account_id = $1 and notification_id = $2 and kind = $3 and address_key = $4
                   returning address_key
               )
               select (select count(*) from gone) as "gone!",
                      (select count(*) from budget_subscriber where account_id = $1 and notification_id = $2) as "before!""#,
            account.as_str(),
            id,
            self.subscriber.subscription_type,
            self.subscriber.key()
        )
        .fetch_one(tx.conn())
        .await?;
        if left.gone == 0 {
            return Err(missing(DOING, "subscriber").into());
        }
        if left.before == 1 {
            notifications::delete(tx, id).await?;
        }
        Ok(())
    }
}
