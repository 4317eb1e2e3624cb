//! The region selector.

use super::{REGIONS, shell_info};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// The region selector: links to the same page in another region, or "Global" where there are none.
#[component]
pub(super) fn RegionMenu() -> impl IntoView {
    let shell = shell_info();
    let city = REGIONS
        .iter()
        .find(|region| region.code == shell.region)
        .map_or(shell.region.clone(), |region| region.city.to_owned());
    let label = if shell.global { "Global".to_owned() } else { city };
    let spoken = format!("Region: {label}");
    let mut area = "";
    let rows = REGIONS
        .iter()
        .map(|region| {
            let first = region.area != area;
            area = region.area;
            let current = region.code == shell.region;
            let name = view! {
                <span>{format!("{} ({})", region.area, region.city)}</span>
                <span class="nav-panel__aside">{region.code}</span>
            };
            view! {
                <li class="nav-panel__row" class:nav-panel__row--first=first>
                    {if shell.global {
                        view! { <span class="nav-panel__link nav-panel__link--disabled">{name}</span> }.into_any()
                    } else {
                        view! {
                            <a
                                class="nav-panel__link"
                                href=shell.in_region(region.code)
                                aria-current=current.then_some("true")
                                data-testid=format!("region-{}", region.code)
                            >
                                {name}
                            </a>
                        }
                            .into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    view! {
        <button
            class="top-navigation__button"
            type="button"
            id="region-button"
            popovertarget="region-panel"
            aria-haspopup="dialog"
            aria-label=spoken
            data-testid="region-menu"
        >
            <span class="top-navigation__label">{label}</span>
            <Icon name=IconName::CaretDownFilled />
        </button>
        <div
            class="nav-panel nav-panel--end nav-panel--region"
            id="region-panel"
            popover="auto"
            role="dialog"
            aria-label="Region"
            data-menu="true"
        >
            {shell
                .global
                .then(|| {
                    view! {
                        <p class="nav-panel__note">
                            "This service does not require region selection: its resources are global."
                        </p>
                    }
                })}
            <ul class="nav-panel__list">{rows}</ul>
        </div>
    }
    .into_any()
}
