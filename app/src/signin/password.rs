//! Help for those whose password is gone.

use leptos::prelude::*;

use super::recovery::FORGOT;
use crate::{
    frame::SignInFrame,
    ui::{Button, ButtonVariant, Link},
};

/// `/signin/help`: who can give a new password to whom.
#[component]
pub fn ForgottenPassword() -> impl IntoView {
    view! {
        <SignInFrame title="Forgotten password">
            <h1>"Forgotten password"</h1>
            <h2>"IAM users"</h2>
            <p>"Contact your administrator: whoever manages users in your account can set a new password on your user's Security credentials tab."</p>
            <h2>"Root users"</h2>
            <p>
                <Link href=FORGOT testid="forgot-password">"Have a link to a new password mailed"</Link>
                " to the root user's address. If that mail cannot be read any more, whoever runs this installation sets a new root password on the host with"
            </p>
            <p><code>"understudy account reset-root-password"</code></p>
            <h2 id="mfa">"MFA devices"</h2>
            <p>"The code must be the one that your device shows now, and each code serves once. If the codes of a device are refused, its clock may be wrong: resynchronize it on the page that asks for the code, or ask your administrator to resynchronize or remove the device on your user's Security credentials tab."</p>
            <p>"A passkey or security key works only with the address that it was registered at. If yours is lost, use another of your devices, or ask your administrator to remove it."</p>
            <p>"A root user without any device asks whoever runs this installation. They remove all MFA devices of the root user on the host with"</p>
            <p><code>"understudy account reset-root-mfa"</code></p>
            <Button href="/signin" variant=ButtonVariant::Primary full_width=true>"Back to sign in"</Button>
        </SignInFrame>
    }
}
