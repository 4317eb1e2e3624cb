//! What became of groups that were to be deleted, above their list.

use leptos::prelude::*;

use super::forms;
use crate::{
    PageContext,
    iam::{
        deletion::{self, Deleted},
        denied::Problem,
    },
};

/// What became of the groups that were to be deleted.
pub(super) fn outcome(page: &PageContext) -> Option<AnyView> {
    if let Some(error) = page.error_of(forms::DELETE).or_else(|| page.error_of(forms::CHOOSE)) {
        return Some(view! { <Problem error /> }.into_any());
    }
    let reports: Vec<Deleted> = page.output_of(forms::DELETE)?;
    Some(deletion::report(reports, "User group", |gone| match gone {
        [one] => format!("{one} user group deleted."),
        many => format!("{} user groups deleted: {}.", many.len(), many.join(", ")),
    }))
}
