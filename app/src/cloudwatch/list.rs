//! The list of alarms.

use leptos::prelude::*;
use model::{
    cloudwatch::{BILLING, DescribeAlarms, MetricAlarm},
    sns::{ListSubscriptions, PENDING},
};

use super::{
    ALARMS, CREATE, alarm_path, crumbs,
    wizard::{billing_off, elsewhere},
    words,
};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Alert, Button, ButtonVariant, Column, Date, EmptyState, Header, HeaderLevel, Link, NextPage, Rows, Severity,
        SpaceBetween, Table,
    },
};

/// Alarms on a page.
const ROWS: i64 = 50;

/// `/cloudwatch/alarms`, with `state=ALARM` for those in alarm, and `/cloudwatch/billing` for those on estimated charges.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    let title = title(&page);
    view! {
        <Frame title section=Section::CloudWatch crumbs=crumbs(&[], title) help=help()>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn is_billing(page: &PageContext) -> bool {
    page.segment(1) == "billing"
}

fn title(page: &PageContext) -> &'static str {
    if is_billing(page) { "Billing alarms" } else { "Alarms" }
}

fn help() -> (String, Vec<String>) {
    (
        "Alarms".into(),
        vec![
            "An alarm watches one metric. When the metric passes the threshold the alarm changes its state, and tells the topics that are named for the new state.".into(),
            "Estimated charges are what the month's entries in the cost ledger have come to. They are in US East (N. Virginia), for all regions together.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let title = title(&page);
    let here = page.path.clone();
    let token = page.given("token");
    let state = page.given("state");
    let first = token.is_some().then(|| here.clone());
    let ask = DescribeAlarms {
        state_value: state.clone(),
        max_records: Some(ROWS),
        next_token: token,
        ..DescribeAlarms::default()
    };
    let listed = match crate::call(ask).await {
        Ok(listed) => listed,
        Err(error) => {
            tell(&error);
            return view! {
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Problem error retry=ALARMS />
            }
            .into_any();
        }
    };
    let mut alarms = listed.metric_alarms;
    if is_billing(&page) {
        alarms.retain(|alarm| alarm.namespace.as_deref() == Some(BILLING));
    }
    let off = if is_billing(&page) { billing_off().await } else { ().into_any() };
    let pending = pending(&alarms).await;
    let kept = state.map(|state| format!("state={}&", encode(&state))).unwrap_or_default();
    let next = listed.next_token.map(|token| format!("{here}?{kept}token={}", encode(&token)));
    let counter = format!("({}{})", alarms.len(), if next.is_some() { "+" } else { "" });
    let columns = vec![
        Column::new("name", "Name", |row: &MetricAlarm| {
            let (name, href) = (row.alarm_name.clone(), alarm_path(&row.alarm_name));
            view! { <Link href testid="alarm-name">{name}</Link> }
        })
        .row_header(),
        Column::new("state", "State", |row: &MetricAlarm| words::indicator(&row.state_value)).nowrap(),
        Column::new("updated", "Last state update", |row: &MetricAlarm| {
            view! { <Date iso=row.state_updated_timestamp.to_string() /> }
        }),
        Column::text("conditions", "Conditions", words::condition),
        Column::text("actions", "Actions", |row: &MetricAlarm| {
            let enabled = if row.actions_enabled { "Actions enabled" } else { "Actions disabled" };
            enabled.to_owned()
        }),
    ];
    view! {
        {elsewhere(&page)}
        {off}
        {pending}
        <Table
            id="alarms"
            label="Alarms"
            columns
            rows=Rows::Ready(alarms)
            header=move || {
                view! {
                    <Header
                        title
                        level=HeaderLevel::H1
                        counter
                        testid="page-title"
                        actions=|| {
                            view! { <Button href=CREATE variant=ButtonVariant::Primary testid="create-alarm">"Create alarm"</Button> }
                        }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| {
                view! {
                    <EmptyState
                        title="No alarms"
                        text="No alarms to display."
                        action=|| view! { <Button href=CREATE testid="create-first-alarm">"Create alarm"</Button> }
                        testid="no-alarms"
                    />
                }
            }
        />
    }
    .into_any()
}

/// Whoever has not confirmed gets nothing: said as long as one of these alarms would tell them.
async fn pending(alarms: &[MetricAlarm]) -> AnyView {
    let tells = |arn: &String| {
        alarms.iter().any(|alarm| {
            [&alarm.alarm_actions, &alarm.ok_actions, &alarm.insufficient_data_actions]
                .iter()
                .any(|to| to.contains(arn))
        })
    };
    let acts = alarms.iter().any(|alarm| {
        !(alarm.alarm_actions.is_empty() && alarm.ok_actions.is_empty() && alarm.insufficient_data_actions.is_empty())
    });
    if !acts {
        return ().into_any();
    }
    let subscriptions = crate::call(ListSubscriptions::default()).await.map(|listed| listed.subscriptions);
    let waits = subscriptions
        .is_ok_and(|listed| listed.iter().any(|one| one.subscription_arn == PENDING && tells(&one.topic_arn)));
    if !waits {
        return ().into_any();
    }
    view! {
        <Alert
            severity=Severity::Info
            header="Some subscriptions are pending confirmation"
            testid="pending-subscriptions"
            action=|| view! { <Button href="/sns/subscriptions" testid="view-subscriptions">"View SNS Subscriptions"</Button> }
        >
            "An address gets no notification until the link in its confirmation mail was used."
        </Alert>
    }
    .into_any()
}
