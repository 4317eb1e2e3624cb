//! The wizard that adds users: five steps that share one state, and the operations at its end.

mod copy;
mod create_group;
mod details;
mod groups;
mod listing;
mod permissions;
mod policies;
mod review;
mod state;
mod success;
mod tags;

use leptos::prelude::*;

use self::state::{REVIEW, State};
use super::draft::Facts;
use crate::iam::paths::USERS;
use crate::ui::{
    Button, ButtonKind, ButtonVariant, FormErrors, Header, HeaderLevel, SpaceBetween, Wizard, WizardFooter, WizardStep,
};

/// Id of each step's heading: the focus goes there when the step changes.
const HEADING: &str = "wizard-step";

/// Adds up to ten users at once.
#[cfg_attr(feature = "wizards", island)]
#[cfg_attr(not(feature = "wizards"), component)]
pub(super) fn CreateUserWizard(
    /// What the wizard knows of the account.
    facts: Facts,
) -> impl IntoView {
    let labels_2020 = facts.labels_2020;
    let title = facts.label("Add user", "Create user");
    let steps: Vec<WizardStep> = (0..5).map(|step| WizardStep::new(step_title(&facts, step))).collect();
    let state = State::new(facts);
    Effect::new(move |_| state.ready.set(true));
    Effect::new(move |_| state.recheck());
    // The step's own heading gets the focus, so that its content is what is read next.
    Effect::new(move |before: Option<usize>| {
        let step = state.step.get();
        if before.is_some_and(|before| before != step) {
            crate::iam::browser::show_from_top(HEADING);
        }
        step
    });
    view! {
        <form
            class="form"
            novalidate=true
            data-testid="create-user-wizard"
            on:submit=move |event| {
                event.prevent_default();
                state.next();
            }
        >
            <Wizard
                title
                steps
                current=state.step
                circles=labels_2020
                locked=Signal::derive(move || state.step.get() > REVIEW)
                on_navigate=Callback::new(move |step| state.go(step))
                footer=move || view! { <Footer state /> }
            >
                <SpaceBetween>
                    <FormErrors fields=state.faults />
                    {move || match state.step.get() {
                        0 => view! { <details::Details state /> }.into_any(),
                        1 => view! { <permissions::Permissions state /> }.into_any(),
                        2 => view! { <tags::Tags state /> }.into_any(),
                        3 => view! { <review::Review state /> }.into_any(),
                        _ => view! { <success::Success state /> }.into_any(),
                    }}
                </SpaceBetween>
            </Wizard>
        </form>
        <create_group::CreateGroup state />
    }
}

fn step_title(facts: &Facts, step: usize) -> &'static str {
    match step {
        0 => facts.label("Set user details", "Specify user details"),
        1 => "Set permissions",
        2 => facts.label("Add tags (optional)", "Add tags - optional"),
        3 => facts.label("Review", "Review and create"),
        _ => facts.label("Success", "Retrieve password"),
    }
}

/// The heading of the current step.
#[component]
fn StepHeading(
    /// The wizard.
    state: State,
    /// Which step it is.
    step: usize,
    /// A line below the heading.
    #[prop(optional, into)]
    description: MaybeProp<String>,
) -> impl IntoView {
    let (title, level) = state.facts.with_value(|facts| {
        // The 2020 wizard has the page's heading over its steps already.
        (step_title(facts, step), if facts.labels_2020 { HeaderLevel::H2 } else { HeaderLevel::H1 })
    });
    view! { <Header title level description id=HEADING testid="step-title" /> }
}

/// Cancel, Previous and the way on; only Close at the end.
#[component]
fn Footer(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let next = move || {
        state.facts.with_value(|facts| match state.step.get() {
            0 => facts.label("Next: Permissions", "Next"),
            1 => facts.label("Next: Tags", "Next"),
            2 => facts.label("Next: Review", "Next"),
            _ if state.draft_names() > 1 => facts.label("Create users", "Create users"),
            _ => "Create user",
        })
    };
    let busy = Signal::derive(move || state.running.get());
    let blocked = Signal::derive(move || state.running.get() || !state.ready.get());
    let note = Signal::derive(move || {
        let done = state.rows.with(Vec::len);
        state.running.get().then(|| format!("Creating users: {done} of {} done.", state.draft_names()))
    });
    let close = state.facts.with_value(|facts| facts.label("Close", "Return to users list"));
    move || {
        if state.step.get() > REVIEW {
            let unseen = !state.seen.get() && state.retrieved().is_some_and(|row| row.password.is_some());
            if unseen {
                return view! {
                    <WizardFooter>
                        <Button opens=success::LEAVE variant=ButtonVariant::Primary testid="close-wizard">{close}</Button>
                    </WizardFooter>
                }
                .into_any();
            }
            return view! {
                <WizardFooter>
                    <Button href=USERS variant=ButtonVariant::Primary testid="close-wizard">{close}</Button>
                </WizardFooter>
            }
            .into_any();
        }
        view! {
            <WizardFooter note>
                <Button href=USERS variant=ButtonVariant::Link disabled=busy testid="cancel-wizard">"Cancel"</Button>
                {(state.step.get() > 0)
                    .then(|| {
                        view! {
                            <Button disabled=busy testid="previous" on:click=move |_| state.previous()>
                                "Previous"
                            </Button>
                        }
                    })}
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Primary
                    disabled=blocked
                    loading=busy
                    testid="next"
                >
                    {next}
                </Button>
            </WizardFooter>
        }
        .into_any()
    }
}
