//! Changing one alert: its threshold, and whom it mails.

use leptos::prelude::*;
use model::{
    budgets::{ADDRESSES, CreateSubscriber, DeleteSubscriber, Notification, Subscriber, UpdateNotification},
    console::{AlertRow, BudgetRow},
};

use super::{
    alerts::{back, kinds},
    fields_of,
};
use crate::{
    PageContext,
    billing::hidden,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, Direction, EmptyState, Form, FormField, Header, Input,
        Rows, Select, SelectOption, Space, SpaceBetween, Table, Text,
    },
};

const UPDATE: &str = "budgets:UpdateNotification";
const ADD: &str = "budgets:CreateSubscriber";
const REMOVE: &str = "budgets:DeleteSubscriber";
/// The forms of this panel.
pub(super) const FORMS: [&str; 3] = [UPDATE, ADD, REMOVE];
const THRESHOLD: &str = "NewNotification[Threshold]";
const KIND: &str = "NewNotification[ThresholdType]";
const ADDRESS: &str = "Subscriber[Address]";
const CONTACT: &str = "Subscriber[SubscriptionType]";

/// What tells an alert from its sisters, in an address: `80-PERCENTAGE-ACTUAL`.
pub(super) fn key(notification: &Notification) -> String {
    let kind = if notification.is_percentage() { "PERCENTAGE" } else { "ABSOLUTE_VALUE" };
    format!("{}-{kind}-{}", notification.threshold, notification.notification_type)
}

/// The alert without its state, which is only told.
fn bare(notification: &Notification) -> Notification {
    Notification { notification_state: None, ..notification.clone() }
}

/// The panel for the alert that the address asks for, if the budget has it.
pub(super) fn panel(page: &PageContext, of: &BudgetRow) -> Option<AnyView> {
    let wanted = page.query("edit");
    let alert = of.alerts.iter().find(|alert| key(&alert.notification) == wanted)?;
    let (account_id, budget_name) = (page.viewer().account_id, of.budget.budget_name.clone());
    let back = back(&budget_name);
    let here = format!("{back}&edit={wanted}");
    let threshold = threshold(page, alert, &account_id, &budget_name, &here, &back);
    let contacts = contacts(page, alert, &account_id, &budget_name, &here);
    let panel = view! {
        <Container header=|| view! { <Header title="Edit alert" /> } testid="edit-alert-panel">
            <SpaceBetween>
                {threshold}
                {contacts}
            </SpaceBetween>
        </Container>
    };
    Some(panel.into_any())
}

fn threshold(
    page: &PageContext,
    alert: &AlertRow,
    account_id: &str,
    budget_name: &str,
    here: &str,
    back: &str,
) -> AnyView {
    let old = bare(&alert.notification);
    let whole = UpdateNotification {
        account_id: account_id.into(),
        budget_name: budget_name.into(),
        old_notification: old.clone(),
        new_notification: old.clone(),
    };
    let mut fields = hidden(UPDATE, &[("_next", back), ("_flash", "Alert updated.")]);
    fields.extend(fields_of(&whole).into_iter().filter(|(name, _)| name != THRESHOLD && name != KIND));
    let posted = page.outcome_of(UPDATE).is_some();
    // An empty field is no member of the form at all.
    let value =
        page.typed(UPDATE, THRESHOLD).or_else(|| (!posted).then(|| old.threshold.to_string())).unwrap_or_default();
    let kind = page.typed(UPDATE, KIND).or(old.threshold_type).unwrap_or_default();
    let error = page.error_of(UPDATE);
    let wrong = value.is_empty() || value.parse::<model::money::Threshold>().is_err();
    let fault = match page.field_error(UPDATE, "newNotification.threshold") {
        None if error.is_some() && wrong => Some("Enter a number such as 80 or 99.5.".to_owned()),
        fault => fault,
    };
    let problem = error.filter(|_| fault.is_none());
    let ratio = alert.notification.comparison_operator == "LESS_THAN";
    let (action, cancel, kinds) = (here.to_owned(), back.to_owned(), kinds(page, ratio));
    view! {
        <Form action hidden=fields novalidate=true testid="edit-alert-form">
            <SpaceBetween>
                {problem.map(|error| view! { <Problem error /> })}
                <FormField control_id="edited-threshold" label="Alert threshold" description="A new threshold arms the alert again." error=fault testid="edited-threshold-field">
                    <Input name=THRESHOLD value inputmode="decimal" testid="edited-threshold" />
                </FormField>
                <FormField control_id="edited-kind" label="Threshold is">
                    <Select name=KIND options=kinds value=kind testid="edited-kind" />
                </FormField>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button href=cancel variant=ButtonVariant::Link>"Cancel"</Button>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="save-alert">"Save alert"</Button>
                </SpaceBetween>
            </SpaceBetween>
        </Form>
    }
    .into_any()
}

