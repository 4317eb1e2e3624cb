//! Users: the list, a user's page, and the wizard that makes them.

mod access_keys;
mod boundary;
mod console_access;
pub mod create;
pub mod create_plan;
mod created;
mod credentials;
pub mod csv;
mod delete_dialog;
pub mod delete_plan;
mod details;
pub mod draft;
pub mod forms;
mod groups;
pub mod instructions;
mod list;
mod list_columns;
mod permissions;
mod pick;
mod plain;
pub mod review;
mod tags;
mod wizard;

pub use create::Create;
pub use details::Details;
pub use list::List;
