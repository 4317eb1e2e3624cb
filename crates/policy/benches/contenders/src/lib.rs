//! The same policies and questions for our evaluator, for `cedar-policy` and for `iam-rs`, so that one run can time
//! all three. `tests/fairness.rs` holds them to the same answers.
//!
//! Everything that can be done once is done before anything is asked: policies are parsed, requests are built. What
//! is timed is the decision alone.

mod cases;
mod cedar;
mod iam_rs;
mod ours;

pub use cases::{ACCOUNT, Case, Fact, Question, Rule, Test, USER, cases};

/// A policy engine that has read the policies of one case and knows its questions.
pub trait Contender {
    /// As reports call it.
    fn name(&self) -> &'static str;

    /// Whether the question at this place is answered with yes.
    fn allows(&self, question: usize) -> bool;
}

/// Everybody who competes, ours first, ready to answer the questions of a case.
#[must_use]
pub fn contenders(case: &Case) -> Vec<Box<dyn Contender>> {
    vec![Box::new(ours::Ours::new(case)), Box::new(cedar::Cedar::new(case)), Box::new(iam_rs::IamRs::new(case))]
}
