//! A user's tags.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::Tag;

use super::{details::UserPage, forms, tag_faults::faults};
use crate::{
    PageContext,
    iam::denied::Problem,
    ui::{Button, ButtonKind, ButtonVariant, Container, Form, FormActions, Header, SpaceBetween, TagEditor, TagRow},
};

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
