//! One alarm: its graph, its details, its actions, what became of it.

use leptos::prelude::*;
use model::{
    Timestamp,
    cloudwatch::{AlarmHistoryItem, DescribeAlarmHistory, DescribeAlarms, Metric, MetricAlarm},
};

use super::{
    ALARMS, alarm_path, crumbs, from_alarm,
    graph::{Drawn, graph},
    words,
};
use crate::{
    Frame, PageContext, Section,
    billing::hidden,
    call::encode,
    iam::{
        denied::{Problem, tell},
        paths::named,
    },
    sns::{topic_name, topic_path},
    ui::{
        Alert, Button, ButtonDropdown, Column, Container, Date, DeleteModal, EmptyState, Form, Header, HeaderLevel,
        KeyValue, KeyValuePairs, Link, MenuItem, NextPage, Rows, Severity, SpaceBetween, Tab, Table, Tabs, Text,
    },
};

const DELETE: &str = "cloudwatch:DeleteAlarms";
const ENABLE: &str = "cloudwatch:EnableAlarmActions";
const DISABLE: &str = "cloudwatch:DisableAlarmActions";

/// `/cloudwatch/alarms/<name>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    view! {
        <Frame title=name.clone() section=Section::CloudWatch crumbs=crumbs(&[("Alarms", ALARMS)], &name)>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let name = named(&page.segment(2));
    let ask = DescribeAlarms { alarm_names: vec![name.clone()], ..DescribeAlarms::default() };
    match crate::call(ask).await.map(|found| found.metric_alarms.into_iter().next()) {
        Ok(Some(alarm)) => details(&page, alarm).await,
        Ok(None) => {
            crate::call::set_status(404);
            let text = format!("There is no alarm {name} in this region.");
            view! {
                <Header title="Alarm not found" level=HeaderLevel::H1 testid="page-title" />
                <Alert
                    severity=Severity::Error
                    header=text
                    testid="no-such-alarm"
                    action=|| view! { <Button href=ALARMS>"Go to the list of alarms"</Button> }
                />
            }
            .into_any()
        }
        Err(error) => {
            tell(&error);
            view! {
                <Header title=name level=HeaderLevel::H1 testid="page-title" />
                <Problem error retry=ALARMS />
            }
            .into_any()
        }
    }
}

async fn details(page: &PageContext, alarm: MetricAlarm) -> AnyView {
    let name = alarm.alarm_name.clone();
    let home = alarm_path(&name);
    let tab = match page.query("tab").as_str() {
        tab @ ("actions" | "history" | "parents") => tab.to_owned(),
        _ => "details".to_owned(),
    };
    let drawn = Drawn {
        metric: Metric {
            namespace: alarm.namespace.clone().unwrap_or_default(),
            metric_name: alarm.metric_name.clone().unwrap_or_default(),
            dimensions: alarm.dimensions.clone(),
        },
        statistic: alarm.statistic.clone().unwrap_or_default(),
        period: alarm.period.unwrap_or(21_600),
        threshold: alarm.threshold,
    };
    let picture = graph(drawn, Timestamp(page.viewer().now)).await;
    let panel = match tab.as_str() {
        "actions" => actions(&alarm),
        "history" => history(page, &name, &home).await,
        "parents" => parents(),
        _ => facts(&alarm),
    };
    let tabs = vec![
        Tab::new("details", "Details", home.clone()),
        Tab::new("actions", "Actions", format!("{home}?tab=actions")),
        Tab::new("history", "History", format!("{home}?tab=history")),
        Tab::new("parents", "Parent alarms", format!("{home}?tab=parents")),
    ];
    let failed = [DELETE, ENABLE, DISABLE].into_iter().find_map(|operation| page.error_of(operation));
    let (operation, verb) =
        if alarm.actions_enabled { (DISABLE, "Disable alarm actions") } else { (ENABLE, "Enable alarm actions") };
    let flash = format!("Actions of alarm {name} were {}.", if alarm.actions_enabled { "disabled" } else { "enabled" });
    let toggle = hidden(operation, &[("AlarmNames[0]", &name), ("_next", &home), ("_flash", &flash)]);
    let flash = format!("Alarm {name} was deleted.");
    let delete = hidden(DELETE, &[("AlarmNames[0]", &name), ("_next", ALARMS), ("_flash", &flash)]);
    let (edit, copy) = (from_alarm("edit", &name), from_alarm("copy", &name));
    let toggle_action = home.clone();
    let items = vec![
        MenuItem::link("Edit", edit),
        MenuItem::link("Copy", copy),
        MenuItem::submit(verb, "toggle-alarm-actions"),
        MenuItem::opens("Delete", "delete-alarm"),
    ];
    view! {
        {failed.map(|error| view! { <Problem error /> })}
        <Header
            title=name.clone()
            level=HeaderLevel::H1
            testid="page-title"
            actions=move || {
                view! {
                    <ButtonDropdown id="alarm-actions-button" text="Actions" items testid="alarm-menu" />
                }
            }
        />
        <Form action=toggle_action hidden=toggle inline=true id="toggle-alarm-actions" />
        <Container header=|| view! { <Header title="Graph" /> } testid="alarm-graph">{picture}</Container>
        <Tabs label="Alarm" tabs current=tab>{panel}</Tabs>
        <DeleteModal id="delete-alarm" title=format!("Delete alarm {name}?") consent="delete" action=home hidden=delete>
            <Text>"The alarm is gone at once. Its history stays for thirty days, its topics stay."</Text>
        </DeleteModal>
    }
    .into_any()
}

