//! The account as IAM sees it: its alias and its counts.

use std::collections::BTreeMap;

use model::{
    ApiError, Kind,
    iam::{
        CreateAccountAlias, DeleteAccountAlias, GetAccountSummary, GetAccountSummaryOutput, ListAccountAliases,
        ListAccountAliasesOutput,
    },
};

use super::page_of;
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Target},
    limits,
    marker::Position,
    tx::Tx,
};

impl Execute for CreateAccountAlias {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().touching("AWS::IAM::AccountAlias", &self.account_alias))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        sqlx::query!(
            "insert into account_alias (alias, account_id) values ($2, $1)
             on conflict on constraint account_alias_account_unique do update set alias = excluded.alias",
            account.as_str(),
            self.account_alias
        )
        .execute(tx.conn())
        .await
        .on_constraint("account_alias_pkey", || ApiError::taken(Kind::AccountAlias, &self.account_alias))?;
        Ok(())
    }
}

impl Execute for DeleteAccountAlias {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().touching("AWS::IAM::AccountAlias", &self.account_alias))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let account = tx.account().clone();
        let deleted = sqlx::query!(
            "delete from account_alias where account_id = $1 and alias = $2",
            account.as_str(),
            self.account_alias
        )
        .execute(tx.conn())
        .await?
        .rows_affected();
        if deleted == 0 {
            return Err(ApiError::missing(Kind::AccountAlias, self.account_alias).into());
        }
        Ok(())
    }
}

impl Execute for ListAccountAliases {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListAccountAliasesOutput> {
        let account = tx.account().clone();
        let aliases = sqlx::query_scalar!("select alias from account_alias where account_id = $1", account.as_str())
            .fetch_all(tx.conn())
            .await?;
        let position = |alias: &String| Position { name: alias.clone(), id: String::new() };
        let (account_aliases, is_truncated, marker) =
            page_of(aliases, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListAccountAliasesOutput { account_aliases, is_truncated, marker })
    }
}

/// Quotas of IAM that no counter of ours holds yet: there is nothing of their kind to count (IAM User Guide, "IAM and
/// AWS STS quotas").
const OTHER_QUOTAS: [(&str, i64); 9] = [
    ("AssumeRolePolicySizeQuota", 2048),
    ("AttachedPoliciesPerRoleQuota", 10),
    ("InstanceProfilesQuota", 1000),
    ("PolicyVersionsInUseQuota", 10_000),
    ("RolePolicySizeQuota", 10_240),
    ("RolesQuota", 1000),
    ("ServerCertificatesQuota", 20),
    ("SigningCertificatesPerUserQuota", 2),
    ("GlobalEndpointTokenVersion", 1),
];

/// Kinds of things that no account has in this version.
const NONE_YET: [&str; 5] =
    ["AccountSigningCertificatesPresent", "InstanceProfiles", "Providers", "Roles", "ServerCertificates"];

impl Execute for GetAccountSummary {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetAccountSummaryOutput> {
        let account = tx.account().clone();
        let row = sqlx::query!(
            r#"select c.users, c.groups, c.policies, c.virtual_mfa_devices + (
                          select count(*) from mfa_device where account_id = $1 and kind <> 'VIRTUAL') as "mfa_devices!",
                      a.root_keys > 0 as "root_keys!",
                      a.password_hash is not null as "password!", a.root_mfa_devices > 0 as "root_mfa!",
                      (select count(*) from mfa_device where account_id = $1 and enabled_at is not null) as "mfa_in_use!",
                      (select count(distinct policy_arn) from attachment where account_id = $1) as "policies_in_use!"
               from account a join account_count c using (account_id) where a.account_id = $1"#,
            account.as_str()
        )
        .fetch_one(tx.conn())
        .await?;
        let mut summary_map: BTreeMap<String, i64> = OTHER_QUOTAS
            .into_iter()
            .chain(NONE_YET.map(|kind| (kind, 0)))
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        for (name, count) in [
            ("AccessKeysPerUserQuota", limits::ACCESS_KEYS),
            ("AccountAccessKeysPresent", i64::from(row.root_keys)),
            ("AccountMFAEnabled", i64::from(row.root_mfa)),
            ("AccountPasswordPresent", i64::from(row.password)),
            ("AttachedPoliciesPerGroupQuota", limits::ATTACHED_POLICIES),
            ("AttachedPoliciesPerUserQuota", limits::ATTACHED_POLICIES),
            ("GroupPolicySizeQuota", limits::GROUP_POLICY_SIZE),
            ("Groups", i64::from(row.groups)),
            ("GroupsPerUserQuota", limits::GROUPS_PER_USER),
            ("GroupsQuota", limits::GROUPS),
            ("MFADevices", row.mfa_devices),
            ("MFADevicesInUse", row.mfa_in_use),
            ("Policies", i64::from(row.policies)),
            ("PoliciesQuota", limits::POLICIES),
            ("PolicySizeQuota", limits::POLICY_SIZE),
            ("PolicyVersionsInUse", row.policies_in_use),
            ("UserPolicySizeQuota", limits::USER_POLICY_SIZE),
            ("Users", i64::from(row.users)),
            ("UsersQuota", limits::USERS),
            ("VersionsPerPolicyQuota", limits::POLICY_VERSIONS),
        ] {
            summary_map.insert(name.to_owned(), count);
        }
        Ok(GetAccountSummaryOutput { summary_map })
    }
}
