//! The search line over a list.

use super::{Form, Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// The search line over a list. Enter asks the server; with `target` the rows that are there are also filtered while typing.
#[component]
pub fn TextFilter(
    /// Where the list stands.
    #[prop(into)]
    action: String,
    /// What it searches: "Find users", shown in grey and spoken.
    #[prop(into)]
    placeholder: String,
    /// What is being searched for.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// Name of the query parameter; `q` when left out.
    #[prop(optional, into)]
    name: Attr,
    /// "3 matches".
    #[prop(optional, into)]
    count: MaybeProp<String>,
    /// Query parameters that stay.
    #[prop(optional)]
    hidden: Vec<(String, String)>,
    /// Id of a [`Table`](super::Table) whose rows are filtered while typing (needs scripts).
    #[prop(optional, into)]
    target: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(name), Attr(target), Attr(testid)) = (name, target, testid);
    let name = name.unwrap_or_else(|| "q".to_owned());
    let clear = value.get_untracked().filter(|value| !value.is_empty()).map(|_| action.clone());
    let area = format!("Filter: {placeholder}");
    view! {
        <Form action get=true hidden inline=true>
            <FilterInput name placeholder area value=value.get_untracked() target clear testid />
            <span class="text-filter__count" role="status" data-testid="filter-count">
                {move || count.get()}
            </span>
        </Form>
    }
    .into_any()
}

/// The line alone, for a form that is there already.
#[component]
pub fn FilterInput(
    /// The form field's name.
    #[prop(into)]
    name: String,
    /// What it searches: shown in grey and spoken.
    #[prop(into)]
    placeholder: String,
    /// Name of the region for screen readers, where nothing around it is one.
    #[prop(optional, into)]
    area: Attr,
    /// What is being searched for.
    #[prop(optional, into)]
    value: Attr,
    /// Id of the list that is filtered while typing (needs scripts).
    #[prop(optional, into)]
    target: Attr,
    /// Whether Enter presses the one choice that is left.
    #[prop(optional)]
    picks: bool,
    /// Where the cross leads that ends the search.
    #[prop(optional, into)]
    clear: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(area), Attr(value), Attr(target), Attr(clear), Attr(testid)) = (area, value, target, clear, testid);
    let (label, role) = (placeholder.clone(), area.is_some().then_some("search"));
    view! {
        <div class="text-filter" role=role aria-label=area>
            <span class="text-filter__icon"><Icon name=IconName::Search /></span>
            <input
                class="input text-filter__input"
                type="search"
                name=name
                value=value
                placeholder=placeholder
                aria-label=label
                autocomplete="off"
                spellcheck="false"
                data-filters=target
                data-filter-picks=picks
                data-testid=testid
            />
            {clear
                .map(|href| {
                    view! {
                        <a class="text-filter__clear" href=href aria-label="Clear filter">
                            <Icon name=IconName::Close />
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}
