//! The wire: AWS's protocols over the operations, for programs.

pub mod fault;
pub mod form;
pub mod query;
pub mod sigv4;
