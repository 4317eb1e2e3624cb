//! User groups: the list, a group's page, and making one.

mod create;
mod create_lists;
mod delete_dialog;
pub mod delete_plan;
mod deleted;
mod details;
mod draft;
pub mod forms;
mod list;
mod list_columns;
mod members;
mod permissions;
mod pick;

pub use create::Create;
pub use details::Details;
pub use list::List;

/// Where the list stands.
pub(crate) const PATH: &str = "/iam/groups";
/// Where a group is made.
pub(crate) const CREATE_PATH: &str = "/iam/groups/create";
