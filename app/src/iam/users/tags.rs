//! A user's tags.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{ApiError, Fields, Tag, tag};

use super::{details::UserPage, forms};
use crate::{
    PageContext,
    iam::{denied::Problem, words::plain},
    ui::{Button, ButtonKind, ButtonVariant, Container, Form, FormActions, Header, SpaceBetween, TagEditor, TagRow},
};

/// The characters of tags, in words.
pub(super) const CHARACTERS: &str = "Unicode letters, digits, white space and any of the following: _.:/=+@-";

/// The tab "Tags".
pub(super) fn tab(view: &UserPage) -> AnyView {
    let Some(user) = &view.user else { return ().into_any() };
    let fields = view.form(forms::TAGS, "tags", "Tags of {UserName} saved.");
    panel(&view.page, forms::TAGS, &user.tags, fields, view.at("tags", ""))
}

/// The tags that something has, to be changed by the form for `operation`, which is sent to where it stands. After an
/// error what was typed stays.
pub(in crate::iam) fn panel(
    page: &PageContext,
    operation: &str,
    stored: &[Tag],
    fields: Vec<(String, String)>,
    cancel: String,
) -> AnyView {
    let error = page.error_of(operation);
    let rows = match &error {
        Some(_) => rows(&typed(page)),
        None => stored.iter().map(row).collect(),
    };
    let told = rows.iter().any(|row| row.key_error.is_some() || row.value_error.is_some());
    let problem = error.filter(|_| !told);
    let count = format!("({})", stored.len());
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

/// The tags typed into the form that was sent to this page; rows without anything are left out.
pub(in crate::iam) fn typed(page: &PageContext) -> Vec<Tag> {
    let mut tags: BTreeMap<u32, Tag> = BTreeMap::new();
    let values = page.outcome.iter().flat_map(|outcome| &outcome.values);
    for (name, value) in values.filter(|(name, _)| name.starts_with("Tags.member.")) {
        let mut parts = name.split('.').skip(2);
        let (Some(number), Some(part)) = (parts.next().and_then(|number| number.parse().ok()), parts.next()) else {
            continue;
        };
        let tag = tags.entry(number).or_default();
        match part {
            "Key" => tag.key.clone_from(value),
            _ => tag.value.clone_from(value),
        }
    }
    tags.into_values().collect()
}

/// Tags as rows of the editor, with what is wrong in each.
pub(in crate::iam) fn rows(tags: &[Tag]) -> Vec<TagRow> {
    let mut rows: Vec<TagRow> = tags.iter().map(row).collect();
    for (index, part, text) in faults(tags) {
        if let Some(row) = rows.get_mut(index) {
            let told = if part == "key" { &mut row.key_error } else { &mut row.value_error };
            *told = Some(text);
        }
    }
    rows
}

/// What is wrong with tags: which one, its `key` or its `value`, and the fault in words. Each is checked by itself, so
/// that its fault stands in its row; rows without anything are no tags.
pub(super) fn faults(tags: &[Tag]) -> Vec<(usize, &'static str, String)> {
    let mut faults = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (index, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.key.is_empty() || !tag.value.is_empty()) {
        let mut fields = Fields::default();
        tag::check(&mut fields, "tags", std::slice::from_ref(tag));
        match fields.finish() {
            Err(ApiError::Validation { fields }) => {
                let mut told: Vec<&str> = Vec::new();
                for fault in &fields {
                    let part = if fault.field.ends_with("key") { "key" } else { "value" };
                    if !told.contains(&part) {
                        told.push(part);
                        faults.push((index, part, fault_in_words(&fault.constraint, part == "key")));
                    }
                }
            }
            Err(error) => faults.push((index, "key", error.to_string())),
            Ok(()) => {}
        }
        let folded = tag.key.to_lowercase();
        if seen.contains(&folded) {
            let text = "You must specify a unique tag key. Keys are the same whatever their case.";
            faults.push((index, "key", text.into()));
        }
        seen.push(folded);
    }
    faults
}

/// A broken rule of a tag's key or value, in words.
fn fault_in_words(constraint: &str, is_key: bool) -> String {
    if is_key && constraint.ends_with("greater than or equal to 1") {
        return "You must specify a tag key".into();
    }
    plain(constraint, if is_key { "A tag key" } else { "A tag value" }, CHARACTERS)
}
