//! Last accesses: which services somebody's policies allow, and when they were last used. The tab "Access Advisor" of
//! 2020, today "Last Accessed".

mod granting;
mod services;

use leptos::prelude::*;

use crate::{
    PageContext,
    call::encode,
    ui::{Container, Header, Space, SpaceBetween, Status, StatusIndicator, Tab, Text},
};

/// The tab's name in addresses.
pub(super) const SECTION: &str = "access_advisor";

/// Whose last accesses a page shows.
pub(super) struct Entity {
    /// The user's or the group's ARN.
    pub arn: String,
    /// Where the tab stands; the address has members already.
    pub here: String,
    /// Whether it is a group: then it matters which member it was.
    pub group: bool,
}

impl Entity {
    /// Where the policies are told that open one service.
    fn granting(&self, namespace: &str) -> String {
        format!("{}&service={}", self.here, encode(namespace))
    }
}

/// The tab, which stands at `href`.
pub(super) fn tab(page: &PageContext, href: String) -> Tab {
    Tab::new(SECTION, label(page), href)
}

/// The tab's content for a user or a group.
pub(super) async fn panel(page: &PageContext, entity: Entity) -> AnyView {
    match page.query("service").as_str() {
        "" => services::list(page, entity).await,
        namespace => granting::list(page, &entity, namespace).await,
    }
}

/// What stands in the tab's place on the pages of policies. `about` says what will be shown.
pub(super) fn place(page: &PageContext, about: &str) -> AnyView {
    let title = label(page).to_owned();
    let description = format!("Shows {about}.");
    view! {
        <Container header=move || view! { <Header title description /> } testid="not-in-this-version">
            <SpaceBetween size=Space::M>
                <StatusIndicator status=Status::Info>"Not in this version"</StatusIndicator>
                <Text testid="needed-by">
                    "This version shows last accesses on the pages of users and groups."
                </Text>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn label(page: &PageContext) -> &str {
    page.label("Access Advisor", "Last Accessed")
}
