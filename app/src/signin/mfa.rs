//! The page between password and console for those who have an MFA device: a code, or a passkey. Whoever has devices of
//! several kinds chooses one.

use leptos::prelude::*;
use model::signin::{GetMfaChallenge, GetMfaChallengeOutput};

use super::parts::{Failure, next_field, operation_field};
use crate::{
    context::PageContext,
    frame::SignInFrame,
    passkey::PasskeyForm,
    ui::{Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link, RadioGroup, RadioOption},
};

const SUBMIT: &str = "signin:SubmitMfaCode";
const PASSKEY: &str = "signin:SubmitPasskey";
const SIGN_OUT: &str = "signin:SignOut";

/// What finishes the sign-in, as the address names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Passkey,
    Virtual,
    Hardware,
}

impl Method {
    const ALL: [Self; 3] = [Self::Passkey, Self::Virtual, Self::Hardware];

    const fn word(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Virtual => "virtual",
            Self::Hardware => "hardware",
        }
    }

    fn option(self, page: &PageContext) -> RadioOption {
        let (text, description) = match self {
            Self::Passkey => (
                page.label("U2F security key", "Passkey or security key"),
                "Insert and touch a security key, or confirm as you unlock your device.",
            ),
            Self::Virtual => (
                page.label("Virtual MFA device", "Authenticator app"),
                "Enter a code that an application on your device shows.",
            ),
            Self::Hardware => {
                (page.label("Hardware MFA device", "Hardware TOTP token"), "Enter a code that a token shows.")
            }
        };
        RadioOption::new(self.word(), text).describe(description)
    }
}

/// The methods that the principal has a device for and the browser could use.
fn methods(challenge: Option<&GetMfaChallengeOutput>) -> Vec<Method> {
    // Without an answer the page still takes a code: its form says what is wrong.
    let Some(challenge) = challenge else { return vec![Method::Virtual] };
    let has = |method: &Method| match method {
        Method::Passkey => challenge.request_options.is_some(),
        other => challenge.kinds.iter().any(|kind| kind.eq_ignore_ascii_case(other.word())),
    };
    Method::ALL.into_iter().filter(has).collect()
}

/// `/signin/mfa`. The session knows whose password was right; the page does not say it.
#[component]
pub fn MfaCode() -> impl IntoView {
    let page = PageContext::current();
    let heading = page.label("Multi-factor authentication", "Additional verification required").to_owned();
    view! {
        <SignInFrame title=heading.clone()>
            <h1 data-testid="mfa-heading">{heading}</h1>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </SignInFrame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let challenge = crate::call(GetMfaChallenge {}).await.ok();
    let methods = methods(challenge.as_ref());
    let removed = challenge.as_ref().is_some_and(|challenge| challenge.kinds.is_empty());
    let chosen = page.query("method");
    let chosen = match methods.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => several.iter().copied().find(|method| method.word() == chosen),
    };
    let several = methods.len() > 1;
    let body = match (chosen, challenge.and_then(|challenge| challenge.request_options)) {
        (Some(Method::Passkey), Some(options)) => passkey(&page, options.expose().to_owned()),
        (Some(_), _) => code(&page),
        (None, _) if methods.is_empty() => no_way(&page, removed),
        (None, _) => picker(&page, &methods),
    };
    let rest = rest(&page, several && chosen.is_some());
    view! {
        {body}
        {rest}
    }
    .into_any()
}

/// This page's address, with what was asked for before the sign-in.
fn address(page: &PageContext, method: &str) -> String {
    let query: Vec<String> = [("method", method.to_owned()), ("redirect_uri", wanted(page))]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", crate::call::encode(&value)))
        .collect();
    if query.is_empty() { "/signin/mfa".to_owned() } else { format!("/signin/mfa?{}", query.join("&")) }
}

fn wanted(page: &PageContext) -> String {
    next_field(page).into_iter().next().map(|(_, uri)| uri).unwrap_or_default()
}

fn code(page: &PageContext) -> AnyView {
    let action = address(page, &page.query("method"));
    let hidden = [vec![operation_field(SUBMIT)], next_field(page)].concat();
    let missing = page.field_error(SUBMIT, "mfaCode").map(|_| "Enter the code that your device shows".to_owned());
    let failed = missing.is_none();
    view! {
        <p>"Enter an MFA code to complete sign-in. If you have several devices, a code of any of them will do."</p>
        {failed.then(|| view! { <Failure operation=SUBMIT /> })}
        <Form action hidden novalidate=true>
            <FormField control_id="mfacode" label="MFA code" error=missing stretch=true>
                <Input name="MfaCode" inputmode="numeric" autocomplete="one-time-code" maxlength=16_u32 required=true autofocus=true testid="mfa-code" />
            </FormField>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true id="submitMfa_button" testid="submit-mfa">"Submit"</Button>
        </Form>
    }
    .into_any()
}

fn passkey(page: &PageContext, options: String) -> AnyView {
    let action = address(page, Method::Passkey.word());
    let hidden = [vec![operation_field(PASSKEY)], next_field(page)].concat();
    view! {
        <p>"Use your passkey or security key to complete sign-in. If you have several, any one of them will do."</p>
        <Failure operation=PASSKEY />
        <PasskeyForm action hidden options>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="use-passkey">"Use passkey or security key"</Button>
        </PasskeyForm>
    }
    .into_any()
}

fn picker(page: &PageContext, methods: &[Method]) -> AnyView {
    let options: Vec<RadioOption> = methods.iter().map(|method| method.option(page)).collect();
    let first = options.first().map(|option| option.value.clone()).unwrap_or_default();
    let wanted = wanted(page);
    let hidden = if wanted.is_empty() { Vec::new() } else { vec![("redirect_uri".to_owned(), wanted)] };
    view! {
        <Form action="/signin/mfa" get=true hidden>
            <FormField control_id="mfa-method" label="Choose an MFA method" group=true stretch=true>
                <RadioGroup name="method" options value=first testid="mfa-method" />
            </FormField>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="choose-mfa-method">"Next"</Button>
        </Form>
    }
    .into_any()
}

/// Nothing but passkeys, which browsers cannot use at this address any more.
fn no_way(page: &PageContext, removed: bool) -> AnyView {
    if removed {
        return view! { <p data-testid="mfa-unusable">"Your MFA devices were removed. Cancel and sign in again."</p> }
            .into_any();
    }
    let reason = page.site.passkeys_refused.unwrap_or("You have no MFA device that works here.");
    view! {
        <p data-testid="mfa-unusable">{reason}</p>
        <p>"Your passkeys were registered at another address of this console. Ask whoever runs it."</p>
    }
    .into_any()
}

fn rest(page: &PageContext, another: bool) -> AnyView {
    let picker = address(page, "");
    let resync = picker.replacen("/signin/mfa", "/signin/mfa/resync", 1);
    let trouble =
        page.label("Having problems with your authentication device? Click here", "Troubleshoot MFA").to_owned();
    let cancel = vec![operation_field(SIGN_OUT), ("_next".to_owned(), "/signin".to_owned())];
    view! {
        <Form action="/signin/mfa" hidden=cancel>
            <Button variant=ButtonVariant::Link kind=ButtonKind::Submit full_width=true testid="cancel-mfa">"Cancel"</Button>
        </Form>
        <p class="signin__links">
            {another.then(|| view! { <Link href=picker testid="another-mfa-method">"Choose another MFA method"</Link> })}
            <Link href=resync testid="troubleshoot-mfa">{trouble}</Link>
        </p>
    }
    .into_any()
}
