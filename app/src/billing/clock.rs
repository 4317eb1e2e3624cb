//! The sandbox clock: the account's time, how it is moved ahead, and the way back to the real one.

use leptos::prelude::*;
use model::billing::{GetSandboxClock, GetSandboxClockOutput};

use super::{crumbs, denied::Refusal, hidden};
use crate::{
    Frame, PageContext, Section,
    iam::Problem,
    layout::paths::SANDBOX_CLOCK as PATH,
    ui::{
        BulletList, Button, ButtonKind, ButtonVariant, Container, DateStyle, Direction, Form, Header, HeaderLevel,
        KeyValue, KeyValuePairs, SpaceBetween, Status, StatusIndicator, Text, format_instant,
    },
};

const ADVANCE: &str = "billing:AdvanceSandboxClock";
const RESET: &str = "billing:ResetSandboxClock";

/// The buttons: the step, what they say, and their test id.
const STEPS: [(&str, &str, &str); 3] = [
    ("HOUR", "Advance by an hour", "advance-hour"),
    ("DAY", "Advance by a day", "advance-day"),
    ("NEXT_MONTH", "Advance to the next month", "advance-month"),
];

/// `/billing/clock`.
#[component]
pub fn Clock() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Sandbox clock" section=Section::Billing crumbs=crumbs(&[], "Sandbox clock") help=help()>
            <SpaceBetween>
                <Header title="Sandbox clock" level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "The sandbox clock".into(),
        vec![
            "Bills, budgets and old passwords take weeks to show what they do. Here the account's time can be moved ahead instead, for everybody in the account at once. Every move stands in the event history.".into(),
            "The clock is never behind the real time. Moving it back changes nothing that was written ahead: costs of days that are to come again count when they come, and budget alerts that went off ahead can go off again.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let clock = match crate::call(GetSandboxClock {}).await {
        Ok(clock) => clock,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let problem = [ADVANCE, RESET].into_iter().find_map(|operation| page.error_of(operation));
    view! {
        {problem.map(|error| view! { <Problem error /> })}
        {times(&clock)}
        {moves(clock.is_real_time)}
        {rules()}
    }
    .into_any()
}

fn times(clock: &GetSandboxClockOutput) -> AnyView {
    let facts = vec![
        KeyValue::text("Account time", format_instant(&clock.now.to_string(), DateStyle::Exact)),
        KeyValue::text("Real time", format_instant(&clock.real_time.to_string(), DateStyle::Exact)),
    ];
    let (status, state) = if clock.is_real_time {
        (Status::Success, "The account is at the real time")
    } else {
        (Status::Warning, "The account is ahead of the real time")
    };
    view! {
        <Container header=|| view! { <Header title="Time" /> } testid="clock-times">
            <SpaceBetween>
                <KeyValuePairs items=facts />
                <StatusIndicator status testid="clock-state">{state}</StatusIndicator>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn moves(is_real_time: bool) -> AnyView {
    let ahead = hidden(ADVANCE, &[("_next", PATH), ("_flash", "The sandbox clock was moved ahead.")]);
    let back = hidden(RESET, &[("_next", PATH), ("_flash", "The account is back at the real time.")]);
    let steps = STEPS
        .iter()
        .map(|(step, text, testid)| {
            view! { <Button kind=ButtonKind::Submit name="By" value=*step testid=*testid>{*text}</Button> }
        })
        .collect_view();
    view! {
        <Container header=|| view! { <Header title="Move the clock" /> } testid="clock-moves">
            <SpaceBetween>
                <Form action=PATH hidden=ahead label="Move the clock ahead" testid="advance-form">
                    <SpaceBetween direction=Direction::Horizontal>{steps}</SpaceBetween>
                </Form>
                {(!is_real_time)
                    .then(|| {
                        view! {
                            <Form action=PATH hidden=back label="Move the clock back" testid="reset-form">
                                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="reset-clock">
                                    "Back to real time"
                                </Button>
                            </Form>
                        }
                    })}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn rules() -> AnyView {
    let follow = [
        "Costs, budgets and their alerts",
        "Expiry of passwords, ages of access keys and credentials",
        "Credential reports and access reports",
        "Conditions of policies on the current time",
    ];
    let real = [
        "Sign-in, sessions and MFA codes",
        "Signatures of requests",
        "Links and codes in mails, and when mails are sent",
        "The event history, which notes the sandbox time beside the real one",
    ];
    let list = |texts: [&str; 4]| texts.map(str::to_owned).to_vec();
    view! {
        <Container header=|| view! { <Header title="What follows the clock" /> }>
            <SpaceBetween>
                <Text>"These follow the account's time:"</Text>
                <BulletList items=list(follow) />
                <Text>"These are always at the real time:"</Text>
                <BulletList items=list(real) />
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
