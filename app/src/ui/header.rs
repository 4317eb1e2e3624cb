//! The head of a page, a container or a table.

use super::InfoLink;
use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// The level of a [`Header`], which is also its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderLevel {
    /// The page's; one a page.
    H1,
    /// A container's.
    #[default]
    H2,
    /// Inside a container.
    H3,
}

/// A heading with its count, its help, a line of description, and actions at the right (the primary one last).
#[component]
pub fn Header(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Its level.
    #[prop(optional)]
    level: HeaderLevel,
    /// "(12)".
    #[prop(optional, into)]
    counter: MaybeProp<String>,
    /// Id of the table whose selection is counted: the counter becomes "(2/12)".
    #[prop(optional, into)]
    counts_selection_of: Attr,
    /// A line below the heading.
    #[prop(optional, into)]
    description: MaybeProp<String>,
    /// Id of a help topic; shows an Info link.
    #[prop(optional, into)]
    info: Attr,
    /// Buttons at the right.
    #[prop(optional, into)]
    actions: Slot,
    /// Id of the heading, for `aria-labelledby` and for moving the focus there.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid` of the heading.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(counts_selection_of), Attr(info), Attr(id), Attr(testid), Slot(actions)) =
        (counts_selection_of, info, id, testid, actions);
    let about = title.clone();
    let content = view! {
        <span class="header__text">{title}</span>
        {move || {
            let table = counts_selection_of.clone();
            counter
                .get()
                .map(|text| {
                    view! { <span class="header__counter" data-selection-of=table>" " {text}</span> }
                })
        }}
    };
    let focus = id.is_some().then_some("-1");
    let (class, heading) = match level {
        HeaderLevel::H1 => (
            "header header--h1",
            view! { <h1 class="header__title" id=id tabindex=focus data-testid=testid>{content}</h1> }.into_any(),
        ),
        HeaderLevel::H2 => (
            "header header--h2",
            view! { <h2 class="header__title" id=id tabindex=focus data-testid=testid>{content}</h2> }.into_any(),
        ),
        HeaderLevel::H3 => (
            "header header--h3",
            view! { <h3 class="header__title" id=id tabindex=focus data-testid=testid>{content}</h3> }.into_any(),
        ),
    };
    view! {
        <div class=class>
            <div class="header__main">
                <div class="header__heading">
                    {heading} {info.map(|topic| view! { <InfoLink topic about /> })}
                </div>
                {actions.map(|view| view! { <div class="header__actions">{view.run()}</div> })}
            </div>
            {move || description.get().map(|text| view! { <p class="header__description">{text}</p> })}
        </div>
    }
    .into_any()
}
