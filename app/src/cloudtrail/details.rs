//! One event: its details, and its record as JSON.

use leptos::prelude::*;
use model::cloudtrail::{Event, LookupAttribute, LookupEvents};
use serde_json::Value;

use super::{PATH, resources};
use crate::{
    Frame, PageContext,
    iam::denied::{Problem, tell},
    ui::{
        Alert, Button, CodeView, Container, Crumb, DateStyle, Header, HeaderLevel, KeyValue, KeyValuePairs, Severity,
        SpaceBetween, format_instant,
    },
};

/// `/cloudtrail/events/<id>`.
#[component]
pub fn EventDetails() -> impl IntoView {
    let page = PageContext::current();
    let crumbs =
        vec![Crumb::new("CloudTrail", "/cloudtrail/home"), Crumb::new("Event history", PATH), Crumb::here("Event")];
    view! {
        <Frame title="Event | CloudTrail" crumbs>
            <Suspense>{Suspend::new(async move { content(&page.segment(2)).await })}</Suspense>
        </Frame>
    }
}

async fn content(id: &str) -> AnyView {
    let attribute = LookupAttribute { attribute_key: "EventId".into(), attribute_value: id.to_owned() };
    let lookup = LookupEvents { lookup_attributes: vec![attribute], ..LookupEvents::default() };
    match crate::call(lookup).await.map(|output| output.events.into_iter().next()) {
        Ok(Some(event)) => details(event),
        Ok(None) => missing(),
        Err(error) => {
            tell(&error);
            view! {
                <SpaceBetween>
                    <Header title="Event" level=HeaderLevel::H1 testid="page-title" />
                    <Problem error retry=PATH />
                </SpaceBetween>
            }
            .into_any()
        }
    }
}

fn missing() -> AnyView {
    crate::call::set_status(404);
    view! {
        <SpaceBetween>
            <Header title="Event not found" level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Error
                header="No event of the last 90 days has this ID."
                testid="no-such-event"
                action=|| view! { <Button href=PATH>"Go to the event history"</Button> }
            />
        </SpaceBetween>
    }
    .into_any()
}

fn details(event: Event) -> AnyView {
    let record: Value = serde_json::from_str(&event.cloud_trail_event).unwrap_or_default();
    let said = |member: &str| record[member].as_str().unwrap_or_default().to_owned();
    let json = serde_json::to_string_pretty(&record).unwrap_or_else(|_| event.cloud_trail_event.clone());
    let mut items = vec![
        KeyValue::text("Event time", format_instant(&event.event_time.to_string(), DateStyle::Exact)),
        KeyValue::text("User name", event.username.unwrap_or_default()),
        KeyValue::text("Event source", event.event_source),
        KeyValue::copy("Event ID", event.event_id),
        KeyValue::text("AWS access key", event.access_key_id.unwrap_or_default()),
        KeyValue::text("Source IP address", said("sourceIPAddress")),
        KeyValue::text("Error code", said("errorCode")),
        KeyValue::text("Read-only", event.read_only),
        KeyValue::text("Resource type", resources(&event.resources, |resource| resource.resource_type.as_ref())),
        KeyValue::text("Resource name", resources(&event.resources, |resource| resource.resource_name.as_ref())),
        KeyValue::text("AWS region", said("awsRegion")),
        KeyValue::text("Request ID", said("requestID")),
    ];
    if let Some(at) = record["additionalEventData"]["SandboxTime"].as_str() {
        items.insert(1, KeyValue::text("Sandbox time", format_instant(at, DateStyle::Exact)));
    }
    view! {
        <SpaceBetween>
            <Header title=event.event_name level=HeaderLevel::H1 testid="page-title" />
            <Container header=|| view! { <Header title="Details" /> } testid="event-details">
                <KeyValuePairs items columns=3 />
            </Container>
            <Container header=|| view! { <Header title="Event record" /> }>
                <CodeView code=json label="Event record" json=true testid="event-record" />
            </Container>
        </SpaceBetween>
    }
    .into_any()
}
