//! The dialog that deletes users: whom, what they did last, and a word to type.

use leptos::prelude::*;
use model::console::ListUserRowsOutput;

use super::{forms, list, list_columns::last_activity};
use crate::{
    PageContext,
    iam::{hidden, words::age},
    ui::{BulletList, DeleteModal, Text},
};

/// What is gone with a user.
pub(super) const GONE: &str =
    "The user loses password, access keys, MFA devices, policies and group memberships at once. This cannot be undone.";
/// What is gone with several.
const ALL_GONE: &str = "The users lose their passwords, access keys, MFA devices, policies and group memberships at once. This cannot be undone.";

/// The dialog for the users that were chosen in the table.
pub(super) fn of(page: &PageContext, names: &[String], list: &ListUserRowsOutput) -> AnyView {
    let mut fields = hidden(forms::DELETE, &[]);
    fields.extend(names.iter().map(|name| ("UserName".to_owned(), name.clone())));
    let lines: Vec<String> = names
        .iter()
        .map(|name| {
            let row = list.rows.iter().find(|row| &row.user_name == name);
            match row.map(|row| (row, last_activity(row))) {
                Some((_, Some(last))) => format!("{name} (last activity: {})", age(last, list.now)),
                Some((_, None)) => format!("{name} (last activity: never)"),
                None => name.clone(),
            }
        })
        .collect();
    let (title, consent) = match names {
        [one] => (page.label("Delete user", &format!("Delete {one}?")).to_owned(), one.clone()),
        many => (page.label("Delete user", &format!("Delete {} users?", many.len())).to_owned(), "delete".to_owned()),
    };
    let gone = if names.len() == 1 { GONE } else { ALL_GONE };
    let submit = page.label("Yes, Delete", if names.len() == 1 { "Delete user" } else { "Delete users" }).to_owned();
    view! {
        <DeleteModal id="delete-users" title consent action=list::PATH hidden=fields submit open=true>
            <Text>{gone}</Text>
            <BulletList items=lines testid="users-to-delete" />
        </DeleteModal>
    }
    .into_any()
}
