//! The buttons by which the operator sends a mail again or takes it out of the outbox.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Form};

/// The operation that sends a mail again.
pub(super) const RESEND: &str = "operator:ResendMail";
/// The operation that takes a mail out of the outbox.
pub(super) const DISCARD: &str = "operator:DiscardMail";

fn fields(operation: &str, mail_id: &str, next: &str, flash: &str) -> Vec<(String, String)> {
    [("_op", operation), ("MailId", mail_id), ("_next", next), ("_flash", flash)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// "Send again", or "Send now" of a mail that waits.
pub(super) fn resend(path: &str, mail_id: &str, subject: &str, waits: bool) -> AnyView {
    let hidden = fields(RESEND, mail_id, path, "The mail waits for the mail server; it is sent in a moment.");
    let word = if waits { "Send now" } else { "Send again" };
    let label = format!("{word}: {subject}");
    let action = path.to_owned();
    view! {
        <Form action hidden inline=true>
            <Button kind=ButtonKind::Submit label testid="resend-mail">{word}</Button>
        </Form>
    }
    .into_any()
}

/// "Discard". Nothing is lost by it, so it asks no question.
pub(super) fn discard(path: &str, mail_id: &str, subject: &str) -> AnyView {
    let hidden = fields(
        DISCARD,
        mail_id,
        path,
        "The mail was discarded. It stays in the inbox, where it can still be sent again from its own page.",
    );
    let label = format!("Discard: {subject}");
    let action = path.to_owned();
    view! {
        <Form action hidden inline=true>
            <Button kind=ButtonKind::Submit label testid="discard-mail">"Discard"</Button>
        </Form>
    }
    .into_any()
}
