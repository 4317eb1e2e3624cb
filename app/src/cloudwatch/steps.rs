//! The wizard's first three steps.

use leptos::prelude::*;
use model::{
    Timestamp,
    cloudwatch::{COMPARISONS, STATISTICS},
    sns::PENDING,
};

use super::{
    ALARMS, CREATE,
    draft::{Notice, Step, json},
    graph::{Drawn, graph},
    plan,
    wizard::{NEXT, Shown},
    words::{self, PERIODS},
};
use crate::{
    PageContext,
    billing::hidden,
    iam::denied::Problem,
    sns::{topic_name, topic_path},
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Direction, ExpandableSection, Form, FormActions, FormErrors,
        FormField, Grid, Header, Input, Link, RadioGroup, RadioOption, Select, SelectOption, Space, SpaceBetween, Text,
        Textarea,
    },
};

/// A button that leads to a step, or changes the draft, and takes the form's fields along.
pub(super) fn go(to: impl Into<String>, text: impl Into<String>, testid: &'static str, primary: bool) -> AnyView {
    let variant = if primary { ButtonVariant::Primary } else { ButtonVariant::Normal };
    let (to, text): (String, String) = (to.into(), text.into());
    view! { <Button kind=ButtonKind::Submit variant name="Go" value=to testid>{text}</Button> }.into_any()
}

