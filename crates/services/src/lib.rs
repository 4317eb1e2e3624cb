//! The catalogue of AWS's services: every action with its access level, resource types and condition keys, as AWS's
//! Service Authorization Reference lists them; and what a policy says in these terms.
//!
//! The types ([`Service`], [`AccessLevels`], [`ServiceSummary`], [`Finding`]) are always there, and so is [`visual`], the
//! model of the visual editor. The catalogue itself
//! comes with the feature `data`: [`all`] is a small index in memory, and a service's actions stay compressed until
//! [`service`] is asked for them, each service by itself.

#[cfg(feature = "data")]
mod actions;
#[cfg(feature = "data")]
mod advice;
#[cfg(feature = "data")]
mod catalogue;
#[cfg(feature = "data")]
mod data;
#[cfg(feature = "data")]
mod effort;
#[cfg(feature = "data")]
mod escalation;
#[cfg(feature = "data")]
mod findings;
mod levels;
mod remedy;
#[cfg(feature = "data")]
mod resources;
mod service;
#[cfg(feature = "data")]
mod summary;
#[cfg(all(test, feature = "data"))]
mod tests;
pub mod visual;
mod words;

#[cfg(feature = "data")]
pub use actions::{Found, access_level, action, actions_matching};
#[cfg(feature = "data")]
pub use catalogue::{
    Entry, all, by_name, condition_key, entry, global_condition_keys, gzip, index_gzip, index_json, json, service,
    version,
};
#[cfg(feature = "data")]
pub use effort::can_be_summarized;
#[cfg(feature = "data")]
pub use findings::findings;
pub use levels::AccessLevels;
pub use remedy::Remedy;
#[cfg(feature = "data")]
pub use remedy::{remedy, smallest_policy};
pub use service::{AccessLevel, Action, ConditionKey, KeyType, ResourceType, Service, TakenResource};
#[cfg(feature = "data")]
pub use summary::summarize;
pub use words::{Finding, FindingKind, ServiceSummary};
