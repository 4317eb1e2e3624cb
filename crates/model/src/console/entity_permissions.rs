//! Everything that has a say in what one user or one group may do, for their pages.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, ApiError, Denial, Fields, Guard, Operation, iam::AttachedPolicy, name};

/// A part of an answer, or why the caller may not read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part<T> {
    /// The part.
    Read(T),
    /// The refusal, as the API would answer it.
    Denied(Box<Denial>),
}

impl<T> Part<T> {
    /// The part, as a call of its own would answer.
    ///
    /// # Errors
    /// [`ApiError::AccessDenied`].
    pub fn read(self) -> Result<T, ApiError> {
        match self {
            Self::Read(part) => Ok(part),
            Self::Denied(denial) => Err(ApiError::AccessDenied { denial }),
        }
    }
}

/// An inline policy without its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InlinePolicyRow {
    /// Its name.
    pub policy_name: String,
    /// How many characters its document has, white space apart; absent without `iam:GetUserPolicy` or
    /// `iam:GetGroupPolicy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
}

/// One of a user's groups with what it grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupPermissions {
    /// Its name.
    pub group_name: String,
    /// The policies attached, in the order of their names: asks `iam:ListAttachedGroupPolicies`.
    pub attached_policies: Part<Vec<AttachedPolicy>>,
    /// Its inline policies, in the order of their names: asks `iam:ListGroupPolicies`.
    pub inline_policies: Part<Vec<InlinePolicyRow>>,
}

/// Reads all permissions of one user or one group at once. Each part asks the action of the operation that it stands
/// for, about the user or about the group that it is of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetEntityPermissions {
    /// The user's name; either this or the group's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The group's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
}

/// What GetEntityPermissions answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetEntityPermissionsOutput {
    /// The policies attached, in the order of their names: asks `iam:ListAttachedUserPolicies` or
    /// `iam:ListAttachedGroupPolicies`.
    pub attached_policies: Part<Vec<AttachedPolicy>>,
    /// The inline policies, in the order of their names: asks `iam:ListUserPolicies` or `iam:ListGroupPolicies`.
    pub inline_policies: Part<Vec<InlinePolicyRow>>,
    /// The user's groups, in the order of their names: asks `iam:ListGroupsForUser`. A group is in none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Part<Vec<GroupPermissions>>>,
}

impl Operation for GetEntityPermissions {
    const ACTION: Action = Action::new("console", "GetEntityPermissions");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Signed("it tells nothing but what the caller may read, each part by its own action");
    type Output = GetEntityPermissionsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
        fields.optional("groupName", self.group_name.as_deref(), &name::GROUP_NAME);
        if self.user_name.is_some() == self.group_name.is_some() {
            let message = "Exactly one of UserName and GroupName must be given.".to_owned();
            fields.refuse(ApiError::InvalidInput { message });
        }
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()), group_name: None }
    }
}
