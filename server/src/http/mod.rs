//! Between the socket and the router: listening, and what every request passes.

pub mod bounded;
pub mod client;
pub mod headers;
pub mod listen;
pub mod origin;
pub mod signin_domain;
mod stall;
