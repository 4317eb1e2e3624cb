//! `understudy doctor`: looks at everything that has gone wrong for somebody before, and says what to do.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use cloud::Verdict;

use crate::assets::ASSETS;
use crate::config::Config;
use crate::mailer::Mailer;
use crate::{cli, health};

/// What is looked at only when asked for.
#[derive(Debug, Args)]
pub struct Options {
    /// Sends a test mail to this address, whatever addresses mail may otherwise leave to.
    #[arg(long, value_name = "ADDRESS")]
    mail_to: Option<String>,
}

/// One line of the report.
struct Finding {
    what: &'static str,
    good: bool,
    text: String,
}

impl Finding {
    fn new(what: &'static str, good: bool, text: impl Into<String>) -> Self {
        Self { what, good, text: text.into() }
    }
}

/// Reports; fails when anything needs attention.
pub async fn run(config: &Config, options: &Options) -> Result<ExitCode> {
    let mut findings = vec![site(), public_url(config)];
    database(config, &mut findings).await;
    mail(config, options, &mut findings).await;
    for finding in &findings {
        println!("{:<9} {:<12} {}", if finding.good { "ok" } else { "ATTENTION" }, finding.what, finding.text);
    }
    let good = findings.iter().all(|finding| finding.good);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn site() -> Finding {
    if ASSETS.is_empty() {
        return Finding::new("site", false, "not in this binary; build it with scripts/build");
    }
    Finding::new("site", true, format!("{} files embedded", ASSETS.len()))
}

fn public_url(config: &Config) -> Finding {
    let url = config.public_url();
    let good = url.is_https() || url.is_loopback();
    let text = if good { "" } else { ": without https, everybody on the way can read passwords and cookies" };
    Finding::new("public URL", good, format!("{}{text}", url.origin()))
}

async fn database(config: &Config, findings: &mut Vec<Finding>) {
    let kind = if config.database_url.is_some() { "DATABASE_URL" } else { "private" };
    // Opening it also proves the key: a database written under another one does not open.
    let (database, cloud) = match cli::open(config).await {
        Ok(opened) => opened,
        Err(error) => {
            findings.push(Finding::new("database", false, format!("{kind}: {error:#}")));
            return;
        }
    };
    match cloud.health().await {
        Ok(health) => {
            findings.push(Finding::new(
                "database",
                true,
                format!("{kind}, PostgreSQL {}, schema current", health.version),
            ));
            findings.push(Finding::new("master key", true, "opens what the database holds"));
            let bound = !health.above_row_security;
            let text =
                if bound { "bound by row-level security" } else { "above row-level security: use an ordinary role" };
            findings.push(Finding::new("role", bound, format!("{}, {text}", health.role)));
            let durable = if health.durable {
                "commits survive a power cut"
            } else {
                "fsync, full_page_writes and synchronous_commit must be on"
            };
            findings.push(Finding::new("durability", health.durable, durable));
            let skew = health::skew(&health);
            findings.push(Finding::new(
                "clock",
                skew.as_secs() < 5,
                format!("{} ms from the database's", skew.as_millis()),
            ));
            let mut text = format!("{} waiting, {} given up", health.mails_queued, health.mails_failed);
            if health.mails_failed > 0 {
                text.push_str(": understudy mail list says why");
            }
            if let Some(trouble) = &health.mail_server_trouble {
                text.push_str(&format!("; the server that runs last heard from the mail server: {trouble}"));
            }
            let good = health.mails_failed == 0 && health.mail_server_trouble.is_none();
            findings.push(Finding::new("outbox", good, text));
        }
        Err(error) => findings.push(Finding::new("database", false, format!("{kind}: {error:#}"))),
    }
    if let Err(error) = cli::close(database, cloud).await {
        findings.push(Finding::new("database", false, format!("does not stop: {error:#}")));
    }
}

async fn mail(config: &Config, options: &Options, findings: &mut Vec<Finding>) {
    let mut tell = |what, good, text: String| findings.push(Finding::new(what, good, text));
    let mailer = match Mailer::new(config) {
        Ok(Some(mailer)) => mailer,
        Ok(None) => {
            tell("mail", true, "stays in the built-in inbox".to_owned());
            if options.mail_to.is_some() {
                let text = "not sent: there is no mail server. Set UNDERSTUDY_SMTP_URL";
                tell("test mail", false, text.to_owned());
            }
            return;
        }
        Err(error) => return tell("mail", false, format!("{error:#}")),
    };
    match mailer.test().await {
        Ok(()) if mailer.shows_password() => {
            let text = "the mail server takes our connection, but everybody on the way can read its password: use smtps:// or ?tls=required";
            tell("mail", false, text.to_owned());
        }
        Ok(()) => tell("mail", true, "the mail server takes our connection".to_owned()),
        Err(error) => tell("mail", false, format!("{error:#}")),
    }
    if let Some(to) = &options.mail_to {
        let sent = match config.settings() {
            Ok(settings) => mailer.send(cloud::test_mail(&settings, to)).await,
            Err(error) => Verdict::Refused(format!("{error:#}")),
        };
        match sent {
            Verdict::Sent => {
                tell("test mail", true, format!("the mail server took it for {to}; see whether it arrives"))
            }
            Verdict::Retry(why) => tell("test mail", false, format!("not taken for now: {why}")),
            Verdict::Refused(why) => tell("test mail", false, format!("refused: {why}")),
            Verdict::Down(why) => tell("test mail", false, format!("not sent: {why}")),
        }
    }
}
