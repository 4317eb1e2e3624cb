//! Whose inline policy a page is about.

use model::{
    console::GetEntityPermissions,
    iam::{GetGroupPolicy, GetUserPolicy, ListGroupPolicies, ListUserPolicies},
};

use crate::{
    CallError, PageContext,
    iam::paths::{group_path, named, part, user_path},
};

/// A user or a group, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A user.
    User(String),
    /// A group.
    Group(String),
}

impl Owner {
    /// The one whose page this is: `/iam/users/<name>/…` or `/iam/groups/<name>/…`.
    pub fn of(page: &PageContext) -> Self {
        let name = named(&page.segment(2));
        if page.segment(1) == "users" { Self::User(name) } else { Self::Group(name) }
    }

    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::User(name) | Self::Group(name) => name,
        }
    }

    /// "user" or "group".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    /// The member of the operations that holds the name.
    pub(super) fn field(&self) -> &'static str {
        match self {
            Self::User(_) => "UserName",
            Self::Group(_) => "GroupName",
        }
    }

    /// How many characters all inline policies have together at most, white space apart (IAM quotas).
    pub(super) fn quota(&self) -> usize {
        match self {
            Self::User(_) => 2048,
            Self::Group(_) => 5120,
        }
    }

    /// Its page.
    pub fn path(&self) -> String {
        match self {
            Self::User(name) => user_path(name),
            Self::Group(name) => group_path(name),
        }
    }

    /// Its list of policies.
    pub fn permissions(&self) -> String {
        format!("{}?section=permissions", self.path())
    }

    /// Where a new inline policy is written.
    pub fn create_path(&self) -> String {
        format!("{}/inline", self.path())
    }

    /// The page of one of its inline policies.
    pub fn policy_path(&self, policy: &str) -> String {
        format!("{}/inline/{}", self.path(), part(policy))
    }

    /// The operation that deletes one, as forms name it.
    pub fn delete_operation(&self) -> &'static str {
        match self {
            Self::User(_) => "iam:DeleteUserPolicy",
            Self::Group(_) => "iam:DeleteGroupPolicy",
        }
    }

    /// The names of its inline policies; a quota of a few thousand characters keeps them within one page.
    ///
    /// # Errors
    /// What `ListUserPolicies` or `ListGroupPolicies` answers.
    pub async fn policies(&self) -> Result<Vec<String>, CallError> {
        let name = self.name().to_owned();
        Ok(match self {
            Self::User(_) => {
                crate::call(ListUserPolicies { user_name: name, ..ListUserPolicies::default() }).await?.policy_names
            }
            Self::Group(_) => {
                crate::call(ListGroupPolicies { group_name: name, ..ListGroupPolicies::default() }).await?.policy_names
            }
        })
    }

    /// How many characters its inline policies but one have, white space apart. Nothing where not all may be read.
    pub(super) async fn size_of_others(&self, but: Option<&str>) -> Option<usize> {
        let name = Some(self.name().to_owned());
        let asked = match self {
            Self::User(_) => GetEntityPermissions { user_name: name, group_name: None },
            Self::Group(_) => GetEntityPermissions { user_name: None, group_name: name },
        };
        let policies = crate::call(asked).await.ok()?.inline_policies.read().ok()?;
        let others = policies.into_iter().filter(|policy| but != Some(policy.policy_name.as_str()));
        others.map(|policy| usize::try_from(policy.size?).ok()).sum()
    }

    /// One policy's document as it was put.
    ///
    /// # Errors
    /// What `GetUserPolicy` or `GetGroupPolicy` answers.
    pub async fn document(&self, policy: &str) -> Result<String, CallError> {
        let (name, policy_name) = (self.name().to_owned(), policy.to_owned());
        let encoded = match self {
            Self::User(_) => crate::call(GetUserPolicy { user_name: name, policy_name }).await?.policy_document,
            Self::Group(_) => crate::call(GetGroupPolicy { group_name: name, policy_name }).await?.policy_document,
        };
        Ok(decoded(&encoded))
    }
}

/// The text that a URL-encoded document stands for.
pub fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
