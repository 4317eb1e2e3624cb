//! Sends what the outbox holds, by SMTP.
//!
//! The conversation is held step by step, because what a fault means depends on when it came: before the mail server has
//! heard of a mail nothing was handed over and the fault is the server's; an answer about the recipient is about this
//! mail; a connection lost after the mail's last line leaves open whether it was taken. In that case the mail is sent
//! again: twice under one `Message-ID` is better than never.

mod server;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloud::{Delivery, Verdict};
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use tokio::time::{Instant as Deadline, timeout};

use crate::config::Config;
use server::{Fault, MailServer, Stage, step};

/// A connection that has not been used for this long is closed.
const IDLE: Duration = Duration::from_secs(5);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// The mail server, and connections to it that wait for the next mail.
#[derive(Clone)]
pub struct Mailer {
    server: Arc<MailServer>,
    waiting: Arc<Mutex<Vec<(AsyncSmtpConnection, Instant)>>>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("server", &self.server).finish_non_exhaustive()
    }
}

/// A mail as it goes over the wire.
struct Letter {
    from: Address,
    to: Address,
    bytes: Vec<u8>,
}

impl Mailer {
    /// For UNDERSTUDY_SMTP_URL; `None` when it is not set and mail stays in the inbox.
    ///
    /// # Errors
    /// When the setting is no SMTP URL, or the file with the certificates cannot be read.
    pub fn new(config: &Config) -> Result<Option<Self>> {
        let server = MailServer::of(config)?;
        Ok(server.map(|server| Self { server: Arc::new(server), waiting: Arc::default() }))
    }

    /// Whether a name and a password go over the network for everybody to read.
    pub fn shows_password(&self) -> bool {
        self.server.shows_password()
    }

    /// Whether the mail server takes our connection, and our name and password if there are any.
    ///
    /// # Errors
    /// What it said.
    pub async fn test(&self) -> Result<()> {
        let connection = self.server.connect().await.map_err(|fault| anyhow::anyhow!(fault.why))?;
        goodbye(connection).await;
        Ok(())
    }

    /// Tries to send one mail.
    pub async fn send(&self, delivery: Delivery) -> Verdict {
        let letter = match letter(delivery) {
            Ok(letter) => letter,
            Err(error) => return Verdict::Refused(format!("{error:#}")),
        };
        if let Some(mut connection) = self.reusable() {
            let outcome = self.hand_over(&mut connection, &letter).await;
            // A server that has closed a waiting connection says so at the next mail's first line, if at all.
            let stale = matches!(&outcome, Err(fault) if fault.stage == Stage::Sender && matches!(fault.code, None | Some(421)));
            if !stale {
                return self.conclude(connection, outcome).await;
            }
        }
        match self.server.connect().await {
            Ok(mut connection) => {
                let outcome = self.hand_over(&mut connection, &letter).await;
                self.conclude(connection, outcome).await
            }
            Err(fault) => Verdict::Down(fault.why),
        }
    }

