//! Pages of IAM that the side navigation names and a later version has.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    Frame, PageContext, Section,
    ui::{
        Button, ButtonVariant, Container, Direction, Header, HeaderLevel, Space, SpaceBetween, Status, StatusIndicator,
        Text,
    },
};

/// What the path begins with, its label of 2020, its label of today, what it is, the labs that need it.
type Absent = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ABSENT: [Absent; 5] = [
    ("roles", "Roles", "Roles", "Permissions that are taken on for a while", "Lab 11 (roles and switch role)"),
    (
        "providers",
        "Identity providers",
        "Identity providers",
        "Sign-in with identities of elsewhere",
        "Lab 19 (identity providers and federation)",
    ),
    ("access_analyzer", "Access analyzer", "Access Analyzer", "Finds what the account shares with others", "no lab"),
    (
        "organization_activity",
        "Organization activity",
        "Organization activity",
        "What an organization's accounts used",
        "no lab",
    ),
    (
        "service_control_policies",
        "Service control policies (SCPs)",
        "Service control policies (SCPs)",
        "Limits for the accounts of an organization",
        "no lab",
    ),
];

/// Any other page below `/iam`.
#[component]
pub fn Missing() -> impl IntoView {
    let page = PageContext::current();
    let first = match page.segment(1) {
        // Today's name of the same page.
        first if first == "identity_providers" => "providers".to_owned(),
        first => first,
    };
    let found = ABSENT.iter().find(|(path, ..)| *path == first);
    let Some((_, in_2020, now, description, labs)) = found else {
        crate::call::set_status(404);
        let text = "There is no page at this address. It may be misspelt, or what it showed was deleted.";
        return frame("Page not found", None, text.to_owned());
    };
    let text = format!("This version does not have this page yet. It is needed by: {labs}.");
    frame(page.label(in_2020, now), Some(description), text)
}

fn frame(name: &str, description: Option<&'static str>, text: String) -> AnyView {
    let title = name.to_owned();
    let absent = description.is_some();
    let description = description.map(str::to_owned);
    view! {
        <Frame title=name section=Section::Iam crumbs=crumbs(&[], name)>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 description testid="page-title" />
                <Container testid="not-in-this-version">
                    <SpaceBetween size=Space::M>
                        {absent.then(|| view! { <StatusIndicator status=Status::Info>"Not in this version"</StatusIndicator> })}
                        <Text testid="needed-by">{text}</Text>
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <Button href="/iam/users" variant=ButtonVariant::Primary>"Go to Users"</Button>
                            <Button href="/iam/home">"Go to the dashboard"</Button>
                        </SpaceBetween>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
        </Frame>
    }
    .into_any()
}
