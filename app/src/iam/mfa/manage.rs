//! Managing a device: removing it, or setting it right.

use leptos::prelude::*;

use super::{Owner, kind_of, plan, set_up::codes};
use crate::{
    PageContext,
    iam::denied::Problem,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, KeyValue, KeyValuePairs,
        RadioGroup, RadioOption, Severity, SpaceBetween, Text,
    },
};

const RESYNC: &str = "iam:ResyncMFADevice";

fn device(serial: &str) -> AnyView {
    let items = vec![KeyValue::text("Device type", kind_of(serial)), KeyValue::text("Serial number", serial)];
    view! { <KeyValuePairs items columns=2 /> }.into_any()
}

/// "Remove" or "Resync".
pub(super) fn choice(owner: &Owner, serial: &str) -> AnyView {
    let options = vec![
        RadioOption::new("remove", "Remove").describe("The device is no longer asked for at sign-in."),
        RadioOption {
            disabled: serial.contains(":u2f/"),
            ..RadioOption::new("resync", "Resync").describe(if serial.contains(":u2f/") {
                "A passkey or security key shows no codes that could be refused."
            } else {
                "Sets the device right when its codes are refused."
            })
        },
    ];
    let next = owner.manage(serial, "{Action}");
    let fields = vec![("_op".to_owned(), "page:Next".to_owned()), ("_next".to_owned(), next)];
    let (action, back, device) = (owner.manage(serial, "manage"), owner.back.clone(), device(serial));
    view! {
        <Form action hidden=fields>
            <Container>
                <SpaceBetween>
                    {device}
                    <FormField control_id="mfa-action" label="Choose an action" group=true>
                        <RadioGroup name="Action" options value="remove" testid="mfa-action" />
                    </FormField>
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="continue">"Continue"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// Asks before it removes.
pub(super) fn remove(page: &PageContext, owner: &Owner, serial: &str) -> AnyView {
    let problem = page.error_of(plan::REMOVE).map(|error| view! { <Problem error /> });
    let fields = owner
        .form(plan::REMOVE, &[("SerialNumber", serial), ("_next", &owner.back), ("_flash", "MFA device removed.")]);
    let (action, back, device) = (owner.manage(serial, "remove"), owner.back.clone(), device(serial));
    view! {
        {problem}
        <Form action hidden=fields>
            <Container>
                <SpaceBetween>
                    {device}
                    <Alert severity=Severity::Warning>
                        "Sign-in no longer asks for this device. If it is the only one, the password alone signs in."
                    </Alert>
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="remove-mfa">"Remove"</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// Two codes tell how far the device's clock is off.
pub(super) fn resync(page: &PageContext, owner: &Owner, serial: &str) -> AnyView {
    let fields = owner
        .form(RESYNC, &[("SerialNumber", serial), ("_next", &owner.back), ("_flash", "MFA device resynchronized.")]);
    let (action, back, device) = (owner.manage(serial, "resync"), owner.back.clone(), device(serial));
    let codes = codes(page, RESYNC);
    let submit = page.label("Resync", "Resynchronize").to_owned();
    view! {
        <Form action hidden=fields novalidate=true>
            <Container>
                <SpaceBetween>
                    {device}
                    <Text>"Type two codes that your device shows one after the other."</Text>
                    {codes}
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="resync-mfa">{submit}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
