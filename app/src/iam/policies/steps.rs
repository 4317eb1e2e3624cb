//! What the steps of writing a policy share: the editor, fields that go along unseen, the buttons.

use leptos::prelude::*;

use super::{PATH, check::QUOTA, draft::NEXT};
use crate::{
    CallError,
    iam::{
        denied::Problem,
        inline::{document_error, document_field},
    },
    ui::{Button, ButtonKind, ButtonVariant, Container, Header, Link, SpaceBetween, Text, WizardFooter},
};

/// The step with the document: JSON, and what is wrong with it.
pub(super) fn editor(document: String, fault: Option<CallError>, import: bool) -> AnyView {
    let error = document_error(fault.as_ref());
    let problem = fault.filter(|_| error.is_none()).map(|error| view! { <Problem error /> });
    let quota = usize::try_from(QUOTA).unwrap_or_default();
    let constraint = "A managed policy can have 6,144 characters, white space apart.".to_owned();
    let field = document_field(document, constraint, error, quota, Some(0));
    let import = import.then(|| {
        view! {
            <Text>
                "To begin with one of AWS's, open it from " <Link href=PATH>"Policies"</Link> " and choose Import a copy."
            </Text>
        }
    });
    view! {
        <SpaceBetween>
            {problem}
            <Container header=|| view! { <Header title="Policy editor" description="The policy as JSON." /> }>
                <SpaceBetween>{field} {import}</SpaceBetween>
            </Container>
        </SpaceBetween>
    }
    .into_any()
}

/// Fields that go along unseen; empty ones stay behind.
pub(super) fn kept(fields: Vec<(String, String)>) -> AnyView {
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
pub(super) fn enter(way: &Way) -> AnyView {
    let (value, to) = (way.runs, way.to.clone());
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

/// Gives the page the status of an error it shows.
pub(super) fn told(error: &CallError) {
    if let CallError::Api(error) = error {
        crate::call::set_status(error.status());
    }
}
