//! Everything about who may do what in the account: a statement for the page, then one for each kind on it.

use model::{
    Tag, Timestamp,
    iam::{
        AttachedPermissionsBoundary, AttachedPolicy, GetAccountAuthorizationDetails,
        GetAccountAuthorizationDetailsOutput, GroupDetail, ManagedPolicyDetail, Policy, PolicyDetail, PolicyVersion,
        UserDetail,
    },
    page,
};
use serde::Deserialize;
use sqlx::types::Json;

use super::{
    own_policies::{OwnPolicy, version_id},
    policies::{Usage, aws_shown, path_and_name, usage},
    policy_documents::percent_encoded,
    policy_versions::latest,
};
use crate::{
    catalogue,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// A version as the statement gathers it.
#[derive(Debug, Deserialize)]
struct Version {
    version: i32,
    document: String,
    created_at: i64,
}

impl Execute for GetAccountAuthorizationDetails {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetAccountAuthorizationDetailsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let wanted = |kind: &str| self.filter.is_empty() || self.filter.iter().any(|asked| asked == kind);
        let account = tx.account().clone();
        let rows = sqlx::query!(
            r#"with item as (
                   select '1' || u.name_key as position, 'user' as kind, u.user_id as id
                   from iam_user u where u.account_id = $1 and $2
                   union all
                   select '2' || g.name_key, 'group', g.group_id
                   from iam_group g where g.account_id = $1 and $3
                   union all
                   select '4' || p.name_key || ' ' || p.arn, 'own', p.policy_id
                   from managed_policy p where p.account_id = $1 and $4
                   union all
                   select distinct '4' || lower(substring(a.policy_arn from '[^/]*$')) || ' ' || a.policy_arn, 'aws', a.policy_arn
                   from attachment a where a.account_id = $1 and $5 and starts_with(a.policy_arn, 'arn:aws:iam::aws:')
               )
               select position as "position!", kind as "kind!", id as "id!" from item
               where position collate "C" > $6 order by position collate "C" limit $7"#,
            account.as_str(),
            wanted("User"),
            wanted("Group"),
            wanted("LocalManagedPolicy"),
            wanted("AWSManagedPolicy"),
            after.name,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.position.clone(), id: row.id.clone() });
        let of = |kind: &str| -> Vec<String> {
            rows.iter().filter(|row| row.kind == kind).map(|row| row.id.clone()).collect()
        };
        let mut policies = own_policies(tx, &of("own")).await?;
        policies.extend(aws_policies(tx, &of("aws")).await?);
        policies.sort_by_cached_key(|policy| (policy.policy_name.to_lowercase(), policy.arn.clone()));
        Ok(GetAccountAuthorizationDetailsOutput {
            user_detail_list: users(tx, &of("user")).await?,
            group_detail_list: groups(tx, &of("group")).await?,
            role_detail_list: Vec::new(),
            policies,
            is_truncated,
            marker,
        })
    }
}

fn encoded(policies: Option<Json<Vec<PolicyDetail>>>) -> Vec<PolicyDetail> {
    let policies = policies.map(|policies| policies.0).unwrap_or_default();
    policies
        .into_iter()
        .map(|policy| PolicyDetail { policy_document: percent_encoded(&policy.policy_document), ..policy })
        .collect()
}

fn attached(arns: Vec<String>) -> Vec<AttachedPolicy> {
    let named =
        arns.into_iter().map(|arn| AttachedPolicy { policy_name: path_and_name(&arn).1.to_owned(), policy_arn: arn });
    named.collect()
}

async fn users(tx: &mut Tx, ids: &[String]) -> Result<Vec<UserDetail>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select u.user_id, u.name, u.path, u.created_at,
                  (select jsonb_agg(jsonb_build_object('PolicyName', i.name, 'PolicyDocument', i.document) order by i.name)
                   from inline_policy i where i.account_id = $1 and i.entity_kind = 'user' and i.entity_id = u.user_id)
                  as "inline: Json<Vec<PolicyDetail>>",
                  array(select g.name from group_member m
                        join iam_group g on g.account_id = $1 and g.group_id = m.group_id
                        where m.account_id = $1 and m.user_id = u.user_id order by g.name_key) as "groups!",
                  array(select a.policy_arn from attachment a where a.account_id = $1 and a.entity_kind = 'user'
                        and a.entity_id = u.user_id and not a.as_boundary order by a.policy_arn) as "attached!",
                  (select b.policy_arn from attachment b where b.account_id = $1 and b.entity_kind = 'user'
                   and b.entity_id = u.user_id and b.as_boundary) as boundary,
                  (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value) order by t.tag_key) from tag t
                   where t.account_id = $1 and t.entity_id = u.user_id) as "tags: Json<Vec<Tag>>"
           from iam_user u where u.account_id = $1 and u.user_id = any($2) order by u.name_key"#,
        account.as_str(),
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| UserDetail {
            arn: tx.user_arn(&row.path, &row.name).to_string(),
            path: row.path,
            user_name: row.name,
            user_id: row.user_id,
            create_date: Timestamp(row.created_at),
            user_policy_list: encoded(row.inline),
            group_list: row.groups,
            attached_managed_policies: attached(row.attached),
            permissions_boundary: row.boundary.map(|arn| AttachedPermissionsBoundary {
                permissions_boundary_type: "Policy".into(),
                permissions_boundary_arn: arn,
            }),
            tags: row.tags.map(|tags| tags.0).unwrap_or_default(),
        })
        .collect())
}

