//! A policy, or a new version of one, that is being written: what the form carries from one step to the next.

use model::Tag;

use super::visual::{Editing, Mode};
use crate::{
    PageContext,
    iam::{fields::Fields, users::tags},
};

/// The form's "only lead on": it calls nothing.
pub(in crate::iam) const NEXT: &str = "page:Next";

/// The form's state. The server keeps none of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The document as it stands, in the editor.
    pub editing: Editing,
    /// The name typed.
    pub name: String,
    /// What was typed about its purpose.
    pub description: String,
    /// The tags typed.
    pub tags: Vec<Tag>,
    /// Whether a new version is to be the operative one: yes, until the box was seen and emptied.
    pub set_as_default: bool,
    /// The version to delete for a new one, once one was chosen.
    pub delete_version: String,
}

impl Draft {
    /// A document that nobody has changed yet.
    pub fn begun(page: &PageContext, document: String, mode: Mode) -> Self {
        Self { editing: Editing::begun(page, document, mode), set_as_default: true, ..Self::default() }
    }

    /// What was sent to this page by the form that ends in `operation`, or nothing yet.
    pub fn of(page: &PageContext, operation: &str) -> Option<Self> {
        let outcome = page.outcome_of(NEXT).or_else(|| page.outcome_of(operation))?;
        let fields = Fields(&outcome.fields);
        Some(Self {
            editing: Editing::sent(&fields, page),
            name: fields.one("PolicyName"),
            description: fields.one("Description").replace("\r\n", "\n"),
            tags: tags::typed(page),
            set_as_default: !fields.has("Reviewed") || fields.has("SetAsDefault"),
            delete_version: fields.one("DeleteVersionId"),
        })
    }

    /// The tags as fields that are not shown.
    pub fn hidden_tags(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for (index, tag) in self.tags.iter().enumerate() {
            let number = index + 1;
            fields.push((format!("Tags.member.{number}.Key"), tag.key.clone()));
            fields.push((format!("Tags.member.{number}.Value"), tag.value.clone()));
        }
        fields
    }
}
