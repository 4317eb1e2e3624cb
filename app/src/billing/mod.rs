//! Billing: the cost ledger and what fills it, the sandbox clock, preferences, and the account's switch that lets IAM users see it.

mod account;
mod clock;
mod denied;
mod home;
mod import;
mod ledger;
mod preferences;
mod root;
mod simulator;
mod typed;

pub use account::Account;
pub use clock::Clock;
pub use denied::Refusal;
pub use home::Home;
pub use import::Import;
pub use ledger::Ledger;
pub use preferences::Preferences;
pub use simulator::Simulator;

use crate::ui::Crumb;

/// The way to a page of billing: the console, the pages above, the page itself.
pub fn crumbs(above: &[(&str, &str)], here: &str) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("Billing", "/billing/home")];
    crumbs.extend(above.iter().map(|(text, href)| Crumb::new(*text, *href)));
    crumbs.push(Crumb::here(here));
    crumbs
}

/// A hidden field that names the form's operation, and those that name what it is about.
pub fn hidden(operation: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let all = std::iter::once(("_op", operation)).chain(fields.iter().copied());
    all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
