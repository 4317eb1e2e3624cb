//! Mails that wait for the mail server and mails that were given up, as the operator sees and moves them.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Timestamp, name, page};

const NO_MAIL: &str = "00000000-0000-0000-0000-000000000000";

/// Lists dead letters, or mails that wait, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOutbox {
    /// `failed` for dead letters, `queued` for mails that wait. Without it, dead letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// A mail that waits or was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OutboxMail {
    /// Its id.
    pub mail_id: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was written, by the account's clock.
    pub written: Timestamp,
    /// `queued` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed, as the mail server said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When the next try is due, of a mail that waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    /// When it is given up: later its code or link is good no longer, or four days are over.
    pub give_up: Timestamp,
    /// Whether a server is sending it at this moment.
    pub being_sent: bool,
    /// Whether it can be sent again: what holds a code or a link cannot once that is good no longer.
    pub can_be_sent: bool,
    /// The account it belongs to; absent during a sign-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

/// What ListOutbox answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOutboxOutput {
    /// The page.
    pub mails: Vec<OutboxMail>,
    /// How many mails wait.
    pub waiting: i64,
    /// How many dead letters there are.
    pub dead: i64,
    /// Why no mail can be sent at all for now, if the mail server itself does not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_trouble: Option<String>,
    /// Since when that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_trouble_since: Option<Timestamp>,
    /// When the mail server is asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_asked_again: Option<Timestamp>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListOutbox {
    const ACTION: Action = Action::new("operator", "ListOutbox");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Operator;
    type Output = ListOutboxOutput;

    fn check(&self, fields: &mut Fields) {
        if let Some(state) = &self.state {
            fields.one_of("state", state, &["failed", "queued"]);
        }
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Sends a dead letter or a discarded mail again from its first try, or one that waits at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResendMail {
    /// Which mail.
    #[serde(default)]
    pub mail_id: String,
}

impl Operation for ResendMail {
    const ACTION: Action = Action::new("operator", "ResendMail");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("mailId", &self.mail_id, &name::LINE);
    }

    fn example() -> Self {
        Self { mail_id: NO_MAIL.into() }
    }
}

/// Sends every dead letter again that can be sent: for the time after a mail server was set up wrongly.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResendDeadLetters {}

/// What ResendDeadLetters answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResendDeadLettersOutput {
    /// How many mails wait for the mail server again.
    pub mails: i64,
}

impl Operation for ResendDeadLetters {
    const ACTION: Action = Action::new("operator", "ResendDeadLetters");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = ResendDeadLettersOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Takes a dead letter or a mail that waits out of the outbox. It stays in its mailbox, and can be sent again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DiscardMail {
    /// Which mail.
    #[serde(default)]
    pub mail_id: String,
}

impl Operation for DiscardMail {
    const ACTION: Action = Action::new("operator", "DiscardMail");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("mailId", &self.mail_id, &name::LINE);
    }

    fn example() -> Self {
        Self { mail_id: NO_MAIL.into() }
    }
}
