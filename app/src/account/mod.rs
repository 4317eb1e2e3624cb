//! Signing up for an account: the five steps of Lab 1, on one URL. Nothing real is ever asked for.

mod contact;
mod countries;
mod done;
mod email;
mod identity;
mod invent;
mod password;
mod payment;
mod plan;
mod sign_up;
mod step;

pub use sign_up::SignUp;
