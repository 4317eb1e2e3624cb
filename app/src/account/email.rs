//! The beginning of step 1: the root user's address and the account's name, and the code that proves the address.

use leptos::prelude::*;
use model::account::{GetSignUpOutput, SignUpStep};

use super::{
    invent,
    step::{Field, Head, PATH, StepForm},
};
use crate::{
    PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, CodeView, Direction, Form, FormField, Header, HeaderLevel, Input,
        Link, Severity, SpaceBetween, Text,
    },
};

/// The operation that begins a sign-up.
pub(super) const START: &str = "account:StartSignUp";
pub(super) const VERIFY: &str = "account:VerifyEmail";
pub(super) const RESEND: &str = "account:ResendCode";

const START_FIELDS: [Field; 3] = [
    Field {
        name: "Email",
        id: "email",
        required: "Enter an email address. An invented one will do.",
        invalid: "Enter an email address such as robin.sample@example.com.",
    },
    Field {
        name: "AccountName",
        id: "account-name",
        required: "Enter a name for the account.",
        invalid: "Use printable characters other than < and >.",
    },
    Field { name: "ClassCode", id: "class-code", required: "Enter the class code.", invalid: "" },
];
const VERIFY_FIELDS: [Field; 1] =
    [Field { name: "Code", id: "code", required: "Enter the code from the mail.", invalid: "" }];

/// Asks for address and name.
pub(super) fn start(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, START, &START_FIELDS);
    let invented = form.filled().then(invent::person);
    let known = |text: &str| (state.step == SignUpStep::VerifyEmail).then(|| text.to_owned());
    let (email, name) = match invented {
        Some(person) => (Some(person.email), Some(person.account_name)),
        None => (known(&state.email), known(&state.account_name)),
    };
    let by_code = page.site.sign_up == "code";
    let (email, name, code) = (form.of("Email", email), form.of("AccountName", name), form.of("ClassCode", None));
    let fields = view! {
        <FormField
            control_id="email"
            label=page.label("Email address", "Root user email address")
            description="Root user email address: used to recover the account and for some administrative functions."
            constraint="Nothing real is needed: any address at example.com will do. Its mail is shown in the built-in inbox."
            error=email.error
            testid="email"
        >
            <Input name="Email" kind="email" value=email.value inputmode="email" testid="email-input" />
        </FormField>
        <FormField
            control_id="account-name"
            label="AWS account name"
            description="A name for the account."
            constraint="Nothing real is needed: any invented name will do."
            error=name.error
            testid="account-name"
        >
            <Input name="AccountName" value=name.value testid="account-name-input" />
        </FormField>
        {by_code
            .then(|| {
                view! {
                    <FormField
                        control_id="class-code"
                        label="Class code"
                        constraint="Whoever runs this installation gave it to the class."
                        error=code.error
                        testid="class-code"
                    >
                        <Input name="ClassCode" testid="class-code-input" />
                    </FormField>
                }
            })}
    };
    let text = page.label("Continue", "Verify email address");
    let label = page.label("Continue: verify email address", "Verify email address").to_owned();
    let submit = view! {
        <Button href="/signin" variant=ButtonVariant::Link testid="to-signin">"Sign in to an existing account"</Button>
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary label testid="signup-start">{text.to_owned()}</Button>
    };
    let about = "This account exists on this installation only. It costs nothing, and nothing real is asked for.";
    let head = Head::new(1, "Create a new account", about, "start-form").fill();
    let message = form.error_of_whole().map(|error| error.to_string());
    form.view(head, message, fields.into_any(), submit.into_any())
}

/// Asks for the code that was mailed.
pub(super) fn verify(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, VERIFY, &VERIFY_FIELDS);
    // A wrong code is the field's fault, whatever kind of error says so.
    let error = form.error("Code").or_else(|| form.error_of_whole().map(|error| error.to_string()));
    let fields = view! {
        <FormField
            control_id="code"
            label="Verification code"
            constraint="Six digits, good for ten minutes."
            error=error
            testid="code"
        >
            <Input name="Code" inputmode="numeric" autocomplete="one-time-code" maxlength=16u32 autofocus=true testid="code-input" />
        </FormField>
    };
    let submit = view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="verify-email">"Verify"</Button>
    };
    let about = format!("We sent a mail with a code to {}.", state.email);
    let head = Head::new(1, "Confirm you are you", about, "verify-form");
    let step = form.view(head, None, fields.into_any(), submit.into_any());
    let resent = page.outcome_of(RESEND).map(|outcome| outcome.result.clone());
    let resend = vec![("_op".to_owned(), RESEND.to_owned())];
    view! {
        <SpaceBetween>
            {resent
                .map(|result| match result {
                    Ok(_) => {
                        view! {
                            <Alert severity=Severity::Success testid="resent">
                                "We sent a new code. The one before no longer counts."
                            </Alert>
                        }
                    }
                    Err(error) => view! { <Alert severity=Severity::Error header=error.to_string() testid="resent" /> },
                })}
            {step}
            {where_it_waits("mail")}
            <SpaceBetween direction=Direction::Horizontal>
                <Form action=PATH hidden=resend inline=true>
                    <Button kind=ButtonKind::Submit testid="resend-code">"Resend code"</Button>
                </Form>
                <Link href="/billing/signup?again=1" testid="another-address">"Use another email address"</Link>
            </SpaceBetween>
        </SpaceBetween>
    }
    .into_any()
}

/// Says where the code is found.
pub(super) fn where_it_waits(what: &'static str) -> AnyView {
    view! {
        <Alert testid="where-it-waits">
            {format!("Every {what} of this sign-up waits in its own inbox, which only this browser can open: ")}
            <Link href="/inbox" attr:target="_blank" testid="open-inbox">"Open the inbox in a new tab"</Link>
        </Alert>
    }
    .into_any()
}

/// Says who makes accounts where nobody may sign up.
pub(super) fn closed(page: &PageContext) -> AnyView {
    let setting =
        format!("The setting UNDERSTUDY_SIGNUP=open lets everybody sign up who reaches {}.", page.site.public_url);
    let command = "understudy account create --email robin.sample@example.com --name \"Sample Workshop\" --json";
    view! {
        <SpaceBetween>
            <Header
                title="Sign-up is closed"
                level=HeaderLevel::H1
                description="Accounts of this installation are made by whoever runs it."
                testid="signup-title"
            />
            <Text>"Ask your teacher or operator for an account. Whoever holds the host makes one with this command:"</Text>
            <CodeView code=command label="Command that makes an account" />
            <Text>{setting}</Text>
            <SpaceBetween direction=Direction::Horizontal>
                <Button href="/signin" variant=ButtonVariant::Primary testid="to-signin">"Sign in"</Button>
            </SpaceBetween>
        </SpaceBetween>
    }
    .into_any()
}
