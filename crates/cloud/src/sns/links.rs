//! The links in a topic's mails. A confirmation's carries a random token, of which the hash is kept; the one that ends a
//! subscription carries a digest under the master key, so that every message can have it and nothing of it is kept.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{
    ApiError, Secret,
    console::{ConfirmByMail, LinkedSubscription, UnsubscribeByMail},
    id::AccountId,
    name,
    sns::{SubscriptionArn, TopicArn},
};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::{dropped_before, subscriptions};
use crate::{
    Cloud,
    error::Result,
    execute::{Execute, Preparation, Target},
    token,
    tx::{self, Tx},
};

/// The address of a confirmation mail's page.
pub(super) fn confirm(tx: &Tx, topic: &TopicArn, token: &str) -> String {
    format!("{}/subscription/confirm?TopicArn={topic}&Token={token}", tx.cloud.settings().public_url)
}

/// The address of the page that ends a subscription.
pub(super) fn unsubscribe(tx: &Tx, topic: &TopicArn, id: Uuid) -> String {
    let token = unsubscribe_token(&tx.cloud, &topic.account, id);
    let arn = topic.subscription(id);
    format!("{}/subscription/unsubscribe?SubscriptionArn={arn}&Token={token}", tx.cloud.settings().public_url)
}

fn unsubscribe_token(cloud: &Cloud, account: &str, id: Uuid) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(cloud.sealer().mac("sns unsubscribe", &format!("{account}/{id}")))
}

/// A subscription that has just been confirmed, or was before by the same token.
pub(super) struct Confirmed {
    pub(super) id: Uuid,
    endpoint: String,
    signed_off_only: bool,
}

/// Confirms the subscription that a token belongs to. `signed` says that a signed call does it, and whether the
/// subscription may from now on be ended by signed calls alone.
pub(super) async fn confirmed(
    tx: &mut Tx,
    topic: &TopicArn,
    token: &Secret,
    signed: Option<bool>,
) -> Result<Option<Confirmed>> {
    let (account, now, hash) = (tx.account().clone(), tx.now(), token::hash(token.expose()));
    let row = sqlx::query!(
        "update sns_subscription
         set authenticated = case when confirmed_at is null then $6 else authenticated end,
             authenticate_on_unsubscribe = authenticate_on_unsubscribe or $7,
             confirmed_at = coalesce(confirmed_at, $5)
         where account_id = $1 and region = $2 and topic = $3 and token_hash = $4
           and (confirmed_at is not null or created_at > $8)
         returning subscription_id, endpoint, authenticate_on_unsubscribe",
        account.as_str(),
        topic.region,
        topic.name,
        hash.as_slice(),
        now.0,
        signed.is_some(),
        signed == Some(true),
        dropped_before(now)
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Confirmed {
        id: row.subscription_id,
        endpoint: row.endpoint,
        signed_off_only: row.authenticate_on_unsubscribe,
    }))
}

/// The answer to a link that is of no use any more, or none of ours.
fn of_no_use() -> ApiError {
    ApiError::InvalidCode {
        message: "This link is not valid any more: the subscription was confirmed by a newer link, was not confirmed within 3 days, or has ended.".into(),
    }
}

/// Counts a wrong link against its address.
async fn wrong(preparation: &Preparation<'_>) -> Result<()> {
    preparation.cloud.address_failed(preparation.request.ip).await?;
    Err(of_no_use().into())
}

/// The account that a link names, if it can be one.
async fn account_of(preparation: &Preparation<'_>, topic: &TopicArn) -> Result<Option<AccountId>> {
    if !preparation.cloud.address_may_try(preparation.request.ip).await? {
        return Err(ApiError::Throttling.into());
    }
    Ok(name::ACCOUNT_ID.faults(&topic.account).is_empty().then(|| AccountId(topic.account.clone())))
}

impl Execute for ConfirmByMail {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let topic: TopicArn = self.topic_arn.parse()?;
        let Some(account) = account_of(preparation, &topic).await? else { return wrong(preparation).await };
        // A wrong token must not write into the trail of an account that anybody can name.
        let hash = token::hash(self.token.expose());
        let mut conn = tx::open(preparation.cloud, &account, true).await?;
        let known = sqlx::query_scalar!(
            r#"select true as "known!" from sns_subscription where account_id = $1 and region = $2 and topic = $3
               and token_hash = $4"#,
            account.as_str(),
            topic.region,
            topic.name,
            hash.as_slice()
        )
        .fetch_optional(&mut *conn)
        .await?;
        conn.commit().await?;
        if known.is_none() {
            return wrong(preparation).await;
        }
        preparation.prepared.account = Some(account);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<LinkedSubscription> {
        let topic: TopicArn = self.topic_arn.parse()?;
        let confirmed = confirmed(tx, &topic, &self.token, None).await?.ok_or_else(of_no_use)?;
        let unsubscribe_token = (!confirmed.signed_off_only)
            .then(|| Secret::new(unsubscribe_token(&tx.cloud, &topic.account, confirmed.id)));
        Ok(LinkedSubscription {
            subscription_arn: topic.subscription(confirmed.id),
            topic_name: topic.name,
            endpoint: confirmed.endpoint,
            unsubscribe_token,
        })
    }
}

impl Execute for UnsubscribeByMail {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let arn: SubscriptionArn = self.subscription_arn.parse()?;
        let Some(account) = account_of(preparation, &arn.topic).await? else { return wrong(preparation).await };
        let id = Uuid::parse_str(&arn.id).unwrap_or_default();
        let right = unsubscribe_token(preparation.cloud, account.as_str(), id);
        if !bool::from(right.as_bytes().ct_eq(self.token.expose().as_bytes())) {
            return wrong(preparation).await;
        }
        preparation.prepared.account = Some(account);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<LinkedSubscription> {
        let (account, arn) = (tx.account().clone(), self.subscription_arn.parse::<SubscriptionArn>()?);
        let kept = sqlx::query_scalar!(
            "select authenticate_on_unsubscribe from sns_subscription where account_id = $1 and subscription_id = $2",
            account.as_str(),
            Uuid::parse_str(&arn.id).unwrap_or_default()
        )
        .fetch_optional(tx.conn())
        .await?;
        if kept == Some(true) {
            return Err(ApiError::Forbidden {
                message:
                    "This subscription can be ended by its owner or the topic's owner alone, signed in to the account."
                        .into(),
            }
            .into());
        }
        let endpoint = subscriptions::end(tx, &arn).await?.ok_or_else(of_no_use)?;
        Ok(LinkedSubscription {
            subscription_arn: self.subscription_arn,
            topic_name: arn.topic.name,
            endpoint,
            unsubscribe_token: None,
        })
    }
}
