//! Setting a device right between password and code: the way on for those whose codes are refused.

use leptos::prelude::*;

use super::parts::{Failure, next_field, operation_field};
use crate::{
    context::PageContext,
    frame::SignInFrame,
    ui::{Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link},
};

const RESYNC: &str = "signin:ResyncMfaDevice";

/// `/signin/mfa/resync`.
#[component]
pub fn ResyncMfa() -> impl IntoView {
    let page = PageContext::current();
    let heading = page.label("Re-Sync With Our Servers", "Resynchronize your MFA device").to_owned();
    let submit = page.label("Re-sync authentication device", "Resynchronize").to_owned();
    let query = match next_field(&page).first() {
        Some((_, uri)) => format!("?redirect_uri={}", crate::call::encode(uri)),
        None => String::new(),
    };
    let (action, back) = (format!("/signin/mfa/resync{query}"), format!("/signin/mfa{query}"));
    let hidden = vec![
        operation_field(RESYNC),
        ("_next".to_owned(), back.clone()),
        ("_flash".to_owned(), "Your MFA device is set right. Enter the next code that it shows.".to_owned()),
    ];
    let missing =
        |field: &str| page.field_error(RESYNC, field).map(|_| "Enter a code that your device shows".to_owned());
    let (first, second) = (missing("mfaCode1"), missing("mfaCode2"));
    let failed = first.is_none() && second.is_none();
    view! {
        <SignInFrame title=heading.clone()>
            <h1 data-testid="resync-heading">{heading}</h1>
            <p>"A device's clock can run away, and its codes are then refused. Type two codes that it shows one after the other."</p>
            {failed.then(|| view! { <Failure operation=RESYNC /> })}
            <Form action hidden novalidate=true>
                <FormField control_id="mfacode1" label="MFA code 1" error=first stretch=true testid="mfa-code-1-field">
                    <Input name="MfaCode1" inputmode="numeric" autocomplete="off" maxlength=16_u32 required=true autofocus=true testid="mfa-code-1" />
                </FormField>
                <FormField control_id="mfacode2" label="MFA code 2" error=second stretch=true testid="mfa-code-2-field">
                    <Input name="MfaCode2" inputmode="numeric" autocomplete="off" maxlength=16_u32 required=true testid="mfa-code-2" />
                </FormField>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="resync-mfa">{submit}</Button>
            </Form>
            <p class="signin__links">
                <Link href=back testid="back-to-code">"Back to the MFA code"</Link>
                <Link href="/signin/help#mfa">"My device is lost"</Link>
            </p>
        </SignInFrame>
    }
}
