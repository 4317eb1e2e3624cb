//! The account menu: who is signed in, the account id to copy, the account's pages, the way out.

use super::{Labels, PrincipalKind, paths, shell_info};
use crate::ui::{CopyToClipboard, Form, Icon, IconName};
use leptos::prelude::*;

/// The account menu; on pages that are read without signing in, the way to sign in.
#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let shell = shell_info();
    if shell.account_id.is_empty() {
        return view! {
            <a class="top-navigation__button" href=paths::SIGN_IN data-testid="sign-in">
                "Sign in"
            </a>
        }
        .into_any();
    }
    let labels = shell.labels;
    let root = shell.principal == PrincipalKind::Root;
    let name_label = match shell.principal {
        PrincipalKind::Root => "Root user",
        PrincipalKind::User => "IAM user",
        PrincipalKind::Role => "Role",
        PrincipalKind::Federated => "Federated user",
    };
    let mut links = vec![
        (labels.pick("My Account", "Account"), paths::ACCOUNT),
        (labels.pick("My Organization", "Organization"), paths::ORGANIZATION),
        (labels.pick("My Service Quotas", "Service Quotas"), paths::QUOTAS),
        (labels.pick("My Billing Dashboard", "Billing and Cost Management"), paths::BILLING),
        (labels.pick("My Security Credentials", "Security credentials"), paths::SECURITY_CREDENTIALS),
    ];
    if !root {
        links.push((labels.pick("Switch Roles", "Switch role"), paths::SWITCH_ROLE));
    }
    let links = links
        .into_iter()
        .map(|(text, href)| {
            view! {
                <li class="nav-panel__row">
                    <a class="nav-panel__link" href=href>
                        {text}
                    </a>
                </li>
            }
        })
        .collect_view();
    let spoken = format!("Account menu: {}", shell.display_name);
    let alias = shell.account_alias.clone();
    let grouped = shell.grouped_account_id();
    view! {
        <button
            class="top-navigation__button top-navigation__button--account"
            type="button"
            id="account-button"
            popovertarget="account-panel"
            aria-haspopup="dialog"
            aria-label=spoken
            data-testid="account-menu"
        >
            <span class="top-navigation__short"><Icon name=IconName::UserProfile /></span>
            <span class="top-navigation__label">{shell.display_name}</span>
            <Icon name=IconName::CaretDownFilled />
        </button>
        <div class="nav-panel nav-panel--end nav-panel--account" id="account-panel" popover="auto" role="dialog" aria-label="Account" data-menu="true">
            <dl class="nav-panel__facts">
                <div class="nav-panel__fact">
                    <dt>{name_label}</dt>
                    <dd data-testid="account-menu-principal">{shell.principal_name}</dd>
                </div>
                <div class="nav-panel__fact">
                    <dt>{labels.pick("Account", "Account ID")}</dt>
                    <dd>
                        <span data-testid="account-menu-id">{grouped}</span>
                        <CopyToClipboard text=shell.account_id label="Copy account ID" done="Account ID copied" />
                    </dd>
                </div>
                {alias
                    .map(|alias| {
                        view! {
                            <div class="nav-panel__fact">
                                <dt>"Account alias"</dt>
                                <dd>{alias}</dd>
                            </div>
                        }
                    })}
            </dl>
            <ul class="nav-panel__list">{links}</ul>
            <div class="nav-panel__foot">
                <Form action=paths::SIGN_OUT>
                    <button class="button button--normal button--full-width" type="submit" data-testid="sign-out">
                        {if labels == Labels::Y2020 { "Sign Out" } else { "Sign out" }}
                    </button>
                </Form>
            </div>
        </div>
    }
    .into_any()
}
