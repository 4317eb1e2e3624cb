//! The wire, from the outside.
#![allow(clippy::unwrap_used, reason = "a recording that cannot be read must fail the test, wherever it is read")]

mod faults;
mod json;
mod query_decode;
mod query_encode;
mod raw;
mod recorded;
mod shapes;
mod signing;
mod sigv4_claims;
mod sigv4_mutations;
mod sigv4_vectors;
mod specimen;
