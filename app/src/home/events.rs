//! The event log: what the bell tells, in full.

use leptos::prelude::*;
use model::console::{ListNotices, ListNoticesOutput};

use crate::{
    Frame, PageContext,
    budgets::budget_path,
    cloudwatch::alarm_path,
    iam::denied::{Problem, tell},
    layout::{Notice, NoticeKind, paths, region_name},
    ui::{Column, Crumb, Date, EmptyState, Header, HeaderLevel, Link, Rows, SpaceBetween, Table},
};

/// An event: when it happened, and its notice.
type Event = (String, Notice);

/// What there is to tell, the latest first.
fn events(found: ListNoticesOutput) -> Vec<Event> {
    let notice = |text: String, href: String| Notice { kind: NoticeKind::Other, text, href };
    let mut events: Vec<Event> = Vec::new();
    for alarm in found.alarms {
        let text = format!("Alarm {} in {} is in alarm", alarm.alarm_name, region_name(&alarm.region));
        let href = format!("{}?region={}", alarm_path(&alarm.alarm_name), alarm.region);
        events.push((alarm.since.to_string(), notice(text, href)));
    }
    for budget in found.budgets {
        let text = format!("Budget {} passed the threshold of an alert", budget.budget_name);
        events.push((budget.fired_at.to_string(), notice(text, budget_path(&budget.budget_name))));
    }
    events.sort_by(|a, b| b.0.cmp(&a.0));
    events
}

/// The lines under the bell.
pub fn notices(found: ListNoticesOutput) -> Vec<Notice> {
    events(found).into_iter().map(|(_, notice)| notice).collect()
}

/// `/console/events`.
#[component]
pub fn Events() -> impl IntoView {
    view! {
        <Frame title="Event log" crumbs=vec![Crumb::here("Event log")]>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(PageContext::current()).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let rows = match crate::call(ListNotices {}).await {
        Ok(found) => events(found),
        Err(error) => {
            tell(&error);
            return view! {
                <Header title="Event log" level=HeaderLevel::H1 testid="page-title" />
                <Problem error retry=paths::EVENTS />
            }
            .into_any();
        }
    };
    let now = model::Timestamp(page.viewer().now).to_string();
    let columns = vec![
        Column::new("event", "Event", |row: &Event| {
            let (text, href) = (row.1.text.clone(), row.1.href.clone());
            view! { <Link href>{text}</Link> }
        })
        .row_header(),
        Column::text("category", "Event category", |_: &Event| "Other notifications".to_owned()),
        Column::new("time", "Start time", |row: &Event| view! { <Date iso=row.0.clone() /> }).nowrap(),
    ];
    let counter = format!("({})", rows.len());
    let description = format!("Alarms that are in alarm, and budgets' alerts of the seven days before {now}.");
    view! {
        <Table
            id="events"
            label="Event log"
            columns
            rows=Rows::Ready(rows)
            header=move || {
                view! { <Header title="Event log" level=HeaderLevel::H1 counter description testid="page-title" /> }
            }
            empty=|| {
                view! { <EmptyState title="No events" text="No alarm is in alarm, and no budget's alert has gone off." testid="no-events" /> }
            }
        />
    }
    .into_any()
}
