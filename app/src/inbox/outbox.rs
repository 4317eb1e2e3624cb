//! The operator's outbox: dead letters and mails that wait, why, and what can be done about them.

use leptos::prelude::*;
use model::{
    ApiError, Timestamp,
    operator::{ListOutbox, ListOutboxOutput, OutboxMail},
};

use super::handling::{DISCARD, RESEND, discard, resend};
use crate::{
    CallError, Frame, PageContext,
    ui::{
        Alert, Button, ButtonKind, Column, Crumb, Date, DateStyle, Direction, EmptyState, Form, Header, HeaderLevel,
        IconName, Link, NextPage, Rows, Severity, Space, SpaceBetween, Status, StatusIndicator, Tab, Table, Tabs,
    },
};

const PATH: &str = "/inbox/outbox";
const RESEND_ALL: &str = "operator:ResendDeadLetters";

/// `/inbox/outbox`.
#[component]
pub fn Outbox() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Outbox" crumbs=vec![Crumb::new("Inbox", "/inbox"), Crumb::here("Outbox")] help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    let paragraphs = [
        "A mail that is to leave waits here until the mail server has taken it. What fails for the moment is tried again after a minute, two minutes, four, and so on up to an hour, for a day.",
        "A mail that the mail server refuses, or that is not taken in time, is a dead letter. It is kept here until you send it again or discard it, and for thirty days at most.",
        "While the mail server itself does not work, no try of any mail is counted.",
        "Send again uses the mail's old Message-ID, so that a receiver that has it after all can tell that it is the same.",
    ];
    ("Outbox".to_owned(), paragraphs.map(str::to_owned).to_vec())
}

async fn content(page: PageContext) -> AnyView {
    let waiting = page.query("state") == "queued";
    let state = if waiting { "queued" } else { "failed" };
    let marker = page.given("marker");
    let first = marker.is_some().then(|| address(state, None));
    let faults = [RESEND, DISCARD, RESEND_ALL].into_iter().find_map(|operation| page.error_of(operation));
    let faults = faults.map(|error| {
        view! { <Alert severity=Severity::Error header=error.to_string() testid="outbox-error" /> }
    });
    let input = ListOutbox { state: Some(state.to_owned()), marker, max_items: None };
    let list = match crate::call(input).await {
        Ok(list) => list,
        Err(error) => return refused(&error),
    };
    let tabs = vec![
        Tab::new("failed", format!("Dead letters ({})", list.dead), address("failed", None)),
        Tab::new("queued", format!("Waiting ({})", list.waiting), address("queued", None)),
    ];
    let (trouble, dead) = (trouble(&page, &list), list.dead);
    view! {
        <SpaceBetween>
            <Header
                title="Outbox"
                level=HeaderLevel::H1
                description="Mail of all accounts and sign-ups that is to leave and has not, the newest first."
                testid="page-title"
                actions=move || actions(dead)
            />
            {faults}
            {trouble}
            <Tabs label="Outbox" tabs current=state>
                {table(list, state, first)}
            </Tabs>
        </SpaceBetween>
    }
    .into_any()
}

/// A page of one of the two lists.
fn address(state: &str, marker: Option<&str>) -> String {
    match marker {
        Some(marker) => format!("{PATH}?state={state}&marker={}", crate::call::encode(marker)),
        None => format!("{PATH}?state={state}"),
    }
}

/// This browser is not the operator's, or the list could not be read.
fn refused(error: &CallError) -> AnyView {
    let closed = matches!(error, CallError::Api(ApiError::Forbidden { .. } | ApiError::SignedOut));
    if closed {
        crate::call::set_status(403);
    }
    let header = if closed { "The outbox is the operator's".to_owned() } else { error.to_string() };
    view! {
        <SpaceBetween>
            <Header title="Outbox" level=HeaderLevel::H1 testid="page-title" />
            <Alert severity=Severity::Error header testid="outbox-error" action=|| {
                view! { <Button href="/operator" testid="to-operator">"For the operator"</Button> }
            }>"It opens to whoever runs this installation, by the one-time link that the server prints."</Alert>
        </SpaceBetween>
    }
    .into_any()
}

/// Why no mail leaves at all.
fn trouble(page: &PageContext, list: &ListOutboxOutput) -> Option<AnyView> {
    if !page.site.smtp {
        return Some(
            view! {
                <Alert severity=Severity::Info header="This installation has no mail server" testid="no-mail-server">
                    "Everything is read in the built-in inbox. Mail leaves once UNDERSTUDY_SMTP_URL is set; understudy doctor --mail-to sends a test mail."
                </Alert>
            }
            .into_any(),
        );
    }
    let why = list.server_trouble.clone()?;
    let date = |at: Option<Timestamp>| at.map(|at| view! { <Date iso=at.to_string() style=DateStyle::Exact /> });
    let (since, again) = (date(list.server_trouble_since), date(list.server_asked_again));
    Some(
        view! {
            <Alert severity=Severity::Warning header="The mail server does not work: no mail leaves" testid="mail-server-trouble">
                {why} " This is so since " {since} ". It is asked again at " {again} ", or at once when you send a mail again."
            </Alert>
        }
        .into_any(),
    )
}

