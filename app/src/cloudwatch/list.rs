//! The list of alarms.

use leptos::prelude::*;
use model::cloudwatch::{BILLING, DescribeAlarms, MetricAlarm};

use super::{ALARMS, CREATE, alarm_path, crumbs, wizard::elsewhere, words};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonVariant, Column, Date, EmptyState, Header, HeaderLevel, Link, NextPage, Rows, SpaceBetween, Table,
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
    let token = page.query.get("token").filter(|token| !token.is_empty()).cloned();
    let state = page.query.get("state").filter(|state| !state.is_empty()).cloned();
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
