//! ListPolicies: the catalogue and the account's own policies, merged on one key.

use model::{
    Timestamp,
    iam::{ListPolicies, ListPoliciesOutput, Policy},
    page,
};
use policy::Arn;

use super::{
    key_of,
    own_policies::version_id,
    policies::{Usage, aws_shown, usage},
};
use crate::{
    catalogue::{self, ManagedPolicy},
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// A policy on its way to the page; how often AWS's own are used is read for those on it alone.
enum Listed {
    Aws(&'static ManagedPolicy),
    Own(Policy),
}

impl Execute for ListPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let prefix = self.path_prefix.as_deref().unwrap_or("/");
        Ok(Target::of(&Arn::policy(tx.account().as_str(), prefix, "")).shown(format!("policy path {prefix}")))
    }

    /// In the order of the names in lower case, then of the ARNs: an account's policy may bear the name of AWS's.
    async fn run(self, tx: &mut Tx) -> Result<ListPoliciesOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let scope = self.scope.as_deref().unwrap_or("All");
        let mut rows = Vec::new();
        if scope != "Local" {
            rows.extend(aws(tx, &self, &after, limit).await?);
        }
        if scope != "AWS" {
            rows.extend(own(tx, &self, &after, limit).await?);
        }
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (rows, is_truncated, marker) = marker::page(rows, limit, |(position, _)| position.clone());
        let arns: Vec<String> = rows
            .iter()
            .filter_map(|(_, listed)| match listed {
                Listed::Aws(policy) => Some(policy.arn.to_owned()),
                Listed::Own(_) => None,
            })
            .collect();
        let used = if arns.is_empty() { Default::default() } else { usage(tx, Some(&arns)).await? };
        let policies = rows
            .into_iter()
            .map(|(_, listed)| match listed {
                Listed::Aws(policy) => aws_shown(policy, used.get(policy.arn).copied().unwrap_or_default()),
                Listed::Own(policy) => policy,
            })
            .collect();
        Ok(ListPoliciesOutput { policies, is_truncated, marker })
    }
}

/// How a listed policy must be used: as a boundary, attached, or either way or not at all.
fn wanted_use(asked: &ListPolicies) -> Option<bool> {
    match (asked.policy_usage_filter.as_deref(), asked.only_attached == Some(true)) {
        (Some("PermissionsBoundary"), _) => Some(true),
        (Some(_), _) | (None, true) => Some(false),
        (None, false) => None,
    }
}

/// The first of AWS's own behind `after`, one more than a page has.
async fn aws(tx: &mut Tx, asked: &ListPolicies, after: &Position, limit: i64) -> Result<Vec<(Position, Listed)>> {
    let prefix = asked.path_prefix.as_deref().unwrap_or("/");
    let wanted = match wanted_use(asked) {
        Some(as_boundary) => Some((as_boundary, usage(tx, None).await?)),
        None => None,
    };
    let is_wanted = |policy: &ManagedPolicy| {
        wanted.as_ref().is_none_or(|(as_boundary, used)| {
            used.get(policy.arn).is_some_and(|usage| if *as_boundary { usage.bounding > 0 } else { usage.attached > 0 })
        })
    };
    Ok(catalogue::all()
        .iter()
        .filter(|policy| policy.path.starts_with(prefix) && is_wanted(policy))
        .map(|policy| (Position { name: key_of(policy.name), id: policy.arn.into() }, Listed::Aws(policy)))
        .filter(|(position, _)| position > after)
        .take(usize::try_from(limit).unwrap_or_default() + 1)
        .collect())
}

/// The account's first behind `after`, one more than a page has.
async fn own(tx: &mut Tx, asked: &ListPolicies, after: &Position, limit: i64) -> Result<Vec<(Position, Listed)>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        r#"select p.policy_id, p.name, p.name_key, p.path, p.arn, p.default_version, p.created_at, p.updated_at,
                  u.attached as "attached!", u.bounding as "bounding!"
           from managed_policy p
           cross join lateral (
               select count(*) filter (where not a.as_boundary) as attached,
                      count(*) filter (where a.as_boundary) as bounding
               from attachment a where a.account_id = $1 and a.policy_arn = p.arn
           ) u
           where p.account_id = $1 and (p.name_key, p.arn) > ($2, $3) and starts_with(p.path, $4)
             and ($5::boolean is null or case when $5 then u.bounding else u.attached end > 0)
           order by p.name_key, p.arn limit $6"#,
        account.as_str(),
        after.name,
        after.id,
        asked.path_prefix.as_deref().unwrap_or("/"),
        wanted_use(asked),
        limit + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let usage = Usage { attached: row.attached, bounding: row.bounding };
            let policy = Policy {
                policy_name: row.name,
                policy_id: row.policy_id,
                arn: row.arn.clone(),
                path: row.path,
                default_version_id: version_id(row.default_version),
                attachment_count: usage.attached,
                permissions_boundary_usage_count: usage.bounding,
                is_attachable: true,
                description: None,
                create_date: Timestamp(row.created_at),
                update_date: Timestamp(row.updated_at),
                tags: Vec::new(),
            };
            (Position { name: row.name_key, id: row.arn }, Listed::Own(policy))
        })
        .collect())
}
