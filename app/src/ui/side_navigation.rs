//! The pages of a service, at the left.

use super::{Badge, Icon, IconName};
use leptos::prelude::*;

/// One entry of the side navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NavItem {
    /// Leads to a page.
    Link {
        /// The text.
        text: String,
        /// Where it leads.
        href: String,
        /// A count or a word at the right.
        badge: Option<String>,
    },
    /// A group that opens and closes.
    Section {
        /// The group's name.
        text: String,
        /// Its entries.
        items: Vec<NavItem>,
        /// Whether it is open at first; it always is when it holds the current page.
        open: bool,
    },
    /// A line between entries.
    Divider,
    /// A line that only tells something.
    Note {
        /// The bold part.
        label: String,
        /// The rest.
        text: String,
    },
}

impl NavItem {
    /// An entry that leads to a page.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into(), badge: None }
    }

    /// An open group.
    pub fn section(text: impl Into<String>, items: Vec<NavItem>) -> Self {
        Self::Section { text: text.into(), items, open: true }
    }

    /// Whether `path` is this entry's page or lies below it.
    fn holds(&self, path: &str) -> bool {
        match self {
            Self::Link { href, .. } => {
                href == path || path.strip_prefix(href.as_str()).is_some_and(|rest| rest.starts_with('/'))
            }
            Self::Section { items, .. } => items.iter().any(|item| item.holds(path)),
            Self::Divider | Self::Note { .. } => false,
        }
    }
}

/// The pages of a service. The entry of the current page is marked.
#[component]
pub fn SideNavigation(
    /// The service's name.
    #[prop(into)]
    title: String,
    /// Where the name leads.
    #[prop(into)]
    href: String,
    /// The entries.
    items: Vec<NavItem>,
    /// The path of the page shown.
    #[prop(into)]
    current: String,
) -> impl IntoView {
    // The longest entry wins: on /iam/users/create, `Users` is current and the dashboard at /iam is not.
    let chosen = longest(&items, &current);
    view! {
        <div class="side-navigation" data-testid="side-navigation">
            <h2 class="side-navigation__title">
                <a class="side-navigation__home" href=href>{title}</a>
            </h2>
            <ul class="side-navigation__list">{entries(items, chosen.as_deref())}</ul>
        </div>
    }
    .into_any()
}

fn longest(items: &[NavItem], path: &str) -> Option<String> {
    let mut best: Option<String> = None;
    for item in items {
        let candidate = match item {
            NavItem::Link { href, .. } if item.holds(path) => Some(href.clone()),
            NavItem::Section { items, .. } => longest(items, path),
            _ => None,
        };
        if candidate.as_ref().map(String::len) > best.as_ref().map(String::len) {
            best = candidate;
        }
    }
    best
}

fn entries(items: Vec<NavItem>, chosen: Option<&str>) -> AnyView {
    items.into_iter().map(|item| entry(item, chosen)).collect_view().into_any()
}

fn entry(item: NavItem, chosen: Option<&str>) -> AnyView {
    match item {
        NavItem::Link { text, href, badge } => {
            let current = (chosen == Some(href.as_str())).then_some("page");
            view! {
                <li class="side-navigation__item">
                    <a class="side-navigation__link" href=href aria-current=current>{text}</a>
                    {badge.map(|text| view! { <Badge>{text}</Badge> })}
                </li>
            }
            .into_any()
        }
        NavItem::Section { text, items, open } => {
            let open = open || chosen.is_some_and(|chosen| items.iter().any(|item| item.holds(chosen)));
            view! {
                <li class="side-navigation__section">
                    <details class="side-navigation__details" open=open>
                        <summary class="side-navigation__summary">
                            <Icon name=IconName::CaretRightFilled />
                            <span>{text}</span>
                        </summary>
                        <ul class="side-navigation__list">{entries(items, chosen)}</ul>
                    </details>
                </li>
            }
            .into_any()
        }
        NavItem::Divider => view! { <li class="side-navigation__divider"></li> }.into_any(),
        NavItem::Note { label, text } => view! {
            <li class="side-navigation__note">
                <span class="side-navigation__note-label">{label}</span>
                <span>{text}</span>
            </li>
        }
        .into_any(),
    }
}
