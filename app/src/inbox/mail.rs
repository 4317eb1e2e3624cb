//! One mail: its head, its text, and the source of its HTML part, which is never rendered.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{GetMail, MailBody},
};

use super::{
    handling::{DISCARD, RESEND, discard, resend},
    links::{Piece, pieces},
    state,
};
use crate::{
    CallError, Frame, PageContext,
    ui::{
        Alert, Button, CodeView, Container, Crumb, Date, Direction, EmptyState, ExpandableSection, ExpandableVariant,
        Header, HeaderLevel, KeyValue, KeyValuePairs, Link, Severity, Space, SpaceBetween, Text,
    },
};

/// One mail of the inbox.
#[component]
pub fn MailPage() -> impl IntoView {
    let page = PageContext::current();
    let mail_id = page.segment(1);
    view! {
        <Frame title="Mail" crumbs=vec![Crumb::new("Inbox", "/inbox"), Crumb::here("Mail")]>
            <Suspense>
                {Suspend::new(async move {
                    match crate::call(GetMail { mail_id }).await {
                        Ok(output) => mail(&page, &output.mail),
                        Err(CallError::Api(error @ (ApiError::NoSuchEntity { .. } | ApiError::Validation { .. }))) => {
                            crate::call::set_status(404);
                            missing(&error)
                        }
                        Err(error) => {
                            view! { <Alert severity=Severity::Error header=error.to_string() testid="mail-error" /> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </Frame>
    }
}

fn missing(error: &ApiError) -> AnyView {
    let text = format!("{error} It may have been purged, or it lies in a mailbox that this browser may not open.");
    view! {
        <Header title="Mail" level=HeaderLevel::H1 testid="page-title" />
        <Container testid="mail-missing">
            <EmptyState title="No such mail" text action=|| view! { <Button href="/inbox">"Back to the inbox"</Button> } />
        </Container>
    }
    .into_any()
}

fn mail(page: &PageContext, mail: &MailBody) -> AnyView {
    let summary = &mail.summary;
    let mut head = vec![
        KeyValue::text("From", mail.from.clone()),
        KeyValue::text("To", summary.to.clone()),
        KeyValue::new("Written", view! { <Date iso=summary.sent.to_string() /> }),
        KeyValue::new("Kind", state::channel(summary)),
        KeyValue::new("State", state::indicator(summary)),
    ];
    if let Some(account) = &summary.account_id {
        head.push(KeyValue::text("Account", account.clone()));
    }
    let (subject, meaning) = (summary.subject.clone(), state::meaning(summary));
    let text = text(mail.text.expose(), &page.site.public_url);
    let html = mail.html.as_ref().map(|html| html.expose().to_owned());
    let problem = [RESEND, DISCARD].into_iter().find_map(|operation| page.error_of(operation));
    let problem = problem.map(|error| {
        view! { <Alert severity=Severity::Error header=error.to_string() testid="handling-error" /> }
    });
    let (operator, state, mail_id) = (page.operator, summary.state.clone(), summary.mail_id.clone());
    view! {
        <SpaceBetween>
            <Header
                title=subject.clone()
                level=HeaderLevel::H1
                description=meaning
                testid="mail-subject"
                actions=move || handling(operator, &state, &mail_id, &subject)
            />
            {problem}
            <Container>
                <KeyValuePairs items=head testid="mail-head" />
            </Container>
            <Container header=|| view! { <Header title="Text" /> }>
                {text}
            </Container>
            {html
                .map(|code| {
                    view! {
                        <ExpandableSection header="Source of the HTML part" variant=ExpandableVariant::Container testid="mail-html">
                            <CodeView code label="HTML part" />
                        </ExpandableSection>
                    }
                })}
        </SpaceBetween>
    }
    .into_any()
}

/// What the operator can do with a mail that has not left.
fn handling(operator: bool, state: &str, mail_id: &str, subject: &str) -> AnyView {
    if !operator || !["queued", "failed", "discarded"].contains(&state) {
        return ().into_any();
    }
    let path = format!("/inbox/{mail_id}");
    let again = resend(&path, mail_id, subject, state == "queued");
    let away = (state != "discarded").then(|| discard(&path, mail_id, subject));
    view! { <SpaceBetween direction=Direction::Horizontal size=Space::Xs>{away} {again}</SpaceBetween> }.into_any()
}

/// Paragraphs and lines as they were written; everything but a link within this installation is plain text.
fn text(text: &str, public_url: &str) -> AnyView {
    let paragraphs = text
        .trim_end()
        .split("\n\n")
        .map(|paragraph| {
            let lines = paragraph.lines().map(|line| line_of(line, public_url)).collect_view();
            view! { <Text>{lines}</Text> }
        })
        .collect_view();
    view! {
        <div data-testid="mail-text">
            <SpaceBetween size=Space::S>{paragraphs}</SpaceBetween>
        </div>
    }
    .into_any()
}

fn line_of(line: &str, public_url: &str) -> AnyView {
    let pieces = pieces(line, public_url)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Link(href) => {
                let text = href.to_owned();
                view! { <Link href>{text}</Link> }.into_any()
            }
        })
        .collect_view();
    view! {
        {pieces}
        <br />
    }
    .into_any()
}
