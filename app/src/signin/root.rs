//! The main sign-in page, the root user's password page, and the page after signing out.

use leptos::prelude::*;

use super::{
    parts::{Ended, Failure, next_field, operation_field},
    recovery::FORGOT,
};
use crate::{
    context::PageContext,
    frame::SignInFrame,
    ui::{Button, ButtonKind, ButtonVariant, Form, FormField, Input, Link, PasswordInput},
};

const NEXT: &str = "page:Next";
const SIGN_IN: &str = "signin:SignInRoot";

/// `/signin`: who are you; then, for root, the password. The first step leads on whatever the address, so that it
/// tells nothing about it.
#[component]
pub fn SignIn() -> impl IntoView {
    let page = PageContext::current();
    let email = page.typed(NEXT, "Email").or_else(|| page.typed(SIGN_IN, "Email")).filter(|email| email.contains('@'));
    match email {
        Some(email) => view! { <RootPassword email /> }.into_any(),
        None => view! { <Choice /> }.into_any(),
    }
}

#[component]
fn Choice() -> impl IntoView {
    let page = PageContext::current();
    let faulty = page.outcome_of(NEXT).is_some().then(|| "Enter the root user's email address".to_owned());
    let email = page.typed(NEXT, "Email");
    let next = next_field(&page);
    let account_next = match next.first() {
        Some((_, uri)) => {
            format!(
                "/signin/{{Account}}/console?redirect_uri={}",
                uri.replace('%', "%25").replace('&', "%26").replace('#', "%23")
            )
        }
        None => "/signin/{Account}/console".to_owned(),
    };
    let root_fields = [vec![operation_field(NEXT)], next].concat();
    let user_fields = vec![operation_field(NEXT), ("_next".to_owned(), account_next)];
    view! {
        <SignInFrame title="Sign in">
            <h1>"Sign in"</h1>
            <Ended />
            <Failure operation=SIGN_IN />
            <div class="signin__choice">
                <fieldset class="signin__kinds">
                    <legend class="visually-hidden">"Who signs in"</legend>
                    <Kind
                        id="kind-root"
                        checked=true
                        title="Root user"
                        text="Account owner that performs tasks requiring unrestricted access."
                    />
                    <Kind
                        id="kind-iam"
                        checked=false
                        title="IAM user"
                        text="User within an account that performs daily tasks."
                    />
                </fieldset>
                <div class="signin__root">
                    <Form action="/signin" hidden=root_fields novalidate=true>
                        <FormField control_id="email" label="Root user email address" error=faulty stretch=true>
                            <Input name="Email" kind="email" autocomplete="username" value=email required=true testid="email" />
                        </FormField>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="next-root">"Next"</Button>
                    </Form>
                </div>
                <div class="signin__iam">
                    <Form action="/signin" hidden=user_fields>
                        <FormField control_id="account-choice" label="Account ID (12 digits) or account alias" stretch=true>
                            <Input name="Account" value=page.remembered_account.clone() required=true autocomplete="organization" testid="account" />
                        </FormField>
                        <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true testid="next-iam">"Next"</Button>
                    </Form>
                </div>
            </div>
            <NewHere />
        </SignInFrame>
    }
}

#[component]
fn Kind(id: &'static str, checked: bool, title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <div class="signin__kind">
            <input type="radio" name="kind" id=id checked=checked aria-describedby=format!("{id}-text") data-testid=id />
            <label for=id>{title}</label>
            <p id=format!("{id}-text")>{text}</p>
        </div>
    }
}

/// The way to an account for those who have none.
#[component]
pub fn NewHere() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <div class="signin__new">
            <p class="signin__divider"><span>"New here?"</span></p>
            <Button href="/billing/signup" full_width=true testid="create-account">
                {page.label("Create a new account", "Create an account").to_owned()}
            </Button>
        </div>
    }
}

#[component]
fn RootPassword(email: String) -> impl IntoView {
    let page = PageContext::current();
    let hidden = [vec![operation_field(SIGN_IN), ("Email".to_owned(), email.clone())], next_field(&page)].concat();
    let error = page.field_error(SIGN_IN, "password");
    let forgotten = vec![operation_field(NEXT), ("Email".to_owned(), email.clone())];
    view! {
        <SignInFrame title="Root user sign in">
            <h1>"Root user sign in"</h1>
            <Failure operation=SIGN_IN />
            <Form action="/signin" hidden>
                <p class="signin__email">"Email: " <strong data-testid="root-email">{email}</strong></p>
                <FormField control_id="password" label="Password" error stretch=true>
                    <PasswordInput id="password" name="Password" autocomplete="current-password" required=true autofocus=true bare=true testid="password" />
                </FormField>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full_width=true id="signin_button" testid="signin">"Sign in"</Button>
            </Form>
            // A post, so that the address stands in no log.
            <Form action=FORGOT hidden=forgotten>
                <Button variant=ButtonVariant::Link kind=ButtonKind::Submit full_width=true testid="forgot-password">"Forgot password?"</Button>
            </Form>
            <p class="signin__links">
                <Link href="/signin">"Sign in to a different account"</Link>
            </p>
            <NewHere />
        </SignInFrame>
    }
}

/// `/signin/signed-out`: the session is gone from the server.
#[component]
pub fn SignedOut() -> impl IntoView {
    view! {
        <SignInFrame title="Signed out">
            <h1 data-testid="signed-out">"You are signed out"</h1>
            <p>"Your session has ended on the server; pages still open in other tabs ask you to sign in again."</p>
            <Button href="/signin" variant=ButtonVariant::Primary full_width=true testid="sign-in-again">"Sign in again"</Button>
        </SignInFrame>
    }
}
