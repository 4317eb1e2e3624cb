//! The support menu, the bell, and what 2020 called Resource Groups.

use super::{Labels, NoticeKind, labels, paths, shell_info};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// A button of the bar with a list of links below it.
#[component]
pub(super) fn LinkMenu(
    /// Names the ids: `<id>-button`, `<id>-panel`; the test id is `<id>-menu`.
    #[prop(into)]
    id: String,
    /// The button's text.
    #[prop(into)]
    text: String,
    /// An icon in place of the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Hangs from the button's right edge.
    #[prop(optional)]
    end: bool,
    /// Text and address.
    links: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let label = text.clone();
    let spoken = icon.map(|_| text.clone());
    let panel = format!("{id}-panel");
    let class = if end { "nav-panel nav-panel--end" } else { "nav-panel nav-panel--start" };
    view! {
        <button
            class="top-navigation__button"
            type="button"
            id=format!("{id}-button")
            popovertarget=panel.clone()
            aria-haspopup="dialog"
            aria-label=spoken
            data-testid=format!("{id}-menu")
        >
            {match icon {
                Some(name) => view! { <Icon name /> }.into_any(),
                None => {
                    view! {
                        <span class="top-navigation__label">{text}</span>
                        <Icon name=IconName::CaretDownFilled />
                    }
                        .into_any()
                }
            }}
        </button>
        <div class=class id=panel popover="auto" role="dialog" aria-label=label data-menu="true">
            <ul class="nav-panel__list">
                {links
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
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// Support Center, Forums, Documentation, Training, Other Resources: all on this host.
#[component]
pub(super) fn SupportMenu() -> impl IntoView {
    let icon = (labels() == Labels::Current).then_some(IconName::Support);
    let links = vec![
        ("Support Center", paths::SUPPORT),
        ("Forums", paths::FORUMS),
        ("Documentation", paths::DOCUMENTATION),
        ("Training", paths::TRAINING),
        ("Other Resources", paths::RESOURCES),
    ];
    match icon {
        Some(icon) => view! { <LinkMenu id="support" text="Support" end=true icon links /> }.into_any(),
        None => view! { <LinkMenu id="support" text="Support" end=true links /> }.into_any(),
    }
}

/// 2020's menu of groups and tags.
#[component]
pub(super) fn ResourceGroupsMenu() -> impl IntoView {
    let links = vec![
        ("Create a Group", paths::CREATE_RESOURCE_GROUP),
        ("Saved Groups", paths::RESOURCE_GROUPS),
        ("Tag Editor", paths::TAG_EDITOR),
    ];
    view! { <LinkMenu id="resource-groups" text="Resource Groups" links /> }
}

/// The bell: what is open, what will change, what else there is.
#[component]
pub(super) fn NoticesMenu() -> impl IntoView {
    let shell = shell_info();
    let count = shell.notices.len();
    let sections = [
        (NoticeKind::OpenIssue, "Open issues"),
        (NoticeKind::ScheduledChange, "Scheduled changes"),
        (NoticeKind::Other, "Other notifications"),
    ]
    .into_iter()
    .map(|(kind, heading)| {
        let notices = shell.notices.iter().filter(|notice| notice.kind == kind).cloned().collect::<Vec<_>>();
        view! {
            <li class="nav-panel__section">
                <div class="nav-panel__heading">{heading} <span class="nav-panel__aside">{notices.len()}</span></div>
                {(!notices.is_empty())
                    .then(|| {
                        view! {
                            <ul class="nav-panel__list">
                                {notices
                                    .into_iter()
                                    .map(|notice| {
                                        view! {
                                            <li class="nav-panel__row">
                                                <a class="nav-panel__link" href=notice.href>
                                                    {notice.text}
                                                </a>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })}
            </li>
        }
    })
    .collect_view();
    let label = match count {
        0 => "Notifications".to_owned(),
        count => format!("Notifications ({count})"),
    };
    view! {
        <button
            class="top-navigation__button"
            type="button"
            id="notices-button"
            popovertarget="notices-panel"
            aria-haspopup="dialog"
            aria-label=label
            data-testid="notices-menu"
        >
            <Icon name=IconName::Notification />
            {(count > 0).then(|| view! { <span class="top-navigation__dot"></span> })}
        </button>
        <div class="nav-panel nav-panel--end" id="notices-panel" popover="auto" role="dialog" aria-label="Notifications" data-menu="true">
            <ul class="nav-panel__list">{sections}</ul>
            <a class="nav-panel__link nav-panel__link--last" href=paths::EVENTS>
                "View all alerts"
            </a>
        </div>
    }
    .into_any()
}
