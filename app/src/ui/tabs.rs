//! Parts of a page, one at a time. Tabs are links: each part has an address.

use super::{classes, when};
use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Names it in the address and in ids.
    pub id: String,
    /// The text: "Groups (2)".
    pub text: String,
    /// Where it stands.
    pub href: String,
}

impl Tab {
    /// A tab.
    pub fn new(id: impl Into<String>, text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), href: href.into() }
    }
}

/// Tabs and the panel of the current one. With scripts the arrow keys move between them and Enter opens.
#[component]
pub fn Tabs(
    /// What they divide: "User details".
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// Id of the current one.
    #[prop(into)]
    current: String,
    /// Inside a container instead of on the page.
    #[prop(optional)]
    contained: bool,
    /// The current one's panel.
    children: Children,
) -> impl IntoView {
    let panel = format!("panel-{current}");
    let labelled_by = format!("tab-{current}");
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            let selected = tab.id == current;
            let controls = selected.then(|| format!("panel-{}", tab.id));
            view! {
                <a
                    class="tabs__tab"
                    role="tab"
                    id=format!("tab-{}", tab.id)
                    href=tab.href
                    aria-selected=if selected { "true" } else { "false" }
                    aria-controls=controls
                    data-testid=format!("tab-{}", tab.id)
                >
                    {tab.text}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class=classes(["tabs", when(contained, "tabs--contained")])>
            <div class="tabs__list" role="tablist" aria-label=label>
                {tabs}
            </div>
            <div class="tabs__panel" role="tabpanel" id=panel aria-labelledby=labelled_by tabindex="0">
                {children()}
            </div>
        </div>
    }
    .into_any()
}
