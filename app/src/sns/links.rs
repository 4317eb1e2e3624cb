//! The pages that the links in a topic's mails lead to. Looking at one changes nothing: programs that check mails for
//! their recipients follow every link.

use leptos::prelude::*;
use model::console::LinkedSubscription;

use super::topic_name;
use crate::{
    PageContext,
    billing::hidden,
    call::encode,
    frame::SignInFrame,
    ui::{Alert, Button, ButtonKind, ButtonVariant, Form, Severity},
};

const CONFIRM: &str = "console:ConfirmByMail";
const UNSUBSCRIBE: &str = "console:UnsubscribeByMail";
const UNSUBSCRIBE_PATH: &str = "/subscription/unsubscribe";

/// `/subscription/confirm`.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let page = PageContext::current();
    let body = match page.output_of::<LinkedSubscription>(CONFIRM) {
        Some(confirmed) => confirmed_view(confirmed),
        None => ask(&page),
    };
    view! {
        <SignInFrame title="Confirm subscription">
            {failure(&page, CONFIRM)}
            {body}
        </SignInFrame>
    }
}

fn failure(page: &PageContext, operation: &str) -> AnyView {
    page.error_of(operation)
        .map(|error| {
            view! {
                <Alert severity=Severity::Error header="There was an error" testid="link-error">
                    <p>{error.to_string()}</p>
                </Alert>
            }
        })
        .into_any()
}

fn incomplete() -> AnyView {
    view! {
        <h1 data-testid="link-title">"This address is incomplete"</h1>
        <p>"Open the link from the mail again, with all of its characters."</p>
    }
    .into_any()
}

fn ask(page: &PageContext) -> AnyView {
    let (topic, token) = (page.query("TopicArn"), page.query("Token"));
    if topic.is_empty() || token.is_empty() {
        return incomplete();
    }
    let action = format!("/subscription/confirm?TopicArn={}&Token={}", encode(&topic), encode(&token));
    let fields = hidden(CONFIRM, &[("TopicArn", &topic), ("Token", &token)]);
    let name = topic_name(&topic);
    view! {
        <h1 data-testid="link-title">"Confirm subscription"</h1>
        <p>"You are about to subscribe to the topic " <strong>{name}</strong> ". Every message that is published to it will be mailed to you."</p>
        <p>"If this was in error, close this page: no action is necessary."</p>
        <Form action hidden=fields>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full_width=true testid="confirm-subscription">"Confirm subscription"</Button>
        </Form>
    }
    .into_any()
}

fn confirmed_view(confirmed: LinkedSubscription) -> AnyView {
    let LinkedSubscription { subscription_arn, topic_name, endpoint, unsubscribe_token } = confirmed;
    let end = unsubscribe_token.map(|token| {
        let token = token.expose();
        let href = format!("{UNSUBSCRIBE_PATH}?SubscriptionArn={}&Token={}", encode(&subscription_arn), encode(token));
        view! {
            <p>
                "If it was not your intention to subscribe, "
                <a class="link" href=href data-testid="unsubscribe-link">"click here to unsubscribe"</a>
                "."
            </p>
        }
    });
    view! {
        <h1 data-testid="link-title">"Subscription confirmed!"</h1>
        <p data-testid="confirmed-subscription">"You have subscribed " {endpoint} " to the topic: " <strong>{topic_name}</strong> "."</p>
        <p>"Your subscription's id is:"</p>
        <p class="signin__arn" data-testid="subscription-id">{subscription_arn.clone()}</p>
        {end}
    }
    .into_any()
}

/// `/subscription/unsubscribe`.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let page = PageContext::current();
    let body = match page.output_of::<LinkedSubscription>(UNSUBSCRIBE) {
        Some(ended) => view! {
            <h1 data-testid="link-title">"Subscription removed!"</h1>
            <p data-testid="removed-subscription">{ended.endpoint} " gets no messages from the topic " <strong>{ended.topic_name}</strong> " any more."</p>
        }
        .into_any(),
        None => ask_to_end(&page),
    };
    view! {
        <SignInFrame title="Unsubscribe">
            {failure(&page, UNSUBSCRIBE)}
            {body}
        </SignInFrame>
    }
}

fn ask_to_end(page: &PageContext) -> AnyView {
    let (arn, token) = (page.query("SubscriptionArn"), page.query("Token"));
    if arn.is_empty() || token.is_empty() {
        return incomplete();
    }
    let action = format!("{UNSUBSCRIBE_PATH}?SubscriptionArn={}&Token={}", encode(&arn), encode(&token));
    let fields = hidden(UNSUBSCRIBE, &[("SubscriptionArn", &arn), ("Token", &token)]);
    let name = topic_name(arn.rsplit_once(':').map_or(arn.as_str(), |(topic, _)| topic));
    view! {
        <h1 data-testid="link-title">"Unsubscribe"</h1>
        <p>"You will get no more messages from the topic " <strong>{name}</strong> "."</p>
        <Form action hidden=fields>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full_width=true testid="unsubscribe">"Unsubscribe"</Button>
        </Form>
    }
    .into_any()
}
