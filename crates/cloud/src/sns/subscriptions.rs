//! Subscriptions, by signed calls.

use model::{
    id::AccountId,
    sns::{
        ConfirmSubscription, ConfirmSubscriptionOutput, GetSubscriptionAttributes, GetSubscriptionAttributesOutput,
        ListSubscriptions, ListSubscriptionsByTopic, ListSubscriptionsOutput, PENDING, PENDING_ANSWER, SUBSCRIPTIONS,
        SetSubscriptionAttributes, SnsFault, Subscribe, SubscribeOutput, Subscription, SubscriptionArn, TopicArn,
        Unsubscribe, no_subscription, no_topic,
    },
};
use uuid::Uuid;

use super::{PAGE, after, dropped_before, everything, existing, hold, links, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    mail::{Confirmation, Message},
    marker::{self, Position},
    outbox::{Route, To, enqueue},
    token,
    tx::Tx,
};

/// A subscription as the database keeps it.
struct Row {
    subscription_id: Uuid,
    topic: String,
    protocol: String,
    endpoint: String,
    confirmed: bool,
}

impl Row {
    fn shown(self, account: &AccountId, region: &str) -> Subscription {
        let topic = TopicArn { region: region.to_owned(), account: account.as_str().to_owned(), name: self.topic };
        Subscription {
            subscription_arn: if self.confirmed { topic.subscription(self.subscription_id) } else { PENDING.into() },
            owner: account.as_str().to_owned(),
            protocol: self.protocol,
            endpoint: self.endpoint,
            topic_arn: topic.to_string(),
        }
    }
}

/// Takes a place among a topic's subscriptions, or gives some back. The caller holds the topic.
pub(super) async fn count(tx: &mut Tx, topic: &TopicArn, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update sns_topic set subscriptions = subscriptions + $4
         where account_id = $1 and region = $2 and name = $3 and subscriptions + $4 <= $5",
        account.as_str(),
        topic.region,
        topic.name,
        change,
        i32::try_from(SUBSCRIPTIONS).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if rows == 1 {
        return Ok(());
    }
    let message = format!("A topic can have up to {SUBSCRIPTIONS} subscriptions in this version of Understudy");
    Err(SnsFault::SubscriptionLimitExceeded.says(message).into())
}

/// Drops what was not confirmed in time. The caller holds the topic.
async fn drop_unconfirmed(tx: &mut Tx, topic: &TopicArn) -> Result<()> {
    let account = tx.account().clone();
    let dropped = sqlx::query!(
        "delete from sns_subscription
         where account_id = $1 and region = $2 and topic = $3 and confirmed_at is null and created_at <= $4",
        account.as_str(),
        topic.region,
        topic.name,
        dropped_before(tx.now())
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if dropped == 0 { Ok(()) } else { count(tx, topic, -i32::try_from(dropped).unwrap_or(i32::MAX)).await }
}

impl Execute for Subscribe {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let endpoint = self.endpoint.clone().unwrap_or_default();
        let target = target(tx, "SNS:Subscribe", "TopicArn", &self.topic_arn.parse()?).await?;
        Ok(target.with("sns:Protocol", vec![self.protocol.clone()]).with("sns:Endpoint", vec![endpoint]))
    }

    async fn run(self, tx: &mut Tx) -> Result<SubscribeOutput> {
        let (account, now) = (tx.account().clone(), tx.now());
        let topic: TopicArn = self.topic_arn.parse()?;
        let endpoint = self.endpoint.unwrap_or_default();
        hold(tx, &topic, no_topic).await?;
        drop_unconfirmed(tx, &topic).await?;
        let (token, hash) = token::new(tx);
        // The topic is held: nobody else subscribes the same address at this moment.
        let there = sqlx::query!(
            r#"update sns_subscription
               set token_hash = case when confirmed_at is null then $6 else token_hash end,
                   created_at = case when confirmed_at is null then $7 else created_at end
               where account_id = $1 and region = $2 and topic = $3 and protocol = $4 and endpoint_key = $5
               returning subscription_id, confirmed_at is not null as "confirmed!""#,
            account.as_str(),
            topic.region,
            topic.name,
            self.protocol,
            endpoint.to_lowercase(),
            hash.as_slice(),
            now.0
        )
        .fetch_optional(tx.conn())
        .await?;
        let (id, confirmed) = match there {
            Some(there) => (there.subscription_id, there.confirmed),
            None => {
                let id = tx.uuid();
                count(tx, &topic, 1).await?;
                sqlx::query!(
                    "insert into sns_subscription
                         (account_id, subscription_id, region, topic, protocol, endpoint_key, endpoint, token_hash, created_at)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    account.as_str(),
                    id,
                    topic.region,
                    topic.name,
                    self.protocol,
                    endpoint.to_lowercase(),
                    endpoint,
                    hash.as_slice(),
                    now.0
                )
                .execute(tx.conn())
                .await?;
                (id, false)
            }
        };
        if !confirmed {
            let message = Message::ConfirmSubscription(Confirmation {
                topic: &topic,
                link: links::confirm(tx, &topic, &token),
                token: &token,
                at: now,
                json: self.protocol == "email-json",
            });
            let to =
                To { recipient: &endpoint, account: Some(&account), sign_up: None, route: Route::Rule, dedupe: None };
            enqueue(tx, to, &message).await?;
        }
        let shown = confirmed || self.return_subscription_arn == Some(true);
        let subscription_arn = if shown { topic.subscription(id) } else { PENDING_ANSWER.to_owned() };
        Ok(SubscribeOutput { subscription_arn })
    }
}

