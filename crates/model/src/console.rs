//! The console's own words: rows of its tables, preferences, the mailbox. None has a power that the API lacks.

mod budgets;
mod document;
mod entity_permissions;
mod explain;
mod lists;
mod notices;
mod own_sessions;
mod passkeys;
mod permissions;
mod policies;
mod reports;
mod search;
mod sessions;
mod subscriptions;
mod users;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use budgets::*;
pub use document::*;
pub use entity_permissions::*;
pub use explain::*;
pub use lists::*;
pub use notices::*;
pub use own_sessions::*;
pub use passkeys::*;
pub use permissions::*;
pub use policies::*;
pub use reports::*;
pub use search::*;
pub use sessions::*;
pub use subscriptions::*;
pub use users::*;

use crate::{Access, Action, Fields, Guard, Operation, Secret, Timestamp, name, page};

const OWN: &str = "everybody keeps their own preferences";

/// How a principal likes the console; kept on the server, whatever the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Preferences {
    /// `2020` or `current`; the installation's default if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<String>,
    /// `light` or `dark`; the browser's wish if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The region chosen, `us-east-2` for a new account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Services visited, newest first, at most ten, none twice.
    #[serde(default)]
    pub recent: Vec<String>,
    /// How lists are shown, by the lists' names; those never changed are absent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<String, ListPreference>,
}

/// Changes the members that are given.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutPreferences {
    /// See [`Preferences`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<String>,
    /// See [`Preferences`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// See [`Preferences`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// A service just visited: it moves to the front of the recent ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visited: Option<String>,
    /// How one list is shown from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<NamedListPreference>,
}

impl Operation for PutPreferences {
    const ACTION: Action = Action::new("console", "PutPreferences");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Signed(OWN);
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        if let Some(labels) = &self.labels {
            fields.one_of("labels", labels, &["2020", "current"]);
        }
        if let Some(theme) = &self.theme {
            fields.one_of("theme", theme, &["light", "dark", "system"]);
        }
        if let Some(list) = &self.list {
            list.check(fields);
        }
        for (field, text) in [("region", &self.region), ("visited", &self.visited)] {
            if let Some(text) = text
                && (text.is_empty()
                    || text.len() > 40
                    || !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
            {
                fields.fault(field, Some(text), "Member must satisfy regular expression pattern: [a-z0-9-]{1,40}");
            }
        }
    }

    fn example() -> Self {
        Self { labels: Some("current".into()), ..Self::default() }
    }
}

/// A mail in the built-in inbox, without its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MailSummary {
    /// Its id.
    pub mail_id: String,
    /// When it was written.
    pub sent: Timestamp,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// `mail`, or `phone` for a message of the simulated telephone.
    pub channel: String,
    /// What became of it: `inbox`, `queued`, `sent`, `failed`, `kept` where the address was not verified, or `discarded`
    /// by the operator.
    pub state: String,
    /// The account it belongs to; absent during a sign-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

/// A mail with its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MailBody {
    /// The head.
    pub summary: MailSummary,
    /// The sender, as the mail names it.
    pub from: String,
    /// The text part.
    pub text: Secret,
    /// The HTML part, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<Secret>,
}

const MAILBOX: &str = "a mailbox opens to its account's root, to its key, to its sign-up's browser or to the operator, and to nobody else";

/// Lists the newest mails of the mailbox that this caller may open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMail {
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListMail answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListMailOutput {
    /// The page, newest first.
    pub mails: Vec<MailSummary>,
    /// Whose mailbox: an account id, `sign-up`, `operator`, or `none` where this browser may open none.
    pub mailbox: String,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListMail {
    const ACTION: Action = Action::new("console", "ListMail");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Public(MAILBOX);
    type Output = ListMailOutput;

    fn check(&self, fields: &mut Fields) {
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Reads one mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMail {
    /// Which mail.
    #[serde(default)]
    pub mail_id: String,
}

/// What GetMail answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetMailOutput {
    /// The mail.
    pub mail: MailBody,
}

impl Operation for GetMail {
    const ACTION: Action = Action::new("console", "GetMail");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Public(MAILBOX);
    const HIDDEN: &'static [&'static str] = &["Text", "Html"];
    type Output = GetMailOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("mailId", &self.mail_id, &name::LINE);
    }

    fn example() -> Self {
        Self { mail_id: "00000000-0000-0000-0000-000000000000".into() }
    }
}

/// Opens a mailbox with its key, the link that a root user keeps: this browser may read it from now on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OpenMailbox {
    /// The key out of the link.
    #[serde(default)]
    pub key: Secret,
}

impl Operation for OpenMailbox {
    const ACTION: Action = Action::new("console", "OpenMailbox");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(MAILBOX);
    const HIDDEN: &'static [&'static str] = &["Key"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("key", self.key.expose(), 1, 128);
    }

    fn example() -> Self {
        Self { key: "Canary-MailboxKey-1".into() }
    }
}

/// Makes the account's mailbox link anew; the one before no longer opens it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateMailboxLink {}

/// What CreateMailboxLink answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateMailboxLinkOutput {
    /// The link, shown once.
    pub mailbox_url: Secret,
}

impl Operation for CreateMailboxLink {
    const ACTION: Action = Action::new("console", "CreateMailboxLink");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly("the mailbox is its root user's");
    const HIDDEN: &'static [&'static str] = &["MailboxUrl"];
    type Output = CreateMailboxLinkOutput;

    fn example() -> Self {
        Self {}
    }
}
