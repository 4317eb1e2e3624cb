//! Names in addresses: which part of a path stands for which group, policy or user.

use crate::call::encode;

/// Where the list of users stands.
pub const USERS: &str = "/iam/users";

/// A name as a part of a path. Browsers take `.` and `..` for steps, and `create` is another page: these names have a
/// tilde in front, which no name of IAM may hold.
pub fn part(name: &str) -> String {
    let mark = if matches!(name, "." | ".." | "create") { "~" } else { "" };
    format!("{mark}{}", encode(name))
}

/// The name that a part of a path stands for: the other way round than [`part`].
pub fn named(segment: &str) -> String {
    segment.strip_prefix('~').unwrap_or(segment).to_owned()
}

/// The page of a user.
pub fn user_path(name: &str) -> String {
    format!("/iam/users/{}", part(name))
}

/// The page of a group.
pub fn group_path(name: &str) -> String {
    format!("/iam/groups/{}", part(name))
}

/// The page of a policy; the ARN stays readable in it.
pub fn policy_path(arn: &str) -> String {
    let arn = arn.split('/').map(|part| encode(part).replace("%3A", ":")).collect::<Vec<_>>().join("/");
    format!("/iam/policies/{arn}")
}
