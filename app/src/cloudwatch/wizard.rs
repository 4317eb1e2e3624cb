//! The wizard that makes an alarm: plain forms that carry the draft from step to step, so that it works in any browser.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    billing::GetBillingPreferences,
    cloudwatch::{BILLING, BILLING_REGION, DescribeAlarms, ListMetrics, Metric},
    sns::{ListSubscriptionsByTopic, ListTopics, Subscription},
};

use super::{
    ALARMS, CREATE, confirm, crumbs,
    draft::{Draft, Fault, Notice, Step},
    plan, steps,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::denied::{Problem, tell},
    layout::region_name,
    ui::{Alert, Header, HeaderLevel, Link, ProgressSteps, Severity, SpaceBetween},
};

/// What a step's form is posted as.
pub(super) const NEXT: &str = "page:Next";

/// What a step shows.
pub(super) struct Shown {
    pub(super) draft: Draft,
    pub(super) faults: Vec<Fault>,
    pub(super) error: Option<CallError>,
    /// The metrics to choose from.
    pub(super) metrics: Vec<Metric>,
    /// The ARNs of the topics to choose from.
    pub(super) topics: Vec<String>,
    /// Who is subscribed to the topics that are chosen, by their ARNs.
    pub(super) endpoints: BTreeMap<String, Vec<Subscription>>,
}

impl Shown {
    /// What is wrong with one control.
    pub(super) fn fault(&self, control: &str) -> Option<String> {
        self.faults.iter().find(|(id, _)| id == control).map(|(_, text)| text.clone())
    }
}

/// `/cloudwatch/alarms/create`, with `edit=<name>` or `copy=<name>` for an alarm that is there.
#[component]
pub fn Wizard() -> impl IntoView {
    let page = PageContext::current();
    let editing = !page.query("edit").is_empty();
    let title = if editing { "Edit alarm" } else { "Create alarm" };
    view! {
        <Frame title section=Section::CloudWatch crumbs=crumbs(&[("Alarms", ALARMS)], title)>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

/// The draft at its beginning: of an alarm that is there, or new.
async fn begin(page: &PageContext) -> Result<Draft, CallError> {
    let (edited, copied) = (page.query("edit"), page.query("copy"));
    let name = if edited.is_empty() { copied } else { edited.clone() };
    if name.is_empty() {
        return Ok(Draft::default());
    }
    let ask = DescribeAlarms { alarm_names: vec![name], ..DescribeAlarms::default() };
    let found = crate::call(ask).await?.metric_alarms.into_iter().next();
    Ok(found.map_or_else(Draft::default, |alarm| Draft::of(alarm, !edited.is_empty())))
}

async fn content(page: PageContext) -> AnyView {
    let (draft, step, faults, error) = if let Some(outcome) = page.outcome_of(plan::PUT) {
        let draft = Draft::read(&outcome.values);
        let step = draft.open(Step::Preview);
        let faults = draft.faults(step);
        (draft, step, faults, page.error_of(plan::PUT))
    } else if let Some(outcome) = page.outcome_of(plan::ACTIONS) {
        let answered = page.output_of::<plan::Answered>(plan::ACTIONS).map(|answered| answered.values);
        let values = answered.unwrap_or_else(|| outcome.values.clone());
        let mut draft = Draft::read(&values);
        let to = values.get("Go").cloned().unwrap_or_default();
        let (step, faults) = draft.go(&to);
        (draft, step, faults, page.error_of(plan::ACTIONS))
    } else if let Some(outcome) = page.outcome_of(NEXT) {
        let mut draft = Draft::read(&outcome.values);
        let to = outcome.values.get("Go").cloned().unwrap_or_default();
        let (step, faults) = draft.go(&to);
        (draft, step, faults, None)
    } else {
        match begin(&page).await {
            Ok(draft) => (draft, Step::Metric, Vec::new(), None),
            Err(error) => {
                tell(&error);
                return view! { <Problem error retry=CREATE /> }.into_any();
            }
        }
    };
    // What there is to choose from; whoever may not list it can still type it.
    let metrics = match step {
        Step::Metric => crate::call(ListMetrics::default()).await.map(|listed| listed.metrics).unwrap_or_default(),
        _ => Vec::new(),
    };
    let topics = match step {
        Step::Actions => {
            let listed = crate::call(ListTopics::default()).await.map(|listed| listed.topics).unwrap_or_default();
            listed.into_iter().map(|topic| topic.topic_arn).collect()
        }
        _ => Vec::new(),
    };
    let chosen = draft.notices.iter().filter_map(Notice::chosen).filter(|arn| !arn.is_empty());
    let mut endpoints = BTreeMap::new();
    for arn in chosen.filter(|_| step == Step::Actions) {
        let ask = ListSubscriptionsByTopic { topic_arn: arn.to_owned(), next_token: None };
        if let Ok(listed) = crate::call(ask).await {
            endpoints.insert(arn.to_owned(), listed.subscriptions);
        }
    }
    let off =
        if step == Step::Metric && draft.metric().namespace == BILLING { billing_off().await } else { ().into_any() };
    let shown = Shown { draft, faults, error, metrics, topics, endpoints };
    let progress =
        ["Specify metric and conditions", "Configure actions", "Add name and description", "Preview and create"];
    let progress = progress.map(str::to_owned).to_vec();
    let current = Step::ALL.iter().position(|one| *one == step).unwrap_or(0);
    let form = match step {
        Step::Metric => steps::metric(&page, shown).await,
        Step::Actions => steps::actions(shown),
        Step::Name => steps::name(shown),
        Step::Preview => confirm::preview(&page, shown).await,
    };
    view! {
        {elsewhere(&page)}
        {off}
        <ProgressSteps steps=progress current />
        {form}
    }
    .into_any()
}

/// Billing metrics are in one region: whoever is in another one is told so.
pub(super) fn elsewhere(page: &PageContext) -> AnyView {
    let region = page.region();
    if region == BILLING_REGION {
        return ().into_any();
    }
    let header = format!(
        "You are in {}. Billing metric data is stored in {}.",
        region_name(&region),
        region_name(BILLING_REGION)
    );
    let href = format!("{}?region={BILLING_REGION}", page.path);
    view! {
        <Alert severity=Severity::Warning header testid="billing-region">
            "It represents worldwide charges. "
            <Link href testid="switch-region">"Switch to US East (N. Virginia)"</Link>
            " for alarms on estimated charges."
        </Alert>
    }
    .into_any()
}

/// Without the box in the billing preferences there is no billing metric: where it is, while it is not ticked.
pub(super) async fn billing_off() -> AnyView {
    let off = crate::call(GetBillingPreferences {}).await.is_ok_and(|preferences| !preferences.receive_billing_alerts);
    if !off {
        return ().into_any();
    }
    view! {
        <Alert severity=Severity::Info header="Billing alerts are turned off" testid="billing-alerts-off">
            "Estimated charges are not published, and an alarm on them has no data, until you turn on CloudWatch billing alerts in "
            <Link href="/billing/preferences" testid="to-billing-preferences">"Billing preferences"</Link>
            "."
        </Alert>
    }
    .into_any()
}
