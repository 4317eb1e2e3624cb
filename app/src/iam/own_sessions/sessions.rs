//! The viewer's sessions, one line a browser, and the ways to end them.

use leptos::prelude::*;
use model::console::{ListOwnSessions, OwnSession};

use super::{SESSIONS, SIGN_INS, browser, crumbs};
use crate::{
    Frame, PageContext, Section,
    iam::{
        denied::{Problem, tell},
        hidden,
    },
    ui::{
        Alert, Badge, BadgeColor, Button, ButtonKind, ButtonVariant, Column, Date, DateStyle, Direction, Form, Header,
        HeaderLevel, IconName, Modal, Rows, Severity, Space, SpaceBetween, Table, Text,
    },
};

const END: &str = "console:EndOwnSession";
const END_OTHERS: &str = "console:EndOtherSessions";
const DIALOG: &str = "end-others";

/// `/iam/security_credentials/sessions`.
#[component]
pub fn ActiveSessions() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Active sessions" section=Section::Iam crumbs=crumbs("Active sessions") help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Active sessions".into(),
        vec![
            "Each line is a browser in which you are signed in. A session ends when you sign out, and at the latest twelve hours after it was signed in.".into(),
            "A browser that you do not know is somebody who has your password: sign it out, change the password, and assign an MFA device.".into(),
            "Access keys have no sessions: what ends here goes on with a key.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let problem = [END, END_OTHERS].into_iter().find_map(|operation| page.error_of(operation));
    let problem = problem.map(|error| view! { <Problem error retry=SESSIONS /> });
    let list = match crate::call(ListOwnSessions {}).await {
        Ok(list) => list,
        Err(error) => {
            tell(&error);
            return view! {
                <SpaceBetween>
                    <Header title="Active sessions" level=HeaderLevel::H1 testid="page-title" />
                    <Problem error retry=SESSIONS />
                </SpaceBetween>
            }
            .into_any();
        }
    };
    let shown = list.sessions.len();
    let others = list.sessions.iter().any(|session| !session.current);
    let counter = format!("({})", list.total);
    let more = usize::try_from(list.total).is_ok_and(|total| total > shown).then(|| {
        let text =
            format!("The {shown} sessions that were used last are shown. Signing out all others ends the rest too.");
        view! { <Text testid="more-sessions">{text}</Text> }
    });
    view! {
        {problem}
        <Table
            id="sessions"
            label="Active sessions"
            columns=columns()
            rows=Rows::Ready(list.sessions)
            header=move || {
                view! {
                    <Header
                        title="Active sessions"
                        level=HeaderLevel::H1
                        counter
                        description="The browsers in which you are signed in, the last used first."
                        testid="page-title"
                        actions=move || actions(others)
                    />
                }
            }
        />
        {more}
        {others.then(dialog)}
    }
    .into_any()
}

fn actions(others: bool) -> AnyView {
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=SESSIONS icon=IconName::Refresh label="Refresh" testid="refresh" />
            <Button href=SIGN_INS testid="go-to-sign-ins">"Sign-in history"</Button>
            <Button
                opens=DIALOG
                disabled=!others
                disabled_reason="You are signed in nowhere else."
                testid="end-others-open"
            >
                "Sign out all other sessions"
            </Button>
        </SpaceBetween>
    }
    .into_any()
}

/// Asks before it signs out every other browser.
fn dialog() -> AnyView {
    let fields = hidden(END_OTHERS, &[("_next", SESSIONS), ("_flash", "All other sessions were signed out.")]);
    view! {
        <Modal
            id=DIALOG
            title="Sign out all other sessions"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes=DIALOG testid="cancel">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="end-others-form" testid="confirm-end-others">
                        "Sign out"
                    </Button>
                }
            }
        >
            <Form action=SESSIONS hidden=fields id="end-others-form">
                <Alert severity=Severity::Warning>
                    "Every browser but this one is signed out at once. What was typed there and not sent is lost."
                </Alert>
            </Form>
        </Modal>
    }
    .into_any()
}

fn columns() -> Vec<Column<OwnSession>> {
    vec![
        Column::new("browser", "Browser", |session: &OwnSession| {
            let here = session.current.then(|| {
                view! { " " <Badge color=BadgeColor::Blue testid="this-session">"This session"</Badge> }
            });
            view! { {browser(session.user_agent.as_deref())} {here} }
        })
        .row_header(),
        Column::text("address", "IP address", |session: &OwnSession| session.source_ip.clone().unwrap_or_default()),
        Column::new("started", "Signed in", |session: &OwnSession| {
            view! { <Date iso=session.started.to_string() style=DateStyle::Exact /> }
        })
        .nowrap(),
        Column::new("last-used", "Last used", |session: &OwnSession| {
            view! { <Date iso=session.last_used.to_string() style=DateStyle::Short /> }
        })
        .nowrap(),
        Column::text("mfa", "MFA", |session: &OwnSession| if session.mfa { "Yes".into() } else { "No".into() }),
        Column::new("actions", "Actions", |session: &OwnSession| (!session.current).then(|| end(session))),
    ]
}

/// The button that ends one.
fn end(session: &OwnSession) -> AnyView {
    let fields = hidden(
        END,
        &[("SessionId", &session.session_id), ("_next", SESSIONS), ("_flash", "The session was signed out.")],
    );
    let label = format!("Sign out the session that began {}", session.started);
    view! {
        <Form action=SESSIONS hidden=fields inline=true>
            <Button variant=ButtonVariant::Inline kind=ButtonKind::Submit label testid="end-session">"Sign out"</Button>
        </Form>
    }
    .into_any()
}
