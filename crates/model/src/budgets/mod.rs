//! Budgets' words, as AWS's Budgets API (2016-10-20) spells them.
//!
//! This version keeps one kind of budget: a fixed sum of US dollars for every month, with alerts by mail when the
//! actual cost passes a threshold. Every member of AWS's model is understood, so that whoever asks for another kind
//! is told so instead of getting a budget that does not do what they asked for.

mod budget;
mod notification;
mod parts;
mod subscriber;

pub use budget::*;
pub use notification::*;
pub use parts::*;
pub use subscriber::*;

use crate::{ApiError, Fields, name};

/// Most notifications of one budget (AWS Budgets User Guide, "Quotas and restrictions").
pub const NOTIFICATIONS: usize = 5;
/// Most mail addresses of one notification.
pub const ADDRESSES: usize = 10;
/// Budgets of an account.
pub const BUDGETS: i64 = 20_000;
/// Largest limit of a budget, in millionths of a dollar: forty billion dollars.
pub const MOST: i64 = 40_000_000_000_000_000;
/// Largest threshold in per cent, in millionths: a million per cent.
pub const MOST_PERCENT: i64 = 1_000_000_000_000;

/// What this version has, said to whoever asks for something else.
const HERE: &str =
    "this version of Understudy has monthly cost budgets with a fixed limit in USD and mail alerts on actual costs";

fn elsewhere(fields: &mut Fields, what: impl std::fmt::Display) {
    fields.refuse(ApiError::InvalidParameter { message: format!("{what} is not available: {HERE}.") });
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
