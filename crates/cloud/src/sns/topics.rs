//! Topics themselves.

use model::{
    ApiError,
    sns::{
        CreateTopic, CreateTopicOutput, DeleteTopic, GetTopicAttributes, GetTopicAttributesOutput, ListTopics,
        ListTopicsOutput, SetTopicAttributes, SnsFault, TOPICS, Topic, TopicArn, differs, no_topic,
    },
};
use sqlx::types::Json;

use super::{PAGE, Row, after, dropped_before, everything, existing, find, hold, own, policy, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// Takes a place among the account's topics, or gives one back.
async fn count(tx: &mut Tx, change: i32) -> Result<()> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "update account_count set topics = topics + $2 where account_id = $1 and topics + $2 <= $3",
        account.as_str(),
        change,
        i32::try_from(TOPICS).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if rows == 1 { Ok(()) } else { Err(SnsFault::TopicLimitExceeded.says("Topic limit exceeded").into()) }
}

/// Whether a topic has what a call that would create it says; what the call leaves open is no difference.
fn agrees(input: &CreateTopic, row: &Row, arn: &TopicArn) -> Result<(), ApiError> {
    for (name, value) in &input.attributes {
        let same = match name.as_str() {
            "DisplayName" => *value == row.display_name,
            "Policy" => *value == row.policy.clone().unwrap_or_else(|| policy::default(arn)),
            _ => true,
        };
        if !same {
            return Err(differs("Attributes", "attributes"));
        }
    }
    let mut tags = input.tags.clone();
    tags.sort_by(|a, b| a.key.cmp(&b.key));
    if tags.is_empty() || tags == row.tags.0 { Ok(()) } else { Err(differs("Tags", "tags")) }
}

impl Execute for CreateTopic {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = own(tx, &self.name);
        Ok(target(tx, "SNS:CreateTopic", "TopicArn", &arn).await?.with_request_tags(&self.tags))
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateTopicOutput> {
        let (account, now, arn) = (tx.account().clone(), tx.now(), own(tx, &self.name));
        let given = self.attributes.get("Policy").filter(|text| !text.is_empty());
        if let Some(text) = given {
            policy::checked(text)?;
        }
        let mut tags = self.tags.clone();
        tags.sort_by(|a, b| a.key.cmp(&b.key));
        let made = sqlx::query!(
            "insert into sns_topic (account_id, region, name, display_name, policy, tags, created_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            account.as_str(),
            arn.region,
            arn.name,
            self.attributes.get("DisplayName").cloned().unwrap_or_default(),
            given,
            Json(tags) as _,
            now.0
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if made == 1 {
            count(tx, 1).await?;
        } else if let Some(row) = find(tx, &arn).await? {
            agrees(&self, &row, &arn)?;
        }
        Ok(CreateTopicOutput { topic_arn: arn.to_string() })
    }
}

impl Execute for DeleteTopic {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:DeleteTopic", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, arn) = (tx.account().clone(), self.topic_arn.parse::<TopicArn>()?);
        let gone = sqlx::query!(
            "delete from sns_topic where account_id = $1 and region = $2 and name = $3",
            account.as_str(),
            arn.region,
            arn.name
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if gone == 1 { count(tx, -1).await } else { Ok(()) }
    }
}

impl Execute for ListTopics {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        everything(tx, "SNS:ListTopics")
    }

    async fn run(self, tx: &mut Tx) -> Result<ListTopicsOutput> {
        let (account, region) = (tx.account().clone(), tx.request.region.clone());
        let after = after(self.next_token.as_deref())?;
        let names = sqlx::query_scalar!(
            "select name from sns_topic where account_id = $1 and region = $2 and name > $3 order by name limit $4",
            account.as_str(),
            region,
            after.name,
            PAGE + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (names, _, next_token) =
            marker::page(names, PAGE, |name| Position { name: name.clone(), id: String::new() });
        let topics = names.iter().map(|name| Topic { topic_arn: own(tx, name).to_string() }).collect();
        Ok(ListTopicsOutput { topics, next_token })
    }
}

impl Execute for GetTopicAttributes {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:GetTopicAttributes", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetTopicAttributesOutput> {
        let (account, arn) = (tx.account().clone(), self.topic_arn.parse::<TopicArn>()?);
        let row = existing(tx, &arn).await?;
        let counts = sqlx::query!(
            r#"select count(*) filter (where confirmed_at is not null) as "confirmed!",
                      count(*) filter (where confirmed_at is null and created_at > $4) as "pending!"
               from sns_subscription where account_id = $1 and region = $2 and topic = $3"#,
            account.as_str(),
            arn.region,
            arn.name,
            dropped_before(tx.now())
        )
        .fetch_one(tx.conn())
        .await?;
        let attributes = [
            ("TopicArn", arn.to_string()),
            ("Owner", arn.account.clone()),
            ("DisplayName", row.display_name),
            ("Policy", row.policy.unwrap_or_else(|| policy::default(&arn))),
            ("SubscriptionsConfirmed", counts.confirmed.to_string()),
            ("SubscriptionsPending", counts.pending.to_string()),
            ("SubscriptionsDeleted", row.subscriptions_deleted.to_string()),
        ];
        let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Ok(GetTopicAttributesOutput { attributes })
    }
}

impl Execute for SetTopicAttributes {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:SetTopicAttributes", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, arn) = (tx.account().clone(), self.topic_arn.parse::<TopicArn>()?);
        let value = self.attribute_value.filter(|value| !value.is_empty());
        hold(tx, &arn, no_topic).await?;
        match self.attribute_name.as_str() {
            "DisplayName" => {
                sqlx::query!(
                    "update sns_topic set display_name = $4 where account_id = $1 and region = $2 and name = $3",
                    account.as_str(),
                    arn.region,
                    arn.name,
                    value.unwrap_or_default()
                )
                .execute(tx.conn())
                .await?;
            }
            "Policy" => {
                if let Some(text) = &value {
                    policy::checked(text)?;
                }
                set_policy(tx, &arn, value.as_deref()).await?;
            }
            // What `check` lets pass besides is what every topic has anyway.
            _ => {}
        }
        Ok(())
    }
}

/// Gives a topic another policy; nothing for the one that a new topic has.
pub(super) async fn set_policy(tx: &mut Tx, arn: &TopicArn, text: Option<&str>) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "update sns_topic set policy = $4 where account_id = $1 and region = $2 and name = $3",
        account.as_str(),
        arn.region,
        arn.name,
        text
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
