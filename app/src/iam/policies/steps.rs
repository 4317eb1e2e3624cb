//! What the steps of writing a policy share: the editor, fields that go along unseen, the buttons.

use leptos::prelude::*;

use super::{
    check::QUOTA,
    draft::NEXT,
    visual::{self, Editing, Quota},
};
use crate::{
    CallError, PageContext,
    ui::{Button, ButtonKind, ButtonVariant, WizardFooter},
};

/// The step with the document, and where Enter leads from it, if not on.
pub(super) async fn editor(
    page: &PageContext,
    editing: &Editing,
    base: String,
    fault: Option<CallError>,
) -> (AnyView, Option<String>) {
    let most = usize::try_from(QUOTA).unwrap_or_default();
    let words = "A managed policy can have 6,144 characters, white space apart.".to_owned();
    visual::editor(page, editing, base, Quota { most, others: Some(0), words }, fault).await
}

/// Fields that go along unseen; empty ones stay behind.
pub(in crate::iam) fn kept(fields: Vec<(String, String)>) -> AnyView {
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
        .into_any()
}

/// The way on from a step, and back.
pub(super) struct Way {
    /// Where Cancel leads.
    pub cancel: String,
    /// The step before, if there is one.
    pub previous: Option<String>,
    /// What the last button runs.
    pub runs: &'static str,
    /// Where it is sent.
    pub to: String,
    /// Its text.
    pub text: &'static str,
    /// Its `data-testid`.
    pub testid: &'static str,
}

impl Way {
    /// On to another step.
    pub fn on(cancel: String, previous: Option<String>, to: String, text: &'static str) -> Self {
        Self { cancel, previous, runs: NEXT, to, text, testid: "next" }
    }
}

/// What the Enter key presses in a field: the browser takes the first button of the form, which must not be Previous.
/// An editor or dialog within the step may want it for itself.
pub(super) fn enter(way: &Way, within: Option<String>) -> AnyView {
    match within {
        Some(to) => first(NEXT, to),
        None => first(way.runs, way.to.clone()),
    }
}

/// The first button of a form, which Enter presses.
pub(in crate::iam) fn first(value: &'static str, to: String) -> AnyView {
    view! {
        <button class="visually-hidden" type="submit" name="_op" value=value formaction=to tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

/// Cancel, Previous, and the way on.
pub(super) fn buttons(way: Way) -> AnyView {
    let Way { cancel, previous, runs, to, text, testid } = way;
    let previous = previous.map(|to| {
        view! {
            <Button kind=ButtonKind::Submit name="_op" value=NEXT formaction=to formnovalidate=true testid="previous">
                "Previous"
            </Button>
        }
    });
    view! {
        <WizardFooter>
            <Button href=cancel variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
            {previous}
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary name="_op" value=runs formaction=to testid>
                {text}
            </Button>
        </WizardFooter>
    }
    .into_any()
}
