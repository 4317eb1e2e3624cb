//! The deeds: the only crate that knows Postgres.
//!
//! [`Cloud::call`] is the waist of the house: every operation, from whatever door, passes it. It checks the input,
//! asks the caller's policies, runs the deed in one transaction, writes the audit row into the same transaction and
//! commits. Only it can make a [`tx::Tx`], and without a `Tx` nothing can be executed:
//!
//! ```compile_fail
//! # fn forge(pool: sqlx::PgPool) {
//! let tx = cloud::tx::Tx { conn: todo!() };
//! # }
//! ```
//!
//! [`execute::Execute`] is sealed by the operation list, so no door can define an operation of its own:
//!
//! ```compile_fail
//! #[derive(Clone, serde::Serialize, serde::Deserialize)]
//! struct Mine {}
//! impl cloud::execute::Execute for Mine {}
//! ```

mod account;
mod audit;
mod authorize;
mod billing;
mod budgets;
mod call;
mod caller;
mod catalogue;
mod cloudtrail;
mod cloudwatch;
mod common_passwords;
mod connect;
mod console;
mod deed;
mod documents;
mod error;
pub mod execute;
mod gate;
mod iam;
mod limits;
mod mail;
mod marker;
mod operator;
mod outbox;
mod passkey;
mod password;
mod profile;
mod recent;
mod request;
mod reseal;
mod seal;
mod sessions;
mod settings;
mod signin;
mod sns;
mod sts;
mod throttle;
mod token;
mod totp;
pub mod tx;
mod upload;

pub use call::Cloud;
pub use caller::{Caller, Identity};
pub use connect::{Health, migrate};
pub use execute::Execute;
pub use outbox::{Delivery, Verdict, test_mail};
pub use profile::Profile;
pub use request::{Request, Source};
pub use reseal::Sealed;
pub use seal::MasterKey;
pub use sessions::{SessionHash, SessionStore};
pub use settings::{Labels, Settings, SignUp};
pub use upload::{Upload, Uploaded};

/// The migrations of this version, applied in order at start.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");