async fn groups(tx: &mut Tx, ids: &[String]) -> Result<Vec<GroupDetail>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select g.group_id, g.name, g.path, g.created_at,
                  (select jsonb_agg(jsonb_build_object('PolicyName', i.name, 'PolicyDocument', i.document) order by i.name)
                   from inline_policy i where i.account_id = $1 and i.entity_kind = 'group' and i.entity_id = g.group_id)
                  as "inline: Json<Vec<PolicyDetail>>",
                  array(select a.policy_arn from attachment a where a.account_id = $1 and a.entity_kind = 'group'
                        and a.entity_id = g.group_id order by a.policy_arn) as "attached!"
           from iam_group g where g.account_id = $1 and g.group_id = any($2) order by g.name_key"#,
        account.as_str(),
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| GroupDetail {
            arn: tx.group_arn(&row.path, &row.name).to_string(),
            path: row.path,
            group_name: row.name,
            group_id: row.group_id,
            create_date: Timestamp(row.created_at),
            group_policy_list: encoded(row.inline),
            attached_managed_policies: attached(row.attached),
        })
        .collect())
}

async fn own_policies(tx: &mut Tx, ids: &[String]) -> Result<Vec<ManagedPolicyDetail>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select p.policy_id, p.name, p.path, p.arn, p.description, p.default_version, p.created_at, p.updated_at,
                  (select count(*) from attachment a
                   where a.account_id = $1 and a.policy_arn = p.arn and not a.as_boundary) as "attached!",
                  (select count(*) from attachment a
                   where a.account_id = $1 and a.policy_arn = p.arn and a.as_boundary) as "bounding!",
                  (select jsonb_agg(jsonb_build_object('version', v.version, 'document', v.document,
                                                       'created_at', v.created_at) order by v.version desc)
                   from managed_policy_version v where v.account_id = $1 and v.policy_id = p.policy_id)
                  as "versions!: Json<Vec<Version>>"
           from managed_policy p where p.account_id = $1 and p.policy_id = any($2)"#,
        account.as_str(),
        ids
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let versions = row.versions.0.into_iter().map(|version| PolicyVersion {
                document: Some(percent_encoded(&version.document)),
                version_id: version_id(version.version),
                is_default_version: version.version == row.default_version,
                create_date: Timestamp(version.created_at),
            });
            let policy = OwnPolicy {
                policy_id: row.policy_id,
                name: row.name,
                path: row.path,
                arn: row.arn,
                description: row.description,
                default_version: row.default_version,
                created_at: row.created_at,
                updated_at: row.updated_at,
                tags: Vec::new(),
            };
            detail(policy.shown(Usage { attached: row.attached, bounding: row.bounding }), versions.collect())
        })
        .collect())
}

/// What GetPolicy answers about a policy, with its versions.
fn detail(policy: Policy, policy_version_list: Vec<PolicyVersion>) -> ManagedPolicyDetail {
    ManagedPolicyDetail {
        policy_name: policy.policy_name,
        policy_id: policy.policy_id,
        arn: policy.arn,
        path: policy.path,
        default_version_id: policy.default_version_id,
        attachment_count: policy.attachment_count,
        permissions_boundary_usage_count: policy.permissions_boundary_usage_count,
        is_attachable: policy.is_attachable,
        description: policy.description,
        create_date: policy.create_date,
        update_date: policy.update_date,
        policy_version_list,
    }
}

async fn aws_policies(tx: &mut Tx, arns: &[String]) -> Result<Vec<ManagedPolicyDetail>> {
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    let used = usage(tx, Some(arns)).await?;
    let known = arns.iter().filter_map(|arn| catalogue::by_arn(arn));
    let detail = known.map(|policy| {
        let usage = used.get(policy.arn).copied().unwrap_or_default();
        detail(aws_shown(policy, usage), vec![latest(policy, Some(percent_encoded(&policy.document())))])
    });
    Ok(detail.collect())
}