fn actions(dead: i64) -> AnyView {
    let hidden = [
        ("_op", RESEND_ALL),
        ("_next", "/inbox/outbox?state=queued"),
        ("_flash", "Every dead letter that is still worth sending waits for the mail server again."),
    ];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=PATH icon=IconName::Refresh testid="refresh">"Refresh"</Button>
            <Form action=PATH hidden inline=true testid="resend-all-form">
                <Button
                    kind=ButtonKind::Submit
                    disabled=dead == 0
                    disabled_reason="There is no dead letter."
                    testid="resend-all"
                >
                    "Send all again"
                </Button>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

fn table(list: ListOutboxOutput, state: &'static str, first: Option<String>) -> AnyView {
    let next = list.marker.map(|marker| address(state, Some(&marker)));
    let (columns, empty) = if state == "queued" {
        (waiting_columns(), ("No mail waits", "Every mail that was to leave has left, or is a dead letter."))
    } else {
        (dead_columns(), ("No dead letters", "The mail server has taken everything that it was given so far."))
    };
    view! {
        <Table
            id="outbox"
            label=if state == "queued" { "Waiting mails" } else { "Dead letters" }
            columns
            rows=Rows::Ready(list.mails)
            embedded=true
            pagination=move || view! { <NextPage first next /> }
            empty=move || view! { <EmptyState title=empty.0 text=empty.1 /> }
        />
    }
    .into_any()
}

fn common() -> Vec<Column<OutboxMail>> {
    vec![
        Column::new("subject", "Subject", |mail: &OutboxMail| {
            let (href, subject) = (format!("/inbox/{}", mail.mail_id), mail.subject.clone());
            view! { <Link href testid="outbox-mail">{subject}</Link> }
        })
        .row_header(),
        Column::text("to", "To", |mail: &OutboxMail| mail.to.clone()),
        Column::new("written", "Written", |mail: &OutboxMail| date(mail.written)).nowrap(),
        Column::text("tries", "Tries", |mail: &OutboxMail| mail.tries.to_string()).end(),
    ]
}

fn date(at: Timestamp) -> AnyView {
    view! { <Date iso=at.to_string() style=DateStyle::Exact /> }.into_any()
}

fn dead_columns() -> Vec<Column<OutboxMail>> {
    let mut columns = common();
    columns.push(Column::new("reason", "Reason", |mail: &OutboxMail| {
        let reason = mail.reason.clone().unwrap_or_default();
        view! { <StatusIndicator status=Status::Error testid="outbox-reason">{reason}</StatusIndicator> }
    }));
    columns.push(Column::new("actions", "Actions", |mail: &OutboxMail| handled(mail)).nowrap());
    columns
}

fn waiting_columns() -> Vec<Column<OutboxMail>> {
    let mut columns = common();
    columns.push(Column::new("reason", "Last try", |mail: &OutboxMail| match (&mail.reason, mail.being_sent) {
        (_, true) => {
            view! { <StatusIndicator status=Status::InProgress testid="outbox-reason">"Being sent"</StatusIndicator> }
                .into_any()
        }
        (Some(reason), false) => {
            let reason = reason.clone();
            view! { <StatusIndicator status=Status::Warning testid="outbox-reason">{reason}</StatusIndicator> }
                .into_any()
        }
        (None, false) => {
            view! { <StatusIndicator status=Status::Pending testid="outbox-reason">"Not tried yet"</StatusIndicator> }
                .into_any()
        }
    }));
    columns.push(Column::new("next", "Next try", |mail: &OutboxMail| mail.next_try.map(date)).nowrap());
    columns.push(Column::new("until", "Given up", |mail: &OutboxMail| date(mail.give_up)).nowrap());
    columns.push(Column::new("actions", "Actions", |mail: &OutboxMail| handled(mail)).nowrap());
    columns
}

fn handled(mail: &OutboxMail) -> AnyView {
    if mail.being_sent {
        return ().into_any();
    }
    let path = address(&mail.state, None);
    let again = mail.can_be_sent.then(|| resend(&path, &mail.mail_id, &mail.subject, mail.state == "queued"));
    let away = discard(&path, &mail.mail_id, &mail.subject);
    view! { <SpaceBetween direction=Direction::Horizontal size=Space::Xs>{again} {away}</SpaceBetween> }.into_any()
}
