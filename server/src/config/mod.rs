//! Every setting, each from the environment or from a flag of the same name. `understudy --help` prints them.

mod values;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use cloud::{Labels, SignUp};

pub use self::values::{Hidden, Network, PublicUrl, is_loopback};

/// All settings. Those that are secret belong in the environment: a flag can be read by every user of the host.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// Where the console listens.
    #[arg(long, env = "UNDERSTUDY_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,

    /// Where the AWS protocols listen, for the aws CLI and SDKs (their `endpoint_url`).
    #[arg(long, env = "UNDERSTUDY_API_ADDR", default_value = "127.0.0.1:4566", global = true)]
    pub api_addr: SocketAddr,

    /// Where Prometheus reads `/metrics`, such as 127.0.0.1:9464. It is for those who watch over the installation and
    /// asks for no password. Without this setting, nowhere.
    #[arg(long, env = "UNDERSTUDY_METRICS_ADDR", global = true)]
    pub metrics_addr: Option<SocketAddr>,

    /// The address browsers use for the console. Links in mails begin with it, and forms are taken from it only. With
    /// https, cookies are bound to TLS. Without this setting, `http://localhost` with the listening port.
    #[arg(long, env = "UNDERSTUDY_PUBLIC_URL", global = true)]
    pub public_url: Option<PublicUrl>,

    /// The data directory: the private PostgreSQL and the master key. It is made if it is not there.
    #[arg(long, env = "UNDERSTUDY_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,

    /// A PostgreSQL to use instead of a private one: `postgres://user:password@host/database`. The user owns the
    /// database and must be neither superuser nor BYPASSRLS.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<Hidden>,

    /// Connections that this process opens to PostgreSQL at most.
    #[arg(long, env = "UNDERSTUDY_DATABASE_CONNECTIONS", default_value_t = 16, global = true)]
    pub database_connections: u32,

    /// Who may sign up: anybody, whoever knows the class code, or nobody. Without this setting, everybody while both
    /// the listening and the public address are this machine's own, else nobody.
    #[arg(long, env = "UNDERSTUDY_SIGNUP", value_enum, global = true)]
    pub signup: Option<SignUpSetting>,

    /// The class code that UNDERSTUDY_SIGNUP=code asks for.
    #[arg(long, env = "UNDERSTUDY_SIGNUP_CODE", hide_env_values = true, global = true)]
    pub signup_code: Option<Hidden>,

    /// With this domain, `https://<alias>.signin.<domain>/console` leads to an account's sign-in page, and the console
    /// prints that address. Point the wildcard name at this server.
    #[arg(long, env = "UNDERSTUDY_SIGNIN_DOMAIN", global = true)]
    pub signin_domain: Option<String>,

    /// The mail server: `smtps://user:password@host:465`, `smtp://host:587?tls=required` or `smtp://localhost:1025`.
    /// Without it, all mail stays in the built-in inbox.
    #[arg(long, env = "UNDERSTUDY_SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<Hidden>,

    /// A PEM file with the certificate of an authority that the mail server's certificate may come from, besides the
    /// public ones.
    #[arg(long, env = "UNDERSTUDY_SMTP_CA_FILE", global = true)]
    pub smtp_ca_file: Option<PathBuf>,

    /// Seconds that connecting to the mail server may take, and again handing one mail over.
    #[arg(long, env = "UNDERSTUDY_SMTP_TIMEOUT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=120), global = true)]
    pub smtp_timeout: u64,

    /// The sender's address.
    #[arg(long, env = "UNDERSTUDY_MAIL_FROM", default_value = "no-reply@localhost", global = true)]
    pub mail_from: String,

    /// Addresses and `@domains`, separated by commas, that mail may leave to though nobody verified them at a sign-up.
    #[arg(long, env = "UNDERSTUDY_MAIL_ALLOW", value_delimiter = ',', global = true)]
    pub mail_allow: Vec<String>,

    /// Mails that one account may send in a day by SMTP.
    #[arg(long, env = "UNDERSTUDY_MAIL_DAILY_QUOTA", default_value_t = 200, global = true)]
    pub mail_daily_quota: u32,

    /// The key that secrets at rest are sealed under: 64 hexadecimal digits, or 32 bytes in base64. Servers that share a
    /// database share it. Without this setting, a file in the data directory that is made at the first start.
    #[arg(long, env = "UNDERSTUDY_MASTER_KEY", hide_env_values = true, global = true)]
    pub master_key: Option<Hidden>,

    /// Master keys before the present one, separated by commas, until `understudy master-key rotate` has sealed
    /// everything anew: secrets are opened under any of them.
    #[arg(long, env = "UNDERSTUDY_FORMER_MASTER_KEYS", hide_env_values = true, value_delimiter = ',', global = true)]
    pub former_master_keys: Vec<Hidden>,

    /// The labels pages bear until a principal chooses: those of the tutorials of 2020, or today's.
    #[arg(long, env = "UNDERSTUDY_LABELS", value_enum, default_value_t = LabelSetting::Era2020, global = true)]
    pub labels: LabelSetting,

    /// Failed sign-ins and sign-ups a minute from one address before it is slowed down. A class sits behind one address.
    #[arg(long, env = "UNDERSTUDY_IP_FAILURES_PER_MINUTE", default_value_t = 300, global = true)]
    pub ip_failures_per_minute: u32,

    /// Whether the console refuses the most common passwords. The API never does: AWS's rules know no such list.
    #[arg(long, env = "UNDERSTUDY_COMMON_PASSWORDS", value_enum, default_value_t = CommonPasswords::Refuse, global = true)]
    pub common_passwords: CommonPasswords,

    /// Addresses and networks, separated by commas, of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto count:
    /// `127.0.0.1,10.0.0.0/8`. From anybody else these headers are ignored.
    #[arg(long, env = "UNDERSTUDY_TRUSTED_PROXIES", value_delimiter = ',', global = true)]
    pub trusted_proxies: Vec<Network>,

    /// Connections that both listeners keep open together at most; further ones wait.
    #[arg(long, env = "UNDERSTUDY_MAX_CONNECTIONS", default_value_t = 12_000, global = true)]
    pub max_connections: usize,

    /// Seconds between the moment `/readyz` answers 503 and the moment no connection is taken any more, for a load
    /// balancer that needs to notice.
    #[arg(long, env = "UNDERSTUDY_SHUTDOWN_DELAY", default_value_t = 0, global = true)]
    pub shutdown_delay: u64,

    /// How the log on standard error is written.
    #[arg(long, env = "UNDERSTUDY_LOG", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log: LogFormat,

    /// What is logged: a level (error, warn, info, debug, trace), or `target=level` pairs separated by commas. Without
    /// this setting, info for `serve` and warn for the other commands.
    #[arg(long, env = "UNDERSTUDY_LOG_LEVEL", global = true)]
    pub log_level: Option<String>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Who may sign up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUpSetting {
    /// Anybody who reaches the page.
    Open,
    /// Whoever knows UNDERSTUDY_SIGNUP_CODE.
    Code,
    /// Nobody; `understudy account create` makes accounts.
    Closed,
}

