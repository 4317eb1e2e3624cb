//! Turning the pages of a list.

use super::{Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// Numbered pages, as links. Nothing where there is one page only.
#[component]
pub fn Pagination(
    /// The page shown, from 1.
    current: u32,
    /// How many there are.
    pages: u32,
    /// Where page n stands.
    #[prop(into)]
    href: Callback<u32, String>,
    /// More pages follow, nobody knows how many.
    #[prop(optional)]
    open_end: bool,
    /// The accessible name, needed where a page has several lists; "Pagination" when left out.
    #[prop(optional, into)]
    label: Attr,
) -> impl IntoView {
    let pages = pages.max(1);
    if pages == 1 && current <= 1 && !open_end {
        return ().into_any();
    }
    let mut last = 0;
    let numbers = shown(current, pages)
        .into_iter()
        .map(|page| {
            let gap = page > last + 1;
            last = page;
            let number = if page == current {
                view! {
                    <span class="pagination__number pagination__number--current" aria-current="page">{page}</span>
                }
                .into_any()
            } else {
                view! {
                    <a class="pagination__number" href=href.run(page) aria-label=format!("Page {page}")>{page}</a>
                }
                .into_any()
            };
            view! {
                {gap.then(|| view! { <li class="pagination__gap" aria-hidden="true">"…"</li> })}
                <li>{number}</li>
            }
        })
        .collect_view();
    let previous = (current > 1).then(|| href.run(current - 1));
    let next = (open_end || current < pages).then(|| href.run(current + 1));
    view! {
        <nav class="pagination" aria-label=name(label) data-testid="pagination">
            {step("Previous page", IconName::AngleLeft, previous)}
            <ol class="pagination__list">
                {numbers} {open_end.then(|| view! { <li class="pagination__gap" aria-hidden="true">"…"</li> })}
            </ol>
            {step("Next page", IconName::AngleRight, next)}
        </nav>
    }
    .into_any()
}

/// Pages that only know the next one, as IAM's markers do. Nothing where there is one page only.
#[component]
pub fn NextPage(
    /// Where the first page stands; nothing while it is shown.
    #[prop(optional, into)]
    first: Attr,
    /// Where the previous page stands, for lists that know it; nothing on the first.
    #[prop(optional, into)]
    previous: Attr,
    /// Where the next page stands; nothing on the last.
    #[prop(optional, into)]
    next: Attr,
    /// The accessible name, needed where a page has several lists; "Pagination" when left out.
    #[prop(optional, into)]
    label: Attr,
) -> impl IntoView {
    if first.0.is_none() && next.0.is_none() {
        return ().into_any();
    }
    let first = match &previous.0 {
        Some(_) => {
            let href = first.0;
            view! { {href.map(|href| view! { <a class="pagination__number" href=href>"First page"</a> })} }.into_any()
        }
        None => step("First page", IconName::AngleLeft, first.0),
    };
    view! {
        <nav class="pagination" aria-label=name(label) data-testid="pagination">
            {first} {previous.0.map(|href| step("Previous page", IconName::AngleLeft, Some(href)))}
            {step("Next page", IconName::AngleRight, next.0)}
        </nav>
    }
    .into_any()
}

fn name(label: Attr) -> String {
    label.0.unwrap_or_else(|| "Pagination".to_owned())
}

/// The first, the last, and those around the current one.
fn shown(current: u32, pages: u32) -> Vec<u32> {
    (1..=pages).filter(|page| *page == 1 || *page == pages || page.abs_diff(current) <= 2).collect()
}

/// A way on or back; greyed out where there is none.
fn step(text: &'static str, icon: IconName, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! {
            <a class="pagination__step" href=href aria-label=text>
                <Icon name=icon />
            </a>
        }
        .into_any(),
        None => view! {
            <span class="pagination__step pagination__step--disabled" role="link" aria-disabled="true" aria-label=text>
                <Icon name=icon />
            </span>
        }
        .into_any(),
    }
}
