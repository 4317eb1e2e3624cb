//! Step 4: the simulated phone. Its messages arrive in the sign-up's inbox; nothing is ever dialled.

use leptos::prelude::*;
use model::account::GetSignUpOutput;

use super::{
    email::where_it_waits,
    invent,
    step::{Field, Head, StepForm},
};
use crate::{
    PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, ExpandableSection, FormField, Input, RadioGroup, RadioOption,
        Severity, SpaceBetween,
    },
};

pub(super) const SEND: &str = "account:SendPhoneCode";
pub(super) const VERIFY: &str = "account:VerifyPhone";
const SEND_FIELDS: [Field; 2] = [
    Field { name: "Method", id: "method-sms", required: "Choose one.", invalid: "Choose one." },
    Field {
        name: "PhoneNumber",
        id: "mobile-phone-number",
        required: "Enter a phone number such as +1 541 555 0100.",
        invalid: "",
    },
];
const VERIFY_FIELDS: [Field; 1] =
    [Field { name: "Code", id: "code", required: "Enter the code from the simulated phone.", invalid: "" }];

/// Asks where to send the code.
pub(super) fn send(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, SEND, &SEND_FIELDS);
    let head = Head::new(4, "Confirm your identity", "A code proves that the phone is yours.", "phone-form").fill();
    let message = form.error_of_whole().map(|error| error.to_string());
    let fields = phone_fields(&form, state);
    let submit = submit(page.label("Contact me", "Send SMS (step 4 of 5)"), "send-code");
    form.view(head, message, fields, submit)
}

/// The same form beside the code that is awaited.
fn send_again(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, SEND, &SEND_FIELDS);
    let mut head = Head::new(4, "", "", "phone-form");
    head.goes_on = false;
    let failed = page.error_of(SEND).is_some();
    let message = form.error_of_whole().map(|error| error.to_string());
    let fields = phone_fields(&form, state);
    let form = form.form(head, message, fields, submit("Send a new code", "send-code"));
    view! {
        <ExpandableSection header="The code did not arrive, or no longer works?" open=failed testid="send-again">
            {form}
        </ExpandableSection>
    }
    .into_any()
}

fn submit(text: &str, testid: &'static str) -> AnyView {
    let text = text.to_owned();
    view! { <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid>{text}</Button> }.into_any()
}

fn phone_fields(form: &StepForm, state: &GetSignUpOutput) -> AnyView {
    let phone = if form.filled() {
        Some(invent::person().phone_number)
    } else {
        state.contact.as_ref().map(|contact| contact.phone_number.clone())
    };
    let (method, phone) = (form.of("Method", Some("SMS".to_owned())), form.of("PhoneNumber", phone));
    let ways = vec![RadioOption::new("SMS", "Text message (SMS)"), RadioOption::new("Voice", "Voice call")];
    view! {
        <FormField
            control_id="method"
            label="How should we send you the verification code?"
            group=true
            constraint="Nothing real is needed: both arrive in the simulated phone."
            error=method.error
            testid="method"
        >
            <RadioGroup name="Method" options=ways value=method.value testid="method-choice" />
        </FormField>
        <FormField
            control_id="mobile-phone-number"
            label="Mobile phone number"
            description="With the country or region code: +1 541 555 0100"
            constraint="Nothing real is needed: it is never dialled and gets no message."
            error=phone.error
            testid="mobile-phone-number"
        >
            <Input name="PhoneNumber" kind="tel" value=phone.value testid="mobile-phone-number-input" />
        </FormField>
        <Alert header="Security check" testid="security-check">
            "The real form shows distorted letters here to keep machines out. This one has none: machines may practise too."
        </Alert>
    }
    .into_any()
}

/// Asks for the code that was sent.
pub(super) fn verify(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, VERIFY, &VERIFY_FIELDS);
    let error = form.error("Code").or_else(|| form.error_of_whole().map(|error| error.to_string()));
    let fields = view! {
        <FormField
            control_id="code"
            label=page.label("Enter verification code", "Verify code")
            constraint="Four digits. After three wrong ones, send a new code."
            error=error
            testid="code"
        >
            <Input name="Code" inputmode="numeric" autocomplete="one-time-code" maxlength=16u32 autofocus=true testid="code-input" />
        </FormField>
    };
    let text = page.label("Verify code", "Continue (step 4 of 5)");
    let submit = submit(text, "verify-phone");
    let head = Head::new(4, "Confirm your identity", "We sent a code to the simulated phone.", "verify-form");
    let step = form.view(head, None, fields.into_any(), submit);
    let again = send_again(page, state);
    let sent_again = page.outcome_of(SEND).is_some_and(|outcome| outcome.result.is_ok());
    view! {
        <SpaceBetween>
            {sent_again
                .then(|| {
                    view! {
                        <Alert severity=Severity::Success testid="resent">
                            "We sent a new code. The one before no longer counts."
                        </Alert>
                    }
                })}
            {step}
            {where_it_waits("message")}
            {again}
        </SpaceBetween>
    }
    .into_any()
}
