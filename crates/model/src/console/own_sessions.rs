//! A principal's own browsers: where they are signed in, ending what they are not sitting at, and past sign-ins.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Timestamp, page};

const OWN: &str = "everybody may see and end their own sessions, and nobody else's";

/// The newest sessions that a list shows; a person has a few.
pub const SESSIONS_LISTED: i64 = 100;

/// Lists the caller's console sessions: the one that asks first, then the last used first.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOwnSessions {}

/// One browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OwnSession {
    /// What the session is called by; it opens nothing.
    pub session_id: String,
    /// When it was signed in, by the account's clock.
    pub started: Timestamp,
    /// When it last asked for a page, to the minute.
    pub last_used: Timestamp,
    /// The address that it last came from, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ip: Option<String>,
    /// The browser's own words about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Whether an MFA device was shown at its sign-in.
    pub mfa: bool,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// What ListOwnSessions answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListOwnSessionsOutput {
    /// At most [`SESSIONS_LISTED`] of them.
    pub sessions: Vec<OwnSession>,
    /// How many there are.
    pub total: i64,
}

impl Operation for ListOwnSessions {
    const ACTION: Action = Action::new("console", "ListOwnSessions");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Signed(OWN);
    type Output = ListOwnSessionsOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Ends one of the caller's console sessions: its next request is nobody's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EndOwnSession {
    /// As ListOwnSessions names it.
    #[serde(default)]
    pub session_id: String,
}

impl Operation for EndOwnSession {
    const ACTION: Action = Action::new("console", "EndOwnSession");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Signed(OWN);
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("sessionId", &self.session_id, 1, 64);
    }

    fn example() -> Self {
        Self { session_id: "6f1c2b1e-3c0a-4d0e-9a55-0f6f2f0c7a11".into() }
    }
}

/// Ends all of the caller's console sessions but the one that asks, also those that still wait for an MFA code. A call
/// that was signed with an access key has no session: it ends them all.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EndOtherSessions {}

/// What EndOtherSessions answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EndOtherSessionsOutput {
    /// How many ended.
    pub ended: i64,
}

impl Operation for EndOtherSessions {
    const ACTION: Action = Action::new("console", "EndOtherSessions");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Signed(OWN);
    type Output = EndOtherSessionsOutput;

    fn example() -> Self {
        Self {}
    }
}

/// A page of the caller's own sign-ins to the console, the newest first: done, failed, and stopped before the MFA code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSignIns {
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Sign-ins on a page, 1 to 1000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What became of one step of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInResult {
    /// The principal was signed in.
    SignedIn,
    /// The password was right, and an MFA device was asked for. If nothing follows, somebody knows the password alone.
    MfaAsked,
    /// The password was wrong, or too many had been tried.
    WrongPassword,
    /// The password was right, and the code or passkey was wrong.
    WrongMfa,
}

/// One step of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignIn {
    /// The event's id, as the event history knows it.
    pub event_id: String,
    /// When, by the account's clock.
    pub time: Timestamp,
    /// What became of it.
    pub result: SignInResult,
    /// The address that it came from, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_ip: Option<String>,
    /// The browser's own words about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Whether an MFA device was shown, or tried.
    pub mfa: bool,
}

/// What ListSignIns answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListSignInsOutput {
    /// The sign-ins.
    pub sign_ins: Vec<SignIn>,
    /// Whether there are more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListSignIns {
    const ACTION: Action = Action::new("console", "ListSignIns");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Signed(OWN);
    type Output = ListSignInsOutput;

    fn check(&self, fields: &mut Fields) {
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}
