//! Assigning a device: its kind and name; then, for a virtual one, its secret and two codes of it.
//!
//! The secret is in the one answer that makes the device. After a refused code the page has it no longer: the
//! application does, or the device is cancelled and made anew.

use leptos::prelude::*;
use model::{
    ApiError,
    console::StartPasskeyRegistrationOutput,
    iam::{CreateVirtualMFADeviceOutput, VirtualMFADevice},
};

use super::{Owner, devices, hardware, passkey, plan};
use crate::{
    CallError, PageContext,
    iam::{denied::Problem, hidden},
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Container, CopyToClipboard, ExpandableSection, Form, FormActions,
        FormErrors, FormField, Input, Link, RadioGroup, RadioOption, Severity, SpaceBetween, Text,
    },
};

pub(super) const ENABLE: &str = "iam:EnableMFADevice";
const DELETE: &str = "iam:DeleteVirtualMFADevice";
/// What devices may be called, in words.
const NAME_RULE: &str =
    "At most 128 characters: letters, digits and + = , . @ _ - (hyphen). It must be unique in the account.";
const PASSKEY_NAME_RULE: &str =
    "A passkey or security key is named by at most 64 letters, digits and + = , . @ _ - (hyphen).";

/// Whether a device was made in this request or the one before.
pub(super) fn begun(page: &PageContext) -> bool {
    let made = page.outcome_of(plan::CREATE).is_some_and(|outcome| outcome.result.is_ok());
    made || page.outcome_of(ENABLE).is_some() || page.outcome_of(passkey::FINISH).is_some()
}

/// What the page is called once a device was begun with.
pub(super) fn title(page: &PageContext) -> String {
    let key = page.outcome_of(passkey::FINISH).is_some()
        || page.output_of::<StartPasskeyRegistrationOutput>(plan::CREATE).is_some();
    let in_2020 = if key {
        "Set up security key"
    } else if hardware_chosen(page) || hardware::was_tried(page) {
        "Set up hardware MFA device"
    } else {
        "Set up virtual MFA device"
    };
    page.label(in_2020, "Set up device").to_owned()
}

fn hardware_chosen(page: &PageContext) -> bool {
    let chosen = page.outcome_of(plan::CREATE).and_then(|outcome| outcome.result.as_ref().ok());
    chosen.is_some_and(|answer| answer.get("Kind").is_some_and(|kind| kind == "hardware"))
}

/// The step that the form posted before leads to.
pub(super) async fn step(page: &PageContext, owner: &Owner) -> AnyView {
    if let Some(made) = page.output_of::<CreateVirtualMFADeviceOutput>(plan::CREATE) {
        return two_codes(page, owner, &made.virtual_mfa_device.serial_number, Some(&made.virtual_mfa_device));
    }
    if let Some(begun) = page.output_of::<StartPasskeyRegistrationOutput>(plan::CREATE) {
        return passkey::ask(page, owner, begun);
    }
    match page.outcome_of(passkey::FINISH).map(|outcome| outcome.result.is_ok()) {
        Some(true) => return assigned(owner, "a passkey or security key"),
        Some(false) => return passkey::refused(page, owner),
        None => {}
    }
    let tried = hardware::was_tried(page);
    match page.outcome_of(ENABLE).map(|outcome| outcome.result.is_ok()) {
        Some(true) => assigned(owner, "virtual MFA"),
        Some(false) if tried => hardware::form(page, owner),
        None if hardware_chosen(page) => hardware::form(page, owner),
        Some(false) => two_codes(page, owner, &page.typed(ENABLE, "SerialNumber").unwrap_or_default(), None),
        None => select(page, owner).await,
    }
}

/// The name that the console of 2020 gave a first device without asking.
async fn suggested(owner: &Owner) -> String {
    match devices(owner).await {
        Ok(devices) if devices.is_empty() => owner.name.clone().unwrap_or_else(|| "root-account-mfa-device".to_owned()),
        _ => String::new(),
    }
}

