//! The bar at the top of every page.

use super::account_menu::AccountMenu;
use super::region_menu::RegionMenu;
use super::services_menu::ServicesMenu;
use super::support_menu::{NoticesMenu, ResourceGroupsMenu, SupportMenu};
use super::theme::ThemeToggle;
use super::{Labels, Logo, SearchBox, paths, shell_info};
use crate::ui::{DateStyle, Icon, IconName, format_instant};
use leptos::prelude::*;

/// The bar at the top of every page. 2020: services, resource groups, pin, search, bell, account, region, support.
/// Today: the grid, search, bell, support, region, account.
#[component]
pub fn TopNavigation() -> impl IntoView {
    let shell = shell_info();
    let y2020 = shell.labels == Labels::Y2020;
    let pinned = shell
        .pinned
        .iter()
        .map(|service| {
            view! {
                <a class="top-navigation__button top-navigation__button--pinned" href=service.href.clone()>
                    {service.name.clone()}
                </a>
            }
        })
        .collect_view();
    let placeholder = if y2020 { "Search for services, features, and resources" } else { "Search" };
    view! {
        <header class="top-navigation" data-testid="top-navigation">
            <a class="top-navigation__identity" href=paths::HOME aria-label="Understudy Console Home" data-testid="logo">
                <Logo />
            </a>
            <ServicesMenu />
            {y2020
                .then(|| {
                    view! {
                        <span class="top-navigation__wide"><ResourceGroupsMenu /></span>
                        <span class="top-navigation__wide"><PinButton /></span>
                        {pinned}
                    }
                })}
            <div class="top-navigation__search">
                <SearchBox
                    id="console-search".to_owned()
                    action=paths::SEARCH.to_owned()
                    placeholder=placeholder.to_owned()
                    entries=shell.search
                    resources=shell.search_resources
                    shortcut=true
                />
            </div>
            <div class="top-navigation__utilities">
                {shell.sandbox_time.map(|iso| view! { <SandboxTime iso /> })}
                <NoticesMenu />
                {if y2020 {
                    view! {
                        <AccountMenu />
                        <RegionMenu />
                        <SupportMenu />
                        <ThemeToggle />
                    }
                        .into_any()
                } else {
                    view! {
                        <SupportMenu />
                        <ThemeToggle />
                        <RegionMenu />
                        <AccountMenu />
                    }
                        .into_any()
                }}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn PinButton() -> impl IntoView {
    view! {
        <button
            class="top-navigation__button"
            type="button"
            id="pin-button"
            popovertarget="pin-panel"
            aria-haspopup="dialog"
            aria-label="One-click navigation"
            data-testid="pin-menu"
        >
            <Icon name=IconName::Pin />
        </button>
        <div class="nav-panel nav-panel--start" id="pin-panel" popover="auto" role="dialog" aria-label="One-click navigation" data-menu="true">
            <p class="nav-panel__note">"Shortcuts to services stand in this bar. None can be added in this version."</p>
            <a class="nav-panel__link nav-panel__link--last" href=paths::SERVICES>"All services"</a>
        </div>
    }
}

/// The account's time, where it is not the real one: whoever reads an age or a bill must know.
#[component]
fn SandboxTime(
    /// The account's time, ISO 8601.
    iso: String,
) -> impl IntoView {
    let time = format_instant(&iso, DateStyle::Short);
    let spoken = format!("Sandbox clock: {time}, not the real time");
    view! {
        <a
            class="top-navigation__button top-navigation__button--clock"
            href=paths::SANDBOX_CLOCK
            aria-label=spoken
            title="This account's sandbox clock is not at the real time"
            data-testid="sandbox-time"
        >
            <Icon name=IconName::Calendar />
            <span class="top-navigation__label">{time}</span>
        </a>
    }
}
