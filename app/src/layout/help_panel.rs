//! Help beside the page. "Info" and "Learn more" open it; no link of it leaves the host.

use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// One help topic: a panel at the right that stays until it is closed. An [`InfoLink`](crate::ui::InfoLink) with
/// `topic=<id>` opens it.
#[component]
pub fn HelpPanel(
    /// The topic's id, page-wide unique: `help-users`.
    #[prop(into)]
    id: String,
    /// The heading.
    #[prop(into)]
    title: String,
    /// The text.
    children: Children,
) -> impl IntoView {
    let (heading, target) = (format!("{id}-title"), id.clone());
    let labelled_by = heading.clone();
    view! {
        <aside class="help-panel" id=id popover="manual" aria-labelledby=labelled_by data-help-panel="true">
            <div class="help-panel__header">
                <h2 class="help-panel__title" id=heading>{title}</h2>
                <button
                    class="button button--icon"
                    type="button"
                    popovertarget=target
                    popovertargetaction="hide"
                    aria-label="Close help panel"
                >
                    <Icon name=IconName::Close />
                </button>
            </div>
            <div class="help-panel__content">{children()}</div>
        </aside>
    }
    .into_any()
}
