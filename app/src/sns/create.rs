//! Making a topic, and subscribing somebody to one.

use leptos::prelude::*;
use model::sns::{DISPLAY_NAME, ListTopics};

use super::{SUBSCRIPTIONS, TOPICS, crumbs, split, subscriptions, topic_name, topics};
use crate::{
    Frame, PageContext, Section,
    billing::hidden,
    iam::denied::{Problem, tell},
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header, HeaderLevel, Input, Select,
        SelectOption, SpaceBetween, Text,
    },
};

const CREATE: &str = "sns:CreateTopic";
const SUBSCRIBE: &str = "sns:Subscribe";

/// `/sns/topics/create`.
#[component]
pub fn CreateTopic() -> impl IntoView {
    let page = PageContext::current();
    let (fault, problem) = split(&page, CREATE, "Topic Name");
    let name = page.typed(CREATE, "Name").unwrap_or_else(|| page.query("name"));
    let display_name = page.typed(CREATE, "Attributes[DisplayName]");
    let next = format!("{TOPICS}/arn:aws:sns:{}:{}:{{Name}}", page.region(), page.viewer().account_id);
    let fields = hidden(CREATE, &[("_next", &next), ("_flash", "Topic {Name} created successfully.")]);
    view! {
        <Frame title="Create topic" section=Section::Sns crumbs=crumbs(&[("Topics", TOPICS)], "Create topic")>
            <SpaceBetween>
                <Header title="Create topic" level=HeaderLevel::H1 testid="page-title" />
                {problem.map(|error| view! { <Problem error /> })}
                <Form action=topics::CREATE hidden=fields novalidate=true testid="create-topic-form">
                    <Container header=|| view! { <Header title="Details" /> }>
                        <SpaceBetween>
                            <Text>"Type: Standard. Messages arrive at least once, in no promised order."</Text>
                            <FormField
                                control_id="topic-name"
                                label="Name"
                                constraint="Maximum 256 characters. Can include alphanumeric characters, hyphens (-) and underscores (_)."
                                error=fault
                                testid="topic-name-field"
                            >
                                <Input name="Name" value=name maxlength=256u32 testid="topic-name" />
                            </FormField>
                            <FormField
                                control_id="display-name"
                                label="Display name"
                                optional=true
                                constraint=format!("Maximum {DISPLAY_NAME} characters.")
                            >
                                <Input name="Attributes[DisplayName]" value=display_name maxlength=100u32 testid="display-name" />
                            </FormField>
                        </SpaceBetween>
                    </Container>
                    <FormActions>
                        <Button href=TOPICS variant=ButtonVariant::Link>"Cancel"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="submit-topic">"Create topic"</Button>
                    </FormActions>
                </Form>
            </SpaceBetween>
        </Frame>
    }
}

/// `/sns/subscriptions/create`, with the topic's ARN in the query if it is known.
#[component]
pub fn CreateSubscription() -> impl IntoView {
    let page = PageContext::current();
    let crumbs = crumbs(&[("Subscriptions", SUBSCRIPTIONS)], "Create subscription");
    view! {
        <Frame title="Create subscription" section=Section::Sns crumbs>
            <SpaceBetween>
                <Header title="Create subscription" level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { subscription(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn subscription(page: PageContext) -> AnyView {
    let asked = page.typed(SUBSCRIBE, "TopicArn").unwrap_or_else(|| page.query("topic"));
    let mut arns = match crate::call(ListTopics::default()).await {
        Ok(listed) => listed.topics.into_iter().map(|topic| topic.topic_arn).collect::<Vec<_>>(),
        // Whoever may subscribe to one topic need not be allowed to list them all.
        Err(_) if !asked.is_empty() => Vec::new(),
        Err(error) => {
            tell(&error);
            return view! { <Problem error retry=subscriptions::CREATE /> }.into_any();
        }
    };
    if !asked.is_empty() && !arns.contains(&asked) {
        arns.insert(0, asked.clone());
    }
    if arns.is_empty() {
        return view! {
            <Container testid="no-topic-yet">
                <SpaceBetween>
                    <Text>"There is no topic in this region yet that somebody could subscribe to."</Text>
                    <Button href=topics::CREATE variant=ButtonVariant::Primary>"Create topic"</Button>
                </SpaceBetween>
            </Container>
        }
        .into_any();
    }
    let (fault, problem) = split(&page, SUBSCRIBE, "Email address");
    let topics =
        arns.iter().map(|arn| SelectOption::new(arn, format!("{} ({arn})", topic_name(arn)))).collect::<Vec<_>>();
    let protocols = vec![SelectOption::new("email", "Email"), SelectOption::new("email-json", "Email-JSON")];
    let protocol = page.typed(SUBSCRIBE, "Protocol").unwrap_or_else(|| "email".into());
    let endpoint = page.typed(SUBSCRIBE, "Endpoint");
    let fields = hidden(
        SUBSCRIBE,
        &[
            ("_next", &format!("{TOPICS}/{{TopicArn}}")),
            (
                "_flash",
                "The subscription of {Endpoint} was created. It gets messages once the link in its mail was confirmed.",
            ),
        ],
    );
    view! {
        {problem.map(|error| view! { <Problem error /> })}
        <Form action=subscriptions::CREATE hidden=fields novalidate=true testid="create-subscription-form">
            <Container header=|| view! { <Header title="Details" /> }>
                <SpaceBetween>
                    <FormField control_id="subscription-topic" label="Topic ARN">
                        <Select name="TopicArn" options=topics value=asked testid="subscription-topic" />
                    </FormField>
                    <FormField control_id="subscription-protocol" label="Protocol" description="The type of endpoint to subscribe.">
                        <Select name="Protocol" options=protocols value=protocol testid="subscription-protocol" />
                    </FormField>
                    <FormField
                        control_id="subscription-endpoint"
                        label="Endpoint"
                        description="An email address that can receive notifications."
                        error=fault
                        testid="subscription-endpoint-field"
                    >
                        <Input name="Endpoint" value=endpoint inputmode="email" testid="subscription-endpoint" />
                    </FormField>
                    <Text>"After your subscription is created, you must confirm it."</Text>
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button href=SUBSCRIPTIONS variant=ButtonVariant::Link>"Cancel"</Button>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="submit-subscription">"Create subscription"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
