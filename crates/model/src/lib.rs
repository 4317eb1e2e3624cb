//! The words: every input, output, id, name and error that both sides of a wire say.
//!
//! A noun's file holds its operations' inputs (named like the AWS action: [`iam::CreateUser`]), their
//! outputs (`CreateUserOutput`) and the resource itself ([`iam::User`]). Inputs carry strings as they came off
//! the wire; [`Operation::check`] collects every fault of them, so that a form can show each under its field and
//! a client gets AWS's "n validation errors detected". Nothing here knows of a database, a browser or a socket.

pub mod check;
pub mod decimal;
pub mod error;
pub mod iam;
pub mod id;
pub mod money;
pub mod name;
pub mod operation;
pub mod operations;
pub mod page;
pub mod password;
pub mod region;
pub mod secret;
pub mod tag;
pub mod time;

pub mod account;
pub mod billing;
pub mod budgets;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod console;
pub mod operator;
pub mod signin;
pub mod sns;
pub mod sts;

pub use check::{FieldError, Fields};
pub use error::{ApiError, Denial, Kind};
pub use operation::{Access, Action, Guard, Operation};
pub use page::MAX_ITEMS;
pub use secret::Secret;
pub use tag::Tag;
pub use time::{MONTHS, Timestamp};
