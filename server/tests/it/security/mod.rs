//! The attack classes of `docs/security.md` that are a matter of bytes on a socket, each against the program as it
//! runs. A test's name is the class's.

mod bombs;
mod every_door;
mod headers_matrix;
mod leaks;
mod mail;
mod open_redirect;
pub mod operations;
mod renewal;
