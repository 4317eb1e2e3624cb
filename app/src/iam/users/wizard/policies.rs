//! Choosing policies from the whole catalogue; what is chosen stays while the search changes.

use leptos::prelude::*;
use model::{
    console::{ListPolicyRows, PolicyRow},
    iam::AttachedPolicy,
};

use super::listing::{Drawn, Listing, More, Search};
use crate::{
    iam::choosing::policy_columns,
    ui::{EmptyState, Selection, Space, SpaceBetween, Table, Token, TokenGroup},
};

/// What is chosen from a list of policies.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// Id of the table.
    pub id: &'static str,
    /// Name of its check boxes or radio buttons.
    pub name: &'static str,
    /// `data-testid` of the button for more.
    pub more: &'static str,
    /// One policy instead of any number.
    pub single: bool,
}

/// Searching policies, and choosing among them.
#[component]
pub(super) fn PolicyPicker(
    /// What is chosen.
    choice: Choice,
    /// What has been found.
    listing: Listing<ListPolicyRows>,
    /// The policies chosen.
    chosen: RwSignal<Vec<AttachedPolicy>>,
) -> impl IntoView {
    listing.start();
    let table = Callback::new(move |()| {
        let rows =
            listing.rows(|| view! { <EmptyState title="No policies" text="There are no policies." /> }.into_any());
        let is_chosen = move |row: &PolicyRow| {
            chosen.with_untracked(|policies| policies.iter().any(|policy| policy.policy_arn == row.policy_arn))
        };
        let value = |row: &PolicyRow| row.policy_arn.clone();
        let selection =
            if choice.single { Selection::single(choice.name, value) } else { Selection::multi(choice.name, value) };
        let selection = selection
            .label(|row| row.policy_name.clone())
            .selected(is_chosen)
            .on_change(move |(arn, on)| toggle(chosen, choice, arn, on));
        view! {
            <Table id=choice.id label="Policies" columns=policy_columns() rows selection embedded=true compact=true />
        }
        .into_any()
    });
    let remove = move |policy: &AttachedPolicy| {
        let arn = policy.policy_arn.clone();
        Callback::new(move |()| {
            toggle(chosen, choice, arn.clone(), false);
            listing.draw();
        })
    };
    view! {
        <SpaceBetween size=Space::M>
            <Search listing placeholder="Filter policies" testid=format!("{}-filter", choice.id) />
            {move || {
                let policies = chosen.get();
                (!policies.is_empty())
                    .then(|| {
                        view! {
                            <TokenGroup label="Selected policies">
                                {policies
                                    .into_iter()
                                    .map(|policy| {
                                        let on_remove = remove(&policy);
                                        view! { <Token text=policy.policy_name on_remove testid="selected-policy" /> }
                                    })
                                    .collect_view()}
                            </TokenGroup>
                        }
                    })
            }}
            <Drawn listing table />
            <More listing testid=choice.more />
        </SpaceBetween>
    }
}

fn toggle(chosen: RwSignal<Vec<AttachedPolicy>>, choice: Choice, arn: String, on: bool) {
    chosen.update(|policies| {
        if choice.single {
            policies.clear();
        }
        policies.retain(|policy| policy.policy_arn != arn);
        if on {
            let policy_name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
            policies.push(AttachedPolicy { policy_name, policy_arn: arn });
        }
    });
}
