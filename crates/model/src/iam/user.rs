//! Users: people or programs of an account.

use serde::{Deserialize, Serialize};

use super::{AttachedPermissionsBoundary, root_path};
use crate::{Access, Action, Fields, Operation, Tag, Timestamp, name, page};

/// A user as GetUser answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct User {
    /// The path, `/` unless one was given through the API. Root has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The name, unique in the account whatever its case. Root has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub user_name: String,
    /// `AIDA…`, never reused.
    pub user_id: String,
    /// `arn:aws:iam::<account>:user<path><name>`.
    pub arn: String,
    /// When it was made.
    pub create_date: Timestamp,
    /// Last sign-in with the password; absent if never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_last_used: Option<Timestamp>,
    /// The boundary, if one is set. Lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// The tags. Lists leave them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// Creates a user who can do nothing yet: no permissions, no credentials.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUser {
    /// The new name.
    #[serde(default)]
    pub user_name: String,
    /// The path.
    #[serde(default = "root_path")]
    pub path: String,
    /// The ARN of the managed policy that bounds the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<String>,
    /// At most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// What CreateUser answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateUserOutput {
    /// The user made.
    pub user: User,
}

impl Operation for CreateUser {
    const ACTION: Action = Action::new("iam", "CreateUser");
    const ACCESS: Access = Access::Write;
    type Output = CreateUserOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.rule("path", &self.path, &name::PATH);
        fields.optional("permissionsBoundary", self.permissions_boundary.as_deref(), &name::ARN);
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), path: root_path(), permissions_boundary: None, tags: vec![] }
    }
}

/// Reads one user; the caller's own if no name is given.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUser {
    /// Whose record; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// What GetUser answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserOutput {
    /// The user. For root without a name: the account itself, as AWS answers it.
    pub user: User,
}

impl Operation for GetUser {
    const ACTION: Action = Action::new("iam", "GetUser");
    const ACCESS: Access = Access::Read;
    type Output = GetUserOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("userName", self.user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: Some("example-user".into()) }
    }
}

/// Lists the account's users in the order of their names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsers {
    /// Only users whose path begins so; `/` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListUsers answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersOutput {
    /// The page.
    pub users: Vec<User>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListUsers {
    const ACTION: Action = Action::new("iam", "ListUsers");
    const ACCESS: Access = Access::List;
    type Output = ListUsersOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("pathPrefix", self.path_prefix.as_deref(), &name::PATH_PREFIX);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Renames a user or moves it to another path; its id and policies stay.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUser {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// The new path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_path: Option<String>,
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_user_name: Option<String>,
}

impl Operation for UpdateUser {
    const ACTION: Action = Action::new("iam", "UpdateUser");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.optional("newPath", self.new_path.as_deref(), &name::PATH);
        fields.optional("newUserName", self.new_user_name.as_deref(), &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), new_path: None, new_user_name: Some("renamed-user".into()) }
    }
}

/// Deletes a user on whom nothing hangs any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUser {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
}

impl Operation for DeleteUser {
    const ACTION: Action = Action::new("iam", "DeleteUser");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into() }
    }
}

/// Adds tags to a user, or overwrites values of keys it has.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagUser {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// What to add.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagUser {
    const ACTION: Action = Action::new("iam", "TagUser");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), tags: vec![Tag { key: "Department".into(), value: "AWS".into() }] }
    }
}

/// Takes tags off a user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagUser {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// Which keys, whatever their case.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagUser {
    const ACTION: Action = Action::new("iam", "UntagUser");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        if self.tag_keys.len() > crate::tag::MAX_TAGS {
            fields.fault("tagKeys", None, "Member must have length less than or equal to 50");
        }
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), tag_keys: vec!["Department".into()] }
    }
}

/// Lists a user's tags in the order of their keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserTags {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListUserTags answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListUserTagsOutput {
    /// The page.
    pub tags: Vec<Tag>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListUserTags {
    const ACTION: Action = Action::new("iam", "ListUserTags");
    const ACCESS: Access = Access::List;
    type Output = ListUserTagsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), ..Self::default() }
    }
}
