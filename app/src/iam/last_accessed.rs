//! The place of last accesses on the pages of users, groups and policies, which a later version fills.

use leptos::prelude::*;

use crate::{
    PageContext,
    ui::{Container, Header, Space, SpaceBetween, Status, StatusIndicator, Tab, Text},
};

/// The tab's name in addresses.
pub(super) const SECTION: &str = "access_advisor";

/// The tab, which stands at `href`.
pub(super) fn tab(page: &PageContext, href: String) -> Tab {
    Tab::new(SECTION, label(page), href)
}

/// The tab's content. `about` says what will be shown: "the services that this user may use".
pub(super) fn place(page: &PageContext, about: &str) -> AnyView {
    let title = label(page).to_owned();
    let description = format!("Shows {about}.");
    view! {
        <Container header=move || view! { <Header title description /> } testid="not-in-this-version">
            <SpaceBetween size=Space::M>
                <StatusIndicator status=Status::Info>"Not in this version"</StatusIndicator>
                <Text testid="needed-by">
                    "This version does not have this tab yet. It is needed by: Lab 21 (credential report, access advisor, simulator)."
                </Text>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn label(page: &PageContext) -> &str {
    page.label("Access Advisor", "Last Accessed")
}
