//! The outbox: an operation writes its mails in its own transaction, and workers on every server send what is due.
//!
//! A worker claims rows with a lease, sends outside any transaction, and marks only what it still holds. A crash in
//! between sends a mail again under the same message id; nothing is lost and nothing waits for a dead worker.

mod enqueue;
mod sweep;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use rand::RngExt as _;
use uuid::Uuid;

use crate::{Cloud, error::Result};
pub(crate) use enqueue::{Route, To, adopt, enqueue, open_body, place};

/// How many mails one claim takes.
const BATCH: i64 = 10;
/// Seconds that a claim holds.
const LEASE: f64 = 60.0;
/// When a worker stops beginning new sends, so that none outlasts the lease: a sender gives up within 25 seconds.
const LAST_START: Duration = Duration::from_secs(30);
/// Tries of one mail: 1, 2, 4 … 60 minutes apart they last a day.
const TRIES: i32 = 29;
/// Seconds that all mail waits when the mail server itself does not work.
const PAUSE: f64 = 300.0;

/// A mail that is due, whole.
#[derive(Clone)]
pub struct Delivery {
    /// Its id.
    pub mail_id: Uuid,
    /// Its `Message-ID` with angle brackets: the same at every try, so that a receiver knows a repeat.
    pub message_id: String,
    /// The sender as a mailbox: `Understudy <no-reply@example.com>`.
    pub from: String,
    /// The recipient's address.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: Option<String>,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").field("mail_id", &self.mail_id).finish_non_exhaustive()
    }
}

/// What became of one try to send. The text says why, for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The mail server has taken it.
    Sent,
    /// It may work later: a 4xx answer or a timeout.
    Retry(String),
    /// It will never work: a 5xx answer about this mail.
    Refused(String),
    /// The mail server cannot be reached or refuses us: no mail can go now, and this is no fault of this one.
    Down(String),
}

struct Claim {
    mail_id: Uuid,
    account_id: Option<String>,
    sender: String,
    recipient: String,
    subject: String,
    body_sealed: Vec<u8>,
    /// The data key of the account, if it is an account's.
    data_key: Option<Vec<u8>>,
    /// Which try this is; also the fence: whoever claims the row later counts on.
    attempts: i32,
}

impl Cloud {
    /// Sends up to ten mails that are due with `send`, which must answer within 25 seconds. Call it again while it
    /// answers more than 0.
    ///
    /// # Errors
    /// What the database said. A mail that cannot be sent is no error.
    pub async fn deliver_due<F, S>(&self, send: F) -> anyhow::Result<usize>
    where
        F: Fn(Delivery) -> S,
        S: Future<Output = Verdict>,
    {
        self.deliver(send).await.map_err(|error| anyhow::anyhow!("delivering mail: {error:?}"))
    }

    async fn deliver<F, S>(&self, send: F) -> Result<usize>
    where
        F: Fn(Delivery) -> S,
        S: Future<Output = Verdict>,
    {
        let started = Instant::now();
        let mut claims = self.claim().await?.into_iter();
        let mut done = 0;
        while let Some(claim) = claims.next() {
            if started.elapsed() > LAST_START {
                self.put_back(&claim, 0.0, "not begun in time").await?;
                continue;
            }
            let verdict = match self.delivery(&claim) {
                Ok(delivery) => send(delivery).await,
                Err(fault) => Verdict::Refused(format!("{fault:#}")),
            };
            if let Verdict::Down(why) = verdict {
                tracing::warn!(%why, "no mail can be sent for now");
                self.put_back(&claim, PAUSE, &why).await?;
                for rest in claims.by_ref() {
                    self.put_back(&rest, PAUSE, &why).await?;
                }
                self.pause().await?;
                return Ok(0);
            }
            self.mark(&claim, &verdict).await?;
            done += 1;
        }
        Ok(done)
    }

    async fn claim(&self) -> Result<Vec<Claim>> {
        Ok(sqlx::query_as!(
            Claim,
            r#"with due as (
                 select mail_id from mail
                 where state = 'queued' and not_before <= now() and (lease_until is null or lease_until < now())
                 order by not_before limit $1 for update skip locked
             )
             update mail m set lease_until = now() + make_interval(secs => $2), attempts = attempts + 1
             from due where m.mail_id = due.mail_id
             returning m.mail_id, m.account_id, m.sender, m.recipient, m.subject, m.body_sealed, m.attempts,
                       (select d.key_sealed from data_key d where d.account_id = m.account_id) as "data_key?""#,
            BATCH,
            LEASE
        )
        .fetch_all(self.pool())
        .await?)
    }

    fn delivery(&self, claim: &Claim) -> anyhow::Result<Delivery> {
        let body = open_body(
            self.sealer(),
            claim.account_id.as_deref(),
            claim.data_key.as_deref(),
            claim.mail_id,
            &claim.body_sealed,
        )?;
        let domain = self.settings().mail_from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        Ok(Delivery {
            mail_id: claim.mail_id,
            message_id: format!("<{}@{domain}>", claim.mail_id),
            from: claim.sender.clone(),
            to: claim.recipient.clone(),
            subject: claim.subject.clone(),
            text: body.text,
            html: body.html,
        })
    }

    async fn mark(&self, claim: &Claim, verdict: &Verdict) -> Result<()> {
        let (state, why) = match verdict {
            Verdict::Sent => ("sent", None),
            Verdict::Retry(why) | Verdict::Down(why) if claim.attempts < TRIES => ("queued", Some(why)),
            Verdict::Retry(why) | Verdict::Down(why) | Verdict::Refused(why) => ("failed", Some(why)),
        };
        let wait = backoff(claim.attempts) * rand::rng().random_range(0.8..1.2);
        sqlx::query!(
            "update mail set state = $3, last_error = left($4, 500), lease_until = null,
                             not_before = now() + make_interval(secs => $5)
             where mail_id = $1 and attempts = $2 and state = 'queued'",
            claim.mail_id,
            claim.attempts,
            state,
            why,
            wait
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Gives a claim back as if it had not been made.
    async fn put_back(&self, claim: &Claim, wait: f64, why: &str) -> Result<()> {
        sqlx::query!(
            "update mail set attempts = attempts - 1, lease_until = null, last_error = left($3, 500),
                             not_before = now() + make_interval(secs => $4)
             where mail_id = $1 and attempts = $2 and state = 'queued'",
            claim.mail_id,
            claim.attempts,
            why,
            wait
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Lets all mail wait that nobody is sending at this moment.
    async fn pause(&self) -> Result<()> {
        sqlx::query!(
            "update mail set not_before = now() + make_interval(secs => $1)
             where state = 'queued' and not_before < now() + make_interval(secs => $1)
               and (lease_until is null or lease_until < now())",
            PAUSE
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }
}

/// Seconds until the next try after `attempts` of them: a minute, doubled each time up to an hour.
fn backoff(attempts: i32) -> f64 {
    60.0 * f64::from(2_i32.pow(attempts.clamp(1, 7).cast_unsigned() - 1)).min(60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_a_day() {
        assert_eq!(
            (backoff(1), backoff(2), backoff(6), backoff(7), backoff(40)),
            (60.0, 120.0, 1920.0, 3600.0, 3600.0)
        );
        let hours: f64 = (1..TRIES).map(backoff).sum::<f64>() / 3600.0;
        assert!((22.0..26.0).contains(&hours), "{hours}");
    }
}
