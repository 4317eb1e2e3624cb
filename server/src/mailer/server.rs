//! The mail server as the settings name it, a connection to it, and one step of a conversation.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::config::{Config, is_loopback};

/// Where in a conversation something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, encrypting, signing in.
    Connecting,
    /// Naming ourselves: the server has heard of no mail yet.
    Sender,
    /// Naming the recipient.
    Recipient,
    /// Asking to hand over the text.
    Data,
    /// The text itself, and whether it was taken.
    Body,
}

/// What went wrong, and when.
#[derive(Debug)]
pub(super) struct Fault {
    pub stage: Stage,
    /// The server's answer; without one the connection was lost or nothing came in time.
    pub code: Option<u16>,
    /// For people to read.
    pub why: String,
}

impl Fault {
    fn new(stage: Stage, error: &Error) -> Self {
        Self { stage, code: error.status().map(u16::from), why: describe(error) }
    }
}

/// Does one step, within the time that the whole conversation has.
pub(super) async fn step<T>(
    stage: Stage,
    until: Instant,
    action: impl Future<Output = Result<T, Error>>,
) -> Result<T, Fault> {
    match timeout_at(until, action).await {
        Ok(done) => done.map_err(|error| Fault::new(stage, &error)),
        Err(_) => Err(Fault { stage, code: None, why: "the mail server did not answer in time".to_owned() }),
    }
}

/// The error with its causes, which `Display` alone leaves out.
fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        let next_text = next.to_string();
        if !text.contains(&next_text) {
            text.push_str(": ");
            text.push_str(&next_text);
        }
        cause = next.source();
    }
    text
}

/// A mail server, and how it is spoken to.
pub(super) struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    /// What we call ourselves.
    hello: ClientId,
    credentials: Option<Credentials>,
    /// For connecting, and again for handing over one mail.
    patience: Duration,
    local: bool,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailServer").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl MailServer {
    /// What UNDERSTUDY_SMTP_URL and the settings beside it say; none without it.
    pub(super) fn of(config: &Config) -> Result<Option<Self>> {
        let Some(url) = &config.smtp_url else { return Ok(None) };
        let url = Url::parse(url.expose()).context("UNDERSTUDY_SMTP_URL is no URL")?;
        let host = url.host_str().filter(|host| !host.is_empty()).context("UNDERSTUDY_SMTP_URL names no host")?;
        // An IPv6 address stands in brackets in a URL, and nowhere else.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let encrypted = || parameters(&host, config);
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtps", _) => (Tls::Wrapper(encrypted()?), 465),
            ("smtp", Some("required")) => (Tls::Required(encrypted()?), 587),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(encrypted()?), 587),
            ("smtp", None) => (Tls::None, 25),
            ("smtp", Some(_)) => bail!("UNDERSTUDY_SMTP_URL: tls is `required` or `opportunistic`"),
            _ => bail!("UNDERSTUDY_SMTP_URL begins with smtps:// or smtp://"),
        };
        let name = url.path().trim_matches('/');
        let hello = if name.is_empty() { ClientId::default() } else { ClientId::Domain(name.to_owned()) };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        Ok(Some(Self {
            port: url.port().unwrap_or(port),
            local: is_loopback(&url) || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
            host,
            tls,
            hello,
            credentials,
            patience: Duration::from_secs(config.smtp_timeout),
        }))
    }

    /// How long handing over one mail may take.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Whether name and password go over a network without encryption, or with one that an attacker can leave out.
    pub(super) fn shows_password(&self) -> bool {
        self.credentials.is_some() && !self.local && matches!(self.tls, Tls::None | Tls::Opportunistic(_))
    }

    /// Connects, encrypts and signs in, as far as each is asked for.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        step(Stage::Connecting, Instant::now() + self.patience, self.dial()).await
    }

    async fn dial(&self) -> Result<AsyncSmtpConnection, Error> {
        let wrapped = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let to = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(to, None, &self.hello, wrapped, None).await?;
        match &self.tls {
            // Without STARTTLS this is an error: nothing is said in the clear.
            Tls::Required(parameters) => connection.starttls(parameters.clone(), &self.hello).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// What certificates are trusted: those of the public authorities, and those of UNDERSTUDY_SMTP_CA_FILE.
fn parameters(host: &str, config: &Config) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.smtp_ca_file {
        let named = || format!("UNDERSTUDY_SMTP_CA_FILE {}", path.display());
        let pem = std::fs::read(path).with_context(named)?;
        if !pem.windows(27).any(|text| text == b"-----BEGIN CERTIFICATE-----") {
            bail!("{} holds no certificate in PEM form", named());
        }
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).with_context(named)?);
    }
    builder.build_rustls().context("TLS towards the mail server")
}

fn decoded(text: &str) -> Result<String> {
    let decoded = percent_decode_str(text).decode_utf8();
    Ok(decoded.context("UNDERSTUDY_SMTP_URL: name and password are UTF-8, percent-encoded")?.into_owned())
}
