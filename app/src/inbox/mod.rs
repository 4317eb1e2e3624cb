//! The built-in inbox: mails and messages of the simulated telephone, and the operator's door to all of them.

mod handling;
mod links;
mod list;
mod mail;
mod open;
mod operator;
mod outbox;
mod state;

pub use list::Inbox;
pub use mail::MailPage;
pub use operator::OperatorDoor;
pub use outbox::Outbox;
