//! What became of groups that were to be deleted, above their list.

use leptos::prelude::*;

use super::{delete_plan::Deleted, forms};
use crate::{
    PageContext,
    iam::denied::Problem,
    ui::{Alert, Flash, Flashbar, Severity, Space, SpaceBetween},
};

/// What became of the groups that were to be deleted.
pub(super) fn outcome(page: &PageContext) -> Option<AnyView> {
    if let Some(error) = page.error_of(forms::DELETE).or_else(|| page.error_of(forms::CHOOSE)) {
        return Some(view! { <Problem error /> }.into_any());
    }
    let reports: Vec<Deleted> = page.output_of(forms::DELETE)?;
    let (gone, kept): (Vec<_>, Vec<_>) = reports.into_iter().partition(|report| report.failed.is_none());
    let flash = (!gone.is_empty()).then(|| {
        let names = gone.iter().map(|report| report.group_name.as_str()).collect::<Vec<_>>().join(", ");
        let text = if gone.len() == 1 {
            format!("{names} user group deleted.")
        } else {
            format!("{} user groups deleted: {names}.", gone.len())
        };
        view! { <Flashbar items=vec![Flash::success(text)] /> }
    });
    let kept = kept
        .into_iter()
        .filter_map(|report| {
            let done = if report.done.is_empty() {
                "Nothing was changed.".to_owned()
            } else {
                format!("Done before: {}.", report.done.join(", "))
            };
            let header = format!("User group {} was not deleted", report.group_name);
            report.failed.map(|error| {
                view! {
                    <SpaceBetween size=Space::Xs>
                        <Alert severity=Severity::Warning header=header testid="not-deleted">{done}</Alert>
                        <Problem error />
                    </SpaceBetween>
                }
            })
        })
        .collect_view();
    Some(view! { {flash} {kept} }.into_any())
}
