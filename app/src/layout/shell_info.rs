//! What the frame needs to know of the request.

use super::{SearchEntry, Theme, paths};
use crate::ui::Flash;
use leptos::prelude::*;

/// Which console's words are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Labels {
    /// Those of 2020 and 2021, as the tutorials print them.
    #[default]
    Y2020,
    /// Those of today.
    Current,
}

impl Labels {
    /// The first text for 2020's labels, the second for today's.
    pub fn pick<T>(self, y2020: T, current: T) -> T {
        match self {
            Self::Y2020 => y2020,
            Self::Current => current,
        }
    }
}

/// What kind of identity is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PrincipalKind {
    /// The account itself.
    #[default]
    Root,
    /// An IAM user.
    User,
    /// A role that was switched to.
    Role,
    /// Someone from elsewhere.
    Federated,
}

/// A service in menus and lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ServiceLink {
    /// Its short name in addresses and test ids: `iam`.
    pub id: String,
    /// Its name: "IAM".
    pub name: String,
    /// What it does, in a few words.
    pub description: String,
    /// Where it stands.
    pub href: String,
    /// The heading it stands under: "Security, Identity, & Compliance".
    pub category: String,
    /// Whether this version has it; the page of one that it has not says which labs need it.
    pub available: bool,
}

/// Where a notice stands in the bell's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NoticeKind {
    /// Something is broken.
    OpenIssue,
    /// Something will change.
    ScheduledChange,
    /// Anything else: budgets, alarms.
    #[default]
    Other,
}

/// One line under the bell.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// Where it stands.
    pub kind: NoticeKind,
    /// What happened.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// What the frame needs to know of the request.
#[derive(Clone, Debug, Default)]
pub struct ShellInfo {
    /// The account's name for root, `user @ alias or account id` for a user, `role/session @ account` for a role.
    pub display_name: String,
    /// Twelve digits.
    pub account_id: String,
    /// The account's alias.
    pub account_alias: Option<String>,
    /// What kind of identity is signed in.
    pub principal: PrincipalKind,
    /// The user's, role session's or federated name; the e-mail address for root.
    pub principal_name: String,
    /// The chosen region's code: `us-east-2`.
    pub region: String,
    /// The service shown has no regions.
    pub global: bool,
    /// Which console's words are shown.
    pub labels: Labels,
    /// Light or dark; nothing follows the system.
    pub theme: Option<Theme>,
    /// The path of the page shown, without query.
    pub path: String,
    /// Its address with the query: where a form that changes no more than the look leads back to.
    pub address: String,
    /// All services, in the order of their categories.
    pub services: Vec<ServiceLink>,
    /// The last visited ones, newest first.
    pub recent: Vec<ServiceLink>,
    /// Those that were put into the bar.
    pub pinned: Vec<ServiceLink>,
    /// What the bell knows.
    pub notices: Vec<Notice>,
    /// What the search box finds without asking the server.
    pub search: Vec<SearchEntry>,
    /// An address that a query is appended to: it answers a JSON list of [`SearchEntry`] for the caller's own
    /// resources. Nothing leaves them out.
    pub search_resources: Option<String>,
    /// The account's time as ISO 8601, where it is not the real one.
    pub sandbox_time: Option<String>,
    /// Messages that waited in the session for this page.
    pub flash: Vec<Flash>,
}

impl ShellInfo {
    /// This page's address in another region.
    pub fn in_region(&self, code: &str) -> String {
        let path = if self.path.is_empty() { paths::HOME } else { &self.path };
        format!("{path}?region={code}")
    }

    /// The account id in groups of four, as people read it out.
    pub fn grouped_account_id(&self) -> String {
        let digits = &self.account_id;
        match (digits.get(..4), digits.get(4..8), digits.get(8..)) {
            (Some(first), Some(second), Some(third)) => format!("{first}-{second}-{third}"),
            _ => digits.clone(),
        }
    }
}

/// The request's [`ShellInfo`]; an empty one where none was put into the context.
pub fn shell_info() -> ShellInfo {
    use_context::<ShellInfo>().unwrap_or_default()
}

/// Which console's words this request is answered in.
pub fn labels() -> Labels {
    use_context::<ShellInfo>().map(|shell| shell.labels).unwrap_or_default()
}
