//! The operator's door: a one-time link makes a browser the operator's; the command line does the rest.

use leptos::prelude::*;

use crate::{
    Frame, PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, CodeView, Container, Direction, Form, FormActions, FormField, Header,
        HeaderLevel, Input, Severity, Space, SpaceBetween, Text, TextVariant,
    },
};

const OPEN: &str = "operator:OpenOperatorLink";
const RESET_MFA: &str = "operator:ResetRootMfa";

/// What the operator does on the host: the command, and what it is for.
const COMMANDS: [(&str, &str); 11] = [
    ("understudy operator-link", "Print a new link that makes a browser the operator's."),
    (
        "understudy account create --email robin.sample@example.com --name \"Sample Workshop\" --json",
        "Make an active account.",
    ),
    ("understudy account list", "List all accounts."),
    ("understudy account reset-root-password 123456789012", "Set a root user's password anew and end their sessions."),
    (
        "understudy account reset-root-mfa 123456789012",
        "Remove the MFA devices that a root user has lost, end their sessions and tell them by mail.",
    ),
    (
        "understudy hardware-token import tokens.csv",
        "Make hardware MFA tokens known: a serial number and a seed a line.",
    ),
    ("understudy account delete 123456789012 --yes", "Delete an account with all it holds. Nothing brings it back."),
    ("understudy mail list", "List mails that the mail server refused or that were given up."),
    ("understudy doctor", "Report on database, role, durability, key, clock, mail and site."),
    ("understudy doctor --mail-to robin.sample@example.com", "The same, and send a test mail."),
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
                {if token.is_empty() { about(&page) } else { door(token) }}
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

/// For an owner who has lost every device, and is known to be the owner.
fn reset_mfa(page: &PageContext) -> AnyView {
    let fault = page.field_error(RESET_MFA, "accountId").map(|_| "Enter the account's twelve digits.".to_owned());
    let problem = page.error_of(RESET_MFA).filter(|_| fault.is_none());
    let typed = page.typed(RESET_MFA, "AccountId").unwrap_or_default();
    let hidden = [
        ("_op", RESET_MFA),
        ("_next", "/operator"),
        ("_flash", "The root user of account {AccountId} has no MFA device any more, and was told by mail."),
    ];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    view! {
        <Container
            header=|| view! { <Header title="Reset a root user's MFA" description="For an owner who has lost every device. Make sure that it is the owner who asks." /> }
            testid="reset-root-mfa"
        >
            <SpaceBetween>
                {problem.map(|error| view! { <Alert severity=Severity::Error header=error.to_string() testid="reset-root-mfa-error" /> })}
                <Text>"All MFA devices of the root user are removed and their sessions end. They are told by mail, and the account's trail keeps it. Their password alone signs in until they assign a device again."</Text>
                <Form action="/operator" hidden novalidate=true>
                    <FormField control_id="reset-mfa-account" label="Account ID" error=fault>
                        <Input name="AccountId" id="reset-mfa-account" value=typed inputmode="numeric" maxlength=12_u32 required=true autocomplete="off" testid="reset-mfa-account" />
                    </FormField>
                    <FormActions>
                        <Button kind=ButtonKind::Submit testid="reset-mfa-submit">"Remove the root user's MFA devices"</Button>
                    </FormActions>
                </Form>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn about(page: &PageContext) -> AnyView {
    let reset = page.operator.then(|| reset_mfa(page));
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
        {if page.operator {
            view! {
                <Alert severity=Severity::Success header="This browser is the operator's" testid="is-operator" action=|| {
                    view! {
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <Button href="/inbox" testid="open-inbox">"Open the inbox"</Button>
                            <Button href="/inbox/outbox" testid="open-outbox">"Open the outbox"</Button>
                        </SpaceBetween>
                    }
                }>"It reads the mail of all accounts and sign-ups. Accounts are made and changed on the host's command line."</Alert>
            }
        } else {
            view! {
                <Alert severity=Severity::Info header="This browser is not the operator's" testid="is-not-operator">
                    "The server prints a one-time link when it starts, and understudy operator-link prints another. Open it in this browser to read the mail of all accounts and sign-ups."
                </Alert>
            }
        }}
        {reset}
        <Container header=|| view! { <Header title="On the host" description="Everything else is done by these commands." /> }>
            <SpaceBetween>{commands}</SpaceBetween>
        </Container>
    }
    .into_any()
}
