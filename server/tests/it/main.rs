//! The house from outside: a real private PostgreSQL, the real program, real sockets.

mod budget_drafts;
mod budget_mail;
mod command_line;
mod folder;
mod group_plans;
mod house;
mod listener;
mod private_postgres;
mod raw_http;
mod smtp_sink;
mod wizard;
