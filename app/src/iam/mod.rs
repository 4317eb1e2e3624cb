//! IAM: who may do what in the account.

mod alias;
mod browser;
pub mod calls;
mod choosing;
pub mod deletion;
pub mod denied;
mod fields;
pub mod inline;
pub mod paths;
pub mod plan;
mod simulator_paths;
mod typing;
pub mod users;
pub mod words;

rendered_by_the_server! {
    mod account_card;
    pub mod account_settings;
    mod credential_report;
    mod dashboard;
    pub mod groups;
    mod last_accessed;
    pub mod mfa;
    mod missing;
    mod my_credentials;
    mod own_sessions;
    pub mod policies;
    mod security_status;
    mod simulator;

    pub use {
        credential_report::CredentialReport,
        dashboard::Dashboard,
        missing::Missing,
        my_credentials::MyCredentials,
        own_sessions::{ActiveSessions, SignInHistory},
        simulator::{Explanation, Simulator},
    };
}

pub use denied::{AccessDenied, Problem};

use crate::ui::Crumb;

/// The way to a page of IAM: the service, the pages above, the page itself.
fn crumbs(above: &[(&str, &str)], here: &str) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("IAM", "/iam/home")];
    crumbs.extend(above.iter().map(|(text, href)| Crumb::new(*text, *href)));
    crumbs.push(Crumb::here(here));
    crumbs
}

/// A hidden field that names the form's operation, and those that name what it is about.
fn hidden(operation: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = vec![("_op".to_owned(), operation.to_owned())];
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}
