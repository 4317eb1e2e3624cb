//! An account's own sign-in page for its IAM users. Element ids are those that existing scripts look for.

use leptos::prelude::*;

use super::parts::{Ended, Failure, next_field, operation_field};
use crate::{
    context::PageContext,
    frame::SignInFrame,
    ui::{Button, ButtonKind, ButtonVariant, Checkbox, Form, FormField, Input, Link, PasswordInput},
};

const SIGN_IN: &str = "signin:SignInUser";

/// `/signin/<alias or account id>/console`. An unknown account looks like a known one.
#[component]
pub fn SignInUser() -> impl IntoView {
    let page = PageContext::current();
    let account = page.segment(1);
    let shown = page.typed(SIGN_IN, "Account").unwrap_or_else(|| account.clone());
    let remembered = page.remembered_account.as_deref() == Some(shown.as_str());
    let hidden = [vec![operation_field(SIGN_IN)], next_field(&page)].concat();
    let required = |field: &str, text: &str| page.field_error(SIGN_IN, field).map(|_| text.to_owned());
    let no_account = required("account", "Enter an account ID or alias");
    let no_name = required("userName", "Enter your IAM user name");
    let no_password = required("password", "Enter your password");
    let complete = no_account.is_none() && no_name.is_none() && no_password.is_none();
    let (path, typed_name) = (page.path.clone(), page.typed(SIGN_IN, "UserName"));
    let failed = page.error_of(SIGN_IN).is_some() && complete;
    view! {
        <SignInFrame title="Sign in as IAM user">
            <h1>"Sign in as IAM user"</h1>
            <Ended />
            {failed.then(|| view! { <Failure operation=SIGN_IN /> })}
            <Form action=path hidden>
                <FormField
                    control_id="account"
                    label="Account ID (12 digits) or account alias"
                    error=no_account
                    stretch=true
                >
                    <Input id="account" name="Account" value=shown autocomplete="organization" testid="account" />
                </FormField>
                <FormField control_id="username" label="IAM user name" error=no_name stretch=true>
                    <Input id="username" name="UserName" value=typed_name autocomplete="username" autofocus=true testid="username" />
                </FormField>
                <FormField control_id="password" label="Password" error=no_password stretch=true>
                    <PasswordInput id="password" name="Password" autocomplete="current-password" bare=true testid="password" />
                </FormField>
                <Checkbox id="remember" name="_remember" value="true" checked=remembered testid="remember">"Remember this account"</Checkbox>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true id="signin_button" testid="signin">"Sign in"</Button>
            </Form>
            <p class="signin__links">
                <Link href="/signin?other=1" id="root_account_signin">"Sign in using root user email"</Link>
                <Link href="/signin/help">"Forgot password?"</Link>
            </p>
        </SignInFrame>
    }
}
