//! The wizard's last step: everything once more, and the alarm itself.

use leptos::prelude::*;
use model::{Timestamp, cloudwatch::DescribeAlarms};

use super::{
    ALARMS, CREATE,
    draft::{Draft, Step},
    graph::{Drawn, graph},
    plan,
    steps::go,
    wizard::{NEXT, Shown},
    words,
};
use crate::{
    PageContext,
    billing::hidden,
    iam::denied::Problem,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Column, Container, EmptyState, Form, FormActions, Header, KeyValue,
        KeyValuePairs, Rows, Severity, SpaceBetween, Table,
    },
};

/// Step 4.
pub(super) async fn preview(page: &PageContext, shown: Shown) -> AnyView {
    let Shown { draft, error, .. } = shown;
    let editing = !draft.edited.is_empty();
    // AWS overwrites an alarm of the same name without a word.
    let taken = !editing && {
        let ask = DescribeAlarms { alarm_names: vec![draft.name.clone()], ..DescribeAlarms::default() };
        crate::call(ask).await.is_ok_and(|found| !found.metric_alarms.is_empty())
    };
    let verb = if editing { "updated" } else { "created" };
    let flash = format!("Successfully {verb} alarm {}.", draft.name);
    let mut fields = hidden(plan::PUT, &[("_next", ALARMS), ("_flash", &flash)]);
    fields.extend(draft.fields_without(None));
    let put = draft.operation(|notice| notice.chosen().unwrap_or_default().to_owned());
    let drawn = Drawn {
        metric: draft.metric(),
        statistic: draft.statistic.clone(),
        period: put.period.unwrap_or(21_600),
        threshold: put.threshold,
    };
    let picture = graph(drawn, Timestamp(page.viewer().now)).await;
    let metric = draft.metric();
    let conditions = vec![
        KeyValue::text("Namespace", metric.namespace),
        KeyValue::text("Metric name", metric.metric_name.clone()),
        KeyValue::text("Dimensions", words::dimensions(&metric.dimensions)),
        KeyValue::text("Statistic", draft.statistic.clone()),
        KeyValue::text("Period", words::duration(put.period.unwrap_or_default())),
        KeyValue::text("Threshold type", "Static"),
        KeyValue::text(
            format!("Whenever {} is", metric.metric_name),
            format!("{} {}", words::sign(&draft.operator), draft.threshold),
        ),
        KeyValue::text("Datapoints to alarm", format!("{} out of {}", draft.datapoints, draft.periods)),
        KeyValue::text("Missing data treatment", words::missing(Some(&draft.missing))),
    ];
    let named =
        vec![KeyValue::text("Name", draft.name.clone()), KeyValue::text("Description", draft.description.clone())];
    let rows: Vec<(String, String)> = draft
        .notices
        .iter()
        .map(|notice| {
            let to = match notice.chosen() {
                Some(arn) => arn.to_owned(),
                None => format!("New topic {}: {}", notice.topic, notice.addresses().join(", ")),
            };
            (words::state(&notice.state).to_owned(), to)
        })
        .collect();
    let columns = vec![
        Column::text("state", "When", |row: &(String, String)| row.0.clone()).row_header(),
        Column::text("to", "Send a notification to", |row: &(String, String)| row.1.clone()),
    ];
    let (first, second, third) = (edit(&draft, Step::Metric), edit(&draft, Step::Actions), edit(&draft, Step::Name));
    let submit = if editing { "Update alarm" } else { "Create alarm" };
    view! {
        <SpaceBetween>
            {error.map(|error| view! { <Problem error /> })}
            {taken
                .then(|| {
                    view! {
                        <Alert severity=Severity::Warning header="An alarm with this name exists" testid="alarm-name-taken">
                            "If you go on, this alarm takes its place."
                        </Alert>
                    }
                })}
            <Header title="Preview and create" testid="step-title" />
            <Container header=move || view! { <Header title="Step 1: Specify metric and conditions" actions=move || first /> }>
                <SpaceBetween>
                    {picture}
                    <KeyValuePairs items=conditions />
                </SpaceBetween>
            </Container>
            <Table
                id="confirm-notices"
                label="Notifications"
                columns
                rows=Rows::Ready(rows)
                header=move || view! { <Header title="Step 2: Configure actions" actions=move || second /> }
                empty=|| view! { <EmptyState title="No actions" text="This alarm notifies nobody." /> }
            />
            <Container header=move || view! { <Header title="Step 3: Add name and description" actions=move || third /> }>
                <KeyValuePairs items=named />
            </Container>
            <Form action=CREATE hidden=fields testid="confirm-form">
                <FormActions>
                    <Button href=ALARMS variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
                    <Button form="back-to-3" kind=ButtonKind::Submit name="Go" value="3" testid="previous">"Previous"</Button>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="create-alarm">{submit}</Button>
                </FormActions>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

/// An Edit button with the whole draft in a form of its own.
fn edit(draft: &Draft, step: Step) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(draft.fields_without(None));
    let id = format!("back-to-{}", step.number());
    let testid = match step {
        Step::Metric => "edit-metric",
        Step::Actions => "edit-actions",
        _ => "edit-name",
    };
    view! {
        <Form action=CREATE hidden=fields id inline=true>
            {go(step.number(), "Edit", testid, false)}
        </Form>
    }
    .into_any()
}
