//! Who may send which mail now, and what became of it.
//!
//! A mail is held by a lease with a name of its own: whoever lets it run out has lost it, and what they then say of it
//! changes nothing. Tries that fail for the moment are made again after a minute, two, four … sixty, for a day; a mail
//! that is still not taken then, that is refused for good, or that is no longer worth sending is a dead letter, which the
//! operator sees. While the mail server itself does not work no mail is tried but one now and then, and no try is counted.

use rand::RngExt as _;
use uuid::Uuid;

use super::Verdict;
use crate::{Cloud, error::Result};

/// Mails that all servers together have on their way to one destination at the same time. One alone goes where another
/// waits for its next try, so that a destination that is slow or refuses takes up little room.
const TO_ONE_DESTINATION: i64 = 4;
/// Seconds that a claim holds beyond the time that its try may take.
const GRACE: f64 = 10.0;
/// Tries of one mail: 1, 2, 4 … 60 minutes apart they last a day.
const TRIES: i32 = 29;
/// Names the lock under which servers claim one after the other. Any number will do that nothing else takes.
const CLAIMING: &str = "begin; select pg_advisory_xact_lock(7811885)";

/// A mail that is this worker's to send.
pub(super) struct Claim {
    pub mail_id: Uuid,
    pub account_id: Option<String>,
    pub sender: String,
    pub recipient: String,
    pub subject: String,
    pub body_sealed: Vec<u8>,
    /// The account's data key, if it is an account's.
    pub data_key: Option<Vec<u8>>,
    /// Which try this is.
    attempts: i32,
    /// The lease's name.
    lease: Uuid,
}

impl Cloud {
    /// Claims up to `most` mails, the longest due of each destination first and no more of one than may be on their way.
    ///
    /// The lock makes the count of those on their way exact: two servers that counted at once would both add to it.
    pub(super) async fn claim(&self, most: usize) -> Result<Vec<Claim>> {
        let lease_seconds = self.settings().mail_patience.as_secs_f64() + GRACE;
        let lease = Uuid::new_v4();
        let mut alone = self.pool().begin_with(CLAIMING).await?;
        let rows = sqlx::query!(
            r#"with recursive destination as (
                 (select min(destination) as name from mail where state = 'queued')
                 union all
                 select (select min(m.destination) from mail m where m.state = 'queued' and m.destination > d.name)
                 from destination d where d.name is not null
             ), on_its_way as (
                 select destination, count(*) as mails from mail
                 where state = 'queued' and lease is not null and lease_until >= now() group by destination
             ), due as (
                 select one.mail_id
                 from destination d
                 cross join lateral (
                     select q.mail_id, q.not_before, row_number() over (order by q.not_before, q.created_at) as place
                     from (select mail_id, not_before, created_at from mail
                           where state = 'queued' and destination = d.name and not_before <= now() and give_up_at > now()
                             and (lease_until is null or lease_until < now())
                           order by not_before limit $4::bigint) q
                 ) one
                 left join on_its_way w on w.destination = d.name
                 where d.name is not null
                   and one.place + coalesce(w.mails, 0) <= case
                       when exists (select from mail where state = 'queued' and destination = d.name and not_before > now())
                       then 1 else $4::bigint end
                 order by one.place + coalesce(w.mails, 0), one.not_before
                 limit (select case when paused_until > now() then 0
                                    when failures = 0 then $1::bigint
                                    when exists (select from on_its_way) then 0
                                    else 1 end
                        from mail_server)
             )
             update mail m set lease = $2, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1
             from due where m.mail_id = due.mail_id and m.state = 'queued'
             returning m.mail_id, m.account_id, m.sender, m.recipient, m.subject, m.body_sealed, m.attempts,
                       (select d.key_sealed from data_key d where d.account_id = m.account_id) as "data_key?""#,
            i64::try_from(most).unwrap_or(i64::MAX),
            lease,
            lease_seconds,
            TO_ONE_DESTINATION
        )
        .fetch_all(&mut *alone)
        .await?;
        alone.commit().await?;
        let claims = rows.into_iter().map(|row| Claim {
            mail_id: row.mail_id,
            account_id: row.account_id,
            sender: row.sender,
            recipient: row.recipient,
            subject: row.subject,
            body_sealed: row.body_sealed,
            data_key: row.data_key,
            attempts: row.attempts,
            lease,
        });
        Ok(claims.collect())
    }

    /// Writes down what became of a try that the mail server answered.
    pub(super) async fn mark(&self, claim: &Claim, verdict: &Verdict) -> Result<()> {
        let (state, why) = match verdict {
            Verdict::Sent => ("sent", None),
            Verdict::Retry(why) | Verdict::Down(why) if claim.attempts < TRIES => ("queued", Some(why)),
            Verdict::Retry(why) | Verdict::Down(why) | Verdict::Refused(why) => ("failed", Some(why)),
        };
        let wait = backoff(claim.attempts) * rand::rng().random_range(0.8..1.2);
        let now_in = sqlx::query_scalar!(
            r#"with works as (
                 update mail_server set failures = 0, since = null, why = null where failures > 0
             )
             update mail set state = case when $3 = 'queued' and now() + make_interval(secs => $5) >= give_up_at
                                          then 'failed' else $3 end,
                             last_error = left($4, 500), lease = null, lease_until = null,
                             not_before = now() + make_interval(secs => $5)
             where mail_id = $1 and lease = $2 and state = 'queued'
             returning state"#,
            claim.mail_id,
            claim.lease,
            state,
            why,
            wait
        )
        .fetch_optional(self.pool())
        .await?;
        if now_in.as_deref() == Some("failed") {
            tracing::warn!(mail_id = %claim.mail_id, tries = claim.attempts, "a mail was given up");
        }
        Ok(())
    }

    /// Gives a claim back as if it had not been made.
    pub(super) async fn put_back(&self, claim: &Claim) -> Result<()> {
        sqlx::query!(
            "update mail set attempts = attempts - 1, lease = null, lease_until = null
             where mail_id = $1 and lease = $2 and state = 'queued'",
            claim.mail_id,
            claim.lease
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Makes dead letters of mails that are not worth sending any more, though the mail server never took or refused them.
    pub(super) async fn give_up_late_mail(&self) -> Result<()> {
        sqlx::query!(
            "update mail set state = 'failed', lease = null, lease_until = null,
                             last_error = left('not taken in time; '
                                               || coalesce((select why from mail_server), last_error, 'nobody sent it'), 500)
             where state = 'queued' and give_up_at <= now() and (lease_until is null or lease_until < now())"
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Lets all mail wait: ten seconds, twenty, forty … five minutes, each time one mail finds the server still down.
    /// What comes back from the same outage does not lengthen it.
    pub(super) async fn mail_server_is_down(&self, why: &str) -> Result<()> {
        sqlx::query!(
            "update mail_server set failures = failures + 1, why = left($1, 500), since = coalesce(since, now()),
                                    paused_until = now() + make_interval(secs => least(300, 10 * 2 ^ least(failures, 5)))
             where paused_until <= now()",
            why
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
