//! The event history: the account's calls of the last ninety days, by one attribute and a range of days.

use leptos::prelude::*;
use model::cloudtrail::{Event, LookupEventsOutput};

use super::{ATTRIBUTES, PATH, asked::Asked, resources};
use crate::{
    CallError, Frame, PageContext,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonKind, Column, Crumb, DateStyle, Direction, EmptyState, Form, FormField, Header, HeaderLevel,
        IconName, Input, Link, NextPage, Rows, Select, SelectOption, Space, SpaceBetween, Table, format_instant,
    },
};

/// `/cloudtrail/events`.
#[component]
pub fn EventHistory() -> impl IntoView {
    let page = PageContext::current();
    let crumbs = vec![Crumb::new("CloudTrail", "/cloudtrail/home"), Crumb::here("Event history")];
    view! {
        <Frame title="Event history | CloudTrail" crumbs help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Event history".into(),
        vec![
            "Every call to this account's services in the last 90 days: who made it, from where, what it asked for and what came of it. Calls that were denied are there too.".into(),
            "Look events up by one attribute at a time; its value is compared as a whole. Read-only = false leaves out everything that changed nothing.".into(),
            "The root user is called root. Where an IAM user has that name too, look up the user name by the principal's ARN: arn:aws:iam::123456789012:root, or arn:aws:iam::123456789012:user/root.".into(),
            "Passwords, secret keys and codes are never written down: they read HIDDEN_DUE_TO_SECURITY_REASONS.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let asked = Asked::of(&page);
    let form = form(&page, &asked);
    let answer = match asked.lookup() {
        Ok(lookup) => crate::call(lookup).await,
        Err(error) => Err(CallError::Api(error)),
    };
    let list = match answer {
        Ok(output) => table(&page, &asked, output),
        Err(error) => {
            tell(&error);
            view! { <Problem error retry=PATH /> }.into_any()
        }
    };
    let description = "Calls to this account in the last 90 days, the newest first.";
    view! {
        <SpaceBetween>
            <Header title="Event history" level=HeaderLevel::H1 description testid="page-title" />
            {form}
            {list}
        </SpaceBetween>
    }
    .into_any()
}

fn form(page: &PageContext, asked: &Asked) -> AnyView {
    let every = std::iter::once(SelectOption::new("", "All events"));
    let options: Vec<_> = every.chain(ATTRIBUTES.map(|(key, text)| SelectOption::new(key, text))).collect();
    let label = page.label("Filter", "Lookup attribute").to_owned();
    let Asked { attribute, value, from, to, .. } = asked.clone();
    view! {
        <Form action=PATH get=true label="Look up events" testid="lookup">
            <SpaceBetween direction=Direction::Horizontal size=Space::S>
                <FormField control_id="lookup-attribute" label>
                    <Select name="attribute" options value=attribute testid="lookup-attribute" />
                </FormField>
                <FormField control_id="lookup-value" label="Value">
                    <Input name="value" value maxlength=2000_u32 testid="lookup-value" />
                </FormField>
                <FormField control_id="lookup-from" label="From (UTC)">
                    <Input name="from" kind="date" value=from testid="lookup-from" />
                </FormField>
                <FormField control_id="lookup-to" label="To (UTC)">
                    <Input name="to" kind="date" value=to testid="lookup-to" />
                </FormField>
                <Button kind=ButtonKind::Submit icon=IconName::Search testid="lookup-events">"Look up"</Button>
            </SpaceBetween>
        </Form>
    }
    .into_any()
}

fn table(page: &PageContext, asked: &Asked, output: LookupEventsOutput) -> AnyView {
    let LookupEventsOutput { events, next_token } = output;
    let first = asked.token.is_some().then(|| asked.address(None));
    let next = next_token.map(|token| asked.address(Some(&token)));
    let refresh = asked.address(None);
    view! {
        <Table
            id="events"
            label="Events"
            columns=columns(page)
            rows=Rows::Ready(events)
            header=move || {
                view! {
                    <Header
                        title="Events"
                        actions=move || view! { <Button href=refresh icon=IconName::Refresh label="Refresh" testid="refresh" /> }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| {
                view! {
                    <EmptyState
                        title="No matches"
                        text="No event of these days has this attribute."
                        testid="no-events"
                        action=|| view! { <Button href=format!("{PATH}?attribute=&value=")>"Show all events"</Button> }
                    />
                }
            }
        />
    }
    .into_any()
}

/// Who, in the list. The root user is called `root`: a user of that name is told from it.
fn who(event: &Event) -> String {
    let name = event.username.clone().unwrap_or_default();
    let record = || serde_json::from_str::<serde_json::Value>(&event.cloud_trail_event).unwrap_or_default();
    if name == "root" && record()["userIdentity"]["type"] == "IAMUser" { "root (IAM user)".to_owned() } else { name }
}

fn columns(page: &PageContext) -> Vec<Column<Event>> {
    let name = Column::new("name", page.label("Event name", "Event name"), |event: &Event| {
        let (href, name) = (format!("{PATH}/{}", encode(&event.event_id)), event.event_name.clone());
        view! { <Link href>{name}</Link> }
    })
    .row_header();
    let time = Column::text("time", "Event time", |event: &Event| {
        format_instant(&event.event_time.to_string(), DateStyle::Exact)
    })
    .nowrap();
    let user = Column::text("user", "User name", who);
    // The original had the time first in 2020.
    let mut columns = if page.labels_2020() { vec![time, user, name] } else { vec![name, time, user] };
    columns.extend([
        Column::text("source", "Event source", |event: &Event| event.event_source.clone()),
        Column::text("resource-type", "Resource type", |event: &Event| {
            resources(&event.resources, |resource| resource.resource_type.as_ref())
        }),
        Column::text("resource-name", "Resource name", |event: &Event| {
            resources(&event.resources, |resource| resource.resource_name.as_ref())
        }),
    ]);
    columns
}
