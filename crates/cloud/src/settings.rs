//! What an installation is set to, as far as operations care.

use std::time::Duration;

/// Who may sign up for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// Anybody who reaches the page.
    Open,
    /// Whoever knows this class code.
    Code(String),
    /// Nobody; the operator makes accounts.
    Closed,
}

/// Whose labels pages bear until a principal chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// Those of the tutorials, 2020 to 2021.
    #[default]
    Era2020,
    /// Today's.
    Current,
}

/// The settings that reach the waist.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where browsers find the console, without a slash at the end. Links in mails begin with it.
    pub public_url: String,
    /// The domain under which `<alias>.signin.<domain>` works, if there is one.
    pub signin_domain: Option<String>,
    /// Who may sign up.
    pub sign_up: SignUp,
    /// The default labels.
    pub labels: Labels,
    /// Failed sign-ins and sign-ups a minute from one address before it is slowed down.
    pub ip_failures_per_minute: u32,
    /// Whether mail leaves by SMTP; otherwise it stays in the built-in inbox.
    pub smtp: bool,
    /// The sender's address.
    pub mail_from: String,
    /// Addresses and `@domains` that SMTP may send to without having proved themselves at a sign-up.
    pub mail_allow: Vec<String>,
    /// Mails a day that one account may send by SMTP.
    pub mail_daily_quota: i32,
    /// How long one try to hand a mail over may take. A mail is held by whoever tries for ten seconds longer.
    pub mail_patience: Duration,
    /// Whether the console refuses the most common passwords.
    pub refuse_common_passwords: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:3000".into(),
            signin_domain: None,
            sign_up: SignUp::Open,
            labels: Labels::default(),
            ip_failures_per_minute: 300,
            smtp: false,
            mail_from: "no-reply@localhost".into(),
            mail_allow: Vec::new(),
            mail_daily_quota: 200,
            mail_patience: Duration::from_secs(45),
            refuse_common_passwords: true,
        }
    }
}

impl Settings {
    /// The host that browsers see, with its port.
    pub fn host(&self) -> &str {
        self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest)
    }

    /// The sign-in URL of an account's IAM users, by alias or id.
    pub fn signin_url(&self, alias_or_id: &str) -> String {
        match &self.signin_domain {
            Some(domain) => format!("https://{alias_or_id}.signin.{domain}/console"),
            None => format!("{}/signin/{alias_or_id}/console", self.public_url),
        }
    }
}
