//! The deeds against a real Postgres, a file a noun. Every test has a database of its own.

mod access_keys;
mod account;
mod attachments;
mod boundaries;
mod every_operation;
mod group_members;
mod groups;
mod limits;
mod lists;
mod login_profiles;
mod passwords;
mod policies;
mod row_level_security;
mod scene;
mod tags;
mod user_rows;
mod users;
