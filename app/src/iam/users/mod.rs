//! Users: the list, a user's page, and the wizard that makes them.

pub mod create_plan;
mod created;
pub mod csv;
pub mod draft;
pub mod instructions;
pub mod review;
mod tag_faults;
mod wizard;

rendered_by_the_server! {
    pub(super) mod access_keys;
    mod add_permissions;
    mod boundary;
    mod console_access;
    mod console_password;
    pub mod create;
    pub mod create_key;
    mod credentials;
    mod delete_dialog;
    pub mod delete_plan;
    mod details;
    pub mod forms;
    pub mod grant;
    mod groups;
    pub(super) mod key_owner;
    mod list;
    mod list_columns;
    mod list_place;
    mod manage_columns;
    mod permissions;
    mod pick;
    mod plain;
    mod rename;
    mod summary;
    pub(super) mod tags;

    pub use {add_permissions::AddPermissions, create::Create, create_key::CreateKey, details::Details, list::List};
}
