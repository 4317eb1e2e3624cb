//! Writing a mail into the operation's own transaction, its body sealed.

use anyhow::Context as _;
use model::id::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Settings,
    error::Result,
    mail::{Message, NAME},
    seal::{Row, Sealer},
    tx::Tx,
};

/// Whose mailbox a mail lies in, and how it travels.
#[derive(Clone, Debug)]
pub(crate) struct To<'a> {
    /// The address, or the simulated telephone's number.
    pub recipient: &'a str,
    /// The account whose mailbox holds it; none during a sign-up.
    pub account: Option<&'a AccountId>,
    /// The sign-up whose browser may read it.
    pub sign_up: Option<Uuid>,
    /// How it travels.
    pub route: Route,
    /// A second mail with the same key is not written.
    pub dedupe: Option<String>,
}

/// How a mail travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// By SMTP to an address that may be written to, else it stays in the mailbox.
    Rule,
    /// As `Rule`, whatever the account's quota: what tells the owner of an attack, or is the way back in, must not be
    /// kept away by sending other mails first.
    Owner,
    /// It stays in the mailbox whatever the settings.
    Inbox,
    /// By SMTP to an address that is still to be proved: the code of a sign-up, and nothing else.
    Proof,
}

/// What is sealed: the parts of the body.
#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    pub text: String,
    #[serde(default)]
    pub html: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

/// Where a mail's body lies sealed.
pub(crate) fn place<'a>(account: Option<&'a str>, mail_id: &'a str) -> Row<'a> {
    Row { table: "mail", account: account.unwrap_or_default(), row: mail_id }
}

/// Seals a body for its row: an account's under the account's data key, nobody's under the master key.
async fn seal_body(tx: &mut Tx, account: Option<&str>, mail_id: Uuid, body: &Body) -> Result<Vec<u8>> {
    let (id, plain) = (mail_id.to_string(), serde_json::to_vec(body)?);
    let place = place(account, &id);
    match account {
        Some(_) => tx.seal(&place, &plain).await,
        None => Ok(tx.cloud.sealer().seal(&place, &plain)),
    }
}

/// Opens a sealed body; `data_key` is the account's, if it is an account's.
pub(crate) fn open_body(
    sealer: &Sealer,
    account: Option<&str>,
    data_key: Option<&[u8]>,
    mail_id: Uuid,
    sealed: &[u8],
) -> anyhow::Result<Body> {
    let plain = sealer.open_for(&place(account, &mail_id.to_string()), data_key, sealed)?;
    serde_json::from_slice(&plain).context("a mail's body")
}

/// Writes a mail. It exists when the operation's transaction commits, and not before.
pub(crate) async fn enqueue(tx: &mut Tx, to: To<'_>, message: &Message<'_>) -> Result<()> {
    if to.recipient.chars().any(char::is_control) {
        return Err(anyhow::anyhow!("a recipient with control characters").into());
    }
    let cloud = tx.cloud.clone();
    let rendered = message.render(cloud.settings());
    let mail_id = tx.uuid();
    let account = to.account.map(AccountId::as_str);
    let body = Body { text: rendered.text, html: rendered.html, unsubscribe: rendered.unsubscribe };
    let sealed = seal_body(tx, account, mail_id, &body).await?;
    let state = match to.route {
        _ if message.is_phone() || !cloud.settings().smtp => "inbox",
        Route::Inbox => "inbox",
        Route::Proof => "queued",
        Route::Owner if may_leave(tx, to.recipient).await? => "queued",
        Route::Owner => "kept",
        Route::Rule => {
            // The same statements whether or not it leaves: a forgotten password's mail must take no longer.
            let leaves = may_leave(tx, to.recipient).await?;
            if within_quota(tx, account.filter(|_| leaves)).await? { "queued" } else { "kept" }
        }
    };
    // Mails travel in real time, whatever the account's clock says.
    let now = tx.wall.0;
    sqlx::query!(
        "insert into mail (mail_id, account_id, sign_up_id, channel, sender, recipient, subject, body_sealed, secret, state,
                           dedupe_key, created_at, give_up_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now() + make_interval(secs => $13))
         on conflict (dedupe_key) do nothing",
        mail_id,
        account,
        to.sign_up,
        if message.is_phone() { "phone" } else { "mail" },
        sender(cloud.settings()),
        to.recipient,
        rendered.subject,
        sealed,
        message.is_secret(),
        state,
        to.dedupe,
        now,
        message.good_for().as_secs_f64()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The sender as a mailbox.
pub(super) fn sender(settings: &Settings) -> String {
    format!("{NAME} <{}>", settings.mail_from)
}

/// Whether SMTP may send to an address: it proved itself at a sign-up, or the operator listed it or its domain.
async fn may_leave(tx: &mut Tx, recipient: &str) -> Result<bool> {
    let key = recipient.to_lowercase();
    if listed(&tx.cloud.settings().mail_allow, &key) {
        return Ok(true);
    }
    let proved = sqlx::query_scalar!(r#"select true as "yes!" from verified_address where email_key = $1"#, key)
        .fetch_optional(tx.conn())
        .await?;
    Ok(proved.is_some())
}

fn listed(allowed: &[String], key: &str) -> bool {
    let domain = key.rsplit_once('@').map_or("", |(_, domain)| domain);
    allowed.iter().any(|entry| match entry.strip_prefix('@') {
        Some(whole) => whole.eq_ignore_ascii_case(domain),
        None => entry.eq_ignore_ascii_case(key),
    })
}

/// Takes one of the account's mails of today (UTC).
async fn within_quota(tx: &mut Tx, account: Option<&str>) -> Result<bool> {
    let quota = tx.cloud.settings().mail_daily_quota;
    let taken = sqlx::query!(
        "update account set mails_today = case when mails_day = (now() at time zone 'UTC')::date then mails_today + 1 else 1 end,
                            mails_day = (now() at time zone 'UTC')::date
         where account_id = $1 and $2 > 0
           and (mails_day is distinct from (now() at time zone 'UTC')::date or mails_today < $2)",
        account,
        quota
    )
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Moves a sign-up's mails into the mailbox of the account that came of it.
pub(crate) async fn adopt(tx: &mut Tx, sign_up: Uuid, account: &AccountId) -> Result<()> {
    let mails =
        sqlx::query!("select mail_id, body_sealed from mail where sign_up_id = $1 and account_id is null", sign_up)
            .fetch_all(tx.conn())
            .await?;
    for mail in mails {
        let body = open_body(tx.cloud.sealer(), None, None, mail.mail_id, &mail.body_sealed)?;
        let sealed = seal_body(tx, Some(account.as_str()), mail.mail_id, &body).await?;
        sqlx::query!(
            "update mail set account_id = $2, body_sealed = $3 where mail_id = $1",
            mail.mail_id,
            account.as_str(),
            sealed
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allow_list_knows_addresses_and_whole_domains_only() {
        let allowed = ["me@school.example".to_owned(), "@Class.example".to_owned()];
        for yes in ["me@school.example", "anybody@class.example"] {
            assert!(listed(&allowed, yes), "{yes}");
        }
        for no in ["you@school.example", "x@sub.class.example", "x@notclass.example", "class.example", ""] {
            assert!(!listed(&allowed, no), "{no}");
        }
    }
}
