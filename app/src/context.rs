//! What a page knows of its request: who looks, what the form before it answered. Filled by the server, one a render.

use std::collections::BTreeMap;

use leptos::prelude::use_context;
use model::console::Preferences;
use serde_json::Value;

use crate::{CallError, layout::Notice, ui::Flash};

/// The region of whoever has chosen none.
pub const DEFAULT_REGION: &str = "us-east-2";

/// The signed-in principal, as pages show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewer {
    /// Twelve digits.
    pub account_id: String,
    /// The account's name.
    pub account_name: String,
    /// The root user's address; empty for IAM users.
    pub email: String,
    /// The account's alias.
    pub alias: Option<String>,
    /// The user's name; absent for root.
    pub user_name: Option<String>,
    /// What the principal prefers, defaults filled in.
    pub preferences: Preferences,
    /// The sign-in URL of the account's IAM users.
    pub signin_url: String,
    /// The account's time, in milliseconds since 1970.
    pub now: i64,
    /// Whether the account's time has been moved away from the real one.
    pub clock_moved: bool,
    /// In how many whole days the viewer's password expires, if it ever does.
    pub password_days_left: Option<i64>,
    /// Whether only a new password is allowed now.
    pub must_change_password: bool,
    /// Whether the sign-up is still to be finished.
    pub sign_up_pending: bool,
}

/// What became of a form that was posted to this page.
#[derive(Clone, Debug)]
pub struct FormOutcome {
    /// The form's operation: `iam:CreateUser`.
    pub operation: String,
    /// What was typed, but for secrets.
    pub values: BTreeMap<String, String>,
    /// The same in the order they were sent, names that came more than once more than once.
    pub fields: Vec<(String, String)>,
    /// The operation's output, or why there is none.
    pub result: Result<Value, CallError>,
}

/// One page's request.
#[derive(Clone, Debug, Default)]
pub struct PageContext {
    /// The path.
    pub path: String,
    /// The parts of the path between its slashes, percent-decoded.
    pub segments: Vec<String>,
    /// The query's members.
    pub query: BTreeMap<String, String>,
    /// Who looks; nobody on the sign-in pages.
    pub viewer: Option<Viewer>,
    /// What the form posted to this page answered.
    pub outcome: Option<FormOutcome>,
    /// Whether a form that was posted to this page was longer than forms may be, and not read.
    pub too_long: bool,
    /// What the bell tells.
    pub notices: Vec<Notice>,
    /// Messages for the top of the page.
    pub flashes: Vec<Flash>,
    /// The account that this browser remembers for the IAM sign-in form.
    pub remembered_account: Option<String>,
    /// The theme that this browser remembers, for visitors whose preference is not known.
    pub browser_theme: Option<String>,
    /// Whether this browser has become the operator's.
    pub operator: bool,
    /// Facts of the installation that pages show.
    pub site: Site,
}

/// Facts of the installation that pages show.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Where browsers find the console, without a slash at the end.
    pub public_url: String,
    /// `open`, `code` or `closed`.
    pub sign_up: &'static str,
    /// `2020` or `current`: labels until a principal chooses.
    pub labels: &'static str,
    /// Whether passwords cross a network in the clear: plain http on another host than this one.
    pub insecure: bool,
    /// Whether mail leaves by SMTP.
    pub smtp: bool,
    /// Why browsers cannot use passkeys here; nothing if they can.
    pub passkeys_refused: Option<&'static str>,
}

impl Default for FormOutcome {
    /// Of a form without fields that answered nothing.
    fn default() -> Self {
        Self { operation: String::new(), values: BTreeMap::new(), fields: Vec::new(), result: Ok(Value::Null) }
    }
}

impl PageContext {
    /// The context of the page being rendered.
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// The viewer, or an empty one where nobody is signed in.
    pub fn viewer(&self) -> Viewer {
        self.viewer.clone().unwrap_or_default()
    }

    /// Whether labels are those of 2020.
    pub fn labels_2020(&self) -> bool {
        match self.viewer.as_ref().and_then(|viewer| viewer.preferences.labels.as_deref()) {
            Some(labels) => labels == "2020",
            None => self.site.labels != "current",
        }
    }

    /// `light` or `dark` where one was chosen; the system decides otherwise.
    pub fn theme(&self) -> Option<String> {
        let chosen = self.viewer.as_ref().and_then(|viewer| viewer.preferences.theme.clone());
        chosen.or_else(|| self.browser_theme.clone()).filter(|theme| theme == "light" || theme == "dark")
    }

    /// The region that the viewer has chosen, or the one that AWS gives a new account.
    pub fn region(&self) -> String {
        let chosen = self.viewer.as_ref().and_then(|viewer| viewer.preferences.region.clone());
        chosen.unwrap_or_else(|| DEFAULT_REGION.to_owned())
    }

    /// The label of this principal's era.
    pub fn label<'a>(&self, in_2020: &'a str, now: &'a str) -> &'a str {
        if self.labels_2020() { in_2020 } else { now }
    }

    /// One part of the path, from 0; empty if there are fewer.
    pub fn segment(&self, index: usize) -> String {
        self.segments.get(index).cloned().unwrap_or_default()
    }

    /// A member of the query; empty if absent.
    pub fn query(&self, name: &str) -> String {
        self.query.get(name).cloned().unwrap_or_default()
    }

    /// A member of the query, unless it is absent or empty.
    pub fn given(&self, name: &str) -> Option<String> {
        self.query.get(name).filter(|text| !text.is_empty()).cloned()
    }

    /// The outcome of the form for `operation`, if that is the one that was posted.
    pub fn outcome_of(&self, operation: &str) -> Option<&FormOutcome> {
        self.outcome.as_ref().filter(|outcome| outcome.operation == operation)
    }

    /// What was typed into a field of the form for `operation`, so that nothing is lost on an error.
    pub fn typed(&self, operation: &str, field: &str) -> Option<String> {
        self.outcome_of(operation)?.values.get(field).cloned()
    }

    /// All values of one name in the form for `operation`: boxes that were ticked, so that none is lost on an error.
    pub fn ticked(&self, operation: &str, field: &str) -> Vec<String> {
        let fields = self.outcome_of(operation).into_iter().flat_map(|outcome| &outcome.fields);
        fields.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }

    /// The error of the form for `operation`.
    pub fn error_of(&self, operation: &str) -> Option<CallError> {
        self.outcome_of(operation)?.result.clone().err()
    }

    /// The error under one field of that form.
    pub fn field_error(&self, operation: &str, field: &str) -> Option<String> {
        self.error_of(operation)?.field(field)
    }

    /// The output of that form's operation, for pages that show it once.
    pub fn output_of<T: serde::de::DeserializeOwned>(&self, operation: &str) -> Option<T> {
        serde_json::from_value(self.outcome_of(operation)?.result.clone().ok()?).ok()
    }
}
