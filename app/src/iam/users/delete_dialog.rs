//! The dialog that deletes users: whom, what they did last, and the reader's consent in the way of the era.

use leptos::prelude::*;
use model::{
    Timestamp,
    console::{ListUserRows, UserRow},
};

use super::forms;
use crate::{
    CallError, PageContext,
    iam::{hidden, words::age},
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Checkbox, DeleteModal, Form, FormErrors, Modal, Severity,
        SpaceBetween, Text,
    },
};

/// What is gone with a user.
const GONE: &str =
    "The user loses password, access keys, MFA devices, policies and group memberships at once. This cannot be undone.";
/// What is gone with several.
const ALL_GONE: &str = "The users lose their passwords, access keys, MFA devices, policies and group memberships at once. This cannot be undone.";
/// Who was active within so many days is deleted only after a box was ticked.
const RECENT_DAYS: i64 = 30;

/// What is known of the last activity of somebody who is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Activity {
    /// When it was.
    At(Timestamp),
    Never,
    Unknown,
}

/// The dialog's id, where its forms go, and what the last try came to.
pub(super) struct Dialog<'a> {
    /// The element's id, page-wide unique.
    pub id: &'static str,
    /// Where the form is sent: the list as it stands.
    pub action: String,
    /// Whether it is shown from the start.
    pub open: bool,
    /// The request.
    pub page: &'a PageContext,
}

impl Dialog<'_> {
    /// The dialog for these users. What they did last is read for them alone; where it may not be read it says so.
    pub async fn of(self, names: &[String]) -> AnyView {
        let asked = ListUserRows {
            user_names: Some(names.to_vec()),
            max_items: i64::try_from(names.len().clamp(1, 1000)).ok(),
            ..ListUserRows::default()
        };
        let (rows, now) = match crate::call(asked).await {
            Ok(list) => (list.rows, list.now),
            Err(_) => (Vec::new(), Timestamp(self.page.viewer().now)),
        };
        self.shown(names, &rows, now)
    }

    /// The dialog for these users, of whom these rows are known.
    pub fn shown(self, names: &[String], rows: &[UserRow], now: Timestamp) -> AnyView {
        let activity = |name: &String| {
            let row = rows.iter().find(|row| row.user_name.eq_ignore_ascii_case(name));
            match row.map(|row| (row.last_activity(), row.key_use.is_some())) {
                Some((Some(last), _)) => Activity::At(last),
                Some((None, true)) => Activity::Never,
                _ => Activity::Unknown,
            }
        };
        let known: Vec<(&String, Activity)> = names.iter().map(|name| (name, activity(name))).collect();
        let recent = |last: Timestamp| last.days_until(now) < RECENT_DAYS;
        let active = known.iter().any(|(_, last)| matches!(last, Activity::At(last) if recent(*last)));
        let lines = known
            .into_iter()
            .map(|(name, last)| match last {
                Activity::At(last) => format!("{name} (last activity: {})", age(last, now)),
                Activity::Never => format!("{name} (last activity: never)"),
                Activity::Unknown => format!("{name} (last activity: you do not have permission to read it)"),
            })
            .collect();
        if self.page.labels_2020() { self.ticked(names, lines, active) } else { self.typed(names, lines, active) }
    }

    /// Today's: a word is typed.
    fn typed(self, names: &[String], lines: Vec<String>, active: bool) -> AnyView {
        let (title, consent, submit) = match names {
            [one] => (format!("Delete {one}?"), one.clone(), "Delete user"),
            many => (format!("Delete {} users?", many.len()), "delete".to_owned(), "Delete users"),
        };
        let error = self.error().and_then(|error| error.field("confirmation").or_else(|| Some(error.to_string())));
        let fields = hidden(forms::DELETE, &[("UserName", &names.join(" "))]);
        let warned = warning(names);
        let gone = if names.len() == 1 { GONE } else { ALL_GONE };
        view! {
            <DeleteModal id=self.id title consent action=self.action hidden=fields submit open=self.open error>
                <Text>{gone}</Text>
                <BulletList items=lines testid="users-to-delete" />
                {active.then(|| view! { <Text testid="recently-active">{warned}</Text> })}
            </DeleteModal>
        }
        .into_any()
    }

    /// That of 2020: a box is ticked for who was active lately.
    fn ticked(self, names: &[String], lines: Vec<String>, active: bool) -> AnyView {
        let id = self.id;
        let form = format!("{id}-form");
        let sends = form.clone();
        let consent = match names {
            [one] => one.as_str(),
            _ => "delete",
        };
        let mut fields = hidden(forms::DELETE, &[("UserName", &names.join(" ")), ("confirmation", consent)]);
        if active {
            fields.push(("Active".into(), "true".into()));
        }
        let message = self.error().map(|error| error.field("activeConfirmed").unwrap_or_else(|| error.to_string()));
        let gone = if names.len() == 1 { GONE } else { ALL_GONE };
        let warned = warning(names);
        let tick = active.then(|| {
            view! {
                <Checkbox id=format!("{id}-active") name="ActiveConfirmed" required=true testid="confirm-active">
                    {warned} " Yes, delete."
                </Checkbox>
            }
        });
        view! {
            <Modal
                id
                title="Delete user"
                open=self.open
                footer=move || {
                    view! {
                        <Button variant=ButtonVariant::Link closes=id testid="cancel">"Cancel"</Button>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-delete">
                            "Yes, Delete"
                        </Button>
                    }
                }
            >
                <Form action=self.action hidden=fields id=form>
                    <SpaceBetween>
                        <FormErrors message />
                        <Alert severity=Severity::Warning>
                            <Text>{gone}</Text>
                            <BulletList items=lines testid="users-to-delete" />
                        </Alert>
                        {tick}
                    </SpaceBetween>
                </Form>
            </Modal>
        }
        .into_any()
    }

    /// What was wrong with the last try.
    fn error(&self) -> Option<CallError> {
        self.page.error_of(forms::DELETE).filter(|_| self.open)
    }
}

fn warning(names: &[String]) -> &'static str {
    if names.len() == 1 {
        "This user was active within the last 30 days."
    } else {
        "At least one of these users was active within the last 30 days."
    }
}
