//! A budget's alerts: which there are, whom they mail, adding, changing and taking one away.

use leptos::prelude::*;
use model::{
    budgets::{Budget, CreateNotification, DeleteNotification, NOTIFICATIONS, Notification, Subscriber},
    console::{AlertRow, BudgetRow},
    money::Threshold,
};

use super::{alert_edit, budget_path, fields_of};
use crate::{
    PageContext,
    billing::hidden,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, Direction, EmptyState, Form, FormField, Header, Input,
        Rows, Select, SelectOption, Space, SpaceBetween, Status, StatusIndicator, Table, Text,
    },
};

const ADD: &str = "budgets:CreateNotification";
const REMOVE: &str = "budgets:DeleteNotification";
const THRESHOLD: &str = "Notification[Threshold]";
const KIND: &str = "Notification[ThresholdType]";
const BASED: &str = "Notification[NotificationType]";

/// Whether one of this part's forms was posted.
pub(super) fn posted(page: &PageContext) -> bool {
    [ADD, REMOVE].iter().chain(&alert_edit::FORMS).any(|operation| page.outcome_of(operation).is_some())
}

/// Where the forms of this part lead when they have worked.
pub(super) fn back(budget_name: &str) -> String {
    format!("{}?section=alerts", budget_path(budget_name))
}

struct Row {
    notification: Notification,
    based: String,
    above: String,
    contacts: String,
    fault: Option<String>,
    edit: String,
    remove: Vec<(String, String)>,
    action: String,
}

fn row(alert: &AlertRow, of: &BudgetRow, account_id: &str) -> Row {
    let (notification, budget_name) = (alert.notification.clone(), of.budget.budget_name.clone());
    let (action, back) = (budget_path(&budget_name), back(&budget_name));
    let gone = DeleteNotification { account_id: account_id.into(), budget_name, notification: notification.clone() };
    let mut remove = hidden(REMOVE, &[("_next", &back), ("_flash", "Alert deleted.")]);
    remove.extend(fields_of(&gone));
    let above = notification.passed(of.budget.limit().unwrap_or_default(), of.budget.unit());
    let edit = format!("{back}&edit={}", alert_edit::key(&notification));
    let things = match of.budget.budget_type.as_str() {
        "COST" => "costs",
        "USAGE" => "usage",
        ratio if ratio.ends_with("COVERAGE") => "coverage",
        _ => "utilization",
    };
    let based = format!("{} {things}", if notification.is_forecasted() { "Forecasted" } else { "Actual" });
    let fault = alert.topic_fault.clone();
    Row {
        fault,
        notification,
        based,
        above,
        contacts: alert.subscribers().into_iter().map(|to| to.address).collect::<Vec<_>>().join(", "),
        edit,
        remove,
        action,
    }
}

/// The tab.
pub(super) fn alerts(page: &PageContext, of: &BudgetRow) -> AnyView {
    let (account_id, budget_name) = (page.viewer().account_id, of.budget.budget_name.clone());
    let (action, back) = (budget_path(&budget_name), back(&budget_name));
    let rows: Vec<Row> = of.alerts.iter().map(|alert| row(alert, of, &account_id)).collect();
    let full = rows.len() >= NOTIFICATIONS;
    let problem = [ADD, REMOVE].into_iter().find_map(|operation| page.error_of(operation));
    let edited = alert_edit::panel(page, of);
    let form = (!full && edited.is_none()).then(|| form(page, &account_id, &of.budget, &action, &back));
    view! {
        <SpaceBetween>
            {problem.map(|error| view! { <Problem error /> })}
            <Table
                id="alerts"
                label="Alerts"
                columns=columns()
                rows=Rows::Ready(rows)
                header=|| view! { <Header title="Alerts" /> }
                empty=|| view! { <EmptyState title="No alerts" text="Nobody is mailed." /> }
            />
            {edited}
            {form}
        </SpaceBetween>
    }
    .into_any()
}

