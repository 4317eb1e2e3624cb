//! What an account's owner is told by mail of its credentials, so that whoever got into a session cannot do it unnoticed
//! (ASVS 5.0, 6.3.5 and 6.3.7). The owner is who reads the root user's address, whichever user it is about.

use super::UserRecord;
use crate::{
    error::Result,
    mail::Message,
    outbox::{Route, To, enqueue},
    tx::Tx,
};

/// Who takes a device away, as the mail says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A principal of the account.
    Principal,
    /// Whoever runs the installation.
    Operator,
}

/// Somebody has one device more; nobody of a user means root.
pub(super) async fn mfa_added(tx: &mut Tx, user: Option<&UserRecord>, serial_number: &str) -> Result<()> {
    let (account, user) = (tx.account().clone(), user.map(|user| user.name.as_str()));
    tell(tx, route(user), &Message::MfaActivated { account: &account, user, serial_number }).await
}

/// Somebody has one device less.
pub(super) async fn mfa_removed(tx: &mut Tx, user: Option<&UserRecord>, serial_number: &str, by: By) -> Result<()> {
    let (account, user) = (tx.account().clone(), user.map(|user| user.name.as_str()));
    let by_operator = by == By::Operator;
    tell(tx, route(user), &Message::MfaDeactivated { account: &account, user, serial_number, by_operator }).await
}

/// Root has a new access key.
pub(super) async fn root_key_created(tx: &mut Tx, access_key_id: &str) -> Result<()> {
    let account = tx.account().clone();
    tell(tx, Route::Owner, &Message::RootKeyCreated { account: &account, access_key_id }).await
}

/// What concerns root arrives whatever else was sent. With users there is no end of devices, so those mails are counted.
fn route(user: Option<&str>) -> Route {
    if user.is_some() { Route::Rule } else { Route::Owner }
}

async fn tell(tx: &mut Tx, route: Route, message: &Message<'_>) -> Result<()> {
    let account = tx.account().clone();
    let email = sqlx::query_scalar!("select email from account where account_id = $1", account.as_str())
        .fetch_one(tx.conn())
        .await?;
    let to = To { recipient: &email, account: Some(&account), sign_up: None, route, dedupe: None };
    enqueue(tx, to, message).await
}
