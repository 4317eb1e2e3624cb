//! What pages look up in AWS's catalogue of services. It stays with the server: the browser fetches single services.

pub use lookup::{actions_matching, key_name, key_type, service, services};

#[cfg(feature = "ssr")]
mod lookup {
    use ::services::{KeyType, Service};

    /// Every service's prefix and short name, in the order of the names.
    pub fn services() -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> =
            ::services::all().iter().map(|entry| (entry.prefix.clone(), entry.short_name().to_owned())).collect();
        all.sort_by_cached_key(|(_, name)| name.to_lowercase());
        all
    }

    /// The service of that prefix with its actions, and its short name.
    pub fn service(prefix: &str) -> Option<(&'static Service, &'static str)> {
        ::services::entry(prefix).map(|entry| (entry.service(), entry.short_name()))
    }

    /// The whole names of the actions that a pattern means: `s3:Get*`.
    pub fn actions_matching(pattern: &str) -> Vec<String> {
        ::services::actions_matching(pattern).iter().map(::services::Found::name).collect()
    }

    /// What the values of a condition key are.
    pub fn key_type(key: &str) -> Option<KeyType> {
        ::services::condition_key(key).map(|key| key.key_type)
    }

    /// A condition key as the catalogue spells it.
    pub fn key_name(key: &str) -> String {
        let known = ::services::condition_key(key).map(|known| known.name.as_str());
        known.filter(|name| name.eq_ignore_ascii_case(key)).unwrap_or(key).to_owned()
    }
}

/// Pages are rendered by the server alone; the browser knows no service.
#[cfg(not(feature = "ssr"))]
mod lookup {
    use ::services::{KeyType, Service};

    /// None.
    pub fn services() -> Vec<(String, String)> {
        Vec::new()
    }

    /// None.
    pub fn service(_prefix: &str) -> Option<(&'static Service, &'static str)> {
        None
    }

    /// None.
    pub fn actions_matching(_pattern: &str) -> Vec<String> {
        Vec::new()
    }

    /// None.
    pub fn key_type(_key: &str) -> Option<KeyType> {
        None
    }

    /// As it is.
    pub fn key_name(key: &str) -> String {
        key.to_owned()
    }
}
