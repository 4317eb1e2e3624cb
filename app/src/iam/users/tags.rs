//! A user's tags.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{ApiError, Tag};

use super::{details::UserPage, forms};
use crate::{
    CallError,
    iam::{denied::Problem, words::plain},
    ui::{Button, ButtonKind, ButtonVariant, Container, Form, FormActions, Header, SpaceBetween, TagEditor, TagRow},
};

/// The characters of tags, in words.
pub(super) const CHARACTERS: &str = "Unicode letters, digits, white space and any of the following: _.:/=+@-";

/// The tab "Tags".
pub(super) fn tab(view: &UserPage) -> AnyView {
    let error = view.page.error_of(forms::TAGS);
    let rows = match &error {
        Some(error) => typed(view, error),
        None => view.user.iter().flat_map(|user| &user.tags).map(row).collect(),
    };
    let problem = error.filter(|error| !matches!(error, CallError::Api(ApiError::Validation { .. })));
    let fields = view.form(forms::TAGS, "tags", "Tags of {UserName} saved.");
    let count = view.user.as_ref().map(|user| format!("({})", user.tags.len()));
    let cancel = view.at("tags", "");
    let denied = view.user.is_none();
    if denied {
        return ().into_any();
    }
    let action = cancel.clone();
    view! {
        <SpaceBetween>
            {problem.map(|error| view! { <Problem error /> })}
            <Form action hidden=fields novalidate=true>
                <Container
                    header=move || {
                        view! {
                            <Header
                                title="Tags"
                                counter=count
                                description="Tags are key-value pairs you can add to resources to organize them and to control access to them."
                            />
                        }
                    }
                    footer=move || {
                        view! {
                            <FormActions>
                                <Button href=cancel variant=ButtonVariant::Link>"Cancel"</Button>
                                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-tags">"Save changes"</Button>
                            </FormActions>
                        }
                    }
                >
                    <TagEditor rows testid="tags" />
                </Container>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

fn row(tag: &Tag) -> TagRow {
    TagRow { key: tag.key.clone(), value: tag.value.clone(), ..TagRow::default() }
}

/// What was typed, with what is wrong in each row.
fn typed(view: &UserPage, error: &CallError) -> Vec<TagRow> {
    let mut rows: BTreeMap<u32, TagRow> = BTreeMap::new();
    let values = view.page.outcome.iter().flat_map(|outcome| &outcome.values);
    for (name, value) in values {
        let mut parts = name.split('.').skip(2);
        let (Some(number), Some(part)) = (parts.next().and_then(|number| number.parse().ok()), parts.next()) else {
            continue;
        };
        let row = rows.entry(number).or_default();
        match part {
            "Key" => row.key.clone_from(value),
            _ => row.value.clone_from(value),
        }
    }
    let fault = |index: usize, part: &str| {
        let constraint = error.field(&format!("tags.{}.member.{part}", index + 1))?;
        Some(fault_in_words(&constraint, part == "key"))
    };
    let rows = rows.into_values().enumerate();
    rows.map(|(index, row)| TagRow { key_error: fault(index, "key"), value_error: fault(index, "value"), ..row })
        .collect()
}

/// A broken rule of a tag's key or value, in words.
pub(super) fn fault_in_words(constraint: &str, is_key: bool) -> String {
    if is_key && constraint.ends_with("greater than or equal to 1") {
        return "You must specify a tag key".into();
    }
    plain(constraint, if is_key { "A tag key" } else { "A tag value" }, CHARACTERS)
}
