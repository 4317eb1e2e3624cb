//! The columns of the Users table: which there are, which are shown at first in each era, and their cells.

use leptos::prelude::*;
use model::{
    Timestamp,
    console::{KeyCell, ListPreference, PAGE_SIZE, UserRow},
};

use crate::{
    PageContext,
    iam::{
        paths::user_path,
        words::{age, some_of},
    },
    ui::{Column, Date, DateStyle, Link, LinkVariant, Status, StatusIndicator, slug},
};

/// A column that can be shown: its id in preferences, its heading in 2020 and today, whether it is shown at first
/// today.
type Choice = (&'static str, &'static str, &'static str, bool);

/// In today's order. Today's console shows how many groups there are, that of 2020 names them.
const CHOICES: [Choice; 14] = [
    ("path", "Path", "Path", true),
    ("groups", "Groups", "Groups", false),
    ("groups-count", "Groups count", "Group", true),
    ("last-activity", "Last activity", "Last activity", true),
    ("mfa", "MFA", "MFA", true),
    ("password-age", "Password age", "Password age", true),
    ("console-last-sign-in", "Console last sign-in", "Console last sign-in", true),
    ("access-key-id", "Access key ID", "Access key ID", true),
    ("access-key-age", "Access key age", "Active key age", true),
    ("access-key-last-used", "Access key last used", "Access key last used", true),
    ("arn", "ARN", "ARN", true),
    ("creation-time", "Creation time", "Creation time", true),
    ("console-access", "Console access", "Console access", true),
    ("signing-certs", "Signing certs", "Signing certs", true),
];

/// Those of 2020's first sight, in their order; the others follow them.
const IN_2020: [&str; 5] = ["groups", "access-key-age", "password-age", "last-activity", "mfa"];

/// The name under which a principal's preference of this list is kept: each era has its own usual columns.
pub(super) fn list_name(page: &PageContext) -> &'static str {
    if page.labels_2020() { "users-2020" } else { "users-current" }
}

/// How the list is shown: as the principal chose, or as usual.
pub(super) fn preference(page: &PageContext) -> ListPreference {
    let kept = page.viewer().preferences.lists.get(list_name(page)).cloned();
    kept.unwrap_or_else(|| ListPreference { page_size: PAGE_SIZE, columns: usual(page) })
}

fn usual(page: &PageContext) -> Vec<String> {
    if page.labels_2020() {
        return IN_2020.map(str::to_owned).to_vec();
    }
    CHOICES.iter().filter(|(.., shown)| *shown).map(|(id, ..)| (*id).to_owned()).collect()
}

/// Every column that can be shown, in the order of the era: id, heading, whether it is shown now.
pub(super) fn choices(page: &PageContext) -> Vec<(&'static str, String, bool)> {
    let shown = preference(page).columns;
    let choice = |(id, then, now, _): &Choice| (*id, page.label(then, now).to_owned(), shown.iter().any(|on| on == id));
    let mut choices: Vec<_> = CHOICES.iter().map(choice).collect();
    if page.labels_2020() {
        choices.sort_by_key(|(id, ..)| IN_2020.iter().position(|first| first == id).unwrap_or(IN_2020.len()));
    }
    choices
}

/// The columns that are shown, the name first.
pub(super) fn columns(page: &PageContext, now: Timestamp) -> Vec<Column<UserRow>> {
    let name = Column::new("user-name", "User name", |row: &UserRow| {
        let name = row.user_name.clone();
        view! {
            <Link href=user_path(&name) variant=LinkVariant::Primary testid=format!("user-{}", slug(&name))>
                {name.clone()}
            </Link>
        }
    })
    .row_header()
    .sortable();
    let others = choices(page).into_iter().filter(|(.., shown)| *shown);
    let mfa = MfaWords {
        none: page.label("Not enabled", "None").to_owned(),
        passkey: page.label("U2F security key", "Passkey or security key").to_owned(),
    };
    std::iter::once(name).chain(others.map(|(id, heading, _)| column(id, heading, now, mfa.clone()))).collect()
}

