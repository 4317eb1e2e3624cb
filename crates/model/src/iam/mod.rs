//! The words of IAM (API version 2010-05-08).

pub mod access_key;
pub mod account;
pub mod attachment;
pub mod authorization_details;
pub mod context_keys;
pub mod credential_report;
pub mod group;
pub mod group_policy;
pub mod last_accessed;
pub mod login_profile;
pub mod mfa_device;
pub mod own_policy;
pub mod password_policy;
pub mod policy;
pub mod policy_version;
pub mod service_access;
pub mod simulate;
pub mod simulation;
pub mod user;
pub mod user_policy;
pub mod virtual_mfa_device;

pub use access_key::*;
pub use account::*;
pub use attachment::*;
pub use authorization_details::*;
pub use context_keys::*;
pub use credential_report::*;
pub use group::*;
pub use group_policy::*;
pub use last_accessed::*;
pub use login_profile::*;
pub use mfa_device::*;
pub use own_policy::*;
pub use password_policy::*;
pub use policy::*;
pub use policy_version::*;
pub use service_access::*;
pub use simulate::*;
pub use simulation::*;
pub use user::*;
pub use user_policy::*;
pub use virtual_mfa_device::*;

/// The path a resource gets where none is named.
pub fn root_path() -> String {
    "/".to_owned()
}
