//! What became of users or groups that were to be deleted with everything that hangs on them.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    CallError,
    iam::denied::Problem,
    ui::{Alert, Flash, Flashbar, Severity, Space, SpaceBetween},
};

/// What became of one of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Deleted {
    /// The name.
    pub name: String,
    /// What is gone already, in order: "RemoveUserFromGroup Admins", "DeleteUser".
    pub done: Vec<String>,
    /// What ended the work early.
    pub failed: Option<CallError>,
}

/// Above the list: one success for all that are gone, and a warning for each that is not. `noun` begins a sentence
/// ("User"), `success` says which are gone.
pub(super) fn report(reports: Vec<Deleted>, noun: &str, success: impl FnOnce(&[String]) -> String) -> AnyView {
    let (gone, kept): (Vec<_>, Vec<_>) = reports.into_iter().partition(|report| report.failed.is_none());
    let gone: Vec<String> = gone.into_iter().map(|report| report.name).collect();
    let flash = (!gone.is_empty()).then(|| view! { <Flashbar items=vec![Flash::success(success(&gone))] /> });
    let kept = kept
        .into_iter()
        .filter_map(|report| {
            let done = if report.done.is_empty() {
                "Nothing was changed.".to_owned()
            } else {
                format!("Done before: {}.", report.done.join(", "))
            };
            let header = format!("{noun} {} was not deleted", report.name);
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
    view! { {flash} {kept} }.into_any()
}
