//! Policies: the list of all managed ones, a policy's page, attaching and detaching from there, and writing,
//! changing and deleting the account's own.

mod asked;
mod attach;
mod check;
mod compare;
mod create;
mod delete;
mod details;
pub(in crate::iam) mod draft;
mod edit;
pub mod forms;
mod list;
mod permissions;
pub mod plan;
pub(in crate::iam) mod steps;
mod summary;
mod tags;
mod usage;
mod version_dialogs;
mod versions;
pub(in crate::iam) mod visual;

pub use create::Create;
pub use details::Details;
pub use list::List;
pub(in crate::iam) use permissions::in_effect;

use crate::{call::encode, iam::paths::policy_path};

/// Where the list stands.
pub(crate) const PATH: &str = "/iam/policies";

/// Whether a policy is the account's own, by its ARN.
fn is_own(arn: &str) -> bool {
    !arn.starts_with("arn:aws:iam::aws:")
}

/// Where a policy is written that begins with the document of another one.
fn import_path(arn: &str) -> String {
    format!("{}?import={}", create::CREATE_PATH, encode(arn))
}
