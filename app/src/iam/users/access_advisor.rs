//! The place of a user's last accesses, which a later version fills.

use leptos::prelude::*;

use super::details::UserPage;
use crate::ui::{Container, Header, Space, SpaceBetween, Status, StatusIndicator, Text};

/// The tab "Access Advisor", today "Last Accessed".
pub(super) fn tab(view: &UserPage) -> AnyView {
    let title = view.page.label("Access Advisor", "Last Accessed").to_owned();
    view! {
        <Container
            header=move || view! { <Header title description="Shows the services that this user may use, and when the user last did." /> }
            testid="not-in-this-version"
        >
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
