//! All permissions of a user or a group in one statement, however many groups the user is in.

use model::{
    ApiError, Kind,
    console::{GetEntityPermissions, GetEntityPermissionsOutput, GroupPermissions, InlinePolicyRow, Part},
};

use super::policy_rows::attached;
use crate::{
    authorize,
    error::{Error, Result},
    execute::{Execute, Target},
    iam,
    tx::Tx,
};

/// What is asked for the policies of a user or a group: attached ones, names of inline ones, their documents.
struct Asks {
    attached: &'static str,
    inline: &'static str,
    document: &'static str,
}

const OF_USER: Asks =
    Asks { attached: "iam:ListAttachedUserPolicies", inline: "iam:ListUserPolicies", document: "iam:GetUserPolicy" };
const OF_GROUP: Asks =
    Asks { attached: "iam:ListAttachedGroupPolicies", inline: "iam:ListGroupPolicies", document: "iam:GetGroupPolicy" };
const GROUPS: &str = "iam:ListGroupsForUser";

/// Somebody's policies as the statement finds them: first the user's or group's own, then those of the user's groups.
struct Row {
    group_name: Option<String>,
    path: Option<String>,
    policies: Vec<String>,
    inline: Vec<String>,
    sizes: Vec<i32>,
}

async fn rows(tx: &mut Tx, kind: &str, id: &str) -> Result<Vec<Row>> {
    let account = tx.account().clone();
    Ok(sqlx::query_as!(
        Row,
        r#"with holder as (
               select $2::text as kind, $3::text as id, null::text as name, null::text as path, '' as place
               union all
               select 'group', g.group_id, g.name, g.path, g.name_key
               from group_member m join iam_group g on g.account_id = $1 and g.group_id = m.group_id
               where $2 = 'user' and m.account_id = $1 and m.user_id = $3
           )
           select h.name as group_name, h.path,
                  array(select a.policy_arn from attachment a
                        where a.account_id = $1 and a.entity_kind = h.kind and a.entity_id = h.id
                          and not a.as_boundary) as "policies!",
                  array(select i.name from inline_policy i
                        where i.account_id = $1 and i.entity_kind = h.kind and i.entity_id = h.id
                        order by i.name) as "inline!",
                  array(select i.size from inline_policy i
                        where i.account_id = $1 and i.entity_kind = h.kind and i.entity_id = h.id
                        order by i.name) as "sizes!"
           from holder h order by h.place"#,
        account.as_str(),
        kind,
        id
    )
    .fetch_all(tx.conn())
    .await?)
}

/// `part` if the caller may read it, and else the refusal.
async fn told<T>(tx: &mut Tx, action: &str, target: &Target, part: T) -> Result<Part<T>> {
    match authorize::require(tx, action, target).await {
        Ok(()) => Ok(Part::Read(part)),
        Err(Error::Api(ApiError::AccessDenied { denial })) => Ok(Part::Denied(denial)),
        Err(error) => Err(error),
    }
}

/// What a row tells of its holder.
async fn policies(tx: &mut Tx, asks: &Asks, target: &Target, row: Row) -> Result<Policies> {
    let sized = authorize::may(tx, asks.document, target).await?;
    let inline = row.inline.into_iter().zip(row.sizes);
    let inline = inline.map(|(policy_name, size)| InlinePolicyRow { policy_name, size: sized.then(|| size.into()) });
    Ok((
        told(tx, asks.attached, target, attached(row.policies)).await?,
        told(tx, asks.inline, target, inline.collect()).await?,
    ))
}

type Policies = (Part<Vec<model::iam::AttachedPolicy>>, Part<Vec<InlinePolicyRow>>);

impl Execute for GetEntityPermissions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        match (&self.user_name, &self.group_name) {
            (Some(name), _) => iam::user_target(tx, name).await,
            (None, name) => iam::group_target(tx, name.as_deref().unwrap_or_default()).await,
        }
    }

    async fn run(self, tx: &mut Tx) -> Result<GetEntityPermissionsOutput> {
        match (self.user_name, self.group_name) {
            (Some(name), _) => of_user(tx, &name).await,
            (None, name) => of_group(tx, &name.unwrap_or_default()).await,
        }
    }
}

async fn of_user(tx: &mut Tx, name: &str) -> Result<GetEntityPermissionsOutput> {
    let (target, found) = match tx.found.user.take() {
        Some(user) => (iam::about_user(tx, &user.path, &user.name, &user.tags), rows(tx, "user", &user.user_id).await?),
        None => (Target::of(&tx.user_arn("/", name)), Vec::new()),
    };
    let target = target.shown(format!("user {name}"));
    let (own, of_groups) = split(found);
    let is_there = own.is_some();
    let (attached_policies, inline_policies) =
        policies(tx, &OF_USER, &target, own.unwrap_or_else(Row::nobodys)).await?;
    let groups = match told(tx, GROUPS, &target, ()).await? {
        Part::Denied(denial) => Part::Denied(denial),
        Part::Read(()) => {
            let mut groups = Vec::with_capacity(of_groups.len());
            for mut row in of_groups {
                let group_name = row.group_name.take().unwrap_or_default();
                let path = row.path.take().unwrap_or_default();
                let target = Target::of(&tx.group_arn(&path, &group_name)).shown(format!("group {group_name}"));
                let (attached_policies, inline_policies) = policies(tx, &OF_GROUP, &target, row).await?;
                groups.push(GroupPermissions { group_name, attached_policies, inline_policies });
            }
            Part::Read(groups)
        }
    };
    let output = GetEntityPermissionsOutput { attached_policies, inline_policies, groups: Some(groups) };
    there(output, is_there, ApiError::missing(Kind::User, name))
}

async fn of_group(tx: &mut Tx, name: &str) -> Result<GetEntityPermissionsOutput> {
    let (target, found) = match tx.found.group.take() {
        Some(group) => (Target::of(&tx.group_arn(&group.path, &group.name)), rows(tx, "group", &group.group_id).await?),
        None => (Target::of(&tx.group_arn("/", name)), Vec::new()),
    };
    let target = target.shown(format!("group {name}"));
    let (own, _) = split(found);
    let is_there = own.is_some();
    let (attached_policies, inline_policies) =
        policies(tx, &OF_GROUP, &target, own.unwrap_or_else(Row::nobodys)).await?;
    let output = GetEntityPermissionsOutput { attached_policies, inline_policies, groups: None };
    there(output, is_there, ApiError::missing(Kind::Group, name))
}

impl Row {
    fn nobodys() -> Self {
        Self { group_name: None, path: None, policies: Vec::new(), inline: Vec::new(), sizes: Vec::new() }
    }
}

/// The holder's own row, and those of the groups.
fn split(mut rows: Vec<Row>) -> (Option<Row>, Vec<Row>) {
    let own = (!rows.is_empty()).then(|| rows.remove(0));
    (own, rows)
}

/// Who may read any part is told that the entity is not there, as the operation of that part would tell.
fn there(output: GetEntityPermissionsOutput, is_there: bool, missing: ApiError) -> Result<GetEntityPermissionsOutput> {
    let readable = matches!(output.attached_policies, Part::Read(_))
        || matches!(output.inline_policies, Part::Read(_))
        || matches!(output.groups, Some(Part::Read(_)));
    if !is_there && readable { Err(missing.into()) } else { Ok(output) }
}
