//! The console's own deeds: rows of its tables, preferences, the mailbox.

mod budget_rows;
mod group_rows;
pub(crate) mod mailbox;
mod permission_rows;
mod policy_rows;
mod preferences;
mod user_rows;
