//! The account's own managed policies: making, finding, deleting.

use model::{
    ApiError, Kind, Tag, Timestamp,
    iam::{CreatePolicy, CreatePolicyOutput, DeletePolicy, Policy},
    id::PolicyId,
};
use policy::Arn;
use sqlx::types::Json;

use super::{
    key_of,
    policies::{self, Usage},
    policy_documents::checked_with_size,
    tags,
};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    tx::Tx,
};

/// A policy of the account's own, without its documents.
#[derive(Clone, Debug)]
pub(crate) struct OwnPolicy {
    pub(crate) policy_id: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) arn: String,
    pub(crate) description: Option<String>,
    /// The number of the operative version.
    pub(crate) default_version: i32,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) tags: Vec<Tag>,
}

impl OwnPolicy {
    /// The policy as GetPolicy answers it.
    pub(super) fn shown(self, usage: Usage) -> Policy {
        Policy {
            policy_name: self.name,
            policy_id: self.policy_id,
            arn: self.arn,
            path: self.path,
            default_version_id: version_id(self.default_version),
            attachment_count: usage.attached,
            permissions_boundary_usage_count: usage.bounding,
            is_attachable: true,
            description: self.description,
            create_date: Timestamp(self.created_at),
            update_date: Timestamp(self.updated_at),
            tags: self.tags,
        }
    }
}

/// A version's number as AWS writes it: `v2`.
pub(super) fn version_id(number: i32) -> String {
    format!("v{number}")
}

/// The account's own policy with this ARN, which is compared with its case.
pub(super) async fn find(tx: &mut Tx, arn: &str) -> Result<Option<OwnPolicy>> {
    let account = tx.account().clone();
    let row = sqlx::query!(
        r#"select p.policy_id, p.name, p.path, p.arn, p.description, p.default_version, p.created_at, p.updated_at,
                  (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value) order by t.tag_key) from tag t
                   where t.account_id = $1 and t.entity_id = p.policy_id) as "tags: Json<Vec<Tag>>"
           from managed_policy p where p.account_id = $1 and p.arn = $2"#,
        account.as_str(),
        arn
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| OwnPolicy {
        policy_id: row.policy_id,
        name: row.name,
        path: row.path,
        arn: row.arn,
        description: row.description,
        default_version: row.default_version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        tags: row.tags.map(|tags| tags.0).unwrap_or_default(),
    }))
}

/// All of the account's own policies, without their tags, in no order.
pub(crate) async fn all(tx: &mut Tx) -> Result<Vec<OwnPolicy>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "select policy_id, name, path, arn, description, default_version, created_at, updated_at
         from managed_policy where account_id = $1",
        account.as_str()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnPolicy {
            policy_id: row.policy_id,
            name: row.name,
            path: row.path,
            arn: row.arn,
            description: row.description,
            default_version: row.default_version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            tags: Vec::new(),
        })
        .collect())
}

/// The document of a policy's operative version, as it was put.
pub(crate) async fn operative_document(tx: &mut Tx, policy: &OwnPolicy) -> Result<String> {
    let account = tx.account().clone();
    let found = sqlx::query_scalar!(
        "select v.document from managed_policy p
         join managed_policy_version v
           on v.account_id = $1 and v.policy_id = p.policy_id and v.version = p.default_version
         where p.account_id = $1 and p.policy_id = $2",
        account.as_str(),
        policy.policy_id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.ok_or_else(|| ApiError::missing(Kind::Policy, &policy.arn))?)
}

/// Holds the policy's row until the end of the transaction, so that nobody deletes the policy beneath what is being
/// attached; many may hold it at once.
pub(super) async fn hold_attachable(tx: &mut Tx, arn: &str) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query_scalar!(
        r#"select 1 as "one!" from managed_policy where account_id = $1 and arn = $2 for key share"#,
        account.as_str(),
        arn
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| ApiError::missing(Kind::AttachablePolicy, arn))?;
    Ok(())
}

/// What the policy's row says once nobody else can change the policy's versions.
pub(super) struct Held {
    pub(super) default_version: i32,
    pub(super) last_version: i32,
}

