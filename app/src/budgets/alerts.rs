//! A budget's alerts: which there are, whom they mail, adding and taking one away.

use leptos::prelude::*;
use model::{
    budgets::{
        Budget, CreateNotification, DeleteNotification, DescribeNotificationsForBudget,
        DescribeSubscribersForNotification, NOTIFICATIONS, Notification, Subscriber,
    },
    money::Threshold,
};

use super::{budget_path, fields_of};
use crate::{
    PageContext,
    billing::hidden,
    iam::Problem,
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Container, EmptyState, Form, FormField, Header, Input, Rows, Select,
        SelectOption, SpaceBetween, Status, StatusIndicator, Table, Text,
    },
};

const ADD: &str = "budgets:CreateNotification";
const REMOVE: &str = "budgets:DeleteNotification";
const THRESHOLD: &str = "Notification[Threshold]";
const KIND: &str = "Notification[ThresholdType]";

/// Whether one of this part's forms was posted.
pub(super) fn posted(page: &PageContext) -> bool {
    page.outcome_of(ADD).is_some() || page.outcome_of(REMOVE).is_some()
}

struct Row {
    notification: Notification,
    above: String,
    contacts: String,
    remove: Vec<(String, String)>,
    action: String,
}

/// The tab.
pub(super) async fn alerts(page: &PageContext, budget: &Budget) -> AnyView {
    let (account_id, budget_name) = (page.viewer().account_id, budget.budget_name.clone());
    let action = budget_path(&budget_name);
    let back = format!("{action}?section=alerts");
    let ask = DescribeNotificationsForBudget {
        account_id: account_id.clone(),
        budget_name: budget_name.clone(),
        max_results: None,
        next_token: None,
    };
    let found = match crate::call(ask).await {
        Ok(found) => found.notifications,
        Err(error) => return view! { <Problem error retry=back /> }.into_any(),
    };
    let mut rows = Vec::new();
    for notification in found {
        let ask = DescribeSubscribersForNotification {
            account_id: account_id.clone(),
            budget_name: budget_name.clone(),
            notification: notification.clone(),
            max_results: None,
            next_token: None,
        };
        let contacts = match crate::call(ask).await {
            Ok(found) => found.subscribers.into_iter().map(|one| one.address).collect::<Vec<_>>().join(", "),
            Err(error) => return view! { <Problem error retry=back /> }.into_any(),
        };
        let gone = DeleteNotification {
            account_id: account_id.clone(),
            budget_name: budget_name.clone(),
            notification: notification.clone(),
        };
        let mut remove = hidden(REMOVE, &[("_next", &back), ("_flash", "Alert deleted.")]);
        remove.extend(fields_of(&gone));
        let dollars = notification.above(budget.limit().unwrap_or_default()).dollars();
        let above = if notification.is_percentage() {
            format!("> {}% ({dollars})", notification.threshold)
        } else {
            format!("> {dollars}")
        };
        rows.push(Row { notification, above, contacts, remove, action: action.clone() });
    }
    let full = rows.len() >= NOTIFICATIONS;
    let problem = [ADD, REMOVE].into_iter().find_map(|operation| page.error_of(operation));
    let form = (!full).then(|| form(page, &account_id, &budget_name, &action, &back));
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
            {form}
        </SpaceBetween>
    }
    .into_any()
}

fn columns() -> Vec<Column<Row>> {
    let state = |row: &Row| {
        if row.notification.notification_state.as_deref() == Some("ALARM") {
            view! { <StatusIndicator status=Status::Error>"Exceeded"</StatusIndicator> }
        } else {
            view! { <StatusIndicator status=Status::Success>"OK"</StatusIndicator> }
        }
    };
    let remove = |row: &Row| {
        let (fields, action) = (row.remove.clone(), row.action.clone());
        view! {
            <Form action hidden=fields inline=true>
                <Button kind=ButtonKind::Submit testid="delete-alert">"Delete"</Button>
            </Form>
        }
    };
    vec![
        Column::text("threshold", "Alert threshold", |row: &Row| row.above.clone()).row_header(),
        Column::text("based", "Based on", |_: &Row| "Actual costs".to_owned()),
        Column::new("state", "State", state),
        Column::text("contacts", "Email contacts", |row: &Row| row.contacts.clone()),
        Column::new("actions", "Actions", remove),
    ]
}

/// One alert to one address; more addresses come with the wizard or by the API.
fn form(page: &PageContext, account_id: &str, budget_name: &str, action: &str, back: &str) -> AnyView {
    let mut fields = hidden(ADD, &[("_next", back), ("_flash", "Alert added.")]);
    let whole = CreateNotification {
        account_id: account_id.into(),
        budget_name: budget_name.into(),
        notification: Notification::actual(Threshold::default(), true),
        subscribers: vec![Subscriber::email("")],
    };
    let typed_by_people = [THRESHOLD, KIND, "Subscribers[0][Address]"];
    fields.extend(fields_of(&whole).into_iter().filter(|(name, _)| !typed_by_people.contains(&name.as_str())));
    let threshold = page.typed(ADD, THRESHOLD).unwrap_or_default();
    let kind = page.typed(ADD, KIND).unwrap_or_else(|| "PERCENTAGE".into());
    let threshold_fault = page.field_error(ADD, "notification.threshold");
    let address_fault =
        page.field_error(ADD, "subscribers.1.member.address").map(|_| "Enter an email address.".to_owned());
    let action = action.to_owned();
    let kinds = vec![
        SelectOption::new("PERCENTAGE", "% of budgeted amount"),
        SelectOption::new("ABSOLUTE_VALUE", page.label("Dollar amount ($)", "Absolute value ($)")),
    ];
    view! {
        <Container header=|| view! { <Header title="Add an alert" /> } testid="add-alert">
            <Form action hidden=fields testid="add-alert-form">
                <SpaceBetween>
                    <FormField control_id="new-threshold" label="Alert threshold" error=threshold_fault>
                        <Input name=THRESHOLD value=threshold inputmode="decimal" required=true testid="new-threshold" />
                    </FormField>
                    <FormField control_id="new-kind" label="Threshold is">
                        <Select name=KIND options=kinds value=kind testid="new-kind" />
                    </FormField>
                    <FormField control_id="new-contact" label="Email contact" error=address_fault>
                        <Input name="Subscribers[0][Address]" kind="email" required=true testid="new-contact" />
                    </FormField>
                    <Text>"An alert that is already exceeded mails at once."</Text>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="add-alert-submit">"Add alert"</Button>
                </SpaceBetween>
            </Form>
        </Container>
    }
    .into_any()
}
