//! What whoever holds the host may do.

mod account;
mod link;
mod outbox;
