//! The route table: one line a page.
//!
//! A page is rendered by the server for one request and links are plain links, so a match on the path is all the
//! routing there is. The framework's router would carry every page's type through one nested type, which takes the
//! compiler a quarter of an hour.

use leptos::prelude::*;

use crate::{
    PageContext, account, billing, budgets, cloudtrail, cloudwatch, gallery, home, iam, inbox, signin, sns, tools,
};

/// Every page of the console.
#[component]
pub fn App() -> impl IntoView {
    let page = PageContext::current();
    if page.too_long {
        return view! { <home::TooLong /> }.into_any();
    }
    let segments: Vec<&str> = page.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["signin"] => view! { <signin::SignIn /> }.into_any(),
        ["signin", "mfa"] => view! { <signin::MfaCode /> }.into_any(),
        ["signin", "mfa", "resync"] => view! { <signin::ResyncMfa /> }.into_any(),
        ["signin", "password"] => view! { <signin::ForcedReset /> }.into_any(),
        ["signin", "help"] => view! { <signin::ForgottenPassword /> }.into_any(),
        ["signin", "forgot-password"] => view! { <signin::ForgotPassword /> }.into_any(),
        ["signin", "reset-password"] => view! { <signin::ResetPassword /> }.into_any(),
        ["signin", "signed-out"] => view! { <signin::SignedOut /> }.into_any(),
        ["signin", _, "console"] => view! { <signin::SignInUser /> }.into_any(),
        ["billing", "signup"] => view! { <account::SignUp /> }.into_any(),
        ["billing", "home"] => view! { <billing::Home /> }.into_any(),
        ["billing", "ledger"] => view! { <billing::Ledger /> }.into_any(),
        ["billing", "simulator"] => view! { <billing::Simulator /> }.into_any(),
        ["billing", "import"] => view! { <billing::Import /> }.into_any(),
        ["billing", "preferences"] => view! { <billing::Preferences /> }.into_any(),
        ["billing", "clock"] => view! { <billing::Clock /> }.into_any(),
        ["billing", "account"] => view! { <billing::Account /> }.into_any(),
        ["billing", "budgets"] => view! { <budgets::List /> }.into_any(),
        ["billing", "budgets", "create"] => view! { <budgets::Create /> }.into_any(),
        ["billing", "budgets", _] => view! { <budgets::Details /> }.into_any(),
        ["billing", "budgets", _, "edit"] => view! { <budgets::Edit /> }.into_any(),
        ["costmanagement", ..] => view! { <budgets::Moved /> }.into_any(),
        ["cloudtrail"] | ["cloudtrail", "home" | "events"] => view! { <cloudtrail::EventHistory /> }.into_any(),
        ["cloudtrail", "events", _] => view! { <cloudtrail::EventDetails /> }.into_any(),
        ["cloudwatch"] | ["cloudwatch", "home" | "alarms" | "billing"] => view! { <cloudwatch::List /> }.into_any(),
        ["cloudwatch", "alarms", "create"] => view! { <cloudwatch::Wizard /> }.into_any(),
        ["cloudwatch", "alarms", _] => view! { <cloudwatch::Details /> }.into_any(),
        ["sns"] | ["sns", "home" | "topics"] => view! { <sns::Topics /> }.into_any(),
        ["sns", "topics", "create"] => view! { <sns::CreateTopic /> }.into_any(),
        ["sns", "topics", _] => view! { <sns::Details /> }.into_any(),
        ["sns", "topics", _, "edit"] => view! { <sns::Edit /> }.into_any(),
        ["sns", "topics", _, "publish"] => view! { <sns::Publish /> }.into_any(),
        ["sns", "subscriptions"] => view! { <sns::Subscriptions /> }.into_any(),
        ["sns", "subscriptions", "create"] => view! { <sns::CreateSubscription /> }.into_any(),
        ["subscription", "confirm"] => view! { <sns::ConfirmPage /> }.into_any(),
        ["subscription", "unsubscribe"] => view! { <sns::UnsubscribePage /> }.into_any(),
        ["inbox"] => view! { <inbox::Inbox /> }.into_any(),
        ["inbox", "outbox"] => view! { <inbox::Outbox /> }.into_any(),
        ["inbox", _] => view! { <inbox::MailPage /> }.into_any(),
        ["operator"] => view! { <inbox::OperatorDoor /> }.into_any(),
        ["console", "home" | "services" | "search"] => view! { <home::Home /> }.into_any(),
        ["console", "events"] => view! { <home::Events /> }.into_any(),
        ["console", "settings"] => view! { <home::Settings /> }.into_any(),
        ["service", _] => view! { <home::MissingService /> }.into_any(),
        ["iam"] | ["iam", "home"] => view! { <iam::Dashboard /> }.into_any(),
        ["iam", "users"] => view! { <iam::users::List /> }.into_any(),
        ["iam", "users", "create"] | ["iam", "users$new"] => view! { <iam::users::Create /> }.into_any(),
        ["iam", "users", _] => view! { <iam::users::Details /> }.into_any(),
        ["iam", "users", _, "add-permissions"] => view! { <iam::users::AddPermissions /> }.into_any(),
        ["iam", "users", _, "create-access-key"] => view! { <iam::users::CreateKey /> }.into_any(),
        ["iam", "users", _, "mfa"] => view! { <iam::mfa::UsersDevice /> }.into_any(),
        ["iam", "policies"] => view! { <iam::policies::List /> }.into_any(),
        ["iam", "policies", "create"] | ["iam", "policies$new"] => view! { <iam::policies::Create /> }.into_any(),
        ["iam", "policies", arn, ..] if arn.starts_with("arn:") || *arn == "details" => {
            view! { <iam::policies::Details /> }.into_any()
        }
        ["iam", "groups"] => view! { <iam::groups::List /> }.into_any(),
        ["iam", "groups", "create"] | ["iam", "groups$new"] => view! { <iam::groups::Create /> }.into_any(),
        ["iam", "groups", _] => view! { <iam::groups::Details /> }.into_any(),
        ["iam", "users" | "groups", _, "inline"] | ["iam", "users" | "groups", _, "inline", _] => {
            view! { <iam::inline::Page /> }.into_any()
        }
        ["iam", "account_settings"] => view! { <iam::account_settings::AccountSettings /> }.into_any(),
        ["iam", "credential_report"] => view! { <iam::CredentialReport /> }.into_any(),
        ["iam", "security_credentials" | "security_credential"] => view! { <iam::MyCredentials /> }.into_any(),
        ["iam", "security_credentials", "mfa"] => view! { <iam::mfa::OwnDevice /> }.into_any(),
        ["iam", "security_credentials", "sessions"] => view! { <iam::ActiveSessions /> }.into_any(),
        ["iam", "security_credentials", "sign-ins"] => view! { <iam::SignInHistory /> }.into_any(),
        ["iam", "compatible_mfa_applications"] => view! { <iam::mfa::CompatibleApplications /> }.into_any(),
        ["policysim", "explain"] => view! { <iam::Explanation /> }.into_any(),
        ["policysim"] => view! { <iam::Simulator /> }.into_any(),
        ["tools", "authenticator"] => view! { <tools::Authenticator /> }.into_any(),
        ["iam", ..] => view! { <iam::Missing /> }.into_any(),
        ["ui"] => view! { <gallery::Gallery /> }.into_any(),
        _ => view! { <home::NotFound /> }.into_any(),
    }
}

/// Whether a page holds an island that only the larger module knows. The loader sees that for itself; told beforehand,
/// it does not take the smaller one first.
pub fn has_wizard(page: &PageContext) -> bool {
    let segments: Vec<&str> = page.segments.iter().map(String::as_str).collect();
    matches!(
        segments.as_slice(),
        ["iam", "users", "create"]
            | ["iam", "users$new"]
            | ["iam", "users" | "groups", _, "inline", ..]
            | ["tools", "authenticator"]
    )
}
