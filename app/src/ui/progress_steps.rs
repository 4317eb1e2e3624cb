//! The numbered circles over the wizards of 2020.

use leptos::prelude::*;

/// Numbered circles, one a step, as the 2020 console shows at the top right of a wizard.
#[component]
pub fn ProgressSteps(
    /// The steps' names, spoken but not shown.
    steps: Vec<String>,
    /// The current step, from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let count = steps.len();
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let class = move || match index.cmp(&current.get()) {
                std::cmp::Ordering::Less => "progress-steps__step progress-steps__step--done",
                std::cmp::Ordering::Equal => "progress-steps__step progress-steps__step--current",
                std::cmp::Ordering::Greater => "progress-steps__step",
            };
            let title = name.clone();
            view! {
                <li class=class aria-current=move || (index == current.get()).then_some("step") title=title>
                    <span class="progress-steps__number" aria-hidden="true">{index + 1}</span>
                    <span class="visually-hidden">{format!("Step {} of {count}: {name}", index + 1)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="progress-steps" aria-label="Progress" data-testid="progress-steps">{items}</ol> }.into_any()
}
