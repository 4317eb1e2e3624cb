//! Managed policies attached to users and groups.

use model::{
    ApiError, Kind,
    iam::{
        AttachGroupPolicy, AttachUserPolicy, AttachedPolicy, DetachGroupPolicy, DetachUserPolicy,
        ListAttachedGroupPolicies, ListAttachedGroupPoliciesOutput, ListAttachedUserPolicies,
        ListAttachedUserPoliciesOutput,
    },
};

use super::{group, group_target, key_of, page_of, policies, user, user_target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    limits,
    marker::Position,
    tx::Tx,
};

/// What a policy is attached to, by unique id.
enum Holder {
    User(String),
    Group(String),
}

impl Holder {
    fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::User(id) | Self::Group(id) => id,
        }
    }

    async fn count(&self, tx: &mut Tx, change: i32) -> Result<()> {
        match self {
            Self::User(id) => limits::policies_of_user(tx, id, change).await,
            Self::Group(id) => limits::policies_of_group(tx, id, change).await,
        }
    }
}

/// Attaches; what is attached already is counted already.
async fn attach(tx: &mut Tx, holder: &Holder, policy_arn: &str) -> Result<()> {
    policies::attachable(tx, policy_arn).await?;
    let (account, now) = (tx.account().clone(), tx.now());
    let added = sqlx::query!(
        "insert into attachment (account_id, entity_kind, entity_id, policy_arn, as_boundary, created_at)
         values ($1, $2, $3, $4, false, $5) on conflict do nothing",
        account.as_str(),
        holder.kind(),
        holder.id(),
        policy_arn,
        now.0
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if added == 0 { Ok(()) } else { holder.count(tx, 1).await }
}

async fn detach(tx: &mut Tx, holder: &Holder, policy_arn: &str) -> Result<()> {
    let account = tx.account().clone();
    let removed = sqlx::query!(
        "delete from attachment
         where account_id = $1 and entity_kind = $2 and entity_id = $3 and policy_arn = $4 and not as_boundary",
        account.as_str(),
        holder.kind(),
        holder.id(),
        policy_arn
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if removed == 0 {
        return Err(ApiError::missing(Kind::Attachment, policy_arn).into());
    }
    holder.count(tx, -1).await
}

/// What is attached to the holder under a path, in the order of the names.
async fn attached(tx: &mut Tx, holder: &Holder, path_prefix: Option<&str>) -> Result<Vec<AttachedPolicy>> {
    let account = tx.account().clone();
    let arns = sqlx::query_scalar!(
        "select policy_arn from attachment
         where account_id = $1 and entity_kind = $2 and entity_id = $3 and not as_boundary",
        account.as_str(),
        holder.kind(),
        holder.id()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut attached: Vec<_> = arns
        .into_iter()
        .filter(|arn| policies::path_and_name(arn).0.starts_with(path_prefix.unwrap_or("/")))
        .map(|arn| AttachedPolicy { policy_name: policies::path_and_name(&arn).1.to_owned(), policy_arn: arn })
        .collect();
    attached.sort_by_key(position);
    Ok(attached)
}

fn position(policy: &AttachedPolicy) -> Position {
    Position { name: key_of(&policy.policy_name), id: policy.policy_arn.clone() }
}

async fn user_question(tx: &mut Tx, user_name: &str, policy_arn: &str) -> Result<Target> {
    policies::parse(policy_arn)?;
    let target = user_target(tx, user_name).await?;
    Ok(policies::with_boundary(tx, target)
        .with("iam:PolicyARN", vec![policy_arn.to_owned()])
        .touching("AWS::IAM::Policy", policy_arn))
}

async fn group_question(tx: &mut Tx, group_name: &str, policy_arn: &str) -> Result<Target> {
    policies::parse(policy_arn)?;
    Ok(group_target(tx, group_name)
        .await?
        .with("iam:PolicyARN", vec![policy_arn.to_owned()])
        .touching("AWS::IAM::Policy", policy_arn))
}

impl Execute for AttachUserPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_question(tx, &self.user_name, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let holder = Holder::User(user(tx, &self.user_name)?.user_id);
        attach(tx, &holder, &self.policy_arn).await
    }
}

impl Execute for DetachUserPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_question(tx, &self.user_name, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let holder = Holder::User(user(tx, &self.user_name)?.user_id);
        detach(tx, &holder, &self.policy_arn).await
    }
}

impl Execute for ListAttachedUserPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListAttachedUserPoliciesOutput> {
        let holder = Holder::User(user(tx, &self.user_name)?.user_id);
        let rows = attached(tx, &holder, self.path_prefix.as_deref()).await?;
        let (attached_policies, is_truncated, marker) =
            page_of(rows, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListAttachedUserPoliciesOutput { attached_policies, is_truncated, marker })
    }
}

impl Execute for AttachGroupPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_question(tx, &self.group_name, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let holder = Holder::Group(group(tx, &self.group_name)?.group_id);
        attach(tx, &holder, &self.policy_arn).await
    }
}

impl Execute for DetachGroupPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_question(tx, &self.group_name, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let holder = Holder::Group(group(tx, &self.group_name)?.group_id);
        detach(tx, &holder, &self.policy_arn).await
    }
}

impl Execute for ListAttachedGroupPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListAttachedGroupPoliciesOutput> {
        let holder = Holder::Group(group(tx, &self.group_name)?.group_id);
        let rows = attached(tx, &holder, self.path_prefix.as_deref()).await?;
        let (attached_policies, is_truncated, marker) =
            page_of(rows, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListAttachedGroupPoliciesOutput { attached_policies, is_truncated, marker })
    }
}