impl Execute for ConfirmSubscription {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:ConfirmSubscription", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ConfirmSubscriptionOutput> {
        let topic: TopicArn = self.topic_arn.parse()?;
        existing(tx, &topic).await?;
        let signed_off_only = self.authenticate_on_unsubscribe.as_deref() == Some("true");
        let confirmed = links::confirmed(tx, &topic, &self.token, Some(signed_off_only)).await?;
        let confirmed = confirmed.ok_or_else(|| SnsFault::InvalidParameter.says("Invalid token"))?;
        Ok(ConfirmSubscriptionOutput { subscription_arn: topic.subscription(confirmed.id) })
    }
}

/// Ends a subscription; whether it was there, and its address.
pub(super) async fn end(tx: &mut Tx, arn: &SubscriptionArn) -> Result<Option<String>> {
    let (account, id) = (tx.account().clone(), Uuid::parse_str(&arn.id).unwrap_or_default());
    if hold(tx, &arn.topic, no_topic).await.is_err() {
        return Ok(None);
    }
    let endpoint = sqlx::query_scalar!(
        "delete from sns_subscription where account_id = $1 and subscription_id = $2 and region = $3 and topic = $4
         returning endpoint",
        account.as_str(),
        id,
        arn.topic.region,
        arn.topic.name
    )
    .fetch_optional(tx.conn())
    .await?;
    if endpoint.is_some() {
        count(tx, &arn.topic, -1).await?;
        sqlx::query!(
            "update sns_topic set subscriptions_deleted = subscriptions_deleted + 1
             where account_id = $1 and region = $2 and name = $3",
            account.as_str(),
            arn.topic.region,
            arn.topic.name
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(endpoint)
}

/// The question about a subscription: it is asked about its topic.
async fn target_of(tx: &mut Tx, action: &'static str, text: &str) -> Result<Target> {
    let arn: SubscriptionArn = text.parse()?;
    Ok(target(tx, action, "SubscriptionArn", &arn.topic).await?.touching("AWS::SNS::Subscription", text))
}

impl Execute for Unsubscribe {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of(tx, "SNS:Unsubscribe", &self.subscription_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        end(tx, &self.subscription_arn.parse()?).await?;
        Ok(())
    }
}

/// A page of the region's subscriptions, or of one topic's.
async fn page(tx: &mut Tx, region: &str, topic: Option<&str>, token: Option<&str>) -> Result<ListSubscriptionsOutput> {
    let account = tx.account().clone();
    let after = match after(token)?.id.as_str() {
        "" => Uuid::nil(),
        id => Uuid::parse_str(id).map_err(|_| model::sns::invalid("NextToken"))?,
    };
    let rows = sqlx::query_as!(
        Row,
        r#"select subscription_id, topic, protocol, endpoint, confirmed_at is not null as "confirmed!"
           from sns_subscription
           where account_id = $1 and region = $2 and ($3::text is null or topic = $3) and subscription_id > $4
             and (confirmed_at is not null or created_at > $5)
           order by subscription_id limit $6"#,
        account.as_str(),
        region,
        topic,
        after,
        dropped_before(tx.now()),
        PAGE + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let (rows, _, next_token) =
        marker::page(rows, PAGE, |row| Position { name: String::new(), id: row.subscription_id.to_string() });
    let subscriptions = rows.into_iter().map(|row| row.shown(&account, region)).collect();
    Ok(ListSubscriptionsOutput { subscriptions, next_token })
}

impl Execute for ListSubscriptions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        everything(tx, "SNS:ListSubscriptions")
    }

    async fn run(self, tx: &mut Tx) -> Result<ListSubscriptionsOutput> {
        let region = tx.request.region.clone();
        page(tx, &region, None, self.next_token.as_deref()).await
    }
}

impl Execute for ListSubscriptionsByTopic {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:ListSubscriptionsByTopic", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListSubscriptionsOutput> {
        let arn: TopicArn = self.topic_arn.parse()?;
        existing(tx, &arn).await?;
        page(tx, &arn.region, Some(&arn.name), self.next_token.as_deref()).await
    }
}

