//! Where the page stands: links to the pages above it.

use super::{Icon, IconName};
use leptos::prelude::*;

/// One step of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub text: String,
    /// Where it leads; the last crumb needs none.
    pub href: String,
}

impl Crumb {
    /// A crumb that leads somewhere.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }

    /// The page itself.
    pub fn here(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: String::new() }
    }
}

/// The path to this page; its last crumb is the page itself. On narrow screens the middle is left out.
#[component]
pub fn BreadcrumbGroup(
    /// From the service down to this page.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    let last = crumbs.len().saturating_sub(1);
    let items = crumbs
        .into_iter()
        .enumerate()
        .map(|(index, crumb)| {
            let middle = index != 0 && index + 1 < last;
            let class =
                if middle { "breadcrumb-group__item breadcrumb-group__item--middle" } else { "breadcrumb-group__item" };
            if index == last {
                view! {
                    <li class=class>
                        <span class="breadcrumb-group__current" aria-current="page">{crumb.text}</span>
                    </li>
                }
                .into_any()
            } else {
                view! {
                    <li class=class>
                        <a class="breadcrumb-group__link" href=crumb.href>{crumb.text}</a>
                        <Icon name=IconName::AngleRight />
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <nav class="breadcrumb-group" aria-label="Breadcrumbs" data-testid="breadcrumbs">
            <ol class="breadcrumb-group__list">{items}</ol>
        </nav>
    }
    .into_any()
}
