//! The practice authenticator: an MFA application for those without a telephone. Everything happens in the tab:
//! nothing is sent, nothing is kept.

use leptos::prelude::*;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::{
    codes::{self, Codes},
    picture,
};
use crate::{
    Frame, PageContext, SignInFrame,
    ui::{
        Alert, Container, FormField, Header, HeaderLevel, Input, Severity, SpaceBetween, Text, TextColor, TextVariant,
    },
};

const TITLE: &str = "Practice authenticator";

/// `/tools/authenticator`, for whoever is signed in and whoever is about to.
#[component]
pub fn Authenticator() -> impl IntoView {
    let page = PageContext::current();
    let content = view! {
        <SpaceBetween>
            <Header title=TITLE level=HeaderLevel::H1 testid="page-title" />
            <Text>
                "Shows the codes of a virtual MFA device, as an application on a telephone would. The secret key stays in this tab: it is not sent, and closing the tab forgets it."
            </Text>
            <noscript>
                <Alert severity=Severity::Warning header="This tool needs scripts">
                    "Without them, use an application such as KeePassXC, or the command oathtool --totp --base32 with the secret key."
                </Alert>
            </noscript>
            <div class="scripted-only">
                <Codebook />
            </div>
        </SpaceBetween>
    }
    .into_any();
    if page.viewer.is_some() {
        view! { <Frame title=TITLE>{content}</Frame> }.into_any()
    } else {
        view! { <SignInFrame title=TITLE>{content}</SignInFrame> }.into_any()
    }
}

fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// The secret, and its codes as time goes by.
#[cfg_attr(feature = "wizards", island)]
#[cfg_attr(not(feature = "wizards"), component)]
fn Codebook() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let seconds = RwSignal::new(0_u64);
    // Nothing can be typed before the browser has taken over: it would be lost.
    let asleep = RwSignal::new(true);
    Effect::new(move |_| asleep.set(false));
    Effect::new(move |_| {
        seconds.set(now());
        let ticking = set_interval_with_handle(move || seconds.set(now()), std::time::Duration::from_millis(500)).ok();
        on_cleanup(move || {
            if let Some(ticking) = ticking {
                ticking.clear();
            }
        });
    });
    let read = Memo::new(move |_| {
        let text = typed.get();
        (!text.trim().is_empty()).then(|| Codes::read(&text))
    });
    let fault = Signal::derive(move || problem.get().or_else(|| read.get().and_then(Result::err).map(str::to_owned)));
    let take = move |file: File| {
        leptos::task::spawn_local(async move {
            match picture::read(file).await {
                Ok(text) => {
                    problem.set(None);
                    typed.set(text);
                }
                Err(sentence) => problem.set(Some(sentence.to_owned())),
            }
        });
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take(file);
        }
    };
    let chosen = move |event: web_sys::Event| {
        let field: HtmlInputElement = event_target(&event);
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            take(file);
        }
    };
    let codes = move || {
        let codes = read.get()?.ok()?;
        let at = seconds.get();
        let (code, next) = (codes.at(at), codes.at(at + codes::left(at)));
        Some(view! {
            <SpaceBetween>
                <Text variant=TextVariant::Label>"Code"</Text>
                <Text variant=TextVariant::Display testid="totp-code">{code}</Text>
                <Text color=TextColor::Secondary testid="totp-left">{format!("{} seconds left", codes::left(at))}</Text>
                <Text variant=TextVariant::Label>"Next code"</Text>
                <Text testid="totp-next">{next}</Text>
            </SpaceBetween>
        })
    };
    view! {
        <div on:dragover=move |event: DragEvent| event.prevent_default() on:drop=dropped>
            <Container>
                <SpaceBetween>
                    <div on:input=move |event| {
                        problem.set(None);
                        typed.set(event_target_value(&event));
                    }>
                        <FormField
                            control_id="totp-secret"
                            label="Secret key"
                            description="As \"Show secret key\" shows it; spaces do not matter."
                            error=fault
                            stretch=true
                            testid="totp-secret-field"
                        >
                            <Input name="totp-secret" value=typed code=true disabled=asleep testid="totp-secret" />
                        </FormField>
                    </div>
                    <FormField control_id="totp-picture" label="QR code" description="Drop a picture of it anywhere on this card, or choose a file." stretch=true>
                        <input type="file" class="file-input" id="totp-picture" accept="image/*" disabled=move || asleep.get() on:change=chosen data-testid="totp-picture" />
                    </FormField>
                    <div aria-live="polite">{codes}</div>
                </SpaceBetween>
            </Container>
        </div>
    }
}
