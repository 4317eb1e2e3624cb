//! Tags on topics.

use model::{
    Tag,
    sns::{
        ListTagsForResource, ListTagsForResourceOutput, SnsFault, TagResource, TagResourceOutput, TopicArn,
        UntagResource, too_many,
    },
    tag::MAX_TAGS,
};
use sqlx::types::Json;

use super::{find, hold, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

fn missing() -> model::ApiError {
    SnsFault::ResourceNotFound.says("Resource does not exist")
}

/// Changes a topic's tags under its lock.
async fn change(tx: &mut Tx, arn: &TopicArn, with: impl FnOnce(&mut Vec<Tag>)) -> Result<TagResourceOutput> {
    hold(tx, arn, missing).await?;
    let mut tags = find(tx, arn).await?.ok_or_else(missing)?.tags.0;
    with(&mut tags);
    if tags.len() > MAX_TAGS {
        return Err(too_many().into());
    }
    tags.sort_by(|a, b| a.key.cmp(&b.key));
    let account = tx.account().clone();
    sqlx::query!(
        "update sns_topic set tags = $4 where account_id = $1 and region = $2 and name = $3",
        account.as_str(),
        arn.region,
        arn.name,
        Json(tags) as _
    )
    .execute(tx.conn())
    .await?;
    Ok(TagResourceOutput {})
}

fn arn_of(text: &str) -> Result<TopicArn> {
    Ok(TopicArn::parse("ResourceArn", text)?)
}

impl Execute for TagResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = arn_of(&self.resource_arn)?;
        Ok(target(tx, "SNS:TagResource", "ResourceArn", &arn).await?.with_request_tags(&self.tags))
    }

    async fn run(self, tx: &mut Tx) -> Result<TagResourceOutput> {
        change(tx, &arn_of(&self.resource_arn)?, |tags| {
            tags.retain(|tag| !self.tags.iter().any(|new| new.key == tag.key));
            tags.extend(self.tags);
        })
        .await
    }
}

impl Execute for UntagResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = arn_of(&self.resource_arn)?;
        let target = target(tx, "SNS:UntagResource", "ResourceArn", &arn).await?;
        Ok(target.with("aws:TagKeys", self.tag_keys.clone()))
    }

    async fn run(self, tx: &mut Tx) -> Result<TagResourceOutput> {
        change(tx, &arn_of(&self.resource_arn)?, |tags| tags.retain(|tag| !self.tag_keys.contains(&tag.key))).await
    }
}

impl Execute for ListTagsForResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:ListTagsForResource", "ResourceArn", &arn_of(&self.resource_arn)?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListTagsForResourceOutput> {
        let row = find(tx, &arn_of(&self.resource_arn)?).await?.ok_or_else(missing)?;
        Ok(ListTagsForResourceOutput { tags: row.tags.0 })
    }
}
