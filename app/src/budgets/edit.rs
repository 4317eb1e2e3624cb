//! Changing a budget: the wizard's second step and its last one, with what the budget is.

use leptos::prelude::*;
use model::{Timestamp, budgets::DescribeBudget};

use super::{
    PATH, budget_path, confirm,
    create::{Wizard, stand},
    draft::{Draft, Step},
    parameters,
};
use crate::{
    Frame, PageContext, Section,
    billing::{Refusal, crumbs},
    ui::{Header, HeaderLevel, SpaceBetween},
};

/// `/billing/budgets/<name>/edit`.
#[component]
pub fn Edit() -> impl IntoView {
    let page = PageContext::current();
    let name = page.segment(2);
    let above = budget_path(&name);
    view! {
        <Frame title="Edit budget" section=Section::Billing crumbs=crumbs(&[("Budgets", PATH), (&name, &above)], "Edit")>
            <SpaceBetween>
                <Header title="Edit budget" level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    let (account_id, name) = (page.viewer().account_id, page.segment(2));
    let ask = DescribeBudget { account_id, budget_name: name.clone(), show_filter_expression: None };
    let budget = match crate::call(ask).await {
        Ok(found) => found.budget,
        Err(error) => return view! { <Refusal error retry=PATH /> }.into_any(),
    };
    let wizard = Wizard::edit(&name);
    let now = Timestamp(page.viewer().now);
    let (step, mut shown) = stand(&page, &wizard, || (Step::Budget, Draft::of(&budget, now)));
    // What it is called and what it watches stays, whatever a form says; its alerts are changed on their own.
    let is = Draft::of(&budget, now);
    shown.draft = Draft { name, kind: is.kind, alerts: Vec::new(), ..shown.draft };
    let step = if step == Step::Confirm { shown.draft.open(step) } else { Step::Budget };
    if step == Step::Confirm {
        confirm::confirm(&page, &wizard, shown)
    } else {
        parameters::budget(&page, &wizard, shown)
    }
}
