//! A part that opens and closes.

use super::{Icon, IconName, classes};
use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// How an [`ExpandableSection`] looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExpandableVariant {
    /// A line of text with a triangle.
    #[default]
    Default,
    /// A framed container.
    Container,
    /// With a line below the header.
    Footer,
}

/// A part that opens and closes: the browser's own `details`, so it needs no script.
#[component]
pub fn ExpandableSection(
    /// The line that is always seen.
    #[prop(into)]
    header: String,
    /// More beside the header: a status, a count.
    #[prop(optional, into)]
    aside: Slot,
    /// How it looks.
    #[prop(optional)]
    variant: ExpandableVariant,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// Opening one of a group closes the others.
    #[prop(optional, into)]
    group: Attr,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    let (Attr(group), Attr(id), Attr(testid), Slot(aside)) = (group, id, testid, aside);
    let variant = match variant {
        ExpandableVariant::Default => "",
        ExpandableVariant::Container => "expandable-section--container",
        ExpandableVariant::Footer => "expandable-section--footer",
    };
    view! {
        <details class=classes(["expandable-section", variant]) open=open name=group id=id data-testid=testid>
            <summary class="expandable-section__header">
                <Icon name=IconName::CaretRightFilled />
                <span class="expandable-section__title">{header}</span>
                {aside.map(|view| view! { <span class="expandable-section__aside">{view.run()}</span> })}
            </summary>
            <div class="expandable-section__content">{children()}</div>
        </details>
    }
    .into_any()
}