    /// Closes connections that nobody has needed for a while.
    pub async fn rest(&self) {
        let idle = {
            let mut waiting = self.waiting();
            let (idle, recent): (Vec<_>, Vec<_>) = waiting.drain(..).partition(|(_, since)| since.elapsed() > IDLE);
            *waiting = recent;
            idle
        };
        for (connection, _) in idle {
            tokio::spawn(goodbye(connection));
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reusable(&self) -> Option<AsyncSmtpConnection> {
        self.waiting().pop().map(|(connection, _)| connection)
    }

    async fn hand_over(&self, connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Fault> {
        let until = Deadline::now() + self.server.patience();
        let mut parameters = Vec::new();
        if ![&letter.from, &letter.to].into_iter().all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let why = "the mail server takes addresses of ASCII letters only".to_owned();
                return Err(Fault { stage: Stage::Recipient, code: Some(553), why });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let mail = Mail::new(Some(letter.from.clone()), parameters);
        step(Stage::Sender, until, connection.command(mail)).await?;
        step(Stage::Recipient, until, connection.command(Rcpt::new(letter.to.clone(), Vec::new()))).await?;
        step(Stage::Data, until, connection.command(Data)).await?;
        step(Stage::Body, until, connection.message(&letter.bytes)).await?;
        Ok(())
    }

    /// Keeps the connection if it is still in order.
    async fn conclude(&self, mut connection: AsyncSmtpConnection, outcome: Result<(), Fault>) -> Verdict {
        let in_order = match &outcome {
            Ok(()) => true,
            // The server forgets the mail that it did not take, and hears the next.
            Err(Fault { code: Some(code), .. }) if *code != 421 => {
                matches!(timeout(GOODBYE, connection.command(Rset)).await, Ok(Ok(_)))
            }
            Err(_) => false,
        };
        if in_order {
            self.waiting().push((connection, Instant::now()));
        }
        outcome.map_or_else(verdict, |()| Verdict::Sent)
    }
}

async fn goodbye(mut connection: AsyncSmtpConnection) {
    // A server that does not answer a goodbye has nothing of ours.
    let _ = timeout(GOODBYE, connection.quit()).await;
}

fn letter(delivery: Delivery) -> Result<Letter> {
    let from: Mailbox = delivery.from.parse().context("the sender's address")?;
    let to: Mailbox = delivery.to.parse().context("the recipient's address")?;
    let (sender, recipient) = (from.email.clone(), to.email.clone());
    // RFC 3834: answering machines must not answer.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let mut builder = Message::builder()
        .message_id(Some(delivery.message_id))
        .from(from)
        .to(to)
        .subject(delivery.subject)
        .raw_header(automatic);
    if let Some(page) = delivery.unsubscribe {
        // RFC 2369. A button on the page ends the subscription; looking at it does not.
        let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
        builder = builder.raw_header(HeaderValue::new(name, format!("<{page}>")));
    }
    let message = match delivery.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(delivery.text, html))?,
        None => builder.singlepart(SinglePart::plain(delivery.text))?,
    };
    Ok(Letter { from: sender, to: recipient, bytes: message.formatted() })
}

/// Whose fault it is: the mail's, the moment's, or the mail server's.
fn verdict(Fault { stage, code, why }: Fault) -> Verdict {
    match (stage, code) {
        // The server does not know us, or wants encryption first: the same for every mail.
        (_, Some(530 | 534 | 535 | 538)) => Verdict::Down(why),
        // Whatever is wrong with our own address or with a fresh connection is no fault of this mail.
        (Stage::Connecting, _) | (Stage::Sender, None | Some(421 | 500..)) => Verdict::Down(why),
        (_, Some(500..)) => Verdict::Refused(why),
        (Stage::Body, None) => Verdict::Retry(format!(
            "{why}, after the whole mail was handed over: it may have arrived, and is sent again under the same Message-ID"
        )),
        _ => Verdict::Retry(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_means_what_its_moment_says() {
        let of = |stage, code| verdict(Fault { stage, code, why: "x".into() });
        let down = |stage, code| matches!(of(stage, code), Verdict::Down(_));
        let retry = |stage, code| matches!(of(stage, code), Verdict::Retry(_));
        let refused = |stage, code| matches!(of(stage, code), Verdict::Refused(_));
        assert!(
            down(Stage::Connecting, None) && down(Stage::Connecting, Some(554)) && down(Stage::Connecting, Some(454))
        );
        assert!(down(Stage::Sender, None) && down(Stage::Sender, Some(550)) && down(Stage::Sender, Some(421)));
        assert!(retry(Stage::Sender, Some(451)) && retry(Stage::Recipient, Some(450)) && retry(Stage::Recipient, None));
        assert!(
            refused(Stage::Recipient, Some(550)) && refused(Stage::Data, Some(554)) && refused(Stage::Body, Some(552))
        );
        assert!(retry(Stage::Body, None) && retry(Stage::Body, Some(452)) && retry(Stage::Recipient, Some(421)));
        assert!(down(Stage::Recipient, Some(530)));
    }
}
