//! The language as a whole: documented cases, and laws that hold for any policy and any request.

mod corpus;
mod laws;
mod mutations;
mod naive;
mod parsing;