/// The button that Enter in a field presses: the first of the form, seen by nobody.
fn enter(to: Step) -> AnyView {
    view! {
        <button type="submit" class="visually-hidden" name="Go" value=to.number() tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

fn buttons(back: Option<Step>, next: Step) -> AnyView {
    view! {
        <FormActions>
            <Button href=ALARMS variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
            {back.map(|step| go(step.number(), "Previous", "previous", false))}
            {go(next.number(), "Next", "next", true)}
        </FormActions>
    }
    .into_any()
}

/// Step 1: the metric with its graph, and the conditions.
pub(super) async fn metric(page: &PageContext, shown: Shown) -> AnyView {
    let draft = &shown.draft;
    let mut fields = hidden(NEXT, &[]);
    fields.extend(draft.fields_without(Some(Step::Metric)));
    let mut options: Vec<SelectOption> = Vec::new();
    let own = draft.metric();
    let metrics = shown.metrics.iter().filter(|metric| **metric != own);
    for metric in std::iter::once(&own).chain(metrics) {
        let text = format!("{} / {} ({})", metric.namespace, metric.metric_name, words::dimensions(&metric.dimensions));
        options.push(SelectOption::new(json(metric), text));
    }
    let statistics = STATISTICS.map(|name| SelectOption::new(name, name)).to_vec();
    let mut periods: Vec<SelectOption> =
        PERIODS.iter().map(|(seconds, text)| SelectOption::new(seconds.to_string(), *text)).collect();
    if !periods.iter().any(|option| option.value == draft.period) {
        periods.push(SelectOption::new(&draft.period, words::duration(draft.period.parse().unwrap_or_default())));
    }
    let drawn = Drawn {
        metric: own.clone(),
        statistic: draft.statistic.clone(),
        period: draft.period.parse().unwrap_or(21_600),
        threshold: draft.threshold.parse().ok().filter(|threshold: &f64| threshold.is_finite()),
    };
    let picture = graph(drawn, Timestamp(page.viewer().now)).await;
    let kinds = vec![
        RadioOption::new("static", "Static").describe("Use a value as a threshold"),
        RadioOption {
            disabled: true,
            ..RadioOption::new("band", "Anomaly detection").describe("Use a band as a threshold. Not in this version.")
        },
    ];
    let whenever = format!("Whenever {} is...", own.metric_name);
    let described = ["Greater/Equal", "Greater", "Lower", "Lower/Equal"];
    let mut operators: Vec<RadioOption> = COMPARISONS
        .iter()
        .zip(described)
        .map(|(value, text)| RadioOption::new(*value, text).describe(format!("{} threshold", words::sign(value))))
        .collect();
    operators.swap(0, 1);
    let treatments = ["missing", "notBreaching", "ignore", "breaching"]
        .map(|value| SelectOption::new(value, words::missing(Some(value))))
        .to_vec();
    let (threshold_fault, datapoints_fault) = (shown.fault("alarm-threshold"), shown.fault("alarm-datapoints"));
    let open =
        datapoints_fault.is_some() || draft.datapoints != "1" || draft.periods != "1" || draft.missing != "missing";
    let (value, metric_fault, faults) = (draft.clone(), shown.fault("alarm-metric"), shown.faults.clone());
    let unit = if own.metric_name == "EstimatedCharges" { "USD" } else { "A number in the metric's unit" };
    view! {
        <Form action=CREATE hidden=fields novalidate=true testid="metric-form">
            {enter(Step::Actions)}
            <SpaceBetween>
                <FormErrors fields=faults />
                <Container header=|| view! { <Header title="Metric" description="Specify metric and conditions" testid="step-title" /> }>
                    <SpaceBetween>
                        {picture}
                        <FormField control_id="alarm-metric" label="Metric" error=metric_fault stretch=true>
                            <Select name="Metric" options value=value.metric testid="alarm-metric" />
                        </FormField>
                        <Grid>
                            <FormField control_id="alarm-statistic" label="Statistic">
                                <Select name="Statistic" options=statistics value=value.statistic testid="alarm-statistic" />
                            </FormField>
                            <FormField control_id="alarm-period" label="Period">
                                <Select name="Period" options=periods value=value.period testid="alarm-period" />
                            </FormField>
                        </Grid>
                        {go("graph", "Update graph", "update-graph", false)}
                    </SpaceBetween>
                </Container>
                <Container header=|| view! { <Header title="Conditions" /> }>
                    <SpaceBetween>
                        <FormField control_id="threshold-type" label="Threshold type" group=true>
                            <RadioGroup name="_threshold_type" options=kinds value="static" horizontal=true />
                        </FormField>
                        <FormField control_id="alarm-operator" label=whenever description="Define the alarm condition." group=true>
                            <RadioGroup name="Operator" options=operators value=value.operator testid="alarm-operator" />
                        </FormField>
                        <FormField
                            control_id="alarm-threshold"
                            label="than..."
                            description="Define the threshold value."
                            constraint=unit
                            error=threshold_fault
                            testid="alarm-threshold-field"
                        >
                            <Input name="Threshold" value=value.threshold inputmode="decimal" testid="alarm-threshold" />
                        </FormField>
                        <ExpandableSection header="Additional configuration" open testid="additional-configuration">
                            <SpaceBetween>
                                <FormField
                                    control_id="alarm-datapoints"
                                    label="Datapoints to alarm"
                                    description="How many datapoints within the evaluation periods must be breaching."
                                    error=datapoints_fault
                                >
                                    <Input name="Datapoints" value=value.datapoints inputmode="numeric" testid="alarm-datapoints" />
                                </FormField>
                                <FormField control_id="alarm-periods" label="out of">
                                    <Input name="Periods" value=value.periods inputmode="numeric" testid="alarm-periods" />
                                </FormField>
                                <FormField control_id="alarm-missing" label="Missing data treatment">
                                    <Select name="Missing" options=treatments value=value.missing testid="alarm-missing" />
                                </FormField>
                            </SpaceBetween>
                        </ExpandableSection>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
            {buttons(None, Step::Actions)}
        </Form>
    }
    .into_any()
}

/// Step 2: whom each state tells.
pub(super) fn actions(shown: Shown) -> AnyView {
    let mut fields = hidden(plan::ACTIONS, &[]);
    fields.extend(shown.draft.fields_without(Some(Step::Actions)));
    fields.push(("Notices".into(), shown.draft.notices.len().to_string()));
    let cards = (0..shown.draft.notices.len()).map(|at| notice(&shown, at)).collect_view();
    let room = shown.draft.has_room();
    let (nobody, faults) = (shown.draft.notices.is_empty(), shown.faults);
    view! {
        {shown.error.map(|error| view! { <Problem error /> })}
        <Form action=CREATE hidden=fields novalidate=true testid="actions-form">
            {enter(Step::Name)}
            <SpaceBetween>
                <FormErrors fields=faults />
                <Header title="Notification" description="Configure actions" testid="step-title" />
                {nobody.then(|| view! { <Text>"This alarm notifies nobody: its state is seen in the console alone."</Text> })}
                {cards}
                {room.then(|| go("add", "Add notification", "add-notification", false))}
                <Container header=|| view! { <Header title="Other actions" /> }>
                    <SpaceBetween size=Space::Xs>
                        <Text>"Auto Scaling, EC2 and Systems Manager are not in this version."</Text>
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <Button disabled=true>"Add Auto Scaling action"</Button>
                            <Button disabled=true>"Add EC2 action"</Button>
                            <Button disabled=true>"Add Systems Manager action"</Button>
                        </SpaceBetween>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
            {buttons(Some(Step::Metric), Step::Name)}
        </Form>
    }
    .into_any()
}

/// Who is told by a topic that is chosen, as far as is known.
fn endpoints(shown: &Shown, arn: &str, testid: String) -> AnyView {
    let Some(subscriptions) = shown.endpoints.get(arn) else { return ().into_any() };
    let told: Vec<String> = subscriptions
        .iter()
        .map(|one| match one.subscription_arn == PENDING {
            true => format!("{} (Pending confirmation)", one.endpoint),
            false => one.endpoint.clone(),
        })
        .collect();
    let told = if told.is_empty() { "nobody yet".to_owned() } else { told.join(", ") };
    let (name, href) = (topic_name(arn), topic_path(arn));
    view! {
        <p data-testid=testid>
            "Email (endpoints) of " {name} ": " {told} " - "
            <Link href attr:target="_blank">"View in SNS Console"</Link>
        </p>
    }
    .into_any()
}

fn notice(shown: &Shown, at: usize) -> AnyView {
    let chosen = shown.draft.notices.get(at).and_then(Notice::chosen).unwrap_or_default().to_owned();
    let told = endpoints(shown, &chosen, format!("notice-{at}-endpoints"));
    let Notice { state, how, existing, arn, topic, emails } = shown.draft.notices.get(at).cloned().unwrap_or_default();
    let states = vec![
        RadioOption::new("ALARM", "In alarm").describe("The metric or expression is outside of the defined threshold."),
        RadioOption::new("OK", "OK").describe("The metric or expression is within the defined threshold."),
        RadioOption::new("INSUFFICIENT_DATA", "Insufficient data")
            .describe("The alarm has just started or not enough data is available."),
    ];
    let hows = vec![
        RadioOption::new("existing", "Select an existing SNS topic"),
        RadioOption::new("new", "Create new topic"),
        RadioOption::new("arn", "Use topic ARN"),
    ];
    let mut topics: Vec<SelectOption> =
        shown.topics.iter().map(|arn| SelectOption::new(arn, topic_name(arn))).collect();
    if !existing.is_empty() && !shown.topics.contains(&existing) {
        topics.push(SelectOption::new(&existing, &existing));
    }
    let [existing_id, arn_id, topic_id, emails_id] =
        ["existing", "arn", "topic", "emails"].map(|part| format!("notice-{at}-{part}"));
    let [existing_fault, arn_fault, topic_fault, emails_fault] =
        [&existing_id, &arn_id, &topic_id, &emails_id].map(|id| shown.fault(id));
    let [state_name, how_name, existing_name, arn_name, topic_name, emails_name] =
        ["State", "How", "Existing", "Arn", "Topic", "Emails"].map(|part| format!("Notice{at}{part}"));
    let title = format!("Notification {}", at + 1);
    view! {
        <Container header=move || {
            view! { <Header title actions=move || go(format!("remove-{at}"), "Remove", "remove-notification", false) /> }
        }>
            <SpaceBetween>
                <FormField control_id=format!("notice-{at}-state") label="Alarm state trigger" description="Define the alarm state that will trigger this action." group=true>
                    <RadioGroup name=state_name options=states value=state testid=format!("notice-{at}-state") />
                </FormField>
                <FormField control_id=format!("notice-{at}-how") label="Send a notification to the following SNS topic" group=true>
                    <RadioGroup name=how_name options=hows value=how testid=format!("notice-{at}-how") />
                </FormField>
                <div class="notice__existing">
                    <FormField control_id=existing_id label="Send a notification to..." error=existing_fault testid=format!("notice-{at}-existing-field")>
                        <Select name=existing_name options=topics value=existing placeholder="Select an email list" testid=format!("notice-{at}-existing") />
                    </FormField>
                </div>
                <div class="notice__new">
                    <SpaceBetween>
                        <FormField
                            control_id=topic_id
                            label="Create a new topic..."
                            constraint="SNS topic names can contain only alphanumeric characters, hyphens (-) and underscores (_)."
                            error=topic_fault
                            testid=format!("notice-{at}-topic-field")
                        >
                            <Input name=topic_name value=topic maxlength=256u32 testid=format!("notice-{at}-topic") />
                        </FormField>
                        <FormField
                            control_id=emails_id
                            label="Email endpoints that will receive the notification..."
                            description="Add a comma-separated list of email addresses. Each address will be added as a subscription to the topic above, and gets a mail to confirm it."
                            error=emails_fault
                            testid=format!("notice-{at}-emails-field")
                        >
                            <Textarea name=emails_name value=emails rows=2 testid=format!("notice-{at}-emails") />
                        </FormField>
                        {go(format!("topic-{at}"), "Create topic", "create-topic", false)}
                    </SpaceBetween>
                </div>
                {told}
                <div class="notice__arn">
                    <FormField control_id=arn_id label="Topic ARN" error=arn_fault stretch=true testid=format!("notice-{at}-arn-field")>
                        <Input name=arn_name value=arn testid=format!("notice-{at}-arn") />
                    </FormField>
                </div>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// Step 3: name and description.
pub(super) fn name(shown: Shown) -> AnyView {
    let mut fields = hidden(NEXT, &[]);
    fields.extend(shown.draft.fields_without(Some(Step::Name)));
    let (name_fault, description_fault) = (shown.fault("alarm-name"), shown.fault("alarm-description"));
    let editing = !shown.draft.edited.is_empty();
    let (name, description, faults) = (shown.draft.name.clone(), shown.draft.description.clone(), shown.faults);
    view! {
        <Form action=CREATE hidden=fields novalidate=true testid="name-form">
            {enter(Step::Preview)}
            <SpaceBetween>
                <FormErrors fields=faults />
                <Container header=|| view! { <Header title="Name and description" description="Add name and description" testid="step-title" /> }>
                    <SpaceBetween>
                        <FormField control_id="alarm-name" label="Alarm name" constraint="Maximum 255 characters" error=name_fault testid="alarm-name-field">
                            <Input name="AlarmName" value=name maxlength=255u32 readonly=editing testid="alarm-name" />
                        </FormField>
                        <FormField control_id="alarm-description" label="Alarm description" optional=true constraint="Up to 1024 characters" error=description_fault>
                            <Textarea name="AlarmDescription" value=description rows=3 testid="alarm-description" />
                        </FormField>
                    </SpaceBetween>
                </Container>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    {editing.then(|| view! { <Text>"An alarm's name cannot be changed."</Text> })}
                </SpaceBetween>
            </SpaceBetween>
            {buttons(Some(Step::Actions), Step::Preview)}
        </Form>
    }
    .into_any()
}
