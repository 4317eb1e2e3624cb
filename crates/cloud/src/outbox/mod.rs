//! The outbox: an operation writes its mails in its own transaction, and workers on every server send what is due.
//!
//! A worker claims rows with a lease, a few of each destination, sends outside any transaction, and marks only what it
//! still holds. A crash in between sends a mail again under the same message id; nothing is lost and nothing waits for a
//! dead worker.

mod claim;
mod enqueue;
mod sweep;

use std::{future::Future, time::Duration};

use tokio::{task::JoinSet, time::timeout};
use uuid::Uuid;

use crate::{
    Cloud, Settings,
    error::Result,
    mail::{Message, Rendered},
};
use claim::Claim;
use enqueue::sender;
pub(crate) use enqueue::{Route, To, adopt, enqueue, open_body, place};

/// Mails that one server has on their way at the same time.
const AT_ONCE: usize = 16;
/// How often a server that is sending looks for mails that have become due meanwhile.
const LOOK: Duration = Duration::from_secs(1);

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
    /// The page that ends the subscription that the mail is of, for its `List-Unsubscribe`.
    pub unsubscribe: Option<String>,
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
    /// It may work later: a 4xx answer, a timeout, or a connection that was lost with the mail half way.
    Retry(String),
    /// It will never work: a 5xx answer about this mail.
    Refused(String),
    /// The mail server cannot be reached or refuses us: no mail can go now, and this is no fault of this one.
    Down(String),
}

impl Cloud {
    /// Sends what is due with `send`, several mails at a time, until nothing is due that may be sent now. Answers how
    /// many mails were tried. A `send` that takes longer than [`crate::Settings::mail_patience`] is given up.
    ///
    /// # Errors
    /// What the database said. A mail that cannot be sent is no error.
    pub async fn deliver_due<F, S>(&self, send: F) -> anyhow::Result<usize>
    where
        F: Fn(Delivery) -> S,
        S: Future<Output = Verdict> + Send + 'static,
    {
        self.deliver_due_while(|| true, send).await
    }

    /// As [`Cloud::deliver_due`], but begins nothing any more once `go_on` says no.
    ///
    /// # Errors
    /// As [`Cloud::deliver_due`].
    pub async fn deliver_due_while<F, S>(&self, go_on: impl Fn() -> bool, send: F) -> anyhow::Result<usize>
    where
        F: Fn(Delivery) -> S,
        S: Future<Output = Verdict> + Send + 'static,
    {
        self.deliver(go_on, send).await.map_err(|error| anyhow::anyhow!("delivering mail: {error:?}"))
    }

    async fn deliver<F, S>(&self, go_on: impl Fn() -> bool, send: F) -> Result<usize>
    where
        F: Fn(Delivery) -> S,
        S: Future<Output = Verdict> + Send + 'static,
    {
        let mut under_way = JoinSet::new();
        let (mut tried, mut trouble) = (0, None);
        loop {
            if trouble.is_none() && under_way.len() < AT_ONCE && go_on() {
                match self.claim(AT_ONCE - under_way.len()).await {
                    Ok(claims) => {
                        for claim in claims {
                            let sending = self.delivery(&claim).map(&send);
                            under_way.spawn(attempt(claim, sending, self.settings().mail_patience));
                        }
                    }
                    // What is on its way is seen to its end first.
                    Err(error) => trouble = Some(error),
                }
            }
            let mut ended = match timeout(LOOK, under_way.join_next()).await {
                Ok(None) => return trouble.map_or(Ok(tried), Err),
                Ok(ended) => ended,
                Err(_) => None,
            };
            while let Some(one) = ended {
                match one {
                    Ok((claim, verdict)) => {
                        tried += usize::from(!matches!(verdict, Verdict::Down(_)));
                        if let Err(error) = self.settle(&claim, verdict).await {
                            trouble = Some(error);
                        }
                    }
                    // Its lease ends, and another try is made.
                    Err(panic) => tracing::error!(%panic, "sending a mail panicked"),
                }
                ended = under_way.try_join_next();
            }
        }
    }

    async fn settle(&self, claim: &Claim, verdict: Verdict) -> Result<()> {
        if let Verdict::Down(why) = verdict {
            tracing::warn!(%why, "no mail can be sent for now");
            // In this order: nobody claims it in between.
            self.mail_server_is_down(&why).await?;
            return self.put_back(claim).await;
        }
        self.mark(claim, &verdict).await
    }

    fn delivery(&self, claim: &Claim) -> anyhow::Result<Delivery> {
        let body = open_body(
            self.sealer(),
            claim.account_id.as_deref(),
            claim.data_key.as_deref(),
            claim.mail_id,
            &claim.body_sealed,
        )?;
        Ok(Delivery {
            mail_id: claim.mail_id,
            message_id: message_id(self.settings(), claim.mail_id),
            from: claim.sender.clone(),
            to: claim.recipient.clone(),
            subject: claim.subject.clone(),
            text: body.text,
            html: body.html,
            unsubscribe: body.unsubscribe,
        })
    }
}

/// Made of the row's id, so that it is the same at every try and from every server.
fn message_id(settings: &Settings, mail_id: Uuid) -> String {
    let domain = settings.mail_from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("<{mail_id}@{domain}>")
}

/// A mail by which the operator sees whether mail arrives. It belongs to no account and is kept nowhere.
pub fn test_mail(settings: &Settings, to: &str) -> Delivery {
    let mail_id = Uuid::new_v4();
    let Rendered { subject, text, html, unsubscribe } = Message::Test.render(settings);
    let (message_id, from, to) = (message_id(settings, mail_id), sender(settings), to.to_owned());
    Delivery { mail_id, message_id, from, to, subject, text, html, unsubscribe }
}

/// One try, which ends before its lease does, so that no other server sends the same mail meanwhile.
async fn attempt(
    claim: Claim,
    sending: anyhow::Result<impl Future<Output = Verdict>>,
    patience: Duration,
) -> (Claim, Verdict) {
    let verdict = match sending {
        Ok(sending) => timeout(patience, sending)
            .await
            .unwrap_or_else(|_| Verdict::Retry(format!("no answer within {} seconds", patience.as_secs_f32()))),
        Err(fault) => Verdict::Refused(format!("{fault:#}")),
    };
    (claim, verdict)
}
