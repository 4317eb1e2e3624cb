//! Assigning a passkey or security key: the browser asks for it, and its answer is sent.

use leptos::prelude::*;
use model::console::StartPasskeyRegistrationOutput;

use super::{Owner, plan};
use crate::{
    PageContext,
    iam::denied::Problem,
    passkey::PasskeyForm,
    ui::{Button, ButtonKind, ButtonVariant, Container, Form, FormActions, SpaceBetween, Text},
};

/// The operation that the answer is sent to.
pub(super) const FINISH: &str = "console:FinishPasskeyRegistration";

/// The challenge is here: the browser is to answer it.
pub(super) fn ask(page: &PageContext, owner: &Owner, begun: StartPasskeyRegistrationOutput) -> AnyView {
    let options = begun.creation_options.expose().to_owned();
    if serde_json::from_str::<serde_json::Value>(&options).is_err() {
        // A form that is sent again is answered with its secrets masked.
        return again(owner, &begun.device_name);
    }
    let hidden = owner.form(FINISH, &[("DeviceName", &begun.device_name)]);
    let (action, back) = (owner.page.clone(), owner.back.clone());
    let submit = page.label("Continue", "Create passkey or add security key").to_owned();
    view! {
        <Container>
            <SpaceBetween>
                <Text>"Have your security key at hand, or a device that keeps passkeys. When you go on, your browser asks for it: insert the key and touch it, or confirm as you unlock your device."</Text>
                <PasskeyForm action hidden create=true options>
                    <FormActions>
                        <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="register-passkey">{submit}</Button>
                    </FormActions>
                </PasskeyForm>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// The answer was refused: each challenge serves once, so that another is needed.
pub(super) fn refused(page: &PageContext, owner: &Owner) -> AnyView {
    let problem = page.error_of(FINISH).map(|error| view! { <Problem error /> });
    let rest = again(owner, &page.typed(FINISH, "DeviceName").unwrap_or_default());
    view! {
        {problem}
        {rest}
    }
    .into_any()
}

fn again(owner: &Owner, name: &str) -> AnyView {
    let hidden = owner.form(plan::CREATE, &[("Kind", "passkey"), ("VirtualMFADeviceName", name)]);
    let (action, back) = (owner.page.clone(), owner.back.clone());
    view! {
        <Form action hidden>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="passkey-again">"Try again"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
