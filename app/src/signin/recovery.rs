//! A root user's forgotten password: asking for the link, and the page that the link leads to.

use leptos::prelude::*;
use model::ApiError;

use super::parts::{Failure, operation_field};
use crate::{
    CallError,
    context::PageContext,
    frame::SignInFrame,
    ui::{Alert, Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link, PasswordInput, Severity},
};

const NEXT: &str = "page:Next";
const REQUEST: &str = "signin:RequestPasswordReset";
const RESET: &str = "signin:ResetPassword";
/// Where a root user asks for the link.
pub(super) const FORGOT: &str = "/signin/forgot-password";
const LINK: &str = "/signin/reset-password";

/// `/signin/forgot-password`. What it says after the form is the same whatever the address.
#[component]
pub fn ForgotPassword() -> impl IntoView {
    let page = PageContext::current();
    let sent = page.outcome_of(REQUEST).is_some_and(|outcome| outcome.result.is_ok());
    let body = if sent { sent_view(&page) } else { ask(&page) };
    view! {
        <SignInFrame title="Password recovery">
            <h1 data-testid="recovery-title">{page.label("Password recovery", "Root user password recovery").to_owned()}</h1>
            {body}
        </SignInFrame>
    }
}

fn ask(page: &PageContext) -> AnyView {
    let email = page.typed(REQUEST, "Email").or_else(|| page.typed(NEXT, "Email"));
    let missing = page.field_error(REQUEST, "email").map(|_| "Enter the root user's email address".to_owned());
    let failed = missing.is_none();
    view! {
        {failed.then(|| view! { <Failure operation=REQUEST /> })}
        <p>"Enter the email address of your account's root user. We send a link there with which you choose a new password."</p>
        <Form action=FORGOT hidden=vec![operation_field(REQUEST)] novalidate=true>
            <FormField control_id="recovery-email" label="Root user email address" error=missing stretch=true>
                <Input id="recovery-email" name="Email" kind="email" autocomplete="username" value=email required=true autofocus=true testid="recovery-email" />
            </FormField>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="send-recovery">"Send email"</Button>
        </Form>
        <p class="signin__links">
            <Link href="/signin/help" testid="recovery-help">"IAM users: contact your administrator"</Link>
            <Link href="/signin">"Back to sign in"</Link>
        </p>
    }
    .into_any()
}

fn sent_view(page: &PageContext) -> AnyView {
    let (text, waits) = if page.site.smtp {
        (
            "We've sent you an email if there is an account with this address.",
            "If nothing arrives, look among unwanted mail, or ask whoever runs this installation: mail leaves to proved addresses only, and waits in your account's inbox otherwise.",
        )
    } else {
        (
            "We've sent you an email if there is an account with this address.",
            "Mail does not leave this installation: it waits in your account's inbox. The link to that inbox came with the account; whoever runs this installation can open it too.",
        )
    };
    view! {
        <Alert severity=Severity::Success header=text testid="recovery-sent">
            "The link in it is good once, and for one hour."
        </Alert>
        <p>{waits}</p>
        <p class="signin__links">
            <Link href="/inbox" testid="recovery-inbox">"Open the inbox"</Link>
            <Link href="/signin">"Back to sign in"</Link>
        </p>
    }
    .into_any()
}

/// `/signin/reset-password`: the mail's link leads here. Looking at the page uses nothing up.
#[component]
pub fn ResetPassword() -> impl IntoView {
    let page = PageContext::current();
    let token = page.query("token");
    let body = if token.is_empty() { no_token() } else { choose(&page, token) };
    view! {
        <SignInFrame title="Reset password">
            <h1 data-testid="reset-title">"Reset password"</h1>
            {body}
        </SignInFrame>
    }
}

fn no_token() -> AnyView {
    view! {
        <p>"This address is incomplete. Open the link from the mail, or ask for a new one."</p>
        <Button href=FORGOT variant=ButtonVariant::Primary full_width=true testid="ask-again">"Ask for a new link"</Button>
    }
    .into_any()
}

fn choose(page: &PageContext, token: String) -> AnyView {
    // The token stays in the address, so that a refused password can be corrected.
    let action = format!("{LINK}?token={}", crate::call::encode(&token));
    let hidden = [
        ("_op", RESET),
        ("_confirm_of", "Password"),
        ("_next", "/signin?other=1"),
        ("_flash", "Your password has been reset. Sign in with the new one."),
        ("Token", token.as_str()),
    ];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let missing = page.field_error(RESET, "password").map(|_| "Enter a new password".to_owned());
    let mismatch = page.field_error(RESET, "confirm");
    let error = page.error_of(RESET).filter(|_| missing.is_none() && mismatch.is_none());
    let dead = matches!(error, Some(CallError::Api(ApiError::InvalidCode { .. })));
    view! {
        {error.map(refusal)}
        {dead.then(|| view! {
            <Button href=FORGOT full_width=true testid="ask-again">"Ask for a new link"</Button>
        })}
        <p>"The new password is for the root user. Your other sessions end, and an MFA device is asked for as before."</p>
        <Form action hidden novalidate=true>
            <FormField
                control_id="new-password"
                label="New password"
                constraint="At least 8 characters of three kinds: upper case, lower case, numbers, symbols."
                error=missing
                stretch=true
            >
                <PasswordInput id="new-password" name="Password" autocomplete="new-password" autofocus=true bare=true testid="new-password" />
            </FormField>
            <FormField control_id="confirm-password" label="Confirm password" error=mismatch stretch=true>
                <PasswordInput id="confirm-password" name="_confirm" autocomplete="new-password" bare=true testid="confirm-password" />
            </FormField>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="reset-password">"Reset password"</Button>
        </Form>
    }
    .into_any()
}

/// Why there is no new password; every broken rule by name.
fn refusal(error: CallError) -> AnyView {
    let (text, rules) = match error {
        CallError::Api(ApiError::PasswordPolicyViolation { rules, .. }) => {
            ("The password does not keep these rules:".to_owned(), rules)
        }
        other => (other.to_string(), Vec::new()),
    };
    let rules = rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <div id="main_message" data-testid="main_message">
            <Alert severity=Severity::Error header="There was an error">
                <p>{text}</p>
                <ul class="list" data-testid="broken-rules">{rules}</ul>
            </Alert>
        </div>
    }
    .into_any()
}
