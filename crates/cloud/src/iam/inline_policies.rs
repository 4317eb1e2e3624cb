//! Inline policies of users and groups: one table, one way to hold their common quota.

use model::{
    ApiError, Kind,
    iam::{
        DeleteGroupPolicy, DeleteUserPolicy, GetGroupPolicy, GetGroupPolicyOutput, GetUserPolicy, GetUserPolicyOutput,
        ListGroupPolicies, ListGroupPoliciesOutput, ListUserPolicies, ListUserPoliciesOutput, PutGroupPolicy,
        PutUserPolicy,
    },
};

use super::{
    GroupRecord, UserRecord, group, group_target, hold_group, hold_user, page_of, policies,
    policy_documents::{checked, percent_encoded},
    user, user_target,
};
use crate::{
    error::Result,
    execute::{Execute, Target},
    limits,
    marker::Position,
    tx::Tx,
};

/// Whose policy it is.
enum Owner {
    User(UserRecord),
    Group(GroupRecord),
}

impl Owner {
    fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::User(user) => &user.user_id,
            Self::Group(group) => &group.group_id,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.name,
            Self::Group(group) => &group.name,
        }
    }

    /// How many characters all inline policies of this owner may have together.
    fn quota(&self) -> i64 {
        match self {
            Self::User(_) => limits::USER_POLICY_SIZE,
            Self::Group(_) => limits::GROUP_POLICY_SIZE,
        }
    }

    fn missing(&self, policy_name: &str) -> ApiError {
        let kind = match self {
            Self::User(_) => Kind::UserPolicy,
            Self::Group(_) => Kind::GroupPolicy,
        };
        ApiError::missing(kind, policy_name)
    }

    /// Holds the owner's row: nobody deletes it, and nobody else adds to its policies, until this transaction ends.
    async fn hold(&self, tx: &mut Tx) -> Result<()> {
        match self {
            Self::User(user) => hold_user(tx, user).await,
            Self::Group(group) => hold_group(tx, group).await,
        }
    }
}

/// Puts the document under its name; the owner's row is held while the sizes are added up.
async fn put(tx: &mut Tx, owner: &Owner, name: &str, document: &str) -> Result<()> {
    checked(document)?;
    owner.hold(tx).await?;
    let (account, now) = (tx.account().clone(), tx.now());
    let size = i32::try_from(policy::size_without_white_space(document)).unwrap_or(i32::MAX);
    let others = sqlx::query_scalar!(
        r#"select coalesce(sum(size), 0)::bigint as "size!" from inline_policy
           where account_id = $1 and entity_kind = $2 and entity_id = $3 and name <> $4"#,
        account.as_str(),
        owner.kind(),
        owner.id(),
        name
    )
    .fetch_one(tx.conn())
    .await?;
    if others + i64::from(size) > owner.quota() {
        let owned = format!("{} {}", owner.kind(), owner.name());
        return Err(ApiError::PolicySizeExceeded { limit: owner.quota(), owner: owned }.into());
    }
    sqlx::query!(
        "insert into inline_policy (account_id, entity_kind, entity_id, name, document, size, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict on constraint inline_policy_pkey
         do update set document = excluded.document, size = excluded.size, updated_at = excluded.updated_at",
        account.as_str(),
        owner.kind(),
        owner.id(),
        name,
        document,
        size,
        now.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The document of that name, URL-encoded.
async fn document(tx: &mut Tx, owner: &Owner, name: &str) -> Result<String> {
    let account = tx.account().clone();
    let found = sqlx::query_scalar!(
        "select document from inline_policy
         where account_id = $1 and entity_kind = $2 and entity_id = $3 and name = $4",
        account.as_str(),
        owner.kind(),
        owner.id(),
        name
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(percent_encoded(&found.ok_or_else(|| owner.missing(name))?))
}

async fn delete(tx: &mut Tx, owner: &Owner, name: &str) -> Result<()> {
    let account = tx.account().clone();
    let deleted = sqlx::query!(
        "delete from inline_policy where account_id = $1 and entity_kind = $2 and entity_id = $3 and name = $4",
        account.as_str(),
        owner.kind(),
        owner.id(),
        name
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if deleted == 0 { Err(owner.missing(name).into()) } else { Ok(()) }
}

/// The names in the order of their bytes: a quota of a few thousand characters keeps them few.
async fn names(tx: &mut Tx, owner: &Owner) -> Result<Vec<String>> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        "select name from inline_policy where account_id = $1 and entity_kind = $2 and entity_id = $3 order by name",
        account.as_str(),
        owner.kind(),
        owner.id()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether the user or group has an inline policy: as long as it does, it cannot be deleted.
pub(super) async fn any(tx: &mut Tx, kind: &str, id: &str) -> Result<bool> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from inline_policy
                          where account_id = $1 and entity_kind = $2 and entity_id = $3) as "exists!""#,
        account.as_str(),
        kind,
        id
    )
    .fetch_one(tx.conn())
    .await?)
}

#[expect(clippy::ptr_arg, reason = "the type of the list's own items")]
fn position(name: &String) -> Position {
    Position { name: name.clone(), id: String::new() }
}

async fn user_question(tx: &mut Tx, name: &str) -> Result<Target> {
    let target = user_target(tx, name).await?;
    Ok(policies::with_boundary(tx, target))
}

impl Execute for PutUserPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_question(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let owner = Owner::User(user(tx, &self.user_name)?);
        put(tx, &owner, &self.policy_name, &self.policy_document).await
    }
}

impl Execute for GetUserPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetUserPolicyOutput> {
        let owner = Owner::User(user(tx, &self.user_name)?);
        let policy_document = document(tx, &owner, &self.policy_name).await?;
        Ok(GetUserPolicyOutput { user_name: owner.name().to_owned(), policy_name: self.policy_name, policy_document })
    }
}

impl Execute for DeleteUserPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_question(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let owner = Owner::User(user(tx, &self.user_name)?);
        delete(tx, &owner, &self.policy_name).await
    }
}

impl Execute for ListUserPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        user_target(tx, &self.user_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListUserPoliciesOutput> {
        let owner = Owner::User(user(tx, &self.user_name)?);
        let names = names(tx, &owner).await?;
        let (policy_names, is_truncated, marker) = page_of(names, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListUserPoliciesOutput { policy_names, is_truncated, marker })
    }
}

impl Execute for PutGroupPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let owner = Owner::Group(group(tx, &self.group_name)?);
        put(tx, &owner, &self.policy_name, &self.policy_document).await
    }
}

impl Execute for GetGroupPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetGroupPolicyOutput> {
        let owner = Owner::Group(group(tx, &self.group_name)?);
        let policy_document = document(tx, &owner, &self.policy_name).await?;
        Ok(GetGroupPolicyOutput { group_name: owner.name().to_owned(), policy_name: self.policy_name, policy_document })
    }
}

impl Execute for DeleteGroupPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let owner = Owner::Group(group(tx, &self.group_name)?);
        delete(tx, &owner, &self.policy_name).await
    }
}

impl Execute for ListGroupPolicies {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        group_target(tx, &self.group_name).await
    }

    async fn run(self, tx: &mut Tx) -> Result<ListGroupPoliciesOutput> {
        let owner = Owner::Group(group(tx, &self.group_name)?);
        let names = names(tx, &owner).await?;
        let (policy_names, is_truncated, marker) = page_of(names, self.marker.as_deref(), self.max_items, position)?;
        Ok(ListGroupPoliciesOutput { policy_names, is_truncated, marker })
    }
}
