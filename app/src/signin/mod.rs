//! Signing in and out: pages that load no wasm. Only a passkey needs a script, and has its own.

mod mfa;
mod parts;
mod password;
mod recovery;
mod reset;
mod resync;
mod root;
mod user;

pub use mfa::MfaCode;
pub use password::ForgottenPassword;
pub use recovery::{ForgotPassword, ResetPassword};
pub use reset::ForcedReset;
pub use resync::ResyncMfa;
pub use root::{SignIn, SignedOut};
pub use user::SignInUser;