async fn select(page: &PageContext, owner: &Owner) -> AnyView {
    let error = page.error_of(plan::CREATE);
    let field = match &error {
        Some(CallError::Api(taken @ ApiError::EntityAlreadyExists { .. })) => Some(taken.to_string()),
        Some(error) => {
            let named = error.field("virtualMFADeviceName").map(|_| NAME_RULE);
            named.or_else(|| error.field("deviceName").map(|_| PASSKEY_NAME_RULE)).map(str::to_owned)
        }
        None => None,
    };
    let problem = error.filter(|_| field.is_none()).map(|error| view! { <Problem error /> });
    let name = match page.typed(plan::CREATE, "VirtualMFADeviceName") {
        Some(typed) => typed,
        None => suggested(owner).await,
    };
    let virtual_kind = RadioOption::new("virtual", page.label("Virtual MFA device", "Authenticator app"))
        .describe("Authenticator app installed on your mobile device or computer");
    let refused = page.site.passkeys_refused;
    let key_kind = RadioOption {
        disabled: refused.is_some(),
        ..RadioOption::new("passkey", page.label("U2F security key", "Passkey or security key"))
            .describe(refused.unwrap_or("YubiKey or any other compliant U2F device, or a passkey of your device"))
    };
    let hardware_kind = RadioOption::new("hardware", page.label("Other hardware MFA device", "Hardware TOTP token"))
        .describe("Gemalto token, by the serial number that is printed on it");
    let kinds = vec![virtual_kind, key_kind, hardware_kind];
    let kind = page.typed(plan::CREATE, "Kind").unwrap_or_else(|| "virtual".to_owned());
    let (action, back) = (owner.page.clone(), owner.back.clone());
    let fields = owner.form(plan::CREATE, &[]);
    let submit = page.label("Continue", "Next").to_owned();
    view! {
        {problem}
        <Form action hidden=fields novalidate=true>
            <Container>
                <SpaceBetween>
                    <FormField control_id="mfa-name" label="MFA device name" constraint=NAME_RULE error=field testid="mfa-name-field">
                        <Input name="VirtualMFADeviceName" value=name maxlength=128_u32 required=true testid="mfa-name" />
                    </FormField>
                    <FormField control_id="mfa-kind" label="Choose the type of MFA device to assign:" group=true>
                        <RadioGroup name="Kind" options=kinds value=kind testid="mfa-kind" />
                    </FormField>
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="continue">{submit}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

fn two_codes(page: &PageContext, owner: &Owner, serial: &str, made: Option<&VirtualMFADevice>) -> AnyView {
    let fields = owner.form(ENABLE, &[("SerialNumber", serial)]);
    let cancel = hidden(DELETE, &[("SerialNumber", serial), ("_next", &owner.back)]);
    let previous = hidden(DELETE, &[("SerialNumber", serial), ("_next", &owner.page)]);
    let submit = page.label("Assign MFA", "Add MFA").to_owned();
    let action = owner.page.clone();
    let (secret, codes) = (secret(made), codes(page, ENABLE));
    view! {
        <Form action=action.clone() hidden=fields id="assign-mfa-form" novalidate=true>
            <Container>
                <SpaceBetween>
                    <Text>
                        "1. Install a compatible app on your mobile device or computer. "
                        <Link href="/iam/compatible_mfa_applications">"See a list of compatible applications"</Link>
                    </Text>
                    {secret}
                    <Text>"3. Type two consecutive MFA codes below"</Text>
                    {codes}
                </SpaceBetween>
            </Container>
        </Form>
        <Form action=action.clone() hidden=cancel id="cancel-mfa-form" />
        <Form action hidden=previous id="previous-mfa-form" />
        <FormActions>
            <Button variant=ButtonVariant::Link kind=ButtonKind::Submit form="cancel-mfa-form" testid="cancel-mfa">"Cancel"</Button>
            <Button kind=ButtonKind::Submit form="previous-mfa-form" testid="previous-mfa">"Previous"</Button>
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="assign-mfa-form" testid="assign-mfa-submit">{submit}</Button>
        </FormActions>
    }
    .into_any()
}

/// The picture and the text of the secret, each behind a click.
fn secret(made: Option<&VirtualMFADevice>) -> AnyView {
    let shown = made.and_then(|device| {
        let picture = device.qr_code_png.as_ref()?.expose().to_owned();
        let seed = crate::call::text_of_base64(device.base32_string_seed.as_ref()?.expose());
        // A form that is sent again is answered without its secrets.
        (!seed.is_empty()).then_some((picture, seed))
    });
    let Some((picture, seed)) = shown else {
        return view! {
            <Text testid="secret-was-shown">
                "2. Your app has the secret key already: it is shown only once. If the app does not have it, choose Previous and begin again."
            </Text>
        }
        .into_any();
    };
    let grouped = seed.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    view! {
        <Text>"2. Use your virtual MFA app and your device's camera to scan the QR code"</Text>
        <ExpandableSection header="Show QR code" testid="show-qr-code">
            <img src=format!("data:image/png;base64,{picture}") alt="QR code with the secret key of this device" data-testid="qr-code" />
        </ExpandableSection>
        <Text>"Alternatively, you can type the secret key."</Text>
        <ExpandableSection header="Show secret key" testid="show-secret-key">
            <code data-testid="secret-key">{grouped}</code>
            " "
            <CopyToClipboard text=seed label="Copy secret key" done="Secret key copied" />
        </ExpandableSection>
        <Text>
            "No telephone at hand? "
            <Link href="/tools/authenticator">"Use the practice authenticator"</Link>
            " in another tab."
        </Text>
    }
    .into_any()
}

/// The two fields, and what is wrong with them.
pub(super) fn codes(page: &PageContext, operation: &'static str) -> AnyView {
    let fault = |field: &str| page.field_error(operation, field).map(|_| "A code has six digits.".to_owned());
    let (first, second) = (fault("authenticationCode1"), fault("authenticationCode2"));
    let error = page.error_of(operation).filter(|_| first.is_none() && second.is_none());
    let message = match error {
        Some(CallError::Api(ApiError::AccessDenied { denial })) => {
            return view! { <crate::iam::AccessDenied denial=*denial /> }.into_any();
        }
        other => other.map(|error| error.to_string()),
    };
    view! {
        <FormErrors message />
        <FormField control_id="mfa-code-1" label="MFA code 1" error=first testid="mfa-code-1-field">
            <Input name="AuthenticationCode1" inputmode="numeric" autocomplete="one-time-code" maxlength=6_u32 required=true testid="mfa-code-1" />
        </FormField>
        <FormField control_id="mfa-code-2" label="MFA code 2" error=second testid="mfa-code-2-field">
            <Input name="AuthenticationCode2" inputmode="numeric" autocomplete="one-time-code" maxlength=6_u32 required=true testid="mfa-code-2" />
        </FormField>
    }
    .into_any()
}

fn assigned(owner: &Owner, what: &str) -> AnyView {
    let back = owner.back.clone();
    let header = format!("You have successfully assigned {what}");
    let text = if what == "virtual MFA" {
        "This virtual MFA will be required during sign-in."
    } else {
        "It will be required during sign-in."
    };
    view! {
        <Alert severity=Severity::Success header testid="mfa-assigned">
            {text}
        </Alert>
        <FormActions>
            <Button variant=ButtonVariant::Primary href=back testid="close-mfa">"Close"</Button>
        </FormActions>
    }
    .into_any()
}
