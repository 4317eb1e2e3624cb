//! Where the viewer is signed in, and when somebody signed in as them: two pages below the own credentials.

mod agent;
mod history;
mod sessions;

pub use {history::SignInHistory, sessions::ActiveSessions};

use leptos::prelude::*;

use crate::ui::{Button, Container, Crumb, Direction, Header, Space, SpaceBetween, Text};

/// The page of the own credentials, above both.
const ABOVE: &str = "/iam/security_credentials";
/// The sessions.
const SESSIONS: &str = "/iam/security_credentials/sessions";
/// The sign-ins.
const SIGN_INS: &str = "/iam/security_credentials/sign-ins";

/// The way to one of the two.
fn crumbs(here: &str) -> Vec<Crumb> {
    super::crumbs(&[("My security credentials", ABOVE)], here)
}

/// The card of the own credentials that leads to both.
pub(super) fn card() -> AnyView {
    view! {
        <Container header=|| view! { <Header title="Sessions and sign-ins" /> } testid="sessions-and-sign-ins">
            <SpaceBetween size=Space::S>
                <Text>
                    "See in which browsers you are signed in, sign out those that you have left behind, and look through who signed in with your password, or tried to."
                </Text>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button href=SESSIONS testid="go-to-sessions">"Active sessions"</Button>
                    <Button href=SIGN_INS testid="go-to-sign-ins">"Sign-in history"</Button>
                </SpaceBetween>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// A browser in plain words, with its own words for whoever points at it.
fn browser(user_agent: Option<&str>) -> AnyView {
    let raw = user_agent.unwrap_or_default().to_owned();
    let words = agent::in_words(&raw);
    let title = (!raw.is_empty()).then_some(raw);
    view! { <span title=title>{words}</span> }.into_any()
}
