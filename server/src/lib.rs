//! The house: configuration, the private PostgreSQL, the two listeners, workers and the command line. It wires;
//! rules live in `cloud`, pages in `app`, protocols in `aws`.

pub mod assets;
pub mod cli;
pub mod config;
pub mod database;
pub mod health;
pub mod http;
pub mod log;
pub mod mailer;
pub mod master_key;
pub mod metrics;
pub mod postgres;
pub mod router;
pub mod shutdown;
pub mod worker;
