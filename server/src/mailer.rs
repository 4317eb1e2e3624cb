//! Sends what the outbox holds, by SMTP.

use std::time::Duration;

use anyhow::{Context, Result};
use cloud::{Delivery, Verdict};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::config::Config;

/// One exchange with the mail server. Well below the outbox's lease, so that no other server sends the same mail.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to the mail server, pooled.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// For UNDERSTUDY_SMTP_URL; `None` when it is not set and mail stays in the inbox.
    ///
    /// # Errors
    /// When the setting is no SMTP URL.
    pub fn new(config: &Config) -> Result<Option<Self>> {
        let Some(url) = &config.smtp_url else { return Ok(None) };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose());
        let transport = builder.context("UNDERSTUDY_SMTP_URL")?.timeout(Some(PATIENCE)).build();
        Ok(Some(Self { transport }))
    }

    /// Whether the mail server takes our connection, and our name and password if there are any.
    ///
    /// # Errors
    /// What it said.
    pub async fn test(&self) -> Result<()> {
        let taken = self.transport.test_connection().await.context("the mail server")?;
        anyhow::ensure!(taken, "the mail server does not answer as one");
        Ok(())
    }

    /// Tries to send one mail.
    pub async fn send(&self, delivery: Delivery) -> Verdict {
        let message = match message(delivery) {
            Ok(message) => message,
            Err(error) => return Verdict::Refused(format!("{error:#}")),
        };
        let sent = tokio::time::timeout(PATIENCE, self.transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Verdict::Sent,
            Ok(Err(error)) => verdict(&error),
            Err(_) => Verdict::Retry(format!("no answer within {PATIENCE:?}")),
        }
    }
}

fn message(delivery: Delivery) -> Result<Message> {
    let from: Mailbox = delivery.from.parse().context("the sender's address")?;
    let to: Mailbox = delivery.to.parse().context("the recipient's address")?;
    // RFC 3834: answering machines must not answer.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let builder = Message::builder()
        .message_id(Some(delivery.message_id))
        .from(from)
        .to(to)
        .subject(delivery.subject)
        .raw_header(automatic);
    Ok(match delivery.html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(delivery.text, html))?,
        None => builder.singlepart(SinglePart::plain(delivery.text))?,
    })
}

/// Whose fault it is: the mail's, the moment's, or the mail server's.
fn verdict(error: &Error) -> Verdict {
    let why = describe(error);
    let code = error.status().map(u16::from);
    match code {
        // The server does not know us, or wants encryption first: the same for every mail.
        Some(530 | 534 | 535 | 538) => Verdict::Down(why),
        Some(_) if error.is_permanent() => Verdict::Refused(why),
        Some(_) => Verdict::Retry(why),
        None if error.is_timeout() || error.is_response() => Verdict::Retry(why),
        None if error.is_client() => Verdict::Refused(why),
        None => Verdict::Down(why),
    }
}

/// The error with its causes, which `Display` alone leaves out.
fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
