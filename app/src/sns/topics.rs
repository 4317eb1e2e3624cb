//! The list of topics.

use leptos::prelude::*;
use model::sns::{ListTopics, Topic};

use super::{TOPICS, crumbs, topic_name, topic_path};
use crate::{
    Frame, PageContext, Section,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonVariant, Column, CopyText, EmptyState, Header, HeaderLevel, Link, NextPage, Rows, SpaceBetween,
        Table,
    },
};

/// Where a topic is made.
pub(super) const CREATE: &str = "/sns/topics/create";

/// `/sns/topics`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Topics" section=Section::Sns crumbs=crumbs(&[], "Topics") help=help()>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Topics".into(),
        vec![
            "A topic is a name that messages are published to. Everybody whose subscription to it is confirmed gets each message as a mail.".into(),
            "Alarms and budgets publish to topics, and so may whoever the topic's access policy or their own policies let.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let token = page.given("token");
    let first = token.is_some().then(|| TOPICS.to_owned());
    let listed = match crate::call(ListTopics { next_token: token }).await {
        Ok(listed) => listed,
        Err(error) => {
            tell(&error);
            return view! {
                <Header title="Topics" level=HeaderLevel::H1 testid="page-title" />
                <Problem error retry=TOPICS />
            }
            .into_any();
        }
    };
    let next = listed.next_token.map(|token| format!("{TOPICS}?token={}", encode(&token)));
    let counter = format!("({}{})", listed.topics.len(), if next.is_some() { "+" } else { "" });
    let columns = vec![
        Column::new("name", "Name", |row: &Topic| {
            let (name, href) = (topic_name(&row.topic_arn), topic_path(&row.topic_arn));
            view! { <Link href testid="topic-name">{name}</Link> }
        })
        .row_header(),
        Column::text("type", "Type", |_: &Topic| "Standard".to_owned()),
        Column::new("arn", "ARN", |row: &Topic| view! { <CopyText text=row.topic_arn.clone() what="ARN" /> }),
    ];
    let create =
        || view! { <Button href=CREATE variant=ButtonVariant::Primary testid="create-topic">"Create topic"</Button> };
    view! {
        <Table
            id="topics"
            label="Topics"
            columns
            rows=Rows::Ready(listed.topics)
            header=move || {
                view! { <Header title="Topics" level=HeaderLevel::H1 counter testid="page-title" actions=create /> }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| {
                view! {
                    <EmptyState
                        title="No topics"
                        text="You have no topics in this region. To get started, create a topic."
                        action=|| view! { <Button href=CREATE testid="create-first-topic">"Create topic"</Button> }
                        testid="no-topics"
                    />
                }
            }
        />
    }
    .into_any()
}
