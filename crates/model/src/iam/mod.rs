//! The words of IAM (API version 2010-05-08).

pub mod access_key;
pub mod account;
pub mod attachment;
pub mod group;
pub mod login_profile;
pub mod policy;
pub mod user;

pub use access_key::*;
pub use account::*;
pub use attachment::*;
pub use group::*;
pub use login_profile::*;
pub use policy::*;
pub use user::*;

/// The path a resource gets where none is named.
pub fn root_path() -> String {
    "/".to_owned()
}
