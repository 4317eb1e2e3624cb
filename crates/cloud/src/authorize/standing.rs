//! What stands behind a caller when policies are asked: the policies with a say in it, and the caller's own tags.

use std::sync::Arc;

use model::Tag;
use policy::{Attached, Attachment, PolicySet, Source};
use sqlx::types::Json;

use crate::{Identity, catalogue, error::Result, tx::Tx};

/// The policies attached to or embedded in a user and the user's groups, the user's boundary, and the user's tags.
/// Root has none: nothing limits root within its own account.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The policies.
    pub(crate) policies: PolicySet,
    /// What `aws:PrincipalTag/…` answers from.
    pub(crate) tags: Vec<Tag>,
}

/// Reads the caller's policies and tags.
pub(super) async fn load(tx: &mut Tx) -> Result<Standing> {
    match tx.caller.identity.clone() {
        Identity::User(user_id) => of_user(tx, &user_id).await,
        _ => Ok(Standing::default()),
    }
}

/// Reads the policies and tags of one of the account's users.
pub(crate) async fn of_user(tx: &mut Tx, user_id: &str) -> Result<Standing> {
    let account = tx.account.clone();
    let rows = sqlx::query!(
        r#"select a.policy_arn as name, a.as_boundary, null::text as group_name, null::text as document,
                  null::jsonb as "tags: Json<Vec<Tag>>"
           from attachment a
           where a.account_id = $1 and a.entity_kind = 'user' and a.entity_id = $2
           union all
           select a.policy_arn, false, g.name, null, null
           from group_member m
           join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
           join attachment a on a.account_id = m.account_id and a.entity_kind = 'group' and a.entity_id = m.group_id
           where m.account_id = $1 and m.user_id = $2
           union all
           select i.name, false, null, i.document, null
           from inline_policy i
           where i.account_id = $1 and i.entity_kind = 'user' and i.entity_id = $2
           union all
           select i.name, false, g.name, i.document, null
           from group_member m
           join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
           join inline_policy i on i.account_id = m.account_id and i.entity_kind = 'group' and i.entity_id = m.group_id
           where m.account_id = $1 and m.user_id = $2
           union all
           select null, false, null, null, jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value))
           from tag t
           where t.account_id = $1 and t.entity_id = $2
           having count(*) > 0"#,
        account.as_str(),
        user_id
    )
    .fetch_all(tx.conn())
    .await?;
    let mut set = PolicySet::new();
    let mut unknown_boundary = false;
    let mut tags = Vec::new();
    for row in rows {
        if let Some(own) = row.tags {
            tags = own.0;
            continue;
        }
        let name = row.name.unwrap_or_default();
        let boundary = row.as_boundary == Some(true);
        if let Some(document) = row.document {
            set = set.with_identity(inline(&name, row.group_name, &document)?);
            continue;
        }
        let Some(managed) = catalogue::by_arn(&name) else {
            tracing::error!(%account, policy = %name, "an attached policy is not in the catalogue");
            unknown_boundary |= boundary;
            continue;
        };
        let attachment = match row.group_name {
            _ if boundary => Attachment::Boundary,
            Some(name) => Attachment::Group(name),
            None => Attachment::User,
        };
        let attached = Attached::new(Source::managed(managed.name, managed.arn, attachment), managed.compiled());
        set = if boundary { set.with_boundary(attached) } else { set.with_identity(attached) };
    }
    if unknown_boundary {
        // A boundary that cannot be read bounds everything away.
        set = set.with_boundary(Attached::new(
            Source::inline("unknown boundary", Attachment::Boundary),
            Arc::new(nothing()?),
        ));
    }
    Ok(Standing { policies: set, tags })
}

/// An inline policy of the user or of one of the groups. What was put was validated; one that cannot be read any more
/// could have held a Deny, so it denies everything.
fn inline(name: &str, group: Option<String>, document: &str) -> Result<Attached> {
    let compiled = match policy::Policy::parse(document, policy::PolicyKind::Identity) {
        Ok(compiled) => compiled,
        Err(error) => {
            tracing::error!(policy = %name, %error, "an inline policy cannot be read");
            nothing()?
        }
    };
    let attachment = group.map_or(Attachment::User, Attachment::Group);
    Ok(Attached::new(Source::inline(name, attachment), Arc::new(compiled)))
}

/// A policy that allows nothing.
fn nothing() -> Result<policy::Policy> {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    Ok(policy::Policy::parse(text, policy::PolicyKind::Identity).map_err(|error| anyhow::anyhow!("{error}"))?)
}
