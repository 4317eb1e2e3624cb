//! Dead letters and mails that wait, as the operator lists, sends again and discards them. What is done to a mail of an
//! account stands in that account's trail.

use model::{
    ApiError, Kind, Timestamp,
    id::AccountId,
    operator::{
        DiscardMail, ListOutbox, ListOutboxOutput, OutboxMail, ResendDeadLetters, ResendDeadLettersOutput, ResendMail,
    },
    page,
};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    marker::{self, Position},
    tx::Tx,
};

const LATE: &str =
    "What this mail holds is good no longer, so it is not sent again. Whoever needs it asks for a new one.";
const ON_ITS_WAY: &str = "This mail is being sent at this moment. Look again in a minute.";
const NOT_IN_OUTBOX: &str = "This mail is not in the outbox: it was sent, or never was to leave.";
const NO_SMTP: &str = "This installation has no mail server: set UNDERSTUDY_SMTP_URL first.";

fn missing(mail_id: &str) -> Error {
    Error::Api(ApiError::missing(Kind::Mail, mail_id))
}

fn refused(message: &str) -> Error {
    Error::Api(ApiError::InvalidInput { message: message.to_owned() })
}

fn parsed(mail_id: &str) -> Result<Uuid> {
    mail_id.parse().map_err(|_| missing(mail_id))
}

/// The call is that of the mail's account from here on, its trail too, if the mail has one.
async fn find(preparation: &mut Preparation<'_>, mail_id: &str) -> Result<()> {
    let account = sqlx::query_scalar!("select account_id from mail where mail_id = $1", parsed(mail_id)?)
        .fetch_optional(preparation.cloud.pool())
        .await?
        .ok_or_else(|| missing(mail_id))?;
    preparation.prepared.account = account.map(AccountId);
    Ok(())
}

impl Execute for ListOutbox {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListOutboxOutput> {
        let (before, before_id) = marker::behind(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let rows = sqlx::query!(
            r#"select mail_id, account_id, recipient, subject, state, created_at, attempts, last_error,
                      (extract(epoch from not_before) * 1000)::bigint as "next_try!",
                      (extract(epoch from give_up_at) * 1000)::bigint as "give_up!",
                      coalesce(lease_until >= now(), false) as "being_sent!",
                      not secret or give_up_at > now() as "can_be_sent!"
               from mail where state = $1 and (created_at, mail_id) < ($2, $3)
               order by created_at desc, mail_id desc limit $4"#,
            self.state.as_deref().unwrap_or("failed"),
            before,
            before_id,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let about = sqlx::query!(
            r#"select (select count(*) from mail where state = 'queued') as "waiting!",
                      (select count(*) from mail where state = 'failed') as "dead!",
                      case when failures > 0 then why end as trouble,
                      case when failures > 0 then (extract(epoch from since) * 1000)::bigint end as since,
                      case when failures > 0 then (extract(epoch from paused_until) * 1000)::bigint end as paused_until
               from mail_server"#
        )
        .fetch_one(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.created_at.to_string(), id: row.mail_id.to_string() });
        let mails = rows
            .into_iter()
            .map(|row| OutboxMail {
                mail_id: row.mail_id.to_string(),
                to: row.recipient,
                subject: row.subject,
                written: Timestamp(row.created_at),
                next_try: (row.state == "queued").then_some(Timestamp(row.next_try)),
                state: row.state,
                tries: row.attempts,
                reason: row.last_error,
                give_up: Timestamp(row.give_up),
                being_sent: row.being_sent,
                can_be_sent: row.can_be_sent,
                account_id: row.account_id,
            })
            .collect();
        Ok(ListOutboxOutput {
            mails,
            waiting: about.waiting,
            dead: about.dead,
            server_trouble: about.trouble,
            server_trouble_since: about.since.map(Timestamp),
            server_asked_again: about.paused_until.map(Timestamp),
            is_truncated,
            marker,
        })
    }
}

impl Execute for ResendMail {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        find(preparation, &self.mail_id).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().touching("mail", self.mail_id.as_str()))
    }

    /// Under its old id: a receiver that has it after all knows the repeat.
    async fn run(self, tx: &mut Tx) -> Result<()> {
        if !tx.cloud.settings().smtp {
            return Err(refused(NO_SMTP));
        }
        let id = parsed(&self.mail_id)?;
        let mail = outbox_row(tx, id).await?.ok_or_else(|| missing(&self.mail_id))?;
        match mail {
            Row { being_sent: true, .. } => return Err(refused(ON_ITS_WAY)),
            Row { undelivered: false, .. } => return Err(refused(NOT_IN_OUTBOX)),
            Row { late: true, .. } => return Err(refused(LATE)),
            _ => {}
        }
        sqlx::query!(
            "update mail set state = 'queued', attempts = 0, not_before = now(), lease = null, lease_until = null,
                             give_up_at = case when secret then give_up_at else now() + interval '4 days' end,
                             purge_at = greatest(purge_at, now() + interval '7 days')
             where mail_id = $1",
            id
        )
        .execute(tx.conn())
        .await?;
        ask_server_at_once(tx).await
    }
}

impl Execute for ResendDeadLetters {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ResendDeadLettersOutput> {
        if !tx.cloud.settings().smtp {
            return Err(refused(NO_SMTP));
        }
        let queued = sqlx::query!(
            "update mail set state = 'queued', attempts = 0, not_before = now(), lease = null, lease_until = null,
                             give_up_at = case when secret then give_up_at else now() + interval '4 days' end,
                             purge_at = greatest(purge_at, now() + interval '7 days')
             where state = 'failed' and (not secret or give_up_at > now())"
        )
        .execute(tx.conn())
        .await?;
        ask_server_at_once(tx).await?;
        Ok(ResendDeadLettersOutput { mails: i64::try_from(queued.rows_affected()).unwrap_or(i64::MAX) })
    }
}

impl Execute for DiscardMail {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        find(preparation, &self.mail_id).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().touching("mail", self.mail_id.as_str()))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let id = parsed(&self.mail_id)?;
        match outbox_row(tx, id).await?.ok_or_else(|| missing(&self.mail_id))? {
            Row { being_sent: true, .. } => return Err(refused(ON_ITS_WAY)),
            Row { undelivered: false, .. } => return Err(refused(NOT_IN_OUTBOX)),
            _ => {}
        }
        sqlx::query!("update mail set state = 'discarded', lease = null, lease_until = null where mail_id = $1", id)
            .execute(tx.conn())
            .await?;
        Ok(())
    }
}

/// What decides whether a mail may be moved.
struct Row {
    undelivered: bool,
    being_sent: bool,
    late: bool,
}

/// Holds the mail until the transaction ends, so that nobody claims it meanwhile.
async fn outbox_row(tx: &mut Tx, mail_id: Uuid) -> Result<Option<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"select state in ('queued', 'failed', 'discarded') as "undelivered!",
                  state = 'queued' and coalesce(lease_until >= now(), false) as "being_sent!",
                  secret and give_up_at <= now() as "late!"
           from mail where mail_id = $1 for update"#,
        mail_id
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whoever sends by hand has seen to the mail server, or wants to know.
async fn ask_server_at_once(tx: &mut Tx) -> Result<()> {
    sqlx::query!("update mail_server set paused_until = now() where failures > 0").execute(tx.conn()).await?;
    Ok(())
}
