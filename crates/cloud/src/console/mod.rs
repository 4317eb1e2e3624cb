//! The console's own deeds: rows of its tables, preferences, the mailbox.

mod budget_rows;
mod entity_permissions;
mod entity_rows;
mod every_policy;
mod explain_denial;
mod group_rows;
pub(crate) mod mailbox;
mod managed_policy_rows;
pub(crate) mod notices;
mod own_sessions;
mod permission_rows;
mod policy_document;
mod policy_rows;
mod policy_summary;
mod preferences;
mod reports;
mod search;
mod sessions;
mod user_rows;
