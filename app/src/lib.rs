//! The door for people: pages, components, server functions.
//!
//! Pages are rendered by the server as plain HTML; forms post to their own page and work without scripts
//! ([`call`]). Islands add what HTML alone cannot do. Nothing here decides what somebody may do: every page and
//! every form calls operations through the waist in `cloud`.
#![cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "the browser has the islands alone; the server's build finds what is dead")
)]

/// Rooms without an island: the browser has no use for them, and its module is built in half the time.
macro_rules! rendered_by_the_server {
    ($($item:item)*) => { $(#[cfg(feature = "ssr")] $item)* };
}

pub mod call;
pub mod context;
pub mod error;
pub mod frame;
pub mod iam;
pub mod layout;
pub mod places;
pub mod services;
pub mod tools;
pub mod ui;

rendered_by_the_server! {
    pub mod account;
    pub mod billing;
    pub mod budgets;
    pub mod cloudtrail;
    pub mod cloudwatch;
    pub mod gallery;
    pub mod home;
    pub mod inbox;
    pub mod passkey;
    pub mod routes;
    pub mod shell;
    pub mod signin;
    pub mod sns;
}

pub use call::call;
pub use context::{FormOutcome, PageContext, Site, Viewer};
pub use error::CallError;
pub use frame::{Frame, Section, SignInFrame};
