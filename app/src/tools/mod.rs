//! Tools of our own that stand beside the console.

mod authenticator;
mod codes;
mod picture;

pub use authenticator::Authenticator;