/// What the column about MFA says, in the words of the era.
#[derive(Clone)]
struct MfaWords {
    none: String,
    passkey: String,
}

impl MfaWords {
    /// The kinds of a user's devices, each once.
    fn kinds(&self, row: &UserRow) -> String {
        let word = |kind: &String| match kind.as_str() {
            "PASSKEY" => self.passkey.as_str(),
            "HARDWARE" => "Hardware",
            _ => "Virtual",
        };
        row.mfa_kinds.iter().map(word).collect::<Vec<_>>().join(", ")
    }
}

fn column(id: &'static str, heading: String, now: Timestamp, mfa: MfaWords) -> Column<UserRow> {
    let text = |cell: fn(&UserRow, Timestamp) -> Option<String>| {
        Column::new(id, heading.clone(), move |row: &UserRow| shown(cell(row, now))).nowrap().sortable()
    };
    match id {
        "path" => text(|row, _| Some(row.path.clone())),
        "groups" => Column::new(id, heading, |row: &UserRow| shown(row.groups.as_deref().map(some_of))).sortable(),
        // Both columns about groups have the order of their number.
        "groups-count" => Column::new("groups", heading, |row: &UserRow| {
            shown(row.groups.as_ref().map(|groups| groups.len().to_string()))
        })
        .end()
        .sortable(),
        "access-key-age" => text(|row, now| {
            let keys = row.access_keys.as_ref()?;
            let oldest = keys.iter().filter(|key| key.active).map(|key| key.create_date).min();
            Some(oldest.map_or_else(none, |since| age(since, now)))
        }),
        "password-age" => {
            text(|row, now| Some(row.password.as_ref()?.changed.map_or_else(none, |since| age(since, now))))
        }
        "last-activity" => text(|row, now| match (row.last_activity(), &row.key_use) {
            (Some(last), _) => Some(age(last, now)),
            (None, Some(_)) => Some("Never".into()),
            (None, None) => None,
        }),
        "mfa" => Column::new(id, heading, move |row: &UserRow| {
            shown(row.mfa_devices.map(|devices| if devices > 0 { mfa.kinds(row) } else { mfa.none.clone() }))
        })
        .nowrap()
        .sortable(),
        "console-last-sign-in" => {
            Column::new(id, heading, |row: &UserRow| instant(row.password_last_used)).nowrap().sortable()
        }
        "access-key-id" => {
            Column::new(id, heading, |row: &UserRow| shown(row.access_keys.as_deref().map(ids))).sortable()
        }
        "access-key-last-used" => {
            text(|row, now| Some(row.key_use.as_ref()?.last_used.map_or_else(|| "Never".into(), |last| age(last, now))))
        }
        "arn" => text(|row, _| Some(row.arn.clone())),
        "creation-time" => Column::new(id, heading, |row: &UserRow| instant(Some(row.create_date))).nowrap().sortable(),
        "console-access" => {
            text(|row, _| Some(if row.password.as_ref()?.enabled { "Enabled" } else { "Disabled" }.into()))
        }
        // Nobody can have one: this version signs with access keys alone.
        _ => Column::new(id, heading, |_: &UserRow| none()),
    }
}

fn none() -> String {
    "None".to_owned()
}

/// A cell that the caller may not read says so.
fn shown(text: Option<String>) -> AnyView {
    match text {
        Some(text) => text.into_any(),
        None => view! { <StatusIndicator status=Status::Warning>"Access denied"</StatusIndicator> }.into_any(),
    }
}

fn instant(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <Date iso=at.to_string() style=DateStyle::Long /> }.into_any(),
        None => "-".into_any(),
    }
}

/// "AKIA… (Active)" for each key.
fn ids(keys: &[KeyCell]) -> String {
    if keys.is_empty() {
        return none();
    }
    let state = |key: &KeyCell| if key.active { "Active" } else { "Inactive" };
    keys.iter().map(|key| format!("{} ({})", key.access_key_id, state(key))).collect::<Vec<_>>().join(", ")
}
