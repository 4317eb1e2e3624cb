//! Tags on the account's own policies.

use model::{
    Tag,
    iam::{ListPolicyTags, ListPolicyTagsOutput, TagPolicy, UntagPolicy},
};

use super::{own_policies, page_of, policies, tags};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::Position,
    tx::Tx,
};

impl Execute for TagPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(policies::own_target(tx, "iam:TagPolicy", &self.policy_arn).await?.with_request_tags(&self.tags))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let policy = policies::own(tx, &self.policy_arn)?;
        own_policies::hold(tx, &policy).await?;
        tags::put_within_quota(tx, &policy.policy_id, &self.tags, "TagsPerPolicy").await
    }
}

impl Execute for UntagPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let target = policies::own_target(tx, "iam:UntagPolicy", &self.policy_arn).await?;
        Ok(target.with("aws:TagKeys", self.tag_keys.clone()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let policy = policies::own(tx, &self.policy_arn)?;
        tags::remove(tx, &policy.policy_id, &self.tag_keys).await
    }
}

impl Execute for ListPolicyTags {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::policy_target(tx, &self.policy_arn).await
    }

    /// AWS's own policies bear none.
    async fn run(self, tx: &mut Tx) -> Result<ListPolicyTagsOutput> {
        let tags = match policies::known(tx, &self.policy_arn)? {
            policies::Managed::Aws(_) => Vec::new(),
            policies::Managed::Own(policy) => policy.tags,
        };
        let position = |tag: &Tag| Position { name: tag.key.to_lowercase(), id: String::new() };
        let (tags, is_truncated, marker) = page_of(tags, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListPolicyTagsOutput { tags, is_truncated, marker })
    }
}
