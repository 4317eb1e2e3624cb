//! Versions of managed policies: the one of AWS's own, and the up to five of an account's.

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        CreatePolicyVersion, CreatePolicyVersionOutput, DeletePolicyVersion, GetPolicyVersion, GetPolicyVersionOutput,
        ListPolicyVersions, ListPolicyVersionsOutput, PolicyVersion, SetDefaultPolicyVersion,
    },
};

use super::{
    own_policies::{OwnPolicy, hold, version_id},
    page_of,
    policies::{self, Managed},
    policy_documents::{checked_with_size, percent_encoded},
};
use crate::{
    catalogue::ManagedPolicy,
    error::Result,
    execute::{Execute, Target},
    limits,
    marker::Position,
    tx::Tx,
};

/// The number in a version's id; nothing for one that we never give.
fn number(id: &str) -> Option<i32> {
    id.strip_prefix('v')?.parse().ok()
}

fn missing(policy_arn: &str, id: &str) -> ApiError {
    ApiError::missing(Kind::PolicyVersion, format!("{policy_arn} version {id}"))
}

/// The one version there is of a policy of AWS's own: the latest.
pub(super) fn latest(policy: &ManagedPolicy, document: Option<String>) -> PolicyVersion {
    PolicyVersion {
        document,
        version_id: policy.default_version_id.into(),
        is_default_version: true,
        create_date: Timestamp(policy.update_date_ms),
    }
}

impl Execute for GetPolicyVersion {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::policy_target(tx, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetPolicyVersionOutput> {
        let missing = || missing(&self.policy_arn, &self.version_id);
        let policy_version = match policies::known(tx, &self.policy_arn)? {
            Managed::Aws(policy) if policy.default_version_id == self.version_id => {
                latest(policy, Some(percent_encoded(&policy.document())))
            }
            Managed::Aws(_) => return Err(missing().into()),
            Managed::Own(policy) => {
                let account = tx.account().clone();
                let row = sqlx::query!(
                    "select document, created_at from managed_policy_version
                     where account_id = $1 and policy_id = $2 and version = $3",
                    account.as_str(),
                    policy.policy_id,
                    number(&self.version_id).ok_or_else(missing)?
                )
                .fetch_optional(tx.conn())
                .await?
                .ok_or_else(missing)?;
                PolicyVersion {
                    document: Some(percent_encoded(&row.document)),
                    is_default_version: self.version_id == version_id(policy.default_version),
                    version_id: self.version_id,
                    create_date: Timestamp(row.created_at),
                }
            }
        };
        Ok(GetPolicyVersionOutput { policy_version })
    }
}

impl Execute for ListPolicyVersions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::policy_target(tx, &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListPolicyVersionsOutput> {
        let versions = match policies::known(tx, &self.policy_arn)? {
            Managed::Aws(policy) => vec![latest(policy, None)],
            Managed::Own(policy) => newest_first(tx, &policy).await?,
        };
        // Numbers counted down, so that the newest comes first in an order of texts.
        let position = |version: &PolicyVersion| Position {
            name: format!("{:010}", i32::MAX - number(&version.version_id).unwrap_or_default()),
            id: String::new(),
        };
        let (versions, is_truncated, marker) = page_of(versions, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListPolicyVersionsOutput { versions, is_truncated, marker })
    }
}

async fn newest_first(tx: &mut Tx, policy: &OwnPolicy) -> Result<Vec<PolicyVersion>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "select version, created_at from managed_policy_version
         where account_id = $1 and policy_id = $2 order by version desc",
        account.as_str(),
        policy.policy_id
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PolicyVersion {
            document: None,
            version_id: version_id(row.version),
            is_default_version: row.version == policy.default_version,
            create_date: Timestamp(row.created_at),
        })
        .collect())
}

impl Execute for CreatePolicyVersion {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::own_target(tx, "iam:CreatePolicyVersion", &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<CreatePolicyVersionOutput> {
        let policy = policies::own(tx, &self.policy_arn)?;
        checked_with_size(&self.policy_document)?;
        let held = hold(tx, &policy).await?;
        let (account, now) = (tx.account().clone(), tx.now());
        let count = sqlx::query_scalar!(
            r#"select count(*) as "count!" from managed_policy_version where account_id = $1 and policy_id = $2"#,
            account.as_str(),
            policy.policy_id
        )
        .fetch_one(tx.conn())
        .await?;
        if count >= limits::POLICY_VERSIONS {
            return Err(ApiError::PolicyVersionsExceeded.into());
        }
        let version = held.last_version + 1;
        let is_default = self.set_as_default == Some(true);
        sqlx::query!(
            "with version as (
                 insert into managed_policy_version (account_id, policy_id, version, document, created_at)
                 values ($1, $2, $3, $4, $5)
             )
             update managed_policy
             set last_version = $3, updated_at = $5, default_version = case when $6 then $3 else default_version end
             where account_id = $1 and policy_id = $2",
            account.as_str(),
            policy.policy_id,
            version,
            self.policy_document,
            now.0,
            is_default
        )
        .execute(tx.conn())
        .await?;
        Ok(CreatePolicyVersionOutput {
            policy_version: PolicyVersion {
                document: None,
                version_id: version_id(version),
                is_default_version: is_default,
                create_date: now,
            },
        })
    }
}

impl Execute for DeletePolicyVersion {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::own_target(tx, "iam:DeletePolicyVersion", &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let policy = policies::own(tx, &self.policy_arn)?;
        let held = hold(tx, &policy).await?;
        let missing = || missing(&self.policy_arn, &self.version_id);
        let version = number(&self.version_id).ok_or_else(missing)?;
        if version == held.default_version {
            return Err(ApiError::conflict("Cannot delete the default version of a policy.").into());
        }
        let account = tx.account().clone();
        let deleted = sqlx::query!(
            "delete from managed_policy_version where account_id = $1 and policy_id = $2 and version = $3",
            account.as_str(),
            policy.policy_id,
            version
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if deleted == 0 { Err(missing().into()) } else { Ok(()) }
    }
}

impl Execute for SetDefaultPolicyVersion {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        policies::own_target(tx, "iam:SetDefaultPolicyVersion", &self.policy_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let policy = policies::own(tx, &self.policy_arn)?;
        hold(tx, &policy).await?;
        let missing = || missing(&self.policy_arn, &self.version_id);
        let version = number(&self.version_id).ok_or_else(missing)?;
        let account = tx.account().clone();
        let changed = sqlx::query!(
            "update managed_policy set default_version = $3
             where account_id = $1 and policy_id = $2
               and exists (select from managed_policy_version
                           where account_id = $1 and policy_id = $2 and version = $3)",
            account.as_str(),
            policy.policy_id,
            version
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if changed == 0 { Err(missing().into()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbers_with_a_letter() {
        assert_eq!((number("v1"), number("v12")), (Some(1), Some(12)));
        for other in ["v1.a", "1", "v99999999999"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
