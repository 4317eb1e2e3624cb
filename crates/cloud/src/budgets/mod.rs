//! Budgets' deeds, a file a noun. Here is what they share: whom AWS asks, the budget and the notification that a call
//! names, and the order of writers.

mod budget;
mod evaluate;
mod history;
mod notifications;
mod rows;
mod subscribers;
mod tags;

use model::{ApiError, Timestamp, budgets::Notification};
use policy::Arn;
use uuid::Uuid;

pub(crate) use evaluate::{days_between, evaluate};
pub(crate) use notifications::of as notifications_of;
pub(crate) use rows::rows;

use crate::{authorize, error::Result, execute::Target, marker::Position, tx::Tx};

/// The action that AWS authorises every read of Budgets by.
pub(crate) const VIEW: &str = "budgets:ViewBudget";
/// The action that AWS authorises every change by.
const MODIFY: &str = "budgets:ModifyBudget";

/// The question about a budget by name, or about all of them; another account's are refused whatever its name.
pub(crate) fn target(tx: &Tx, account_id: &str, name: Option<&str>, action: &'static str) -> Result<Target> {
    let resource = format!("budget/{}", name.unwrap_or("*"));
    let arn = Arn::new("aws", "budgets", "", account_id, &resource).map_err(|error| anyhow::anyhow!(error))?;
    let target = Target::of(&arn).judged_as(action);
    if account_id != tx.account().as_str() {
        return Err(authorize::foreign(tx, action, &target));
    }
    Ok(target)
}

/// Holds the account's costs, budgets and alerts until the end of the transaction: what one writer sums up, no other
/// changes beneath it. Two entries that together pass a threshold are seen together by the second. The account's time
/// is held too, and read anew: whoever waited for one that moved it goes on at the time it is now.
pub(crate) async fn hold(tx: &mut Tx) -> Result<()> {
    let account = tx.account().clone();
    let offset = sqlx::query_scalar!(
        "select clock_offset_ms from account where account_id = $1 for no key update",
        account.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.now = Timestamp(tx.wall.0 + offset.unwrap_or(0));
    Ok(())
}

/// `NotFoundException` in AWS's form.
pub(crate) fn missing(doing: &str, what: &str) -> ApiError {
    ApiError::NotFound { message: format!("Unable to {doing} - the {what} doesn't exist.") }
}

/// `DuplicateRecordException` in AWS's form.
fn taken(doing: &str, what: &str) -> ApiError {
    ApiError::DuplicateRecord { message: format!("Unable to {doing} - the {what} already exists.") }
}

/// A budget that a call names, and what its notifications depend on.
struct Found {
    id: Uuid,
    budget_type: String,
    time_unit: String,
}

/// The budget that a call names; `doing` is how AWS's sentence calls the deed.
async fn find_budget(tx: &mut Tx, name: &str, doing: &str) -> Result<Found> {
    let account = tx.account().clone();
    let found = sqlx::query_as!(
        Found,
        "select budget_id as id, budget_type, time_unit from budget where account_id = $1 and name = $2",
        account.as_str(),
        name
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.ok_or_else(|| missing(doing, "budget"))?)
}

/// The notification of a budget that has these very members.
async fn find_notification(tx: &mut Tx, budget: &str, notification: &Notification, doing: &str) -> Result<Uuid> {
    let found = find_budget(tx, budget, doing).await?;
    let account = tx.account().clone();
    let id = sqlx::query_scalar!(
        "select notification_id from budget_notification
         where account_id = $1 and budget_id = $2 and forecasted = $3 and percentage = $4 and threshold = $5",
        account.as_str(),
        found.id,
        notification.is_forecasted(),
        notification.is_percentage(),
        notification.threshold.0
    )
    .fetch_optional(tx.conn())
    .await?;
    let id = id.filter(|_| notification.fits(&found.budget_type, &found.time_unit).is_ok());
    Ok(id.ok_or_else(|| missing(doing, "notification"))?)
}

/// A page of a list that is short enough to be read whole. The token is how many came before.
fn page_of<T>(rows: Vec<T>, max_results: Option<i64>, token: Option<&str>) -> Result<(Vec<T>, Option<String>)> {
    let before = match token {
        None => 0,
        Some(_) => {
            let position = Position::parse(token).map_err(|_| ApiError::InvalidNextToken)?;
            position.id.parse::<usize>().map_err(|_| ApiError::InvalidNextToken)?
        }
    };
    let limit = usize::try_from(max_results.unwrap_or(100)).unwrap_or(100);
    let all = rows.len();
    let page: Vec<T> = rows.into_iter().skip(before).take(limit).collect();
    let end = before + page.len();
    let next = (end < all && !page.is_empty()).then(|| Position { name: String::new(), id: end.to_string() }.marker());
    Ok((page, next))
}
