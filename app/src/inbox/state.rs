//! What became of a mail, in a word and in a sentence.

use leptos::prelude::*;
use model::console::MailSummary;

use crate::ui::{Badge, BadgeColor, Status, StatusIndicator};

/// Every state of a mail: its word on the wire, its kind, its word for people, what it means.
const STATES: [(&str, Status, &str, &str); 6] = [
    ("inbox", Status::Success, "In this inbox", "It is read here and nowhere else."),
    ("queued", Status::Pending, "Queued", "It waits for the mail server."),
    ("sent", Status::Success, "Sent", "The mail server took it."),
    ("failed", Status::Error, "Failed", "The mail server refused it, or could not be reached; it is kept here."),
    (
        "discarded",
        Status::Warning,
        "Discarded",
        "The operator took it out of the outbox before the mail server had taken it; it is kept here.",
    ),
    (
        "kept",
        Status::Warning,
        "Kept here",
        "Its address was neither proved at a sign-up nor allowed by the operator, so it did not leave.",
    ),
];

/// The state with its icon.
pub(super) fn indicator(mail: &MailSummary) -> AnyView {
    let (status, word) = STATES
        .iter()
        .find(|state| state.0 == mail.state)
        .map_or((Status::Info, mail.state.clone()), |state| (state.1, state.2.to_owned()));
    view! { <StatusIndicator status testid="mail-state">{word}</StatusIndicator> }.into_any()
}

/// What the state means; nothing for one that is unknown.
pub(super) fn meaning(mail: &MailSummary) -> &'static str {
    STATES.iter().find(|state| state.0 == mail.state).map_or("", |state| state.3)
}

/// The states that `mails` are in, each with what it means.
pub(super) fn legend(mails: &[MailSummary]) -> Vec<String> {
    STATES
        .iter()
        .filter(|state| mails.iter().any(|mail| mail.state == state.0))
        .map(|state| format!("{}: {}", state.2, state.3))
        .collect()
}

/// Mail, or a message of the simulated telephone.
pub(super) fn channel(mail: &MailSummary) -> AnyView {
    if mail.channel == "phone" {
        view! { <Badge color=BadgeColor::Blue testid="mail-channel">"Phone"</Badge> }.into_any()
    } else {
        view! { <Badge testid="mail-channel">"Mail"</Badge> }.into_any()
    }
}
