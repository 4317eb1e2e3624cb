//! The services menu: recently visited ones, then all of them by category, with a filter.

use super::{Labels, ServiceLink, labels, paths, shell_info};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// A service's own mark: the letters of its name on the colour of its category.
#[component]
pub fn ServiceGlyph(
    /// The service.
    service: ServiceLink,
) -> impl IntoView {
    let letters: String = service.name.chars().filter(char::is_ascii_uppercase).take(2).collect();
    let letters = if letters.is_empty() { service.name.chars().take(1).collect() } else { letters };
    let hue = service.category.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % 6;
    view! { <span class=format!("service-glyph service-glyph--{hue}") aria-hidden="true">{letters}</span> }
}

fn row(service: &ServiceLink) -> impl IntoView + use<> {
    let testid = format!("service-{}", service.id);
    view! {
        <li class="services-menu__row">
            <a class="services-menu__link" href=service.href.clone() data-testid=testid>
                <ServiceGlyph service=service.clone() />
                <span class="services-menu__name">{service.name.clone()}</span>
                {(!service.available).then(|| view! { <span class="services-menu__absent">"not in this version"</span> })}
            </a>
        </li>
    }
}

/// The services menu.
#[component]
pub(super) fn ServicesMenu() -> impl IntoView {
    let shell = shell_info();
    let mut categories: Vec<(String, Vec<ServiceLink>)> = Vec::new();
    for service in &shell.services {
        match categories.iter_mut().find(|(category, _)| *category == service.category) {
            Some((_, members)) => members.push(service.clone()),
            None => categories.push((service.category.clone(), vec![service.clone()])),
        }
    }
    let recent = shell.recent.iter().map(row).collect_view();
    let nothing = shell.recent.is_empty();
    let categories = categories
        .into_iter()
        .map(|(category, members)| {
            view! {
                <section class="services-menu__category" data-filter-group="true">
                    <h3 class="services-menu__heading">{category}</h3>
                    <ul class="services-menu__list">{members.iter().map(row).collect_view()}</ul>
                </section>
            }
        })
        .collect_view();
    let current = labels() == Labels::Current;
    view! {
        <button
            class="top-navigation__button"
            type="button"
            id="services-button"
            popovertarget="services-panel"
            aria-haspopup="dialog"
            aria-label="Services"
            data-testid="services-menu"
        >
            {current.then(|| view! { <Icon name=IconName::GridView /> })}
            {(!current)
                .then(|| {
                    view! {
                        <span class="top-navigation__label top-navigation__label--kept">"Services"</span>
                        <Icon name=IconName::CaretDownFilled />
                    }
                })}
        </button>
        <div class="nav-panel nav-panel--services" id="services-panel" popover="auto" role="dialog" aria-label="Services" data-menu="true">
            <div class="services-menu">
                <div class="services-menu__recent">
                    <h3 class="services-menu__heading">"Recently visited"</h3>
                    {nothing.then(|| view! { <p class="services-menu__nothing">"No recently visited services."</p> })}
                    <ul class="services-menu__list">{recent}</ul>
                    <a class="link" href=paths::SERVICES>
                        "All services"
                    </a>
                </div>
                <div class="services-menu__all">
                    <div class="text-filter needs-script">
                        <span class="text-filter__icon"><Icon name=IconName::Search /></span>
                        <input
                            class="input text-filter__input"
                            type="search"
                            placeholder="Find a service by name"
                            aria-label="Find a service by name"
                            autocomplete="off"
                            autofocus=true
                            data-filters="services-categories"
                            data-testid="services-filter"
                        />
                    </div>
                    <div class="services-menu__categories" id="services-categories">{categories}</div>
                </div>
            </div>
        </div>
    }
    .into_any()
}
