//! The house from outside: a real private PostgreSQL, the real program, real sockets.
#![allow(
    clippy::disallowed_methods,
    reason = "most of these tests run without a runtime whose threads a sleep could stop"
)]

mod budget_drafts;
mod budget_mail;
mod catalogue;
mod command_line;
mod folder;
mod group_plans;
mod house;
mod import_costs;
mod listener;
mod private_postgres;
mod raw_http;
mod scripts;
mod security;
mod smtp;
mod smtp_sink;
mod theme;
mod too_long;
mod visitor;
mod wizard;
