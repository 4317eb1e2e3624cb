//! The catalogue of services for the pages that the server renders; in the browser there is none.

use ::services::{ConditionKey, Service};

/// A service in a list to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceName {
    /// What its actions begin with.
    pub prefix: &'static str,
    /// Its short name: `S3`.
    pub name: &'static str,
}

/// The service whose actions begin so, whatever the case.
#[cfg(feature = "ssr")]
pub fn service(prefix: &str) -> Option<&'static Service> {
    ::services::service(prefix)
}

/// Every service, by its short name.
#[cfg(feature = "ssr")]
pub fn service_names() -> Vec<ServiceName> {
    let of = |entry: &'static ::services::Entry| ServiceName { prefix: &entry.prefix, name: entry.short_name() };
    let mut names: Vec<ServiceName> = ::services::all().iter().map(of).collect();
    names.sort_by_cached_key(|service| service.name.to_lowercase());
    names
}

/// The short name of the service whose actions begin so.
#[cfg(feature = "ssr")]
pub fn service_name(prefix: &str) -> Option<&'static str> {
    ::services::entry(prefix).map(|entry| entry.short_name())
}

/// The condition keys that requests to every service have.
#[cfg(feature = "ssr")]
pub fn global_condition_keys() -> &'static [ConditionKey] {
    ::services::global_condition_keys()
}

/// None in the browser.
#[cfg(not(feature = "ssr"))]
pub fn service(_prefix: &str) -> Option<&'static Service> {
    None
}

/// None in the browser.
#[cfg(not(feature = "ssr"))]
pub fn service_names() -> Vec<ServiceName> {
    Vec::new()
}

/// None in the browser.
#[cfg(not(feature = "ssr"))]
pub fn service_name(_prefix: &str) -> Option<&'static str> {
    None
}

/// None in the browser.
#[cfg(not(feature = "ssr"))]
pub fn global_condition_keys() -> &'static [ConditionKey] {
    &[]
}