/// Holds the policy's row until the end of the transaction against other changes of its versions and tags and against
/// its deletion. Attaching goes on.
pub(super) async fn hold(tx: &mut Tx, policy: &OwnPolicy) -> Result<Held> {
    let account = tx.account().clone();
    let held = sqlx::query_as!(
        Held,
        "select default_version, last_version from managed_policy
         where account_id = $1 and policy_id = $2 for no key update",
        account.as_str(),
        policy.policy_id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(held.ok_or_else(|| ApiError::missing(Kind::Policy, &policy.arn))?)
}

impl Execute for CreatePolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let arn = Arn::policy(tx.account().as_str(), &self.path, &self.policy_name);
        let mut target = Target::of(&arn)
            .shown(format!("policy {}", self.policy_name))
            .touching("AWS::IAM::Policy", arn.to_string())
            .with_request_tags(&self.tags);
        if !self.tags.is_empty() {
            target = target.also("iam:TagPolicy", arn.to_string());
        }
        Ok(target)
    }

    async fn run(self, tx: &mut Tx) -> Result<CreatePolicyOutput> {
        checked_with_size(&self.policy_document)?;
        let account = tx.account().clone();
        let policy_id = PolicyId::from_random(&tx.random::<17>());
        let arn = Arn::policy(account.as_str(), &self.path, &self.policy_name).to_string();
        let now = tx.now();
        sqlx::query!(
            "insert into managed_policy (account_id, policy_id, name, name_key, path, arn, description,
                                         default_version, last_version, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8, $8)",
            account.as_str(),
            policy_id.as_str(),
            self.policy_name,
            key_of(&self.policy_name),
            self.path,
            arn,
            self.description,
            now.0
        )
        .execute(tx.conn())
        .await
        .on_constraint("managed_policy_name_unique", || ApiError::taken(Kind::Policy, &self.policy_name))?;
        sqlx::query!(
            "insert into managed_policy_version (account_id, policy_id, version, document, created_at)
             values ($1, $2, 1, $3, $4)",
            account.as_str(),
            policy_id.as_str(),
            self.policy_document,
            now.0
        )
        .execute(tx.conn())
        .await?;
        limits::policies(tx, 1).await?;
        tags::put(tx, policy_id.as_str(), &self.tags).await?;
        let made = OwnPolicy {
            policy_id: policy_id.0,
            name: self.policy_name,
            path: self.path,
            arn,
            description: self.description,
            default_version: 1,
            created_at: now.0,
            updated_at: now.0,
            tags: self.tags,
        };
        Ok(CreatePolicyOutput { policy: made.shown(Usage::default()) })
    }
}

impl Execute for DeletePolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::own_target(tx, "iam:DeletePolicy", &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let policy = policies::own(tx, &self.policy_arn)?;
        let account = tx.account().clone();
        // The lock waits for whoever is attaching the policy or adding a version; the next statement sees what they did.
        sqlx::query_scalar!(
            r#"select 1 as "one!" from managed_policy where account_id = $1 and policy_id = $2 for update"#,
            account.as_str(),
            policy.policy_id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| ApiError::missing(Kind::Policy, &self.policy_arn))?;
        let hangs = sqlx::query!(
            r#"select exists (select from attachment where account_id = $1 and policy_arn = $3) as "used!",
                      (select count(*) from managed_policy_version where account_id = $1 and policy_id = $2) as "versions!""#,
            account.as_str(),
            policy.policy_id,
            policy.arn
        )
        .fetch_one(tx.conn())
        .await?;
        if hangs.used {
            return Err(ApiError::conflict("Cannot delete a policy attached to entities.").into());
        }
        if hangs.versions > 1 {
            return Err(ApiError::conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                 versions. The default version is deleted with the policy.",
            )
            .into());
        }
        sqlx::query!(
            "with tags as (delete from tag where account_id = $1 and entity_id = $2)
             delete from managed_policy where account_id = $1 and policy_id = $2",
            account.as_str(),
            policy.policy_id
        )
        .execute(tx.conn())
        .await?;
        limits::policies(tx, -1).await
    }
}
