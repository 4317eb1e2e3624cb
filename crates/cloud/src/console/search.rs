//! The search box: users, groups, policies and access keys by a part of their name or id, in one statement.

use model::{
    Tag,
    console::{FOUND_AT_MOST, FoundKey, FoundPolicy, SearchResources, SearchResourcesOutput},
};
use policy::Arn;
use sqlx::types::Json;

use crate::{
    authorize, catalogue,
    error::Result,
    execute::{Execute, Target},
    iam,
    tx::Tx,
};

/// So many keys are looked at for those that the caller may list.
const KEYS_ASKED_ABOUT: i64 = 50;

impl Execute for SearchResources {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// Kinds that may not be listed are not even read; of keys each user's own are asked about.
    async fn run(self, tx: &mut Tx) -> Result<SearchResourcesOutput> {
        let query = self.query.trim().to_lowercase();
        if query.is_empty() {
            return Ok(SearchResourcesOutput::default());
        }
        let account = tx.account().clone();
        let (users, groups) = (tx.user_arn("/", ""), tx.group_arn("/", ""));
        let users = authorize::may(tx, "iam:ListUsers", &Target::of(&users)).await?;
        let groups = authorize::may(tx, "iam:ListGroups", &Target::of(&groups)).await?;
        let policies = Target::of(&Arn::policy(account.as_str(), "/", ""));
        let policies = authorize::may(tx, "iam:ListPolicies", &policies).await?;
        let rows = sqlx::query!(
            r#"(select 'user' as "kind!", u.name as "name!", u.path as "path!", null::text as key_id,
                       null::jsonb as "tags: Json<Vec<Tag>>"
                from iam_user u where u.account_id = $1 and $3 and strpos(u.name_key, $2) > 0
                order by strpos(u.name_key, $2) > 1, u.name_key limit $5)
               union all
               (select 'group', g.name, g.path, null, null
                from iam_group g where g.account_id = $1 and $4 and strpos(g.name_key, $2) > 0
                order by strpos(g.name_key, $2) > 1, g.name_key limit $5)
               union all
               (select 'key', u.name, u.path, k.access_key_id,
                       (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value)) from tag t
                        where t.account_id = $1 and t.entity_id = u.user_id)
                from access_key k join iam_user u on u.account_id = $1 and u.user_id = k.user_id
                where k.account_id = $1 and strpos(lower(k.access_key_id), $2) > 0
                order by strpos(lower(k.access_key_id), $2) > 1, k.access_key_id limit $6)
               union all
               (select 'policy', p.name, p.arn, null, null
                from managed_policy p where p.account_id = $1 and $7 and strpos(p.name_key, $2) > 0
                order by strpos(p.name_key, $2) > 1, p.name_key limit $5)"#,
            account.as_str(),
            query,
            users,
            groups,
            FOUND_AT_MOST,
            KEYS_ASKED_ABOUT,
            policies
        )
        .fetch_all(tx.conn())
        .await?;
        let mut found = SearchResourcesOutput::default();
        let most = usize::try_from(FOUND_AT_MOST).unwrap_or_default();
        let mut own = Vec::new();
        for row in rows {
            match (row.kind.as_str(), row.key_id) {
                ("user", _) => found.users.push(row.name),
                ("group", _) => found.groups.push(row.name),
                ("policy", _) => own.push(FoundPolicy { policy_name: row.name, policy_arn: row.path }),
                (_, Some(access_key_id)) if found.access_keys.len() < most => {
                    let tags = row.tags.map(|tags| tags.0).unwrap_or_default();
                    let target = iam::about_user(tx, &row.path, &row.name, &tags);
                    if authorize::may(tx, "iam:ListAccessKeys", &target).await? {
                        found.access_keys.push(FoundKey { access_key_id, user_name: row.name });
                    }
                }
                _ => {}
            }
        }
        if policies {
            found.policies = policies_named(&query, own);
        }
        Ok(found)
    }
}

/// AWS's policies and those found of the account's own: the ones that begin with the query, then those that contain
/// it, each in the order of the names.
fn policies_named(query: &str, own: Vec<FoundPolicy>) -> Vec<FoundPolicy> {
    let aws = catalogue::all().iter().filter(|policy| policy.name.to_lowercase().contains(query));
    let aws = aws.map(|policy| FoundPolicy { policy_name: policy.name.into(), policy_arn: policy.arn.into() });
    let mut found: Vec<FoundPolicy> = own.into_iter().chain(aws).collect();
    found.sort_by_cached_key(|policy| {
        let name = policy.policy_name.to_lowercase();
        (!name.starts_with(query), name)
    });
    found.truncate(usize::try_from(FOUND_AT_MOST).unwrap_or_default());
    found
}
