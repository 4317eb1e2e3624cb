//! Users: the list, a user's page, and the wizard that makes them.

mod access_keys;
mod add_permissions;
mod boundary;
mod console_access;
mod console_password;
pub mod create;
pub mod create_key;
pub mod create_plan;
mod created;
mod credentials;
pub mod csv;
mod delete_dialog;
pub mod delete_plan;
mod details;
pub mod draft;
pub mod forms;
pub mod grant;
mod groups;
pub mod instructions;
mod list;
mod list_columns;
mod list_place;
mod manage_columns;
mod permissions;
mod pick;
mod plain;
mod rename;
pub mod review;
mod summary;
pub(super) mod tags;
mod wizard;

pub use add_permissions::AddPermissions;
pub use create::Create;
pub use create_key::CreateKey;
pub use details::Details;
pub use list::List;
