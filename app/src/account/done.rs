//! The end of the sign-up.

use leptos::prelude::*;
use model::account::GetSignUpOutput;

use crate::{
    PageContext,
    ui::{Button, ButtonVariant, Direction, Header, HeaderLevel, KeyValue, KeyValuePairs, Link, SpaceBetween, Text},
};

/// The account is ready.
pub(super) fn congratulate(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let mut facts = Vec::new();
    if let Some(id) = &state.account_id {
        facts.push(KeyValue::copy("Account ID", id.clone()));
    }
    facts.push(KeyValue::text("AWS account name", state.account_name.clone()));
    facts.push(KeyValue::text(page.label("Email address", "Root user email address"), state.email.clone()));
    view! {
        <SpaceBetween>
            <Header
                title="Congratulations!"
                level=HeaderLevel::H1
                description="Your account is ready, and a mail that says so is in its inbox."
                testid="signup-title"
            />
            <KeyValuePairs items=facts columns=1 testid="new-account" />
            <SpaceBetween direction=Direction::Horizontal>
                <Button href="/console/home" variant=ButtonVariant::Primary testid="go-to-console">
                    "Go to the Management Console"
                </Button>
            </SpaceBetween>
            <Text>
                "You are signed in as the root user. Next, create an administrator and leave the root user alone. "
                <Link href="/inbox" testid="open-inbox">"Open the inbox"</Link>
            </Text>
            <Link href="/billing/signup?again=1" testid="another-account">"Create another account"</Link>
        </SpaceBetween>
    }
    .into_any()
}
