//! The list of subscriptions, and the table that a topic's page shows too.

use leptos::prelude::*;
use model::sns::{ListSubscriptions, PENDING, Subscription, SubscriptionArn};

use super::{SUBSCRIPTIONS, crumbs, topic_name, topic_path};
use crate::{
    Frame, PageContext, Section,
    billing::hidden,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonKind, ButtonVariant, Column, EmptyState, Form, Header, HeaderLevel, Link, NextPage, Rows,
        SpaceBetween, Status, StatusIndicator, Table,
    },
};

/// Where a subscription is made.
pub(super) const CREATE: &str = "/sns/subscriptions/create";
const SUBSCRIBE: &str = "sns:Subscribe";
const UNSUBSCRIBE: &str = "sns:Unsubscribe";

/// `/sns/subscriptions`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Subscriptions" section=Section::Sns crumbs=crumbs(&[], "Subscriptions") help=help()>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Subscriptions".into(),
        vec![
            "Whoever is subscribed gets a mail with a link first, and messages once the link's page was confirmed. What nobody confirms within three days is dropped.".into(),
            "Request confirmation sends a new link; the older one is void then.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let token = page.given("token");
    let first = token.is_some().then(|| SUBSCRIPTIONS.to_owned());
    let listed = match crate::call(ListSubscriptions { next_token: token }).await {
        Ok(listed) => listed,
        Err(error) => {
            tell(&error);
            return view! {
                <Header title="Subscriptions" level=HeaderLevel::H1 testid="page-title" />
                <Problem error retry=SUBSCRIPTIONS />
            }
            .into_any();
        }
    };
    let next = listed.next_token.map(|token| format!("{SUBSCRIPTIONS}?token={}", encode(&token)));
    view! {
        {failure(&page)}
        {table(listed.subscriptions, Place { here: SUBSCRIPTIONS.into(), create: CREATE.into(), level: HeaderLevel::H1, first, next })}
    }
    .into_any()
}

/// What a button in the table failed with.
pub(super) fn failure(page: &PageContext) -> AnyView {
    let error = page.error_of(SUBSCRIBE).or_else(|| page.error_of(UNSUBSCRIBE));
    error.map(|error| view! { <Problem error /> }).into_any()
}

/// Where the table stands.
pub(super) struct Place {
    pub(super) here: String,
    pub(super) create: String,
    pub(super) level: HeaderLevel,
    pub(super) first: Option<String>,
    pub(super) next: Option<String>,
}

fn id_of(row: &Subscription) -> String {
    if row.subscription_arn == PENDING {
        return "Pending confirmation".into();
    }
    row.subscription_arn.parse::<SubscriptionArn>().map_or_else(|_| row.subscription_arn.clone(), |arn| arn.id)
}

/// Ends a confirmed subscription, or sends another link for one that is not.
fn action(row: &Subscription, here: &str) -> AnyView {
    if row.subscription_arn == PENDING {
        let fields = hidden(
            SUBSCRIBE,
            &[
                ("TopicArn", &row.topic_arn),
                ("Protocol", &row.protocol),
                ("Endpoint", &row.endpoint),
                ("_next", here),
                ("_flash", "A new confirmation request was sent to {Endpoint}."),
            ],
        );
        let label = format!("Request confirmation of {}", row.endpoint);
        return view! {
            <Form action=here.to_owned() hidden=fields inline=true>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Inline label testid="request-confirmation">"Request confirmation"</Button>
            </Form>
        }
        .into_any();
    }
    let fields = hidden(
        UNSUBSCRIBE,
        &[("SubscriptionArn", &row.subscription_arn), ("_next", here), ("_flash", "The subscription was deleted.")],
    );
    let label = format!("Delete the subscription of {}", row.endpoint);
    view! {
        <Form action=here.to_owned() hidden=fields inline=true>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Inline label testid="delete-subscription">"Delete"</Button>
        </Form>
    }
    .into_any()
}

/// The table of some subscriptions.
pub(super) fn table(rows: Vec<Subscription>, place: Place) -> AnyView {
    let Place { here, create, level, first, next } = place;
    let counter = format!("({}{})", rows.len(), if next.is_some() { "+" } else { "" });
    let columns = vec![
        Column::text("id", "ID", id_of).row_header(),
        Column::text("endpoint", "Endpoint", |row: &Subscription| row.endpoint.clone()),
        Column::new("status", "Status", |row: &Subscription| {
            if row.subscription_arn == PENDING {
                view! { <StatusIndicator status=Status::Pending testid="status">"Pending confirmation"</StatusIndicator> }
            } else {
                view! { <StatusIndicator status=Status::Success testid="status">"Confirmed"</StatusIndicator> }
            }
        })
        .nowrap(),
        Column::text("protocol", "Protocol", |row: &Subscription| row.protocol.to_uppercase()),
        Column::new("topic", "Topic", |row: &Subscription| {
            let (name, href) = (topic_name(&row.topic_arn), topic_path(&row.topic_arn));
            view! { <Link href>{name}</Link> }
        }),
        Column::new("action", "Action", move |row: &Subscription| action(row, &here)).nowrap(),
    ];
    let create_first = create.clone();
    view! {
        <Table
            id="subscriptions"
            label="Subscriptions"
            columns
            rows=Rows::Ready(rows)
            header=move || {
                view! {
                    <Header
                        title="Subscriptions"
                        level
                        counter
                        testid=if level == HeaderLevel::H1 { "page-title" } else { "subscriptions-title" }
                        actions=move || {
                            view! {
                                <Button href=create variant=ButtonVariant::Primary testid="create-subscription">
                                    "Create subscription"
                                </Button>
                            }
                        }
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=move || {
                view! {
                    <EmptyState
                        title="No subscriptions found"
                        text="Nobody gets messages yet."
                        action=move || view! { <Button href=create_first testid="create-first-subscription">"Create subscription"</Button> }
                        testid="no-subscriptions"
                    />
                }
            }
        />
    }
    .into_any()
}
