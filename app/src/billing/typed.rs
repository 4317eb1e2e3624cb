//! What a form of billing's pages holds after it was refused.

use leptos::prelude::*;

use crate::{PageContext, iam::Problem};

/// A form's values and faults, by the names that the wire has for them.
pub(super) struct Typed<'a> {
    /// The page that the form was posted to.
    pub page: &'a PageContext,
    /// What the form calls.
    pub operation: &'static str,
}

impl Typed<'_> {
    /// What was typed into a field; nothing if the form was not sent.
    pub fn value(&self, name: &str) -> String {
        self.page.typed(self.operation, name).unwrap_or_default()
    }

    /// What is wrong with a field.
    pub fn fault(&self, name: &str) -> Option<String> {
        self.page.field_error(self.operation, name)
    }

    /// The error, unless it is shown under one of these fields.
    pub fn problem(&self, fields: &[&str]) -> Option<AnyView> {
        let covered = fields.iter().any(|name| self.fault(name).is_some());
        let error = self.page.error_of(self.operation).filter(|_| !covered)?;
        Some(view! { <Problem error /> }.into_any())
    }
}