fn columns() -> Vec<Column<Row>> {
    let state = |row: &Row| {
        if row.notification.is_exceeded() {
            view! { <StatusIndicator status=Status::Error>"Exceeded"</StatusIndicator> }
        } else {
            view! { <StatusIndicator status=Status::Success>"OK"</StatusIndicator> }
        }
    };
    let contacts = |row: &Row| {
        let fault = row.fault.clone().map(|why| {
            view! {
                <div data-testid="topic-fault">
                    <StatusIndicator status=Status::Error>{format!("The last alert was not published: {why}")}</StatusIndicator>
                </div>
            }
        });
        let contacts = row.contacts.clone();
        view! { <div>{contacts}</div> {fault} }
    };
    let remove = |row: &Row| {
        let (fields, action, edit) = (row.remove.clone(), row.action.clone(), row.edit.clone());
        let (edits, deletes) = (format!("Edit the alert {}", row.above), format!("Delete the alert {}", row.above));
        view! {
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                <Button href=edit label=edits testid="edit-alert">"Edit"</Button>
                <Form action hidden=fields inline=true>
                    <Button kind=ButtonKind::Submit label=deletes testid="delete-alert">"Delete"</Button>
                </Form>
            </SpaceBetween>
        }
    };
    vec![
        Column::text("threshold", "Alert threshold", |row: &Row| row.above.clone()).row_header(),
        Column::text("based", "Based on", |row: &Row| row.based.clone()),
        Column::new("state", "State", state),
        Column::new("contacts", "Contacts", contacts),
        Column::new("actions", "Actions", remove),
    ]
}

/// What a threshold can be.
pub(super) fn kinds(page: &PageContext, ratio: bool) -> Vec<SelectOption> {
    let mut kinds = vec![SelectOption::new("PERCENTAGE", "% of budgeted amount")];
    let absolute = page.label("Dollar amount ($)", "Absolute value ($)");
    kinds.extend((!ratio).then(|| SelectOption::new("ABSOLUTE_VALUE", absolute)));
    kinds
}

/// One alert to one address; more addresses come with its Edit.
fn form(page: &PageContext, account_id: &str, budget: &Budget, action: &str, back: &str) -> AnyView {
    let forecasts = !budget.is_ratio() && budget.time_unit != "DAILY";
    let mut fields = hidden(ADD, &[("_next", back), ("_flash", "Alert added.")]);
    let whole = CreateNotification {
        account_id: account_id.into(),
        budget_name: budget.budget_name.clone(),
        notification: Notification::of(&budget.budget_type, false, Threshold::default(), true),
        subscribers: vec![Subscriber::email("")],
    };
    let mut typed_by_people = vec![THRESHOLD, KIND, "Subscribers[0][Address]"];
    typed_by_people.extend(forecasts.then_some(BASED));
    fields.extend(fields_of(&whole).into_iter().filter(|(name, _)| !typed_by_people.contains(&name.as_str())));
    let threshold = page.typed(ADD, THRESHOLD).unwrap_or_default();
    let kind = page.typed(ADD, KIND).unwrap_or_else(|| "PERCENTAGE".into());
    let threshold_fault = page.field_error(ADD, "notification.threshold");
    let address_fault =
        page.field_error(ADD, "subscribers.1.member.address").map(|_| "Enter an email address.".to_owned());
    let (action, contact) = (action.to_owned(), page.typed(ADD, "Subscribers[0][Address]"));
    let kinds = kinds(page, budget.is_ratio());
    let based = forecasts.then(|| {
        let options =
            vec![SelectOption::new("ACTUAL", "Actual amount"), SelectOption::new("FORECASTED", "Forecasted amount")];
        let value = page.typed(ADD, BASED).unwrap_or_else(|| "ACTUAL".into());
        view! {
            <FormField control_id="new-based" label="Send alert based on">
                <Select name=BASED options value testid="new-based" />
            </FormField>
        }
    });
    view! {
        <Container header=|| view! { <Header title="Add an alert" /> } testid="add-alert">
            <Form action hidden=fields testid="add-alert-form">
                <SpaceBetween>
                    {based}
                    <FormField control_id="new-threshold" label="Alert threshold" error=threshold_fault>
                        <Input name=THRESHOLD value=threshold inputmode="decimal" required=true testid="new-threshold" />
                    </FormField>
                    <FormField control_id="new-kind" label="Threshold is">
                        <Select name=KIND options=kinds value=kind testid="new-kind" />
                    </FormField>
                    <FormField control_id="new-contact" label="Email contact" error=address_fault>
                        <Input name="Subscribers[0][Address]" value=contact kind="email" required=true testid="new-contact" />
                    </FormField>
                    <Text>"An alert that is already exceeded mails at once."</Text>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="add-alert-submit">"Add alert"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}
