//! The operator's door: a one-time link makes a browser the operator's; the command line does the rest.

use leptos::prelude::*;

use crate::{
    Frame, PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, CodeView, Container, Form, FormActions, Header, HeaderLevel,
        Severity, Space, SpaceBetween, Text, TextVariant,
    },
};

const OPEN: &str = "operator:OpenOperatorLink";

/// What the operator does on the host: the command, and what it is for.
const COMMANDS: [(&str, &str); 7] = [
    ("understudy operator-link", "Print a new link that makes a browser the operator's."),
    (
        "understudy account create --email robin.sample@example.com --name \"Sample Workshop\" --json",
        "Make an active account.",
    ),
    ("understudy account list", "List all accounts."),
    ("understudy account reset-root-password 123456789012", "Set a root user's password anew and end their sessions."),
    ("understudy account delete 123456789012 --yes", "Delete an account with all it holds. Nothing brings it back."),
    ("understudy doctor", "Report on database, role, durability, key, clock, mail and site."),
    ("understudy --help", "Read what every setting does."),
];

/// The page for whoever runs the installation.
#[component]
pub fn OperatorDoor() -> impl IntoView {
    let page = PageContext::current();
    let token = page.query("token");
    let failure = page.error_of(OPEN);
    view! {
        <Frame title="Operator">
            <SpaceBetween>
                <Header
                    title="Operator"
                    level=HeaderLevel::H1
                    description="Whoever holds the host on which this installation runs."
                    testid="page-title"
                />
                {failure
                    .map(|error| {
                        view! {
                            <Alert severity=Severity::Error header=error.to_string() testid="operator-error">
                                "An operator's link works once, and for fifteen minutes. The server prints one when it starts; understudy operator-link prints another."
                            </Alert>
                        }
                    })}
                {if token.is_empty() { about(page.operator) } else { door(token) }}
            </SpaceBetween>
        </Frame>
    }
}

fn door(token: String) -> AnyView {
    let hidden = [("_op", OPEN), ("_next", "/inbox"), ("Token", token.as_str())];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    view! {
        <Container testid="operator-door">
            <SpaceBetween>
                <Text>
                    "This link makes this browser the operator's: it can read the mail of all accounts and sign-ups. It ends any other session of this browser, and works once."
                </Text>
                <Form action="/operator" hidden testid="operator-form">
                    <FormActions>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="open-operator">
                            "Make this browser the operator's"
                        </Button>
                    </FormActions>
                </Form>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn about(is_operator: bool) -> AnyView {
    let commands = COMMANDS
        .into_iter()
        .map(|(command, purpose)| {
            view! {
                <SpaceBetween size=Space::Xxs>
                    <Text variant=TextVariant::Label>{purpose}</Text>
                    <CodeView code=command label=purpose />
                </SpaceBetween>
            }
        })
        .collect_view();
    view! {
        {if is_operator {
            view! {
                <Alert severity=Severity::Success header="This browser is the operator's" testid="is-operator" action=|| {
                    view! { <Button href="/inbox" testid="open-inbox">"Open the inbox"</Button> }
                }>"It reads the mail of all accounts and sign-ups. Accounts are made and changed on the host's command line."</Alert>
            }
        } else {
            view! {
                <Alert severity=Severity::Info header="This browser is not the operator's" testid="is-not-operator">
                    "The server prints a one-time link when it starts, and understudy operator-link prints another. Open it in this browser to read the mail of all accounts and sign-ups."
                </Alert>
            }
        }}
        <Container header=|| view! { <Header title="On the host" description="Everything else is done by these commands." /> }>
            <SpaceBetween>{commands}</SpaceBetween>
        </Container>
    }
    .into_any()
}
