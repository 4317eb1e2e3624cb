//! IAM's deeds, a file a noun; here is what they share: the user, the group or the policy that a call names.
//!
//! `target` finds the row once, asks the policies about its stored path and leaves it in [`Tx::found`]; `run` acts
//! on that row by its unique id. So a rename or a new entity of the same name in between cannot put another entity
//! in the place of the one that the policies were asked about.

pub(crate) mod access_keys;
mod account;
mod attachments;
mod authorization_details;
mod boundaries;
pub(crate) mod credential_report;
pub(crate) mod denied_resource;
mod effort;
mod group_members;
mod groups;
pub(crate) mod hardware_tokens;
mod inline_policies;
mod last_accessed;
mod login_profiles;
mod mfa_device_lists;
pub(crate) mod mfa_devices;
mod notices;
pub(crate) mod own_policies;
mod passkeys;
pub(crate) mod password_policy;
mod passwords;
pub(crate) mod policies;
mod policy_documents;
mod policy_entities;
mod policy_list;
mod policy_tags;
mod policy_versions;
mod questions;
mod service_access;
pub(crate) mod simulate;
mod simulation;
pub(crate) mod tags;
mod users;
mod virtual_mfa_devices;

use model::{
    ApiError, Kind, Tag, Timestamp,
    iam::{AttachedPermissionsBoundary, Group, User},
    page,
};
use policy::Arn;
use sqlx::types::Json;

use crate::{
    Identity,
    error::Result,
    execute::Target,
    marker::{self, Position},
    tx::Tx,
};

/// A user as the database keeps them.
#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) user_id: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) created_at: i64,
    pub(crate) password_last_used: Option<i64>,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Vec<Tag>,
}

impl UserRecord {
    /// The user as GetUser answers them.
    fn shown(self, tx: &Tx) -> User {
        User {
            arn: tx.user_arn(&self.path, &self.name).to_string(),
            path: self.path,
            user_name: self.name,
            user_id: self.user_id,
            create_date: Timestamp(self.created_at),
            password_last_used: self.password_last_used.map(Timestamp),
            permissions_boundary: self.boundary.map(|arn| AttachedPermissionsBoundary {
                permissions_boundary_type: "Policy".into(),
                permissions_boundary_arn: arn,
            }),
            tags: self.tags,
        }
    }

    /// What policies are asked about this user.
    fn target(&self, tx: &Tx) -> Target {
        about_user(tx, &self.path, &self.name, &self.tags)
    }
}

/// The question about a user, with the conditions that the user's tags can meet.
pub(crate) fn about_user(tx: &Tx, path: &str, name: &str, tags: &[Tag]) -> Target {
    with_tags(Target::of(&tx.user_arn(path, name)), tags)
}

/// Adds the conditions that the tags of the resource in question can meet.
fn with_tags(target: Target, tags: &[Tag]) -> Target {
    tags.iter().fold(target, |target, tag| {
        target
            .with(&format!("aws:ResourceTag/{}", tag.key), vec![tag.value.clone()])
            .with(&format!("iam:ResourceTag/{}", tag.key), vec![tag.value.clone()])
    })
}

/// A group as the database keeps it.
#[derive(Clone, Debug)]
pub(crate) struct GroupRecord {
    pub(crate) group_id: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) created_at: i64,
}

impl GroupRecord {
    /// The group as GetGroup answers it.
    fn shown(self, tx: &Tx) -> Group {
        Group {
            arn: tx.group_arn(&self.path, &self.name).to_string(),
            path: self.path,
            group_name: self.name,
            group_id: self.group_id,
            create_date: Timestamp(self.created_at),
        }
    }

    /// Its place in the order of the names.
    fn position(&self) -> Position {
        Position { name: key_of(&self.name), id: self.group_id.clone() }
    }
}

/// What `target` found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) user: Option<UserRecord>,
    pub(crate) group: Option<GroupRecord>,
    pub(crate) policy: Option<own_policies::OwnPolicy>,
}

/// Which user is looked for.
enum Which<'a> {
    Name(&'a str),
    Id(&'a str),
}

/// Names are unique whatever their case.
pub(crate) fn key_of(name: &str) -> String {
    name.to_lowercase()
}

async fn find_user(tx: &mut Tx, which: Which<'_>) -> Result<Option<UserRecord>> {
    let account = tx.account().clone();
    let (name_key, user_id) = match which {
        Which::Name(name) => (Some(key_of(name)), None),
        Which::Id(id) => (None, Some(id)),
    };
    let row = sqlx::query!(
        r#"select u.user_id, u.name, u.path, u.created_at, u.password_last_used,
                  (select b.policy_arn from attachment b
                   where b.account_id = $1 and b.entity_kind = 'user' and b.entity_id = u.user_id and b.as_boundary)
                  as boundary,
                  (select jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value) order by t.tag_key) from tag t
                   where t.account_id = $1 and t.entity_id = u.user_id) as "tags: Json<Vec<Tag>>"
           from iam_user u
           where u.account_id = $1
             and u.user_id = coalesce($3, (select n.user_id from iam_user n where n.account_id = $1 and n.name_key = $2))"#,
        account.as_str(),
        name_key,
        user_id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| UserRecord {
        user_id: row.user_id,
        name: row.name,
        path: row.path,
        created_at: row.created_at,
        password_last_used: row.password_last_used,
        boundary: row.boundary,
        tags: row.tags.map(|tags| tags.0).unwrap_or_default(),
    }))
}

