//! The viewer's sign-ins, as the trail has them: done, failed, and stopped before the MFA code.

use leptos::prelude::*;
use model::console::{ListSignIns, ListSignInsOutput, SignIn, SignInResult};

use super::{SESSIONS, SIGN_INS, browser, crumbs};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, Column, Date, DateStyle, Direction, EmptyState, Header, HeaderLevel, IconName, NextPage, Rows, Space,
        SpaceBetween, Status, StatusIndicator, Table,
    },
};

/// Sign-ins on a page.
const PER_PAGE: i64 = 50;

/// `/iam/security_credentials/sign-ins`.
#[component]
pub fn SignInHistory() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Sign-in history" section=Section::Iam crumbs=crumbs("Sign-in history") help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Sign-in history".into(),
        vec![
            "Every time that somebody signed in to the console as you, or tried to with your name. Each step of a sign-in with MFA is a line of its own.".into(),
            "\"Password correct, MFA asked for\" without a sign-in behind it means that somebody knows your password and has no device of yours: change the password.".into(),
            "Calls that are signed with an access key are no sign-ins: the event history has them.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let marker = page.given("marker");
    let first = marker.is_some().then(|| SIGN_INS.to_owned());
    match crate::call(ListSignIns { marker, max_items: Some(PER_PAGE) }).await {
        Ok(output) => table(first, output),
        Err(error) => {
            tell(&error);
            view! {
                <SpaceBetween>
                    <Header title="Sign-in history" level=HeaderLevel::H1 testid="page-title" />
                    <Problem error retry=SIGN_INS />
                </SpaceBetween>
            }
            .into_any()
        }
    }
}

fn table(first: Option<String>, output: ListSignInsOutput) -> AnyView {
    let next = output.marker.map(|marker| format!("{SIGN_INS}?marker={}", encode(&marker)));
    view! {
        <Table
            id="sign-ins"
            label="Sign-ins"
            columns=columns()
            rows=Rows::Ready(output.sign_ins)
            header=|| {
                view! {
                    <Header
                        title="Sign-in history"
                        level=HeaderLevel::H1
                        description="Sign-ins to the console as you, the newest first."
                        testid="page-title"
                        actions=|| {
                            view! {
                                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                                    <Button href=SIGN_INS icon=IconName::Refresh label="Refresh" testid="refresh" />
                                    <Button href=SESSIONS testid="go-to-sessions">"Active sessions"</Button>
                                </SpaceBetween>
                            }
                        }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| view! { <EmptyState title="No sign-ins" text="Nobody has signed in to the console as you." testid="no-sign-ins" /> }
        />
    }
    .into_any()
}

fn columns() -> Vec<Column<SignIn>> {
    vec![
        Column::new("time", "Time", |sign_in: &SignIn| {
            view! { <Date iso=sign_in.time.to_string() style=DateStyle::Exact /> }
        })
        .row_header()
        .nowrap(),
        Column::new("result", "Result", |sign_in: &SignIn| {
            let (status, text) = match sign_in.result {
                SignInResult::SignedIn => (Status::Success, "Signed in"),
                SignInResult::MfaAsked => (Status::Pending, "Password correct, MFA asked for"),
                SignInResult::WrongPassword => (Status::Error, "Failed: wrong password"),
                SignInResult::WrongMfa => (Status::Error, "Failed: wrong MFA code"),
            };
            view! { <StatusIndicator status testid="sign-in-result">{text}</StatusIndicator> }
        }),
        Column::text("address", "IP address", |sign_in: &SignIn| sign_in.source_ip.clone().unwrap_or_default()),
        Column::new("browser", "Browser", |sign_in: &SignIn| browser(sign_in.user_agent.as_deref())),
        Column::text("mfa", "MFA used", |sign_in: &SignIn| if sign_in.mfa { "Yes".into() } else { "No".into() }),
    ]
}
