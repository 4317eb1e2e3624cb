//! Tags on budgets: in the same table as all tags, under the budget's id.

use model::{
    Tag,
    budgets::{ListTagsForResource, ListTagsForResourceOutput, TagResource, UntagResource, named_by},
};
use uuid::Uuid;

use super::{find_budget, hold, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    iam::tags,
    tx::Tx,
};

const TAG: &str = "budgets:TagResource";
const UNTAG: &str = "budgets:UntagResource";
const LIST: &str = "budgets:ListTagsForResource";

/// The question about the budget that an ARN names; `check` has read it.
fn asked(tx: &Tx, arn: &str, action: &'static str) -> Result<Target> {
    let (account, name) =
        named_by(arn).ok_or_else(|| anyhow::anyhow!("an ARN that names no budget passed its check"))?;
    target(tx, account, Some(name), action)
}

async fn budget(tx: &mut Tx, arn: &str) -> Result<Uuid> {
    let name = named_by(arn).map(|(_, name)| name).unwrap_or_default();
    Ok(find_budget(tx, name, &format!("get budget: {name}")).await?.id)
}

impl Execute for TagResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(asked(tx, &self.resource_arn, TAG)?.with_request_tags(&self.resource_tags))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let id = budget(tx, &self.resource_arn).await?;
        tags::put_within_quota(tx, &id.to_string(), &self.resource_tags, "TagsPerBudget").await
    }
}

impl Execute for UntagResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(asked(tx, &self.resource_arn, UNTAG)?.with("aws:TagKeys", self.resource_tag_keys.clone()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        hold(tx).await?;
        let id = budget(tx, &self.resource_arn).await?;
        tags::remove(tx, &id.to_string(), &self.resource_tag_keys).await
    }
}

impl Execute for ListTagsForResource {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        asked(tx, &self.resource_arn, LIST)
    }

    async fn run(self, tx: &mut Tx) -> Result<ListTagsForResourceOutput> {
        let id = budget(tx, &self.resource_arn).await?.to_string();
        let account = tx.account().clone();
        let resource_tags = sqlx::query_as!(
            Tag,
            "select key, value from tag where account_id = $1 and entity_id = $2 order by tag_key",
            account.as_str(),
            id
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(ListTagsForResourceOutput { resource_tags })
    }
}
