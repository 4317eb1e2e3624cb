//! The sign-up page: shows the step at which this browser's sign-up stands, so that a closed tab loses nothing.

use leptos::prelude::*;
use model::account::{GetSignUp, GetSignUpOutput, SignUpStep};

use super::{contact, done, email, identity, password, payment, plan};
use crate::{
    PageContext, SignInFrame,
    ui::{Alert, Behaviours, Severity, SpaceBetween},
};

/// The sign-up, whatever its step.
#[component]
pub fn SignUp() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <SignInFrame title="Sign up" wide=true>
            <Suspense>
                {Suspend::new(async move {
                    match crate::call(GetSignUp {}).await {
                        Ok(state) => view! { <SpaceBetween>{misplaced(&page, state.step)} {step(&page, &state)}</SpaceBetween> }.into_any(),
                        Err(error) => {
                            view! { <Alert severity=Severity::Error header=error.to_string() testid="signup-error" /> }.into_any()
                        }
                    }
                })}
            </Suspense>
            <Behaviours />
        </SignInFrame>
    }
}

/// Why the form of another step was refused: an old tab's, or one that was sent out of turn. The step that is shown says
/// only what is wrong with its own.
fn misplaced(page: &PageContext, step: SignUpStep) -> Option<AnyView> {
    let own: &[&str] = match step {
        SignUpStep::Start | SignUpStep::Complete => &[email::START],
        SignUpStep::VerifyEmail => &[email::START, email::VERIFY, email::RESEND],
        SignUpStep::Password => &[password::OPERATION],
        SignUpStep::Contact => &[contact::OPERATION],
        SignUpStep::Payment => &[payment::OPERATION],
        SignUpStep::Phone => &[identity::SEND],
        SignUpStep::VerifyPhone => &[identity::SEND, identity::VERIFY],
        SignUpStep::Plan => &[plan::OPERATION],
    };
    let outcome = page.outcome.as_ref().filter(|outcome| !own.contains(&outcome.operation.as_str()))?;
    outcome.result.as_ref().err()?;
    let header = "That form belongs to another step of the sign-up. Nothing was changed; go on with the step below.";
    Some(view! { <Alert severity=Severity::Error header testid="signup-misplaced" /> }.into_any())
}

fn step(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    match state.step {
        SignUpStep::Start => begin(page, state),
        // Whoever mistyped the address begins anew, and so may whoever is done: the browser leaves the first sign-up
        // when the second begins.
        SignUpStep::VerifyEmail | SignUpStep::Complete if begins_again(page) => begin(page, state),
        SignUpStep::VerifyEmail => email::verify(page, state),
        SignUpStep::Password => password::choose(page, state),
        SignUpStep::Contact => contact::fill_in(page, state),
        SignUpStep::Payment => payment::choose(page, state),
        SignUpStep::Phone => identity::send(page, state),
        SignUpStep::VerifyPhone => identity::verify(page, state),
        SignUpStep::Plan => plan::choose(page),
        SignUpStep::Complete => done::congratulate(page, state),
    }
}

fn begin(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    if page.site.sign_up == "closed" { email::closed(page) } else { email::start(page, state) }
}

fn begins_again(page: &PageContext) -> bool {
    page.query.contains_key("again") || page.error_of(email::START).is_some()
}