impl Execute for GetSubscriptionAttributes {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of(tx, "SNS:GetSubscriptionAttributes", &self.subscription_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetSubscriptionAttributesOutput> {
        let (account, arn) = (tx.account().clone(), self.subscription_arn.parse::<SubscriptionArn>()?);
        let row = sqlx::query!(
            "select protocol, endpoint, confirmed_at, authenticated, authenticate_on_unsubscribe from sns_subscription
             where account_id = $1 and subscription_id = $2 and region = $3 and topic = $4
               and (confirmed_at is not null or created_at > $5)",
            account.as_str(),
            Uuid::parse_str(&arn.id).unwrap_or_default(),
            arn.topic.region,
            arn.topic.name,
            dropped_before(tx.now())
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(no_subscription)?;
        let attributes = [
            ("SubscriptionArn", self.subscription_arn),
            ("TopicArn", arn.topic.to_string()),
            ("Owner", arn.topic.account),
            ("Protocol", row.protocol),
            ("Endpoint", row.endpoint),
            ("RawMessageDelivery", "false".into()),
            ("PendingConfirmation", row.confirmed_at.is_none().to_string()),
            ("ConfirmationWasAuthenticated", row.authenticated.to_string()),
        ];
        let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(GetSubscriptionAttributesOutput { attributes })
    }
}

impl Execute for SetSubscriptionAttributes {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target_of(tx, "SNS:SetSubscriptionAttributes", &self.subscription_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        // What may be set is what every subscription by mail has: only that it is there is left to be said.
        let (account, arn) = (tx.account().clone(), self.subscription_arn.parse::<SubscriptionArn>()?);
        let found = sqlx::query_scalar!(
            r#"select true as "there!" from sns_subscription
               where account_id = $1 and subscription_id = $2 and region = $3 and topic = $4"#,
            account.as_str(),
            Uuid::parse_str(&arn.id).unwrap_or_default(),
            arn.topic.region,
            arn.topic.name
        )
        .fetch_optional(tx.conn())
        .await?;
        if found.is_some() { Ok(()) } else { Err(no_subscription().into()) }
    }
}
