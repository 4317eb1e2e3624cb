//! Several steps to one thing.

use super::{Icon, IconName, ProgressSteps, classes, when};
use crate::ui::prop::Slot;
use leptos::{children::ViewFnOnce, prelude::*};
use serde::{Deserialize, Serialize};

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WizardStep {
    /// Its name: "Specify user details".
    pub title: String,
    /// Whether it can be left out.
    pub optional: bool,
    /// Where it stands, once it is done; nothing inside an island.
    pub href: Option<String>,
}

impl WizardStep {
    /// A step.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

/// The frame of a wizard: the steps at the left (or, for 2020's labels, as circles at the top right), the current step,
/// and the buttons. `current` may be a signal inside an island.
#[component]
pub fn Wizard(
    /// What it makes: "Add user".
    #[prop(into)]
    title: String,
    /// The steps.
    steps: Vec<WizardStep>,
    /// The current one, from 0.
    #[prop(into)]
    current: Signal<usize>,
    /// Circles instead of the list at the left.
    #[prop(optional)]
    circles: bool,
    /// Called when a finished step is chosen, inside an island.
    #[prop(optional, into)]
    on_navigate: Option<Callback<usize>>,
    /// Whether finished steps can no longer be chosen: what they led to is done.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// A [`WizardFooter`].
    #[prop(optional, into)]
    footer: Slot,
    /// The current step.
    children: Children,
) -> impl IntoView {
    let Slot(footer) = footer;
    let count = steps.len();
    let names = steps.iter().map(|step| step.title.clone()).collect::<Vec<_>>();
    let summary = {
        let names = names.clone();
        move || {
            let index = current.get();
            format!("Step {} of {count}: {}", index + 1, names.get(index).cloned().unwrap_or_default())
        }
    };
    let items = (!circles).then(|| {
        let items = steps
            .into_iter()
            .enumerate()
            .map(|(index, step)| navigation_item(index, step, current, locked, on_navigate))
            .collect_view();
        view! {
            <nav class="wizard__navigation" aria-label="Steps">
                <ol class="wizard__steps">{items}</ol>
            </nav>
        }
    });
    view! {
        <div class=classes(["wizard", when(circles, "wizard--circles")]) data-testid="wizard">
            {items}
            <div class="wizard__main">
                {circles
                    .then(|| {
                        view! {
                            <div class="wizard__head">
                                <h1 class="wizard__title">{title}</h1>
                                <ProgressSteps steps=names current />
                            </div>
                        }
                    })} <p class="wizard__progress" role="status">{summary}</p>
                <div class="wizard__content">{children()}</div>
                {footer.map(ViewFnOnce::run)}
            </div>
        </div>
    }
    .into_any()
}

fn navigation_item(
    index: usize,
    step: WizardStep,
    current: Signal<usize>,
    locked: Signal<bool>,
    on_navigate: Option<Callback<usize>>,
) -> impl IntoView {
    let state = move || match index.cmp(&current.get()) {
        std::cmp::Ordering::Less => "wizard__step wizard__step--done",
        std::cmp::Ordering::Equal => "wizard__step wizard__step--current",
        std::cmp::Ordering::Greater => "wizard__step",
    };
    let WizardStep { title, optional, href } = step;
    let name = move || {
        let title = title.clone();
        if index < current.get() && !locked.get() {
            match (&href, on_navigate) {
                (_, Some(callback)) => view! {
                    <button class="link" type="button" on:click=move |_| callback.run(index)>{title}</button>
                }
                .into_any(),
                (Some(href), None) => view! { <a class="link" href=href.clone()>{title}</a> }.into_any(),
                (None, None) => view! { <span>{title}</span> }.into_any(),
            }
        } else {
            let current = (index == current.get()).then_some("step");
            view! { <span class="wizard__name" aria-current=current>{title}</span> }.into_any()
        }
    };
    view! {
        <li class=state>
            <span class="wizard__number">
                {format!("Step {}", index + 1)} {optional.then(|| view! { <em>" - optional"</em> })}
            </span>
            {name}
        </li>
    }
}

/// Cancel, Previous, and the way on.
#[component]
pub fn WizardFooter(
    /// The buttons: Cancel, Previous, Next.
    children: Children,
    /// What comes next, in words, at the left.
    #[prop(optional, into)]
    note: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <div class="wizard__footer">
            <span class="wizard__note">
                {move || {
                    note.get()
                        .map(|text| {
                            view! {
                                <Icon name=IconName::StatusInfo />
                                <span>{text}</span>
                            }
                        })
                }}
            </span>
            <div class="wizard__buttons">{children()}</div>
        </div>
    }
    .into_any()
}
