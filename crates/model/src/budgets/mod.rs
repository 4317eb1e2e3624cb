//! Budgets' words, as AWS's Budgets API (2016-10-20) spells them.
//!
//! Every member of AWS's model is understood, so that whoever asks for what is not here is told so instead of getting a
//! budget that does not do what they asked for.

mod account;
mod budget;
mod history;
mod notification;
mod parts;
mod shape;
mod subscriber;
mod tags;

pub use account::*;
pub use budget::*;
pub use history::*;
pub use notification::*;
pub use parts::*;
pub use shape::*;
pub use subscriber::*;
pub use tags::*;

use crate::{ApiError, Fields, name};

/// Most notifications of one budget (AWS Budgets API Reference, `CreateBudget`).
pub const NOTIFICATIONS: usize = 10;
/// Most of them that the console sets up.
pub const ALERTS: usize = 5;
/// Most mail addresses of one notification.
pub const ADDRESSES: usize = 10;
/// Most topics of one notification.
pub const TOPICS: usize = 1;
/// Budgets of an account.
pub const BUDGETS: i64 = 20_000;
/// Largest limit of a budget, in millionths of a dollar: forty billion dollars.
pub const MOST: i64 = 40_000_000_000_000_000;
/// Largest threshold in per cent, in millionths: a million per cent.
pub const MOST_PERCENT: i64 = 1_000_000_000_000;

fn elsewhere(fields: &mut Fields, what: impl std::fmt::Display) {
    invalid(fields, format!("{what} is not available in this version of Understudy."));
}

fn invalid(fields: &mut Fields, message: impl Into<String>) {
    fields.refuse(ApiError::InvalidParameter { message: message.into() });
}

/// The two members that name a budget.
fn check_name(fields: &mut Fields, account_id: &str, budget_name: &str) {
    fields.rule("accountId", account_id, &name::ACCOUNT_ID);
    fields.rule("budgetName", budget_name, &name::BUDGET_NAME);
}

/// The members of AWS's pages in this service: `MaxResults` and `NextToken`.
fn check_page(fields: &mut Fields, max_results: Option<i64>, most: i64) {
    if let Some(max_results) = max_results {
        fields.range("maxResults", max_results, 1, most);
    }
}
