//! Policies: the list of all managed ones, a policy's page, attaching and detaching from there.

mod asked;
mod attach;
mod details;
mod list;
mod permissions;
pub mod plan;
mod summary;
mod usage;
mod versions;

pub use details::Details;
pub use list::List;

use crate::call::encode;

/// Where the list stands.
pub(crate) const PATH: &str = "/iam/policies";

/// The page of a policy; the ARN stays readable in it.
pub fn policy_path(arn: &str) -> String {
    let arn = arn.split('/').map(|part| encode(part).replace("%3A", ":")).collect::<Vec<_>>().join("/");
    format!("{PATH}/{arn}")
}
