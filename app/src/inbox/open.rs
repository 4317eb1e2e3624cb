//! Opening a mailbox by its link. Following a link changes nothing; the button on the page does.

use leptos::prelude::*;

use crate::{
    PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Container, Direction, EmptyState, Form, FormActions, Header,
        HeaderLevel, Link, Severity, SpaceBetween, Text,
    },
};

/// The operation that opens a mailbox.
pub(super) const OPEN: &str = "console:OpenMailbox";

/// The page behind a mailbox's link.
pub(super) fn door(key: String) -> AnyView {
    let hidden = [("_op", OPEN), ("_next", "/inbox"), ("Key", key.as_str())];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    view! {
        <SpaceBetween>
            <Header title="Open a mailbox" level=HeaderLevel::H1 testid="page-title" />
            <Container>
                <SpaceBetween>
                    <Text>
                        "This link is the key to an account's mailbox. Opening it lets this browser read that account's mail, in place of any mailbox that it had opened before."
                    </Text>
                    <Form action="/inbox" hidden testid="open-mailbox-form">
                        <FormActions>
                            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="open-mailbox">"Open mailbox"</Button>
                        </FormActions>
                    </Form>
                </SpaceBetween>
            </Container>
        </SpaceBetween>
    }
    .into_any()
}

/// The link was not a key, or is one no longer.
pub(super) fn failed(page: &PageContext) -> Option<AnyView> {
    page.error_of(OPEN).map(|error| {
        view! {
            <Alert severity=Severity::Error header=error.to_string() testid="open-mailbox-error">
                "The link may have been replaced by a newer one. The account's root user can create another in the inbox."
            </Alert>
        }
        .into_any()
    })
}

/// This browser may open no mailbox: how to come to one.
pub(super) fn none() -> AnyView {
    view! {
        <Header title="Inbox" level=HeaderLevel::H1 testid="page-title" />
        <Container testid="no-mailbox">
            <EmptyState
                title="No mailbox is open in this browser"
                text="A mailbox belongs to an account. It opens during a sign-up to the browser that signs up, afterwards to the account's root user, to whoever has the mailbox's link, and to the operator of this installation."
                action=|| {
                    view! {
                        <Button href="/signin?redirect_uri=%2Finbox" variant=ButtonVariant::Primary testid="to-signin">
                            "Sign in as root user"
                        </Button>
                    }
                }
            />
        </Container>
        <SpaceBetween direction=Direction::Horizontal>
            <Link href="/billing/signup" testid="to-signup">"Create a new account"</Link>
            <Link href="/operator" testid="to-operator">"For the operator"</Link>
        </SpaceBetween>
    }
    .into_any()
}
