//! Tags on users.

use model::{
    ApiError, Tag,
    iam::{ListUserTags, ListUserTagsOutput, TagUser, UntagUser},
    tag::MAX_TAGS,
};

use super::{hold_user, page_of, user, user_target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::Position,
    tx::Tx,
};

impl Execute for TagUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(user_target(tx, &self.user_name).await?.with_request_tags(&self.tags))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        hold_user(tx, &user).await?;
        put_within_quota(tx, &user.user_id, &self.tags, "TagsPerUser").await
    }
}

/// Adds `tags` to an entity whose row the transaction holds: under the lock, counting after the insertion is no race.
pub(crate) async fn put_within_quota(tx: &mut Tx, entity_id: &str, tags: &[Tag], quota: &str) -> Result<()> {
    put(tx, entity_id, tags).await?;
    let account = tx.account().clone();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from tag where account_id = $1 and entity_id = $2"#,
        account.as_str(),
        entity_id
    )
    .fetch_one(tx.conn())
    .await?;
    let most = i64::try_from(MAX_TAGS).unwrap_or(i64::MAX);
    if count > most { Err(ApiError::quota(quota, most).into()) } else { Ok(()) }
}

/// Adds `tags` to an entity, or overwrites the values of keys it has.
pub(crate) async fn put(tx: &mut Tx, entity_id: &str, tags: &[Tag]) -> Result<()> {
    if tags.is_empty() {
        return Ok(());
    }
    let account = tx.account().clone();
    let folded: Vec<String> = tags.iter().map(|tag| tag.key.to_lowercase()).collect();
    let keys: Vec<String> = tags.iter().map(|tag| tag.key.clone()).collect();
    let values: Vec<String> = tags.iter().map(|tag| tag.value.clone()).collect();
    sqlx::query!(
        "insert into tag (account_id, entity_id, tag_key, key, value)
         select $1, $2, t.tag_key, t.key, t.value from unnest($3::text[], $4::text[], $5::text[]) as t (tag_key, key, value)
         on conflict (account_id, entity_id, tag_key) do update set key = excluded.key, value = excluded.value",
        account.as_str(),
        entity_id,
        &folded,
        &keys,
        &values
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl Execute for UntagUser {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(user_target(tx, &self.user_name).await?.with("aws:TagKeys", self.tag_keys.clone()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let user = user(tx, &self.user_name)?;
        remove(tx, &user.user_id, &self.tag_keys).await
    }
}

/// Takes the tags with these keys, whatever their case, off an entity.
pub(crate) async fn remove(tx: &mut Tx, entity_id: &str, keys: &[String]) -> Result<()> {
    let account = tx.account().clone();
    let folded: Vec<String> = keys.iter().map(|key| key.to_lowercase()).collect();
    sqlx::query!(
        "delete from tag where account_id = $1 and entity_id = $2 and tag_key = any($3)",
        account.as_str(),
        entity_id,
        &folded
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes all tags off an entity that goes.
pub(crate) async fn clear(tx: &mut Tx, entity_id: &str) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!("delete from tag where account_id = $1 and entity_id = $2", account.as_str(), entity_id)
        .execute(tx.conn())
        .await?;
    Ok(())
}

impl Execute for ListUserTags {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListUserTagsOutput> {
        let user = user(tx, &self.user_name)?;
        let position = |tag: &Tag| Position { name: tag.key.to_lowercase(), id: String::new() };
        let (tags, is_truncated, marker) = page_of(user.tags, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListUserTagsOutput { tags, is_truncated, marker })
    }
}
