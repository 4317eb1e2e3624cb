//! The viewer's own credentials: root's accordions behind the warning of 2020, a user's password and devices.

use leptos::prelude::*;
use model::iam::GetUser;

use super::{
    crumbs,
    denied::Problem,
    hidden, mfa, own_sessions,
    users::{access_keys, key_owner::KeyOwner},
};
use crate::{
    Frame, PageContext, Section,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Container, Direction, ExpandableSection, ExpandableVariant, Form,
        FormField, Header, HeaderLevel, KeyValue, KeyValuePairs, Link, PasswordInput, Severity, Space, SpaceBetween,
        Text,
    },
};

const PATH: &str = "/iam/security_credentials";
const CHANGE: &str = "iam:ChangePassword";

/// `/iam/security_credentials`.
#[component]
pub fn MyCredentials() -> impl IntoView {
    let page = PageContext::current();
    let root = page.viewer().user_name.is_none();
    let title = match (page.labels_2020(), root) {
        (true, true) => "Your Security Credentials",
        (true, false) => "My security credentials",
        (false, true) => "My security credentials (root user)",
        (false, false) => "My security credentials",
    };
    view! {
        <Frame title section=Section::Iam crumbs=crumbs(&[], title) help=help()>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move {
                    if root { of_root(page).await } else { of_user(page).await }
                })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Your own credentials".into(),
        vec![
            "What proves to the console and to the API that it is you: a password, MFA devices, access keys.".into(),
            "The root user may do everything. Give it an MFA device and no access keys, and work as an IAM user."
                .into(),
        ],
    )
}

async fn of_root(page: PageContext) -> AnyView {
    if page.labels_2020() && page.query("continue").is_empty() && page.outcome.is_none() {
        return interstitial();
    }
    let owner = mfa::Owner::viewer(&page);
    let devices = mfa::card(&page, &owner).await;
    let keys = keys(&page).await;
    let account = page.viewer().account_id;
    let identifiers = vec![KeyValue::copy("AWS Account ID", account)];
    if !page.labels_2020() {
        return view! {
            <Container header=|| view! { <Header title="Account details" /> } testid="account-details">
                <KeyValuePairs items=identifiers columns=2 />
            </Container>
            {devices}
            {keys}
            {own_sessions::card()}
        }
        .into_any();
    }
    let open = page.query("section") == "mfa";
    let keys_open = page.query("section") == "keys" || page.outcome_of("iam:CreateAccessKey").is_some();
    view! {
        <SpaceBetween size=Space::S>
            <ExpandableSection header="Password" variant=ExpandableVariant::Container testid="accordion-password">
                <Text>"You sign in with your email address and a password. " <Link href="/billing/account?edit=password" testid="change-root-password">"Change it"</Link> " on the account page, where the account's name and email address are changed too."</Text>
            </ExpandableSection>
            <ExpandableSection header="Multi-factor authentication (MFA)" variant=ExpandableVariant::Container open testid="accordion-mfa">
                {devices}
            </ExpandableSection>
            <ExpandableSection header="Access keys (access key ID and secret access key)" variant=ExpandableVariant::Container open=keys_open testid="accordion-keys">
                {keys}
            </ExpandableSection>
            <ExpandableSection header="CloudFront key pairs" variant=ExpandableVariant::Container testid="accordion-cloudfront">
                <Text>"None. This version has no CloudFront."</Text>
            </ExpandableSection>
            <ExpandableSection header="X.509 certificate" variant=ExpandableVariant::Container testid="accordion-x509">
                <Text>"None. This version signs with access keys only."</Text>
            </ExpandableSection>
            <ExpandableSection header="Account identifiers" variant=ExpandableVariant::Container testid="accordion-identifiers">
                <KeyValuePairs items=identifiers columns=2 />
            </ExpandableSection>
            {own_sessions::card()}
        </SpaceBetween>
    }
    .into_any()
}

/// The warning of 2020: these credentials may do everything.
fn interstitial() -> AnyView {
    view! {
        <Alert severity=Severity::Warning testid="root-credentials-warning">
            <SpaceBetween>
                <p>
                    "You are accessing the security credentials page for your AWS account. The account credentials provide unlimited access to your AWS resources."
                </p>
                <p>
                    "To help secure your account, follow the best practice of creating and using IAM users with limited permissions."
                </p>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button href="/iam/security_credentials?continue=1" variant=ButtonVariant::Primary testid="continue-to-credentials">
                        "Continue to Security Credentials"
                    </Button>
                    <Button href="/iam/users" testid="get-started-with-users">"Get Started with IAM Users"</Button>
                </SpaceBetween>
            </SpaceBetween>
        </Alert>
    }
    .into_any()
}

/// The viewer's access keys. Root comes back behind the warning of 2020, which it has read.
async fn keys(page: &PageContext) -> AnyView {
    let root = page.viewer().user_name.is_none();
    let path = if root { "/iam/security_credentials?continue=1&section=keys" } else { PATH };
    // Who may not read the own user sees the keys without their descriptions.
    let tags = if root || page.labels_2020() {
        Vec::new()
    } else {
        crate::call(GetUser { user_name: None }).await.map(|output| output.user.tags).unwrap_or_default()
    };
    access_keys::card(&KeyOwner::viewer(page, path, tags)).await
}

async fn of_user(page: PageContext) -> AnyView {
    let owner = mfa::Owner::viewer(&page);
    let devices = mfa::card(&page, &owner).await;
    let keys = keys(&page).await;
    view! {
        {password(&page)}
        {devices}
        {keys}
        {own_sessions::card()}
    }
    .into_any()
}

/// The form that changes the viewer's own console password.
fn password(page: &PageContext) -> AnyView {
    let fault = |field: &str, text: &str| page.field_error(CHANGE, field).map(|_| text.to_owned());
    let old = fault("oldPassword", "Enter your current password");
    let new = fault("newPassword", "Enter a new password of at most 128 characters");
    let again = fault("confirm", "Passwords do not match");
    let shown = old.is_some() || new.is_some() || again.is_some();
    let problem = page.error_of(CHANGE).filter(|_| !shown).map(|error| view! { <Problem error /> });
    let fields = hidden(
        CHANGE,
        &[("_confirm_of", "NewPassword"), ("_next", PATH), ("_flash", "Your password has been changed.")],
    );
    let submit = page.label("Change password", "Update password").to_owned();
    view! {
        {problem}
        <Container header=|| view! { <Header title="Password for console access" /> } testid="own-password">
            <Form action=PATH hidden=fields novalidate=true>
                <SpaceBetween>
                    <FormField control_id="own-old-password" label="Current password" error=old>
                        <PasswordInput id="own-old-password" name="OldPassword" autocomplete="current-password" bare=true testid="own-old-password" />
                    </FormField>
                    <FormField control_id="own-new-password" label="New password" error=new>
                        <PasswordInput id="own-new-password" name="NewPassword" autocomplete="new-password" bare=true testid="own-new-password" />
                    </FormField>
                    <FormField control_id="own-confirm-password" label="Confirm new password" error=again>
                        <PasswordInput id="own-confirm-password" name="_confirm" autocomplete="new-password" bare=true testid="own-confirm-password" />
                    </FormField>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="change-own-password">{submit}</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}