/// What the console does about the most common passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CommonPasswords {
    /// They are refused, and the refusal says why.
    Refuse,
    /// They pass where the password policy lets them.
    Allow,
}

/// Whose labels pages bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LabelSetting {
    /// Those of the tutorials of 2020 and 2021.
    #[value(name = "2020")]
    Era2020,
    /// Today's.
    Current,
}

impl Config {
    /// Refuses settings that contradict each other.
    ///
    /// # Errors
    /// Names the setting and what it needs.
    pub fn check(&self) -> Result<()> {
        self.sign_up()?;
        if self.database_connections < 2 {
            bail!("UNDERSTUDY_DATABASE_CONNECTIONS is at least 2");
        }
        let quota = i32::try_from(self.mail_daily_quota);
        quota.map(|_| ()).context("UNDERSTUDY_MAIL_DAILY_QUOTA is too large")
    }

    /// The address browsers use.
    pub fn public_url(&self) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::local(self.addr.port()))
    }

    /// Who may sign up, decided.
    ///
    /// # Errors
    /// When a class code is asked for but not set.
    pub fn sign_up(&self) -> Result<SignUp> {
        let local = self.addr.ip().is_loopback() && self.public_url().is_loopback();
        let default = if local { SignUpSetting::Open } else { SignUpSetting::Closed };
        Ok(match self.signup.unwrap_or(default) {
            SignUpSetting::Open => SignUp::Open,
            SignUpSetting::Closed => SignUp::Closed,
            SignUpSetting::Code => {
                let code = self.signup_code.as_ref().map(Hidden::expose).filter(|code| !code.is_empty());
                SignUp::Code(code.context("UNDERSTUDY_SIGNUP=code needs UNDERSTUDY_SIGNUP_CODE")?.to_owned())
            }
        })
    }

    /// The settings that operations care for.
    ///
    /// # Errors
    /// As [`Config::check`].
    pub fn settings(&self) -> Result<cloud::Settings> {
        Ok(cloud::Settings {
            public_url: self.public_url().origin(),
            signin_domain: self.signin_domain.clone(),
            sign_up: self.sign_up()?,
            labels: match self.labels {
                LabelSetting::Era2020 => Labels::Era2020,
                LabelSetting::Current => Labels::Current,
            },
            ip_failures_per_minute: self.ip_failures_per_minute,
            smtp: self.smtp_url.is_some(),
            mail_from: self.mail_from.clone(),
            mail_allow: self.mail_allow.clone(),
            mail_daily_quota: i32::try_from(self.mail_daily_quota)?,
            // Connecting, handing over, and a moment for what lies between.
            mail_patience: Duration::from_secs(2 * self.smtp_timeout + 5),
            refuse_common_passwords: self.common_passwords == CommonPasswords::Refuse,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        config: Config,
    }

    fn config(arguments: &[&str]) -> Config {
        Line::try_parse_from([&["understudy"], arguments].concat()).expect("parses").config
    }

    #[test]
    fn sign_up_is_open_on_this_machine_only() {
        assert_eq!(config(&[]).sign_up().expect("decides"), SignUp::Open);
        let listens = config(&["--addr", "0.0.0.0:3000"]);
        assert_eq!(listens.sign_up().expect("decides"), SignUp::Closed);
        let proxied = config(&["--public-url", "https://console.example.com"]);
        assert_eq!(proxied.sign_up().expect("decides"), SignUp::Closed);
        assert_eq!(config(&["--addr", "127.0.0.1:3100"]).public_url().origin(), "http://localhost:3100");
        let meant = config(&["--addr", "0.0.0.0:3000", "--signup", "open"]);
        assert_eq!(meant.sign_up().expect("decides"), SignUp::Open);
    }

    #[test]
    fn a_class_code_must_be_set() {
        assert!(config(&["--signup", "code"]).check().is_err());
        assert!(config(&["--signup", "code", "--signup-code", ""]).check().is_err());
        let coded = config(&["--signup", "code", "--signup-code", "spring"]);
        assert_eq!(coded.sign_up().expect("decides"), SignUp::Code("spring".into()));
    }

    #[test]
    fn debug_shows_no_secret() {
        let all = config(&["--database-url", "postgres://u:canary@h/d", "--master-key", "canary"]);
        assert!(!format!("{all:?}").contains("canary"));
    }
}
