//! placeholder
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic
    )
)]

mod arn;
pub mod condition;
mod document;
mod error;
mod evaluate;
mod explain;
mod grant;
mod json;
mod parse;
mod pattern;
mod policy;
mod principal;
mod print;
mod request;
mod set;
pub mod validate;
mod variables;

pub use arn::{Arn, ArnError};
pub use document::{
    ConditionElement, Document, Effect, Element, NamedPrincipal, PolicyKind, PrincipalElement,
    PrincipalType, Principals, Statement, Version, first_unsupported_character,
    size_without_white_space,
};
pub use error::{ParseError, ParseErrorKind, Position, Span};
pub use evaluate::{Decision, Outcome, evaluate};
pub use explain::{Explanation, Miss, MissReason, StatementRef, explain};
pub use pattern::Pattern;
pub use policy::Policy;
pub use principal::Principal;
pub use request::{Context, Request};
pub use set::{Attached, Attachment, Layer, Place, PolicySet, Source};