/// Who is mailed: the last one cannot be taken away here, for the alert would go with them.
fn contacts(page: &PageContext, alert: &AlertRow, account_id: &str, budget_name: &str, here: &str) -> AnyView {
    let subscribers = alert.subscribers();
    let (notification, last) = (bare(&alert.notification), subscribers.len() == 1);
    let rows: Vec<(String, Vec<(String, String)>)> = subscribers
        .into_iter()
        .map(|subscriber| {
            let address = subscriber.address.clone();
            let gone = DeleteSubscriber {
                account_id: account_id.into(),
                budget_name: budget_name.into(),
                notification: notification.clone(),
                subscriber,
            };
            let mut fields = hidden(REMOVE, &[("_next", here), ("_flash", "Contact removed.")]);
            fields.extend(fields_of(&gone));
            (address, fields)
        })
        .collect();
    let action = here.to_owned();
    let remove = move |(address, fields): &(String, Vec<(String, String)>)| {
        let (action, fields, label) = (action.clone(), fields.clone(), format!("Remove {address}"));
        (!last).then(|| {
            view! {
                <Form action hidden=fields inline=true>
                    <Button kind=ButtonKind::Submit label testid="remove-contact">"Remove"</Button>
                </Form>
            }
        })
    };
    let columns = vec![
        Column::text("contact", "Contact", |row: &(String, Vec<(String, String)>)| row.0.clone()).row_header(),
        Column::new("remove", "Actions", remove),
    ];
    let full = alert.addresses.len() >= ADDRESSES && alert.topic.is_some();
    let problem = [ADD, REMOVE].into_iter().find_map(|operation| page.error_of(operation));
    let fault = page.field_error(ADD, "subscriber.address").map(|_| "Enter an email address.".to_owned());
    let kind = page.typed(ADD, CONTACT).unwrap_or_else(|| "EMAIL".into());
    let kinds = vec![SelectOption::new("EMAIL", "Email address"), SelectOption::new("SNS", "SNS topic ARN")];
    let problem = problem.filter(|_| fault.is_none());
    let whole = CreateSubscriber {
        account_id: account_id.into(),
        budget_name: budget_name.into(),
        notification,
        subscriber: Subscriber::email(""),
    };
    let mut fields = hidden(ADD, &[("_next", here), ("_flash", "Contact added.")]);
    fields.extend(fields_of(&whole).into_iter().filter(|(name, _)| name != ADDRESS && name != CONTACT));
    let (action, typed) = (here.to_owned(), page.typed(ADD, ADDRESS));
    let form = (!full).then(|| {
        view! {
            <Form action hidden=fields novalidate=true testid="add-contact-form">
                <SpaceBetween>
                    <FormField control_id="added-kind" label="Contact by">
                        <Select name=CONTACT options=kinds value=kind testid="added-kind" />
                    </FormField>
                    <FormField control_id="added-contact" label="Add a contact" error=fault testid="added-contact-field">
                        <Input name=ADDRESS value=typed testid="added-contact" />
                    </FormField>
                    <Button kind=ButtonKind::Submit testid="add-contact">"Add contact"</Button>
                </SpaceBetween>
            </Form>
        }
    });
    view! {
        <SpaceBetween>
            {problem.map(|error| view! { <Problem error /> })}
            <Table
                id="contacts"
                label="Contacts"
                columns
                rows=Rows::Ready(rows)
                header=|| view! { <Header title="Contacts" /> }
                empty=|| view! { <EmptyState title="No contacts" text="Nobody is mailed." /> }
            />
            {form}
            {full.then(|| view! { <Text>{format!("An alert has at most {ADDRESSES} email contacts and one topic.")}</Text> })}
        </SpaceBetween>
    }
    .into_any()
}
