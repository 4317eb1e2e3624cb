//! The deeds against a real Postgres, a file a noun. Every test has a database of its own.

mod access_keys;
mod account;
mod attachments;
mod boundaries;
mod browser;
mod every_operation;
mod group_members;
mod groups;
mod limits;
mod lists;
mod login_profiles;
mod mail;
mod mailbox;
mod operator;
mod passwords;
mod policies;
mod recorder;
mod row_level_security;
mod scene;
mod secrets;
mod sessions;
mod sign_up;
mod signin;
mod tags;
mod user_rows;
mod users;
