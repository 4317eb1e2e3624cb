//! The account page: its id and name, and root's switch for IAM access to billing.

use leptos::prelude::*;
use model::billing::GetIAMAccessPreference;

use super::{crumbs, hidden};
use crate::{
    Frame, PageContext, Section,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, Container, Form, FormActions, Header, HeaderLevel, KeyValue,
        KeyValuePairs, SpaceBetween, Status, StatusIndicator, Text,
    },
};

const PATH: &str = "/billing/account";
const UPDATE: &str = "billing:UpdateIAMAccessPreference";

/// `/billing/account`.
#[component]
pub fn Account() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("My Account", "Account").to_owned();
    let viewer = page.viewer();
    let facts = vec![
        KeyValue::copy("Account ID", viewer.account_id.clone()),
        KeyValue::text("Account name", viewer.account_name.clone()),
        KeyValue::text("Account alias", viewer.alias.clone().unwrap_or_default()),
    ];
    let root = viewer.user_name.is_none();
    let settings = if root {
        super::root::settings(&page)
    } else {
        view! {
            <Container header=|| view! { <Header title="Account settings" /> }>
                <KeyValuePairs items=facts />
            </Container>
        }
        .into_any()
    };
    view! {
        <Frame title="Account" section=Section::Billing crumbs=crumbs(&[], "Account")>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                {settings}
                {root.then(|| view! { <Suspense>{Suspend::new(async move { access(page).await })}</Suspense> })}
            </SpaceBetween>
        </Frame>
    }
}

/// The card that root alone sees.
async fn access(page: PageContext) -> AnyView {
    let heading = page
        .label("IAM User and Role Access to Billing Information", "IAM user and role access to Billing information")
        .to_owned();
    let activated = match crate::call(GetIAMAccessPreference {}).await {
        Ok(preference) => preference.activated,
        Err(error) => return view! { <Problem error retry=PATH /> }.into_any(),
    };
    let problem = page.error_of(UPDATE);
    let editing = page.query("edit") == "billing-access" || problem.is_some();
    let (status, state) = if activated { (Status::Success, "activated") } else { (Status::Stopped, "deactivated") };
    let flash = "IAM user/role access to billing information was updated.";
    let fields = hidden(UPDATE, &[("_next", PATH), ("_flash", flash)]);
    let card = if editing {
        view! {
            <Form action=PATH hidden=fields testid="billing-access-form">
                <SpaceBetween>
                    {problem.map(|error| view! { <Problem error /> })}
                    <Checkbox id="activate-iam-access" name="Activated" value="true" checked=activated testid="activate-iam-access">
                        "Activate IAM Access"
                    </Checkbox>
                    <FormActions>
                        <Button href=PATH variant=ButtonVariant::Link>"Cancel"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="update-billing-access">"Update"</Button>
                    </FormActions>
                </SpaceBetween>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <StatusIndicator status testid="billing-access-state">
                {format!("IAM user/role access to billing information is {state}")}
            </StatusIndicator>
        }
        .into_any()
    };
    let edit = format!("{PATH}?edit=billing-access");
    view! {
        <Container
            header=move || {
                view! {
                    <Header title=heading actions=move || view! { <Button href=edit testid="edit-billing-access">"Edit"</Button> } />
                }
            }
            testid="billing-access"
        >
            <SpaceBetween>
                <Text>"You can let IAM users and roles see billing information. They also need policies that allow it; without this switch no policy is enough."</Text>
                {card}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
