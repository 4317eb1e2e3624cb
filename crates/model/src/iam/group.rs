//! Groups: policies for several users at once. They do not nest and are no principals.

use serde::{Deserialize, Serialize};

use super::{User, root_path};
use crate::{Access, Action, Fields, Operation, Timestamp, name, page};

/// A group as GetGroup answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Group {
    /// The path, `/` unless one was given through the API.
    pub path: String,
    /// The name, unique in the account whatever its case.
    pub group_name: String,
    /// `AGPA…`, never reused.
    pub group_id: String,
    /// `arn:aws:iam::<account>:group<path><name>`.
    pub arn: String,
    /// When it was made.
    pub create_date: Timestamp,
}

/// Creates a group without members or policies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroup {
    /// The new name.
    #[serde(default)]
    pub group_name: String,
    /// The path.
    #[serde(default = "root_path")]
    pub path: String,
}

/// What CreateGroup answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroupOutput {
    /// The group made.
    pub group: Group,
}

impl Operation for CreateGroup {
    const ACTION: Action = Action::new("iam", "CreateGroup");
    const ACCESS: Access = Access::Write;
    type Output = CreateGroupOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("path", &self.path, &name::PATH);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), path: root_path() }
    }
}

/// Reads one group with a page of its members.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroup {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What GetGroup answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupOutput {
    /// The group.
    pub group: Group,
    /// The members, in the order of their names.
    pub users: Vec<User>,
    /// Whether there are more members.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for GetGroup {
    const ACTION: Action = Action::new("iam", "GetGroup");
    const ACCESS: Access = Access::Read;
    type Output = GetGroupOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), ..Self::default() }
    }
}

/// Lists the account's groups in the order of their names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroups {
    /// Only those whose path begins so; `/` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListGroups answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsOutput {
    /// The page.
    pub groups: Vec<Group>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListGroups {
    const ACTION: Action = Action::new("iam", "ListGroups");
    const ACCESS: Access = Access::List;
    type Output = ListGroupsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("pathPrefix", self.path_prefix.as_deref(), &name::PATH_PREFIX);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Renames a group or moves it to another path.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGroup {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// The new path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_path: Option<String>,
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_group_name: Option<String>,
}

impl Operation for UpdateGroup {
    const ACTION: Action = Action::new("iam", "UpdateGroup");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.optional("newPath", self.new_path.as_deref(), &name::PATH);
        fields.optional("newGroupName", self.new_group_name.as_deref(), &name::GROUP_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), new_path: None, new_group_name: Some("renamed-group".into()) }
    }
}

/// Deletes a group without members and policies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteGroup {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
}

impl Operation for DeleteGroup {
    const ACTION: Action = Action::new("iam", "DeleteGroup");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into() }
    }
}

/// Makes a user a member; adding a member again changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddUserToGroup {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// Which user.
    #[serde(default)]
    pub user_name: String,
}

impl Operation for AddUserToGroup {
    const ACTION: Action = Action::new("iam", "AddUserToGroup");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("userName", &self.user_name, &name::USER_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), user_name: "example-user".into() }
    }
}

/// Ends a membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemoveUserFromGroup {
    /// Which group.
    #[serde(default)]
    pub group_name: String,
    /// Which user.
    #[serde(default)]
    pub user_name: String,
}

impl Operation for RemoveUserFromGroup {
    const ACTION: Action = Action::new("iam", "RemoveUserFromGroup");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("groupName", &self.group_name, &name::GROUP_NAME);
        fields.rule("userName", &self.user_name, &name::USER_NAME);
    }

    fn example() -> Self {
        Self { group_name: "example-group".into(), user_name: "example-user".into() }
    }
}

/// Lists the groups a user is a member of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUser {
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

/// What ListGroupsForUser answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUserOutput {
    /// The page.
    pub groups: Vec<Group>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListGroupsForUser {
    const ACTION: Action = Action::new("iam", "ListGroupsForUser");
    const ACCESS: Access = Access::List;
    type Output = ListGroupsForUserOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into(), ..Self::default() }
    }
}
