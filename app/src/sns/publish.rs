//! Publishing a message by hand.

use leptos::prelude::*;

use super::{TOPICS, crumbs, split, topic_name, topic_path};
use crate::{
    Frame, PageContext, Section,
    billing::hidden,
    iam::denied::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header, HeaderLevel, Input,
        KeyValue, KeyValuePairs, RadioGroup, RadioOption, SpaceBetween, Textarea,
    },
};

const PUBLISH: &str = "sns:Publish";

/// `/sns/topics/<arn>/publish`.
#[component]
pub fn Publish() -> impl IntoView {
    let page = PageContext::current();
    let arn = page.segment(2);
    let (name, home) = (topic_name(&arn), topic_path(&arn));
    let crumbs = crumbs(&[("Topics", TOPICS), (&name, &home)], "Publish message");
    let (subject_fault, other) = split(&page, PUBLISH, "Subject");
    let (message_fault, problem) = match split(&page, PUBLISH, "Empty message") {
        (Some(_), _) => (Some("Enter a message.".to_owned()), None),
        (None, _) => match split(&page, PUBLISH, "Message") {
            (Some(fault), _) => (Some(fault), None),
            (None, _) => (None, other),
        },
    };
    // A member that is there and empty counts as absent in a form: the wire's own sentence is about its own form.
    let typed = |field: &str| page.typed(PUBLISH, field).unwrap_or_default();
    let (subject, message, structure) = (typed("Subject"), typed("Message"), typed("MessageStructure"));
    let structures = vec![
        RadioOption::new("", "Identical payload for all delivery protocols.")
            .describe("The same payload is sent to all endpoints subscribed to the topic."),
        RadioOption::new("json", "Custom payload for each delivery protocol.")
            .describe("A JSON object with a text for each protocol, and one under \"default\"."),
    ];
    let flash = format!("Message published to topic {name} successfully.");
    let fields = hidden(PUBLISH, &[("TopicArn", &arn), ("_next", &home), ("_flash", &flash)]);
    let facts = vec![KeyValue::copy("Topic ARN", arn)];
    let action = format!("{home}/publish");
    view! {
        <Frame title="Publish message" section=Section::Sns crumbs>
            <SpaceBetween>
                <Header title="Publish message to topic" level=HeaderLevel::H1 testid="page-title" />
                {problem.map(|error| view! { <Problem error /> })}
                <Form action hidden=fields novalidate=true testid="publish-form">
                    <SpaceBetween>
                        <Container header=|| view! { <Header title="Message details" /> }>
                            <SpaceBetween>
                                <KeyValuePairs items=facts columns=1 />
                                <FormField
                                    control_id="message-subject"
                                    label="Subject"
                                    optional=true
                                    constraint="Maximum 100 printable ASCII characters"
                                    error=subject_fault
                                    testid="message-subject-field"
                                >
                                    <Input name="Subject" value=subject maxlength=100u32 testid="message-subject" />
                                </FormField>
                            </SpaceBetween>
                        </Container>
                        <Container header=|| view! { <Header title="Message body" /> }>
                            <SpaceBetween>
                                <FormField control_id="message-structure" label="Message structure" group=true>
                                    <RadioGroup name="MessageStructure" options=structures value=structure testid="message-structure" />
                                </FormField>
                                <FormField
                                    control_id="message-body"
                                    label="Message body to send to the endpoint"
                                    constraint="A form takes up to 100 KB; a program may send 256 KB."
                                    error=message_fault
                                    stretch=true
                                    testid="message-body-field"
                                >
                                    <Textarea name="Message" value=message rows=10 testid="message-body" />
                                </FormField>
                            </SpaceBetween>
                        </Container>
                    </SpaceBetween>
                    <FormActions>
                        <Button href=home variant=ButtonVariant::Link>"Cancel"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="submit-message">"Publish message"</Button>
                    </FormActions>
                </Form>
            </SpaceBetween>
        </Frame>
    }
}
