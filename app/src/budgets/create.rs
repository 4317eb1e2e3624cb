//! The wizard that makes a budget: plain forms that carry the draft from step to step, so that it works in any browser.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{ApiError, Timestamp, console::ListBudgetRows};

use super::{
    PATH, budget_path, confirm,
    draft::{Alert, Draft, Fault, Step},
    parameters, steps,
};
use crate::{
    CallError, Frame, PageContext, Section,
    billing::{Refusal, crumbs},
    ui::{Header, HeaderLevel, ProgressSteps, SpaceBetween},
};

/// Where the wizard stands.
pub(super) const CREATE: &str = "/billing/budgets/create";
/// What a step's form is posted as.
pub(super) const NEXT: &str = "page:Next";

/// Whether the wizard makes a budget or changes one.
pub(super) struct Wizard {
    /// Where its forms are posted.
    pub(super) action: String,
    /// Where Cancel leads.
    pub(super) home: String,
    /// The operation at its end.
    pub(super) operation: &'static str,
    /// The name of the budget that it changes.
    pub(super) edits: Option<String>,
}

impl Wizard {
    fn create() -> Self {
        Self { action: CREATE.into(), home: PATH.into(), operation: "budgets:CreateBudget", edits: None }
    }

    /// The one that changes a budget.
    pub(super) fn edit(name: &str) -> Self {
        let home = budget_path(name);
        Self { action: format!("{home}/edit"), home, operation: "budgets:UpdateBudget", edits: Some(name.into()) }
    }
}

/// What a step shows.
pub(super) struct Shown {
    pub(super) draft: Draft,
    pub(super) faults: Vec<Fault>,
    pub(super) error: Option<CallError>,
}

impl Shown {
    /// What is wrong with one control.
    pub(super) fn fault(&self, control: &str) -> Option<String> {
        self.faults.iter().find(|(id, _)| id == control).map(|(_, text)| text.clone())
    }
}

/// `/billing/budgets/create`.
#[component]
pub fn Create() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Create budget", "Create budget").to_owned();
    view! {
        <Frame title="Create budget" section=Section::Billing crumbs=crumbs(&[("Budgets", PATH)], "Create budget")>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

/// Whoever may not even see budgets is told so before they fill anything in.
async fn content(page: PageContext) -> AnyView {
    let copied = page.given("copy");
    let ask = ListBudgetRows { budget_name: copied.clone(), max_items: Some(1), marker: None };
    let found = match crate::call(ask).await {
        Ok(found) => found.rows,
        Err(error) => return view! { <Refusal error retry=CREATE /> }.into_any(),
    };
    let copied = found.first().filter(|_| copied.is_some());
    let wizard = Wizard::create();
    let now = Timestamp(page.viewer().now);
    let first = || match copied {
        Some(row) => (Step::Budget, Draft::copy_of(row, now)),
        None => (Step::Type, Draft::begin(now)),
    };
    let (step, shown) = stand(&page, &wizard, first);
    let progress = progress(&page, step);
    let form = match step {
        Step::Type => steps::kind(&page, shown),
        Step::Budget => parameters::budget(&page, &wizard, shown),
        Step::Alerts => steps::alerts(&page, shown),
        Step::Confirm => confirm::confirm(&page, &wizard, shown),
    };
    view! {
        {progress}
        {form}
    }
    .into_any()
}

fn progress(page: &PageContext, step: Step) -> AnyView {
    let labels = [
        page.label("Select budget type", "Choose budget type"),
        page.label("Set your budget", "Set your budget"),
        page.label("Configure alerts", "Configure alerts"),
        page.label("Confirm budget", "Review"),
    ];
    let current = step.number().parse::<usize>().unwrap_or(1) - 1;
    let steps = labels.map(str::to_owned).to_vec();
    view! { <ProgressSteps steps current /> }.into_any()
}

/// The step that the last form leads to, and what it shows there; without any form the first.
pub(super) fn stand(page: &PageContext, wizard: &Wizard, first: impl FnOnce() -> (Step, Draft)) -> (Step, Shown) {
    if let Some(outcome) = page.outcome_of(wizard.operation) {
        return refused(Draft::read(&outcome.values), page.error_of(wizard.operation));
    }
    match page.outcome_of(NEXT).map(|outcome| &outcome.values) {
        Some(values) => go(Draft::read(values), values),
        None => {
            let (step, draft) = first();
            (step, Shown { draft, faults: Vec::new(), error: None })
        }
    }
}

fn go(mut draft: Draft, values: &BTreeMap<String, String>) -> (Step, Shown) {
    let wanted = values.get("Go").map(String::as_str).unwrap_or_default();
    if wanted == "add" {
        draft.alerts.push(Alert::default());
        let faults = draft.faults(Step::Alerts).into_iter().filter(|(control, _)| control == "alerts").collect();
        if draft.alerts.len() > model::budgets::ALERTS {
            draft.alerts.pop();
        }
        return (Step::Alerts, Shown { draft, faults, error: None });
    }
    if let Some(key) = wanted.strip_prefix("template-") {
        let now = model::billing::day(&draft.today).unwrap_or_default();
        return (Step::Budget, Shown { draft: Draft::template(key, now), faults: Vec::new(), error: None });
    }
    if let Some(at) = wanted.strip_prefix("remove-").and_then(|at| at.parse::<usize>().ok()) {
        if at < draft.alerts.len() {
            draft.alerts.remove(at);
        }
        return (Step::Alerts, Shown { draft, faults: Vec::new(), error: None });
    }
    let wanted = Step::numbered(wanted).unwrap_or(Step::Type);
    let step = draft.open(wanted);
    // A step that was not filled in yet is not wrong.
    let faults = if step == wanted { Vec::new() } else { draft.faults(step) };
    (step, Shown { draft, faults, error: None })
}

/// A name that is taken is wrong where it was typed; anything else is said on the last step.
fn refused(draft: Draft, error: Option<CallError>) -> (Step, Shown) {
    if let Some(CallError::Api(ApiError::DuplicateRecord { message })) = &error
        && message.starts_with("Error creating budget")
    {
        let faults = vec![("budget-name".to_owned(), message.clone())];
        return (Step::Budget, Shown { draft, faults, error: None });
    }
    let step = draft.open(Step::Confirm);
    let faults = draft.faults(step);
    (step, Shown { draft, faults, error })
}
