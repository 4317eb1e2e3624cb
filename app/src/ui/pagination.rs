//! Turning the pages of a list.

use super::{Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// Numbered pages, as links.
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
) -> impl IntoView {
    let pages = pages.max(1);
    let step = move |text: &'static str, icon: IconName, page: Option<u32>| {
        match page {
        Some(page) => view! {
            <a class="pagination__step" href=href.run(page) aria-label=text>
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
    };
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
    view! {
        <nav class="pagination" aria-label="Pagination" data-testid="pagination">
            {step("Previous page", IconName::AngleLeft, (current > 1).then(|| current - 1))}
            <ol class="pagination__list">
                {numbers} {open_end.then(|| view! { <li class="pagination__gap" aria-hidden="true">"…"</li> })}
            </ol>
            {step("Next page", IconName::AngleRight, (open_end || current < pages).then(|| current + 1))}
        </nav>
    }
    .into_any()
}

/// The first, the last, and those around the current one.
fn shown(current: u32, pages: u32) -> Vec<u32> {
    (1..=pages)
        .filter(|page| *page == 1 || *page == pages || page.abs_diff(current) <= 2)
        .collect()
}

/// Pages that only know the next one, as IAM's markers do.
#[component]
pub fn NextPage(
    /// Where the first page stands; nothing while it is shown.
    #[prop(optional, into)]
    first: Attr,
    /// Where the next page stands; nothing on the last.
    #[prop(optional, into)]
    next: Attr,
) -> impl IntoView {
    let (Attr(first), Attr(next)) = (first, next);
    let step = |text: &'static str, icon: IconName, href: Option<String>| {
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
    };
    view! {
        <nav class="pagination" aria-label="Pagination" data-testid="pagination">
            {step("First page", IconName::AngleLeft, first)} {step("Next page", IconName::AngleRight, next)}
        </nav>
    }
    .into_any()
}
