//! One topic: its subscriptions, its access policy, its tags; and changing it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    Tag,
    sns::{DISPLAY_NAME, GetTopicAttributes, ListSubscriptionsByTopic, ListTagsForResource},
};

use super::{
    TOPICS, crumbs, split,
    subscriptions::{self, Place},
    topic_name, topic_path,
};
use crate::{
    CallError, Frame, PageContext, Section,
    billing::hidden,
    call::encode,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonKind, ButtonVariant, CodeView, Column, Container, DeleteModal, Direction, EmptyState, Form,
        FormActions, FormField, Header, HeaderLevel, Input, KeyValue, KeyValuePairs, Rows, Space, SpaceBetween, Tab,
        Table, Tabs, Text, Textarea,
    },
};

const DELETE: &str = "sns:DeleteTopic";
const SET: &str = "sns:SetTopicAttributes";

/// `/sns/topics/<arn>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let name = topic_name(&page.segment(2));
    view! {
        <Frame title=name.clone() section=Section::Sns crumbs=crumbs(&[("Topics", TOPICS)], &name)>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { details(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn attributes(page: &PageContext) -> Result<BTreeMap<String, String>, AnyView> {
    let arn = page.segment(2);
    let name = topic_name(&arn);
    crate::call(GetTopicAttributes { topic_arn: arn }).await.map(|found| found.attributes).map_err(|error| {
        tell(&error);
        view! {
            <Header title=name level=HeaderLevel::H1 testid="page-title" />
            <Problem error retry=TOPICS />
        }
        .into_any()
    })
}

fn of(attributes: &BTreeMap<String, String>, name: &str) -> String {
    attributes.get(name).cloned().unwrap_or_default()
}

async fn details(page: PageContext) -> AnyView {
    let found = match attributes(&page).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let arn = page.segment(2);
    let (name, home) = (topic_name(&arn), topic_path(&arn));
    let tab = match page.query("tab").as_str() {
        tab @ ("policy" | "tags") => tab.to_owned(),
        _ => "subscriptions".to_owned(),
    };
    let panel = match tab.as_str() {
        "policy" => policy(of(&found, "Policy")),
        "tags" => tags(&arn).await,
        _ => subscribed(&page, &arn, &home).await,
    };
    let tabs = vec![
        Tab::new("subscriptions", "Subscriptions", home.clone()),
        Tab::new("policy", "Access policy", format!("{home}?tab=policy")),
        Tab::new("tags", "Tags", format!("{home}?tab=tags")),
    ];
    let facts = vec![
        KeyValue::text("Name", name.clone()),
        KeyValue::text("Display name", of(&found, "DisplayName")),
        KeyValue::copy("ARN", arn.clone()),
        KeyValue::text("Topic owner", of(&found, "Owner")),
        KeyValue::text("Type", "Standard"),
        KeyValue::text(
            "Subscriptions",
            format!(
                "{} confirmed, {} pending",
                of(&found, "SubscriptionsConfirmed"),
                of(&found, "SubscriptionsPending")
            ),
        ),
    ];
    let (edit, publish) = (format!("{home}/edit"), format!("{home}/publish"));
    let failed = page.error_of(DELETE).map(|error| view! { <Problem error /> });
    let flash = format!("Topic {name} deleted successfully.");
    let fields = hidden(DELETE, &[("TopicArn", &arn), ("_next", TOPICS), ("_flash", &flash)]);
    view! {
        {failed}
        <Header
            title=name.clone()
            level=HeaderLevel::H1
            testid="page-title"
            actions=move || {
                view! {
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Button href=edit testid="edit-topic">"Edit"</Button>
                        <Button opens="delete-topic" testid="delete-topic-button">"Delete"</Button>
                        <Button href=publish variant=ButtonVariant::Primary testid="publish-message">"Publish message"</Button>
                    </SpaceBetween>
                }
            }
        />
        <Container header=|| view! { <Header title="Details" /> } testid="topic-details">
            <KeyValuePairs items=facts />
        </Container>
        <Tabs label="Topic" tabs current=tab>{panel}</Tabs>
        <DeleteModal id="delete-topic" title=format!("Delete topic {name}") consent="delete me" action=home hidden=fields>
            <Text>"The topic and its subscriptions are gone at once. Alarms that publish to it notify nobody any more."</Text>
        </DeleteModal>
    }
    .into_any()
}

async fn subscribed(page: &PageContext, arn: &str, home: &str) -> AnyView {
    let token = page.given("token");
    let first = token.is_some().then(|| home.to_owned());
    match crate::call(ListSubscriptionsByTopic { topic_arn: arn.to_owned(), next_token: token }).await {
        Ok(listed) => {
            let next = listed.next_token.map(|token| format!("{home}?token={}", encode(&token)));
            let create = format!("{}?topic={}", subscriptions::CREATE, encode(arn));
            let place = Place { here: home.to_owned(), create, level: HeaderLevel::H2, first, next };
            view! {
                {subscriptions::failure(page)}
                {subscriptions::table(listed.subscriptions, place)}
            }
            .into_any()
        }
        Err(error) => view! { <Problem error retry=home.to_owned() /> }.into_any(),
    }
}

/// JSON laid out for reading; any other text as it is.
fn laid_out(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).map_or_else(|_| text.to_owned(), |json| format!("{json:#}"))
}

fn policy(text: String) -> AnyView {
    view! {
        <Container header=|| {
            view! {
                <Header title="Access policy" description="Who may do what with this topic, besides those whose own policies say so." />
            }
        }>
            <CodeView code=laid_out(&text) label="Access policy" json=true testid="topic-policy" />
        </Container>
    }
    .into_any()
}

async fn tags(arn: &str) -> AnyView {
    let found = match crate::call(ListTagsForResource { resource_arn: arn.to_owned() }).await {
        Ok(found) => found.tags,
        Err(error) => return view! { <Problem error retry=topic_path(arn) /> }.into_any(),
    };
    let columns = vec![
        Column::text("key", "Key", |tag: &Tag| tag.key.clone()).row_header(),
        Column::text("value", "Value", |tag: &Tag| tag.value.clone()),
    ];
    view! {
        <Table
            id="topic-tags"
            label="Tags"
            columns
            rows=Rows::Ready(found)
            header=|| view! { <Header title="Tags" /> }
            empty=|| view! { <EmptyState title="No tags" text="This topic has no tags." /> }
        />
    }
    .into_any()
}

/// `/sns/topics/<arn>/edit`: one form for each of the two attributes, as the API sets them one at a time.
#[component]
pub fn Edit() -> impl IntoView {
    let page = PageContext::current();
    let arn = page.segment(2);
    let (name, home) = (topic_name(&arn), topic_path(&arn));
    let crumbs = crumbs(&[("Topics", TOPICS), (&name, &home)], "Edit");
    view! {
        <Frame title=format!("Edit {name}") section=Section::Sns crumbs>
            <SpaceBetween>
                <Suspense>{Suspend::new(async move { edit(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn edit(page: PageContext) -> AnyView {
    let found = match attributes(&page).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let arn = page.segment(2);
    let (name, home) = (topic_name(&arn), topic_path(&arn));
    let title = format!("Edit {name}");
    let (fault, problem) = split(&page, SET, "DisplayName");
    let typed = |attribute: &str| {
        (page.typed(SET, "AttributeName").as_deref() == Some(attribute))
            .then(|| page.typed(SET, "AttributeValue").unwrap_or_default())
    };
    let display_name = typed("DisplayName").unwrap_or_else(|| of(&found, "DisplayName"));
    let policy = typed("Policy").unwrap_or_else(|| laid_out(&of(&found, "Policy")));
    let form = |attribute: &str, flash: &str| {
        hidden(SET, &[("TopicArn", &arn), ("AttributeName", attribute), ("_next", &home), ("_flash", flash)])
    };
    let action = format!("{home}/edit");
    let (display_form, policy_form) = (
        form("DisplayName", "The topic's display name was saved."),
        form("Policy", "The topic's access policy was saved."),
    );
    let policy_action = action.clone();
    view! {
        <Header title level=HeaderLevel::H1 testid="page-title" />
        {problem.map(|error: CallError| view! { <Problem error /> })}
        <Form action hidden=display_form novalidate=true testid="display-name-form">
            <Container header=|| view! { <Header title="Details" /> }>
                <FormField
                    control_id="display-name"
                    label="Display name"
                    optional=true
                    constraint=format!("Maximum {DISPLAY_NAME} characters.")
                    error=fault
                >
                    <Input name="AttributeValue" value=display_name maxlength=100u32 testid="display-name" />
                </FormField>
            </Container>
            <FormActions>
                <Button kind=ButtonKind::Submit testid="save-display-name">"Save display name"</Button>
            </FormActions>
        </Form>
        <Form action=policy_action hidden=policy_form novalidate=true testid="topic-policy-form">
            <Container header=|| view! { <Header title="Access policy" /> }>
                <FormField
                    control_id="topic-policy"
                    label="JSON"
                    description="Left empty, the topic gets the policy of a new topic again."
                    stretch=true
                >
                    <Textarea name="AttributeValue" value=policy rows=20 code=true testid="topic-policy-text" />
                </FormField>
            </Container>
            <FormActions>
                <Button href=home variant=ButtonVariant::Link>"Cancel"</Button>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-topic-policy">"Save changes"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
