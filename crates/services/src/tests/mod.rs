//! What the catalogue holds, and what is made of it.

mod catalogue;
mod findings;
mod summary;
