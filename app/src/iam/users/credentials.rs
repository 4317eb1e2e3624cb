//! How a user signs in: console password and access keys.

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{GetLoginProfile, LoginProfile},
};

use super::{access_keys, console_access, details::UserPage, key_owner::KeyOwner};
use crate::{
    CallError,
    iam::{denied::Problem, mfa},
    ui::{
        Button, ButtonVariant, Container, CopyText, DateStyle, Direction, Header, KeyValue, KeyValuePairs, Space,
        SpaceBetween, format_instant,
    },
};

/// The tab "Security credentials".
pub(super) async fn tab(view: &UserPage) -> AnyView {
    let owner = mfa::Owner::user(&view.name);
    let devices = mfa::lines(&owner).await;
    let answer = crate::call(GetLoginProfile { user_name: Some(view.name.clone()) }).await;
    let sign_in = match answer {
        Ok(output) => sign_in(view, Some(output.login_profile), devices),
        Err(CallError::Api(ApiError::NoSuchEntity { .. })) => sign_in(view, None, devices),
        Err(error) => view! { <Problem error retry=view.at("security_credentials", "") /> }.into_any(),
    };
    let keys = access_keys::card(&KeyOwner::of(view)).await;
    let outcome = console_access::outcome(view);
    // Today's page has a card of its own; that of 2020 has the line alone.
    let card = if view.page.labels_2020() { None } else { Some(mfa::card(&view.page, &owner).await) };
    view! { <SpaceBetween>{outcome} {sign_in} {card} {keys}</SpaceBetween> }.into_any()
}

/// "Enabled (never signed in)".
fn state(view: &UserPage, profile: Option<&LoginProfile>) -> String {
    let Some(profile) = profile else { return "Disabled".into() };
    let last = view.user.as_ref().and_then(|user| user.password_last_used);
    let used = match last {
        Some(last) => format!("last signed in {}", format_instant(&last.to_string(), DateStyle::Long)),
        None => "never signed in".to_owned(),
    };
    let reset = if profile.password_reset_required { ", must change the password at next sign-in" } else { "" };
    format!("Enabled ({used}{reset})")
}

fn sign_in(view: &UserPage, profile: Option<LoginProfile>, devices: AnyView) -> AnyView {
    let password = state(view, profile.as_ref());
    let now = if profile.is_some() { "Manage console access" } else { "Enable console access" };
    let manage = view.page.label("Manage", now).to_owned();
    let url = view.page.viewer().signin_url;
    let link = view! { <CopyText text=url what="Console sign-in link" testid="console-signin-link" /> };
    let password = view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <span data-testid="console-password">{password}</span>
            <Button variant=ButtonVariant::Inline opens=console_access::ID testid="manage-console-access">{manage}</Button>
        </SpaceBetween>
    };
    let items = vec![
        KeyValue::new(view.page.label("Console sign-in link", "Console sign-in link"), link),
        KeyValue::new("Console password", password),
        KeyValue::new("Assigned MFA device", devices),
        KeyValue::text("Signing certificates", "None"),
    ];
    let title = view.page.label("Sign-in credentials", "Console sign-in").to_owned();
    let dialog = console_access::dialog(view, profile.is_some());
    view! {
        <Container header=move || view! { <Header title /> } testid="sign-in-credentials">
            <KeyValuePairs items columns=2 />
        </Container>
        {dialog}
    }
    .into_any()
}
