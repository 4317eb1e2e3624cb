//! The page between password and console for those who have an MFA device.

use leptos::prelude::*;

use super::parts::{Failure, next_field, operation_field};
use crate::{
    context::PageContext,
    frame::SignInFrame,
    ui::{Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link},
};

const SUBMIT: &str = "signin:SubmitMfaCode";
const SIGN_OUT: &str = "signin:SignOut";

/// `/signin/mfa`. The session knows whose password was right; the page does not say it.
#[component]
pub fn MfaCode() -> impl IntoView {
    let page = PageContext::current();
    let heading = page.label("Multi-factor authentication", "Additional verification required").to_owned();
    let next = next_field(&page);
    let query = match next.first() {
        Some((_, uri)) => format!("?redirect_uri={}", crate::call::encode(uri)),
        None => String::new(),
    };
    let (action, resync) = (format!("/signin/mfa{query}"), format!("/signin/mfa/resync{query}"));
    let trouble =
        page.label("Having problems with your authentication device? Click here", "Troubleshoot MFA").to_owned();
    let hidden = [vec![operation_field(SUBMIT)], next].concat();
    let cancel = vec![operation_field(SIGN_OUT), ("_next".to_owned(), "/signin".to_owned())];
    let missing = page.field_error(SUBMIT, "mfaCode").map(|_| "Enter the code that your device shows".to_owned());
    let failed = missing.is_none();
    view! {
        <SignInFrame title=heading.clone()>
            <h1 data-testid="mfa-heading">{heading}</h1>
            <p>"Enter an MFA code to complete sign-in. If you have several devices, a code of any of them will do."</p>
            {failed.then(|| view! { <Failure operation=SUBMIT /> })}
            <Form action hidden novalidate=true>
                <FormField control_id="mfacode" label="MFA code" error=missing stretch=true>
                    <Input name="MfaCode" inputmode="numeric" autocomplete="one-time-code" maxlength=16_u32 required=true autofocus=true testid="mfa-code" />
                </FormField>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true id="submitMfa_button" testid="submit-mfa">"Submit"</Button>
            </Form>
            <Form action="/signin/mfa" hidden=cancel>
                <Button variant=ButtonVariant::Link kind=ButtonKind::Submit full_width=true testid="cancel-mfa">"Cancel"</Button>
            </Form>
            <p class="signin__links">
                <Link href=resync testid="troubleshoot-mfa">{trouble}</Link>
            </p>
        </SignInFrame>
    }
}
