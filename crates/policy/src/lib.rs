//! The IAM policy language: read a policy, ask it, and learn why it answered as it did.
//!
//! The crate is pure and total. It knows no clock, no network and no file; whatever text or request it is
//! given, it answers and never panics; and it takes time bounded by the product of the sizes of what it is
//! given. All that depends on the moment comes in with the request.
//!
//! # Five minutes of policy evaluation
//!
//! A **policy** is a JSON document with **statements**. A statement has an effect, Allow or Deny, and says to
//! which actions and resources it applies, and under which conditions. It applies to a request if *all* its
//! elements fit.
//!
//! A **request** says who (the [`Principal`]) wants to do what (an action such as `iam:CreateUser`) to which
//! resource, and everything known about the circumstances (the [`Context`]: address, time, tags, whether
//! there was a second factor).
//!
//! Who asks has policies in several **layers** ([`Layer`]). The decision is found in this order:
//!
//! 1. If any statement of any layer denies, the answer is no. Nothing can outvote a Deny.
//! 2. The organization's *service control policies* must allow, on every level, if there are any.
//! 3. A *resource's own policy* can allow by itself, if it names the user or the session directly.
//! 4. Otherwise an *identity policy* must allow: one of the user's, of one of the user's groups', or the role's.
//! 5. The *permissions boundary* must allow too, if there is one, and so must a *session policy*. They give
//!    nothing; they only limit.
//! 6. What nobody allowed is denied.
//!
//! The root user of an account stands outside of 4 and 5. For a resource of another account, that account's
//! policy *and* one's own must allow. A role's trust policy must always allow.
//!
//! ```
//! use std::sync::Arc;
//! use policy::{Arn, Attached, Attachment, Policy, PolicyKind, PolicySet, Principal, Request, Source, evaluate, explain};
//!
//! // Members of the group Developers may do anything with S3, and change their own passwords.
//! let developers = r#"{
//!   "Version": "2012-10-17",
//!   "Statement": [
//!     {"Sid": "Storage", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
//!     {"Sid": "Password", "Effect": "Allow", "Action": "iam:ChangePassword",
//!      "Resource": "arn:aws:iam::*:user/${aws:username}"}
//!   ]
//! }"#;
//! // Alice, who is one, must not delete objects unless she used a second factor.
//! let careful = r#"{
//!   "Version": "2012-10-17",
//!   "Statement": {
//!     "Sid": "Careful", "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*",
//!     "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
//!   }
//! }"#;
//!
//! // Policies are compiled once and shared; labels say how they come to have a say.
//! let developers = Arc::new(Policy::parse(developers, PolicyKind::Identity)?);
//! let careful = Arc::new(Policy::parse(careful, PolicyKind::Identity)?);
//! let set = PolicySet::new()
//!     .with_identity(Attached::new(Source::inline("Developers", Attachment::Group("Developers".into())), developers))
//!     .with_identity(Attached::new(Source::inline("Careful", Attachment::User), careful));
//!
//! let arn = Arn::user("123456789012", "/", "alice");
//! let alice = Principal::user(arn.clone(), "AIDAEXAMPLE");
//!
//! // The variable stands for her own name.
//! let password = Request::new(alice.clone(), "iam:ChangePassword", &arn);
//! assert!(evaluate(&set, &password).is_allowed());
//!
//! // Nothing allows this.
//! let create = Request::new(alice.clone(), "iam:CreateUser", Arn::user("123456789012", "/", "bob"));
//! assert_eq!(
//!     explain(&set, &create).sentence(),
//!     "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:CreateUser on resource: \
//!      arn:aws:iam::123456789012:user/bob because no identity-based policy allows the iam:CreateUser action"
//! );
//!
//! // A Deny wins over the group's Allow, and the explanation says which.
//! let delete = Request::new(alice, "s3:DeleteObject", "arn:aws:s3:::bills/may.csv");
//! let explanation = explain(&set, &delete);
//! assert_eq!(explanation.tail, "with an explicit deny in an identity-based policy");
//! assert_eq!(explanation.decided_by.map(|statement| statement.to_string()).as_deref(),
//!            Some("statement \"Careful\" (line 3) of policy Careful"));
//!
//! // With the second factor the condition does not hold, and the Allow counts.
//! assert!(evaluate(&set, &delete.with("aws:MultiFactorAuthPresent", "true")).is_allowed());
//! # Ok::<(), policy::ParseError>(())
//! ```
//!
//! # Where things are
//!
//! [`Document`] is a policy as written, [`Policy`] the same compiled, [`PolicySet`] all that has a say;
//! [`evaluate()`] answers with a [`Decision`], [`explain()`] with an [`Explanation`]. [`validate`] refuses a
//! policy that somebody wants to save, in AWS's sentences. [`condition`] has the operators, [`Pattern`] the
//! wildcards, [`Arn`] the names.
//!
//! Two choices deserve to be known. What cannot be evaluated (an operator nobody knows, a number that is
//! none) never opens a door: an Allow does not apply, a Deny does. And a value put in for a variable is text:
//! a user called `*` is no wildcard.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic))]

mod arn;
pub mod condition;
mod document;
mod error;
mod evaluate;
mod explain;
mod grant;
mod json;
mod keys;
mod outline;
mod parse;
mod pattern;
mod places;
mod policy;
mod principal;
mod print;
mod request;
mod set;
mod sketch;
pub mod validate;
mod variables;

pub use arn::{Arn, ArnError};
pub use document::{
    ConditionElement, Document, Effect, Element, NamedPrincipal, PolicyKind, PrincipalElement, PrincipalType,
    Principals, Statement, Version, first_unsupported_character, size_without_white_space,
};
pub use error::{ParseError, ParseErrorKind, Position, Span};
pub use evaluate::{Decision, Outcome, evaluate};
pub use explain::{Explanation, Miss, MissReason, StatementRef, explain};
pub use pattern::Pattern;
pub use places::{Places, places};
pub use policy::Policy;
pub use principal::Principal;
pub use request::{Context, Request};
pub use set::{Attached, Attachment, Layer, Place, PolicySet, Source};
pub use sketch::{Sketch, SketchedStatement};
