//! `understudy mail …`: the outbox in the operator's hand.

use anyhow::Result;
use clap::Subcommand;
use cloud::Cloud;
use model::operator::{DiscardMail, ListOutbox, OutboxMail, ResendDeadLetters, ResendMail};

use super::operator::call;

/// What can be done with mails that did not leave.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists dead letters: mails that the mail server refused, or that were given up.
    List {
        /// Those that wait instead.
        #[arg(long)]
        waiting: bool,
        /// One JSON array instead of lines for people.
        #[arg(long)]
        json: bool,
    },
    /// Sends a dead letter or a discarded mail again, or one that waits at once. The server that runs does it.
    Resend {
        /// Its id, as `mail list` prints it.
        #[arg(required_unless_present = "all")]
        mail_id: Option<String>,
        /// Every dead letter.
        #[arg(long, conflicts_with = "mail_id")]
        all: bool,
    },
    /// Takes a mail out of the outbox. It stays in its mailbox.
    Discard {
        /// Its id, as `mail list` prints it.
        mail_id: String,
    },
}

/// Runs one of them.
pub async fn run(cloud: &Cloud, command: Command) -> Result<()> {
    match command {
        Command::List { waiting, json } => list(cloud, if waiting { "queued" } else { "failed" }, json).await,
        Command::Resend { mail_id: Some(mail_id), .. } => call(cloud, ResendMail { mail_id }).await,
        Command::Resend { mail_id: None, .. } => {
            let mails = call(cloud, ResendDeadLetters {}).await?.mails;
            eprintln!("{mails} mails wait for the mail server again.");
            Ok(())
        }
        Command::Discard { mail_id } => call(cloud, DiscardMail { mail_id }).await,
    }
}

async fn list(cloud: &Cloud, state: &str, json: bool) -> Result<()> {
    let mut mails: Vec<OutboxMail> = Vec::new();
    let mut marker = None;
    loop {
        let page = call(cloud, ListOutbox { state: Some(state.to_owned()), marker, max_items: None }).await?;
        mails.extend(page.mails);
        marker = page.marker;
        if marker.is_none() {
            if let Some(trouble) = page.server_trouble.filter(|_| !json) {
                eprintln!("No mail can be sent for now: {trouble}");
            }
            break;
        }
    }
    if json {
        println!("{}", serde_json::to_string(&mails)?);
        return Ok(());
    }
    for mail in mails {
        let reason = mail.reason.as_deref().unwrap_or("not tried yet");
        println!("{}  {}  {} tries  {}  {}: {reason}", mail.mail_id, mail.written, mail.tries, mail.to, mail.subject);
    }
    Ok(())
}