async fn find_group(tx: &mut Tx, name: &str) -> Result<Option<GroupRecord>> {
    let account = tx.account().clone();
    Ok(sqlx::query_as!(
        GroupRecord,
        "select group_id, name, path, created_at from iam_group where account_id = $1 and name_key = $2",
        account.as_str(),
        key_of(name)
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The question about the user that a call names.
pub(crate) async fn user_target(tx: &mut Tx, name: &str) -> Result<Target> {
    tx.found.user = find_user(tx, Which::Name(name)).await?;
    let target = match &tx.found.user {
        Some(user) => user.target(tx),
        None => Target::of(&tx.user_arn("/", name)),
    };
    Ok(target.shown(format!("user {name}")).touching("AWS::IAM::User", name))
}

/// The question about the user that a call names, or about the caller where it names none.
async fn user_or_self_target(tx: &mut Tx, name: Option<&str>) -> Result<Target> {
    match (name, tx.caller().identity().clone()) {
        (Some(name), _) => user_target(tx, name).await,
        (None, Identity::User(id)) => {
            let user = find_user(tx, Which::Id(&id)).await?.ok_or(ApiError::SignedOut)?;
            let target = user.target(tx).shown(format!("user {}", user.name)).touching("AWS::IAM::User", &user.name);
            tx.found.user = Some(user);
            Ok(target)
        }
        (None, _) => Ok(Target::of(&Arn::root(tx.account().as_str()))),
    }
}

/// The question about the group that a call names.
pub(crate) async fn group_target(tx: &mut Tx, name: &str) -> Result<Target> {
    tx.found.group = find_group(tx, name).await?;
    let path = tx.found.group.as_ref().map_or("/", |group| &group.path);
    let stored = tx.found.group.as_ref().map_or(name, |group| &group.name);
    Ok(Target::of(&tx.group_arn(path, stored)).shown(format!("group {name}")).touching("AWS::IAM::Group", name))
}

/// The user that `target` found.
fn user(tx: &mut Tx, name: &str) -> Result<UserRecord> {
    Ok(tx.found.user.take().ok_or_else(|| ApiError::missing(Kind::User, name))?)
}

/// The user that `target` found; nothing if root means itself.
fn user_or_root(tx: &mut Tx, name: Option<&str>) -> Result<Option<UserRecord>> {
    match (tx.found.user.take(), name) {
        (Some(user), _) => Ok(Some(user)),
        (None, None) if *tx.caller().identity() == Identity::Root => Ok(None),
        (None, name) => Err(ApiError::missing(Kind::User, name.unwrap_or_default()).into()),
    }
}

/// The group that `target` found.
fn group(tx: &mut Tx, name: &str) -> Result<GroupRecord> {
    Ok(tx.found.group.take().ok_or_else(|| ApiError::missing(Kind::Group, name))?)
}

/// Holds the user's row until the end of the transaction, so that nobody deletes the user beneath what is added.
async fn hold_user(tx: &mut Tx, user: &UserRecord) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query_scalar!(
        r#"select 1 as "one!" from iam_user where account_id = $1 and user_id = $2 for no key update"#,
        account.as_str(),
        user.user_id
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| ApiError::missing(Kind::User, &user.name))?;
    Ok(())
}

/// Holds the group's row likewise.
async fn hold_group(tx: &mut Tx, group: &GroupRecord) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query_scalar!(
        r#"select 1 as "one!" from iam_group where account_id = $1 and group_id = $2 for no key update"#,
        account.as_str(),
        group.group_id
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or_else(|| ApiError::missing(Kind::Group, &group.name))?;
    Ok(())
}

/// One page of a list that is short enough to be read whole. `rows` come in the order of `position`.
fn page_of<T>(
    rows: Vec<T>,
    marker: Option<&str>,
    max_items: Option<i64>,
    position: impl Fn(&T) -> Position,
) -> Result<(Vec<T>, bool, Option<String>)> {
    let after = Position::parse(marker)?;
    let rest = rows.into_iter().filter(|row| position(row) > after).collect();
    Ok(marker::page(rest, page::limit(max_items), position))
}
