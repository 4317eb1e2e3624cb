//! What stands behind a caller when policies are asked: the policies with a say in it, and the caller's own tags.

use std::sync::Arc;

use model::Tag;
use policy::{Attached, Attachment, Policy, PolicySet, Source};
use sqlx::types::Json;

use crate::{Identity, catalogue, documents, error::Result, tx::Tx};

/// What the ARNs of AWS's own policies begin with.
const AWS: &str = "arn:aws:iam::aws:";

/// The policies attached to or embedded in a user and the user's groups, the user's boundary, and the user's tags.
/// Root has none: nothing limits root within its own account.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The policies.
    pub(crate) policies: PolicySet,
    /// What `aws:PrincipalTag/…` answers from.
    pub(crate) tags: Vec<Tag>,
}

/// Reads the caller's policies and tags: of the account's own managed policies the operative version as it is now.
pub(super) async fn load(tx: &mut Tx) -> Result<Standing> {
    match tx.caller.identity.clone() {
        Identity::User(user_id) => of_user(tx, &user_id).await,
        _ => Ok(Standing::default()),
    }
}

/// A policy, or all tags, as the statements below find them. AWS's managed policies come without a document.
#[derive(Debug)]
struct Row {
    arn: Option<String>,
    name: Option<String>,
    as_boundary: Option<bool>,
    group_name: Option<String>,
    document: Option<String>,
    tags: Option<Json<Vec<Tag>>>,
}

/// Reads the policies and tags of one of the account's users.
pub(crate) async fn of_user(tx: &mut Tx, user_id: &str) -> Result<Standing> {
    let account = tx.account.clone();
    let rows = sqlx::query_as!(
        Row,
        r#"with attached as (
               select a.policy_arn, a.as_boundary, null::text as group_name
               from attachment a
               where a.account_id = $1 and a.entity_kind = 'user' and a.entity_id = $2
               union all
               select a.policy_arn, false, g.name
               from group_member m
               join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
               join attachment a on a.account_id = m.account_id and a.entity_kind = 'group' and a.entity_id = m.group_id
               where m.account_id = $1 and m.user_id = $2
           )
           select a.policy_arn as arn, null::text as name, a.as_boundary, a.group_name, v.document,
                  null::jsonb as "tags: Json<Vec<Tag>>"
           from attached a
           left join managed_policy p on p.account_id = $1 and p.arn = a.policy_arn
           left join managed_policy_version v
             on v.account_id = $1 and v.policy_id = p.policy_id and v.version = p.default_version
           union all
           select null, i.name, false, null, i.document, null
           from inline_policy i
           where i.account_id = $1 and i.entity_kind = 'user' and i.entity_id = $2
           union all
           select null, i.name, false, g.name, i.document, null
           from group_member m
           join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
           join inline_policy i on i.account_id = m.account_id and i.entity_kind = 'group' and i.entity_id = m.group_id
           where m.account_id = $1 and m.user_id = $2
           union all
           select null, null, false, null, null, jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value))
           from tag t
           where t.account_id = $1 and t.entity_id = $2
           having count(*) > 0"#,
        account.as_str(),
        user_id
    )
    .fetch_all(tx.conn())
    .await?;
    understand(rows)
}

/// Reads the policies of one of the account's groups.
pub(crate) async fn of_group(tx: &mut Tx, group_id: &str, name: &str) -> Result<PolicySet> {
    let account = tx.account.clone();
    let rows = sqlx::query_as!(
        Row,
        r#"select a.policy_arn as arn, null::text as name, false as as_boundary, $3::text as group_name, v.document,
                  null::jsonb as "tags: Json<Vec<Tag>>"
           from attachment a
           left join managed_policy p on p.account_id = $1 and p.arn = a.policy_arn
           left join managed_policy_version v
             on v.account_id = $1 and v.policy_id = p.policy_id and v.version = p.default_version
           where a.account_id = $1 and a.entity_kind = 'group' and a.entity_id = $2
           union all
           select null, i.name, false, $3, i.document, null
           from inline_policy i
           where i.account_id = $1 and i.entity_kind = 'group' and i.entity_id = $2"#,
        account.as_str(),
        group_id,
        name
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(understand(rows)?.policies)
}

fn understand(rows: Vec<Row>) -> Result<Standing> {
    let mut set = PolicySet::new();
    let mut tags = Vec::new();
    for row in rows {
        if let Some(own) = row.tags {
            tags = own.0;
            continue;
        }
        let boundary = row.as_boundary == Some(true);
        let attachment = match row.group_name {
            _ if boundary => Attachment::Boundary,
            Some(name) => Attachment::Group(name),
            None => Attachment::User,
        };
        let attached = match (row.arn, row.document) {
            (Some(arn), document) => match managed(&arn, document.as_deref(), boundary)? {
                Some((name, policy)) => Attached::new(Source::managed(name, arn, attachment), policy),
                None => continue,
            },
            (None, document) => {
                let name = row.name.unwrap_or_default();
                let policy = compiled(&name, document.as_deref())?;
                Attached::new(Source::inline(name, attachment), policy)
            }
        };
        set = if boundary { set.with_boundary(attached) } else { set.with_identity(attached) };
    }
    Ok(Standing { policies: set, tags })
}

/// A managed policy's name and meaning: AWS's by its ARN, the account's own by its document. One of AWS's that this
/// version does not know gives nothing; as a boundary it bounds everything away.
fn managed(arn: &str, document: Option<&str>, boundary: bool) -> Result<Option<(String, Arc<Policy>)>> {
    if let Some(known) = catalogue::by_arn(arn) {
        return Ok(Some((known.name.to_owned(), known.compiled())));
    }
    let name = arn.rsplit('/').next().unwrap_or(arn).to_owned();
    if arn.starts_with(AWS) {
        tracing::error!(policy = %arn, "an attached policy is not in the catalogue");
        return Ok(if boundary { Some((name, nothing()?)) } else { None });
    }
    Ok(Some((name, compiled(arn, document)?)))
}

/// What a document that the account wrote means. It was validated when it was put; one that is gone or cannot be read
/// any more could have held a Deny, so it denies everything.
fn compiled(policy: &str, document: Option<&str>) -> Result<Arc<Policy>> {
    match documents::compiled(document.unwrap_or_default()) {
        Ok(compiled) => Ok(compiled),
        Err(error) => {
            tracing::error!(%policy, %error, "a policy cannot be read");
            nothing()
        }
    }
}

/// A policy that allows nothing.
fn nothing() -> Result<Arc<Policy>> {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    Ok(documents::compiled(text).map_err(|error| anyhow::anyhow!("{error}"))?)
}
