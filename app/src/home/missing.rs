//! Ways that lead nowhere yet, and ways that lead nowhere at all.

use leptos::prelude::*;

use super::absent::{self, Absent};
use crate::{
    Frame, PageContext, SignInFrame, services,
    ui::{
        Button, ButtonVariant, Container, Crumb, Direction, Header, HeaderLevel, Link, Space, SpaceBetween, Status,
        StatusIndicator, Text,
    },
};

/// A service that this version does not have.
#[component]
pub fn MissingService() -> impl IntoView {
    let id = PageContext::current().segment(1);
    if let Some(absent) = absent::service(&id) {
        return not_in_this_version(absent);
    }
    match services::by_id(&id) {
        Some(service) => {
            crate::call::redirect(service.href);
            ().into_any()
        }
        None => nothing_here(),
    }
}

/// Any path without a page: one that is to come, or one that never was.
#[component]
pub fn NotFound() -> impl IntoView {
    let page = PageContext::current();
    absent::at(&page.path).map_or_else(nothing_here, not_in_this_version)
}

fn not_in_this_version(absent: Absent) -> AnyView {
    let Absent { name, description, needed_by } = absent;
    let labs = match needed_by {
        Some(labs) => format!("It is needed by {labs}."),
        None => "No lab needs it.".to_owned(),
    };
    let page = PageContext::current();
    let home = page.label("Management Console", "Console Home").to_owned();
    let back = format!("Back to the {home}");
    let content = view! {
        <SpaceBetween>
            <Header title=name level=HeaderLevel::H1 description testid="page-title" />
            <Container testid="not-in-this-version">
                <SpaceBetween size=Space::M>
                    <StatusIndicator status=Status::Info>"Not in this version"</StatusIndicator>
                    <Text>"This version of Understudy does not have this page yet; a link to it is kept so that tutorials find it where they look for it."</Text>
                    <Text testid="needed-by">{labs}</Text>
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Button href="/console/home" variant=ButtonVariant::Primary testid="back-home">{back}</Button>
                        <Button href="/iam/home">"Go to IAM"</Button>
                    </SpaceBetween>
                </SpaceBetween>
            </Container>
        </SpaceBetween>
    };
    frame(&page, name, vec![Crumb::new(home, "/console/home"), Crumb::here(name)], content.into_any())
}

fn nothing_here() -> AnyView {
    crate::call::set_status(404);
    let page = PageContext::current();
    let content = view! {
        <SpaceBetween>
            <Header title="Page not found" level=HeaderLevel::H1 testid="page-title" />
            <Container testid="not-found">
                <SpaceBetween size=Space::M>
                    <Text>"There is no page at this address. It may be misspelt, or what it showed was deleted."</Text>
                    <Link href="/console/home" testid="back-home">"Back to the console"</Link>
                </SpaceBetween>
            </Container>
        </SpaceBetween>
    };
    frame(&page, "Page not found", Vec::new(), content.into_any())
}

/// Whoever is not signed in has no console around the page.
pub(super) fn frame(page: &PageContext, title: &'static str, crumbs: Vec<Crumb>, content: AnyView) -> AnyView {
    if page.viewer.is_some() {
        view! { <Frame title crumbs>{content}</Frame> }.into_any()
    } else {
        view! { <SignInFrame title>{content}</SignInFrame> }.into_any()
    }
}
