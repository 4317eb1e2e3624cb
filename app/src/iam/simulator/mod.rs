//! The policy simulator: a question to policies, what they answer, and the statements it comes from.

mod actions;
mod asked;
mod chain;
mod explain;
mod help;
mod keys;
mod matched;
mod page;
mod resource_policy;
mod results;
mod run;
mod settings;
mod sources;
mod texts;

pub use explain::Explanation;
pub use page::Simulator;

use super::simulator_paths::{EXPLAIN, PATH, facts, simulation};
