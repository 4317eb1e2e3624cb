//! Trouble between password and code: setting a device right whose codes are refused, and what becomes of a lost one.

use leptos::prelude::*;
use model::signin::GetMfaChallenge;

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
    let form = view! {
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
    }
    .into_any();
    view! {
        <SignInFrame title=heading.clone()>
            <h1 data-testid="resync-heading">{heading}</h1>
            <Suspense>{Suspend::new(async move { content(form).await })}</Suspense>
            <p class="signin__links">
                <Link href=back testid="back-to-code">"Back to the MFA code"</Link>
            </p>
        </SignInFrame>
    }
}

/// The form for those who have a device that shows codes, and what becomes of a lost one.
async fn content(form: AnyView) -> AnyView {
    let challenge = crate::call(GetMfaChallenge {}).await.ok();
    let root = challenge.as_ref().is_some_and(|challenge| challenge.root);
    // Without an answer the form stays: it says what is wrong.
    let codes = challenge.is_none_or(|challenge| challenge.kinds.iter().any(|kind| kind != "PASSKEY"));
    let form = if codes {
        form
    } else {
        view! {
            <p data-testid="nothing-to-resync">"Your devices are passkeys or security keys. They show no codes, so there is no clock that could be set right. If one does not answer, go back and try again, in another browser if need be."</p>
        }
        .into_any()
    };
    view! {
        {form}
        {lost(root)}
    }
    .into_any()
}

/// Who helps those whose device is lost. AWS mails and telephones its root users; here both would reach the inbox that
/// the password's reset reaches too, and what the same inbox receives is no second factor.
fn lost(root: bool) -> AnyView {
    if !root {
        return view! {
            <h2>"Lost device"</h2>
            <p data-testid="lost-device">"Use another of your devices if you have one. Otherwise contact your administrator: whoever manages users in your account can remove the device on your user's Security credentials tab."</p>
        }
        .into_any();
    }
    view! {
        <h2>"Sign in using alternative factors"</h2>
        <p data-testid="alternative-factors">"There are none here. An email or a call to your registered addresses would reach the inbox that receives everything else about this account, and a code that the same inbox receives is no second factor."</p>
        <p>"Use another of your devices if you have one. Otherwise ask whoever runs this installation: on its host they can remove all MFA devices of your root user, after they have made sure that it is you. Your sessions end, you are told by email, and your account's records keep it. Then your password alone signs you in, and you assign a device anew."</p>
        <p><code>"understudy account reset-root-mfa"</code></p>
    }
    .into_any()
}
