//! The door for people: pages, components, server functions.
//!
//! Pages are rendered by the server as plain HTML; forms post to their own page and work without scripts
//! ([`call`]). Islands add what HTML alone cannot do. Nothing here decides what somebody may do: every page and
//! every form calls operations through the waist in `cloud`.

pub mod account;
pub mod call;
pub mod context;
pub mod error;
pub mod frame;
pub mod gallery;
pub mod home;
pub mod iam;
pub mod inbox;
pub mod layout;
pub mod routes;
pub mod services;
pub mod shell;
pub mod signin;
pub mod tools;
pub mod ui;

pub use call::call;
pub use context::{FormOutcome, PageContext, Site, Viewer};
pub use error::CallError;
pub use frame::{Frame, Section, SignInFrame};
