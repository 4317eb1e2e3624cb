//! The page that assigns an MFA device, step by step, or manages one. Everything on it works without scripts.

use leptos::prelude::*;

use super::{Owner, manage, set_up};
use crate::{
    Frame, PageContext, Section,
    iam::{crumbs, paths::named},
    ui::{Header, HeaderLevel, SpaceBetween},
};

/// `/iam/security_credentials/mfa`: the viewer's own.
#[component]
pub fn OwnDevice() -> impl IntoView {
    let page = PageContext::current();
    let owner = Owner::viewer(&page);
    let above = page.label("My Security Credentials", "Security credentials").to_owned();
    frame(page, owner, above)
}

/// `/iam/users/<name>/mfa`: a user's.
#[component]
pub fn UsersDevice() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    frame(page, Owner::user(&name), name)
}

fn frame(page: PageContext, owner: Owner, above: String) -> AnyView {
    let title = title(&page);
    let way = crumbs(&[(&above, &owner.back)], &title);
    view! {
        <Frame title=title.clone() section=Section::Iam crumbs=way help=help()>
            <SpaceBetween>
                <Header title=title.clone() level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page, owner).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
    .into_any()
}

fn help() -> (String, Vec<String>) {
    (
        "MFA devices".into(),
        vec![
            "A virtual MFA device is an application that shares a secret with this console and shows a new code every 30 seconds. Two codes in a row prove that it works.".into(),
            "Each code serves once: wait for the next one before you type a second code.".into(),
            "A passkey or security key signs a challenge of this console instead of showing codes. Its private key never leaves it.".into(),
            "Without a telephone, use the practice authenticator: it computes the codes in your browser.".into(),
        ],
    )
}

/// What this request is about: something begun in the address, or what the form posted here was about.
fn action(page: &PageContext) -> String {
    page.query("action")
}

fn title(page: &PageContext) -> String {
    match action(page).as_str() {
        "manage" => "Manage MFA device".to_owned(),
        "remove" => page.label("Remove MFA device", "Remove MFA device?").to_owned(),
        "resync" => page.label("Resync MFA device", "Resynchronize MFA device").to_owned(),
        _ if set_up::begun(page) => set_up::title(page),
        _ => page.label("Manage MFA device", "Select MFA device").to_owned(),
    }
}

async fn content(page: PageContext, owner: Owner) -> AnyView {
    let serial = page.query("serial");
    match action(&page).as_str() {
        "manage" => manage::choice(&owner, &serial),
        "remove" => manage::remove(&page, &owner, &serial),
        "resync" => manage::resync(&page, &owner, &serial),
        _ => set_up::step(&page, &owner).await,
    }
}