fn facts(alarm: &MetricAlarm) -> AnyView {
    let datapoints = alarm.datapoints_to_alarm.unwrap_or(alarm.evaluation_periods);
    let items = vec![
        KeyValue::text("Name", alarm.alarm_name.clone()),
        KeyValue::new("State", words::indicator(&alarm.state_value)),
        KeyValue::new("Last state update", view! { <Date iso=alarm.state_updated_timestamp.to_string() /> }),
        KeyValue::text("State reason", alarm.state_reason.clone()),
        KeyValue::text("Threshold", words::condition(alarm)),
        KeyValue::text("Actions", if alarm.actions_enabled { "Actions enabled" } else { "Actions disabled" }),
        KeyValue::text("Namespace", alarm.namespace.clone().unwrap_or_default()),
        KeyValue::text("Metric name", alarm.metric_name.clone().unwrap_or_default()),
        KeyValue::text("Dimensions", words::dimensions(&alarm.dimensions)),
        KeyValue::text("Statistic", alarm.statistic.clone().unwrap_or_default()),
        KeyValue::text("Period", words::duration(alarm.period.unwrap_or_default())),
        KeyValue::text("Datapoints to alarm", format!("{datapoints} out of {}", alarm.evaluation_periods)),
        KeyValue::text("Missing data treatment", words::missing(alarm.treat_missing_data.as_deref())),
        KeyValue::text("Description", alarm.alarm_description.clone().unwrap_or_default()),
        KeyValue::copy("ARN", alarm.alarm_arn.clone()),
    ];
    view! {
        <Container header=|| view! { <Header title="Details" /> } testid="alarm-details">
            <KeyValuePairs items />
        </Container>
    }
    .into_any()
}

fn actions(alarm: &MetricAlarm) -> AnyView {
    let of = |state: &str, arns: &[String]| {
        arns.iter().map(|arn| (words::state(state).to_owned(), arn.clone())).collect::<Vec<_>>()
    };
    let mut rows = of("ALARM", &alarm.alarm_actions);
    rows.extend(of("OK", &alarm.ok_actions));
    rows.extend(of("INSUFFICIENT_DATA", &alarm.insufficient_data_actions));
    let columns = vec![
        Column::text("type", "Type", |_: &(String, String)| "Notification".to_owned()),
        Column::new("description", "Description", |row: &(String, String)| {
            let (state, name, href) = (row.0.clone(), topic_name(&row.1), topic_path(&row.1));
            view! { "When " {state} ", send message to topic \"" <Link href>{name}</Link> "\"" }
        })
        .row_header(),
    ];
    view! {
        <Table
            id="alarm-actions"
            label="Actions"
            columns
            rows=Rows::Ready(rows)
            header=|| view! { <Header title="Actions" /> }
            empty=|| view! { <EmptyState title="No actions" text="This alarm notifies nobody." /> }
        />
    }
    .into_any()
}

fn parents() -> AnyView {
    view! {
        <Container header=|| view! { <Header title="Parent alarms" /> }>
            <EmptyState
                title="No parent alarms"
                text="Composite alarms, which would be this one's parents, are not in this version."
                testid="no-parent-alarms"
            />
        </Container>
    }
    .into_any()
}

async fn history(page: &PageContext, name: &str, home: &str) -> AnyView {
    let token = page.given("token");
    let first = token.is_some().then(|| format!("{home}?tab=history"));
    let ask = DescribeAlarmHistory {
        alarm_name: Some(name.to_owned()),
        max_records: Some(50),
        next_token: token,
        ..DescribeAlarmHistory::default()
    };
    let listed = match crate::call(ask).await {
        Ok(listed) => listed,
        Err(error) => return view! { <Problem error retry=home.to_owned() /> }.into_any(),
    };
    let next = listed.next_token.map(|token| format!("{home}?tab=history&token={}", encode(&token)));
    let kind = |item: &AlarmHistoryItem| {
        match item.history_item_type.as_str() {
            "StateUpdate" => "State update",
            "ConfigurationUpdate" => "Configuration update",
            _ => "Action",
        }
        .to_owned()
    };
    let columns = vec![
        Column::new("date", "Date", |item: &AlarmHistoryItem| view! { <Date iso=item.timestamp.to_string() /> })
            .nowrap(),
        Column::text("type", "Type", kind).nowrap(),
        Column::text("description", "Description", |item: &AlarmHistoryItem| item.history_summary.clone()).row_header(),
    ];
    view! {
        <Table
            id="alarm-history"
            label="History"
            columns
            rows=Rows::Ready(listed.alarm_history_items)
            header=|| view! { <Header title="History" /> }
            pagination=move || view! { <NextPage first next /> }
            empty=|| view! { <EmptyState title="No history" text="Nothing has become of this alarm in the last thirty days." /> }
        />
    }
    .into_any()
}
