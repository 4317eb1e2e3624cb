//! How a principal likes the console. Kept on the server, so that it holds in every browser.

use leptos::prelude::*;

use crate::{
    Frame, PageContext,
    layout::{REGIONS, region_name},
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Crumb, Form, FormActions, FormErrors, FormField, Header,
        HeaderLevel, RadioGroup, RadioOption, Select, SelectOption, SpaceBetween,
    },
};

const OPERATION: &str = "console:PutPreferences";

/// The form of all preferences.
#[component]
pub fn Settings() -> impl IntoView {
    let page = PageContext::current();
    let preferences = page.viewer().preferences;
    let value = |name: &str, kept: Option<String>, default: &str| {
        page.typed(OPERATION, name).or(kept).unwrap_or_else(|| default.to_owned())
    };
    let (labels, theme, region) = (
        value("Labels", preferences.labels.clone(), page.site.labels),
        value("Theme", preferences.theme.clone(), "system"),
        value("Region", preferences.region.clone(), "us-east-2"),
    );
    let fault = |name: &str| page.field_error(OPERATION, name);
    let (labels_fault, theme_fault, region_fault) = (fault("labels"), fault("theme"), fault("region"));
    let message = page.error_of(OPERATION).map(|error| error.to_string());
    let hidden = [("_op", OPERATION), ("_next", "/console/settings"), ("_flash", "Settings saved.")];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let home = page.label("Management Console", "Console Home");
    view! {
        <Frame title="Settings" crumbs=vec![Crumb::new(home, "/console/home"), Crumb::here("Settings")]>
            <SpaceBetween>
                <Header
                    title="Settings"
                    level=HeaderLevel::H1
                    description="They are yours alone, and hold in every browser that you sign in with."
                    testid="page-title"
                />
                <FormErrors message />
                <Form action="/console/settings" hidden testid="settings-form">
                    <Container>
                        <SpaceBetween>
                            <FormField
                                control_id="labels"
                                label="Labels"
                                description="Tutorials of different years name the same things differently."
                                group=true
                                error=labels_fault
                                testid="labels"
                            >
                                <RadioGroup
                                    name="Labels"
                                    options=vec![
                                        RadioOption::new("2020", "2020").describe("As in tutorials of 2020 and 2021: Add user, Groups, My Billing Dashboard"),
                                        RadioOption::new("current", "Current").describe("As today: Create user, User groups, Billing and Cost Management"),
                                    ]
                                    value=labels
                                    testid="labels-choice"
                                />
                            </FormField>
                            <FormField
                                control_id="theme"
                                label="Theme"
                                group=true
                                error=theme_fault
                                testid="theme"
                            >
                                <RadioGroup
                                    name="Theme"
                                    options=vec![
                                        RadioOption::new("system", "As the browser wishes"),
                                        RadioOption::new("light", "Light"),
                                        RadioOption::new("dark", "Dark"),
                                    ]
                                    value=theme
                                    testid="theme-choice"
                                />
                            </FormField>
                            <FormField
                                control_id="region"
                                label="Default region"
                                description="Chosen after sign-in. Global services such as IAM have none."
                                error=region_fault
                                testid="region"
                            >
                                <Select
                                    name="Region"
                                    options=REGIONS
                                        .iter()
                                        .map(|region| SelectOption::new(region.code, format!("{} {}", region_name(region.code), region.code)))
                                        .collect()
                                    value=region
                                    testid="region-input"
                                />
                            </FormField>
                        </SpaceBetween>
                    </Container>
                    <FormActions>
                        <Button href="/console/home" variant=ButtonVariant::Link>"Cancel"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-settings">"Save changes"</Button>
                    </FormActions>
                </Form>
            </SpaceBetween>
        </Frame>
    }
}
