//! Billing preferences (Lab 2): what is mailed about bills, and whether CloudWatch is told of charges.

use leptos::prelude::*;
use model::billing::{BillingPreferences, GetBillingPreferences};

use super::{crumbs, denied::Refusal, hidden};
use crate::{
    Frame, PageContext, Section,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, Container, Form, FormField, Header, HeaderLevel, Input, Link,
        SpaceBetween, Text,
    },
};

const PATH: &str = "/billing/preferences";
const UPDATE: &str = "billing:UpdateBillingPreferences";

/// `/billing/preferences`.
#[component]
pub fn Preferences() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Billing preferences", "Billing Preferences").to_owned();
    view! {
        <Frame title=title.clone() section=Section::Billing crumbs=crumbs(&[], &title)>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let saved = match crate::call(GetBillingPreferences {}).await {
        Ok(saved) => saved,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let email_fault = page.field_error(UPDATE, "freeTierAlertEmail").map(|_| "Enter an email address".to_owned());
    let problem = page.error_of(UPDATE).filter(|_| email_fault.is_none());
    let shown = shown(&page, saved);
    let locked = shown.locked;
    let flash = "Your billing preferences were saved.";
    let mut fields = hidden(UPDATE, &[("_next", PATH), ("_flash", flash)]);
    if locked {
        // A box that cannot be changed is not sent.
        fields.push(("ReceiveBillingAlerts".into(), "true".into()));
    }
    let (invoices, alerts) = if page.labels_2020() {
        ("Billing preferences", "Cost Management preferences")
    } else {
        ("Invoice delivery preferences", "Alert preferences")
    };
    let pdf = page.label("Receive PDF Invoice By Email", "PDF invoices delivered by email").to_owned();
    let free = page.label("Receive Free Tier Usage Alerts", "AWS Free Tier alerts").to_owned();
    let charges = page.label("Receive Billing Alerts", "CloudWatch billing alerts").to_owned();
    let save = page.label("Save preferences", "Update").to_owned();
    let charges_hint = if locked {
        "Estimated charges are published to CloudWatch in US East (N. Virginia). This cannot be turned off again."
    } else {
        "Publishes the account's estimated charges to CloudWatch, where an alarm can watch them. It cannot be turned off again."
    };
    view! {
        {problem.map(|error| view! { <Problem error retry=PATH /> })}
        <Form action=PATH hidden=fields novalidate=true testid="preferences-form">
            <SpaceBetween>
                <Container header=move || view! { <Header title=invoices /> }>
                    <Checkbox
                        id="pdf-invoices"
                        name="ReceivePdfInvoices"
                        checked=shown.pdf
                        testid="pdf-invoices"
                        description="Your choice is kept; invoices are not in this version yet, so nothing is mailed."
                    >
                        {pdf}
                    </Checkbox>
                </Container>
                <Container header=move || view! { <Header title=alerts /> }>
                    <SpaceBetween>
                        <Checkbox
                            id="free-tier-alerts"
                            name="ReceiveFreeTierAlerts"
                            checked=shown.free
                            testid="free-tier-alerts"
                            description="A mail when more than 85% of what a month has for nothing is used, once for each kind of usage."
                        >
                            {free}
                        </Checkbox>
                        <FormField
                            control_id="free-tier-email"
                            label="Email address"
                            optional=true
                            constraint="Besides the root user's address"
                            error=email_fault
                            testid="free-tier-email-field"
                        >
                            <Input name="FreeTierAlertEmail" kind="email" value=shown.email testid="free-tier-email" />
                        </FormField>
                        <Checkbox
                            id="billing-alerts"
                            name="ReceiveBillingAlerts"
                            checked=shown.charges
                            disabled=locked
                            testid="billing-alerts"
                            description=charges_hint
                        >
                            {charges}
                        </Checkbox>
                        <Text><Link href="/billing/budgets" testid="try-budgets">"Manage Billing Alerts or try the new budgets feature!"</Link></Text>
                    </SpaceBetween>
                </Container>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-preferences">{save}</Button>
            </SpaceBetween>
        </Form>
    }
    .into_any()
}

/// What the form shows: what was sent and refused, or what is saved.
struct Shown {
    pdf: bool,
    free: bool,
    email: String,
    charges: bool,
    locked: bool,
}

fn shown(page: &PageContext, saved: BillingPreferences) -> Shown {
    let refused = page.error_of(UPDATE).is_some();
    let ticked = |name: &str| page.typed(UPDATE, name).is_some();
    let locked = saved.receive_billing_alerts;
    if refused {
        return Shown {
            pdf: ticked("ReceivePdfInvoices"),
            free: ticked("ReceiveFreeTierAlerts"),
            email: page.typed(UPDATE, "FreeTierAlertEmail").unwrap_or_default(),
            charges: locked || ticked("ReceiveBillingAlerts"),
            locked,
        };
    }
    Shown {
        pdf: saved.receive_pdf_invoices,
        free: saved.receive_free_tier_alerts,
        email: saved.free_tier_alert_email.unwrap_or_default(),
        charges: locked,
        locked,
    }
}
