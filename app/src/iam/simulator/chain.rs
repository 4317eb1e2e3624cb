//! The chain of a decision: which policies were asked, and what each of their statements said.

use leptos::prelude::*;
use model::console::{AskedPolicy, AskedStatement, ExplainDenialOutput};
use policy::{Arn, Layer, MissReason, Outcome};

use super::{
    explain::Refusal,
    keys,
    texts::{self, Laid, Place},
};
use crate::{
    iam::{denied::Problem, inline::Owner},
    ui::{
        BulletList, CodeView, Container, ExpandableSection, ExpandableVariant, Header, Link, SpaceBetween, Status,
        StatusIndicator, Text, TextColor, TextVariant,
    },
};

/// The part of the page with every policy that was asked.
pub(super) async fn container(refusal: &Refusal, output: ExplainDenialOutput) -> AnyView {
    let kinds = kinds(&output);
    let mut sections = Vec::with_capacity(output.policies.len());
    for policy in output.policies {
        sections.push(section(refusal, policy).await);
    }
    view! {
        <Container
            header=|| view! { <Header title="How it was decided" description="A Deny wins; then a policy must allow, and the boundary too, if there is one." /> }
            testid="decision-chain"
        >
            <SpaceBetween>
                <BulletList items=kinds testid="kinds-asked" />
                {sections}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// A line for each kind of policy: what all of it came to.
fn kinds(output: &ExplainDenialOutput) -> Vec<String> {
    let of = |layer: Layer| output.policies.iter().filter(move |policy| policy.layer == layer);
    let identity = of(Layer::Identity).count();
    let count = match identity {
        0 => "Identity-based policies: none is attached to the user or to a group of the user.".to_owned(),
        1 => format!(
            "Identity-based policies of the user and the user's groups: 1 was asked, {}.",
            came_to(of(Layer::Identity))
        ),
        count => format!(
            "Identity-based policies of the user and the user's groups: {count} were asked, {}.",
            came_to(of(Layer::Identity))
        ),
    };
    let boundary = match of(Layer::Boundary).count() {
        0 => "Permissions boundary: the user has none.".to_owned(),
        _ => format!("Permissions boundary: it was asked, {}.", came_to(of(Layer::Boundary))),
    };
    vec![count, boundary]
}

fn came_to<'a>(policies: impl Iterator<Item = &'a AskedPolicy>) -> &'static str {
    let said: Vec<Option<Outcome>> = policies.map(|policy| policy.says).collect();
    if said.contains(&Some(Outcome::ExplicitDeny)) {
        "and a statement denies it"
    } else if said.contains(&Some(Outcome::Allowed)) {
        "and a statement allows it"
    } else if said.contains(&None) {
        "not all of which you may read"
    } else {
        "and no statement allows it"
    }
}

fn place(refusal: &Refusal, policy: &AskedPolicy) -> Option<Place> {
    let name = policy.policy_name.clone().filter(|_| policy.readable)?;
    Some(match (&policy.policy_arn, &policy.group_name) {
        (Some(arn), _) => Place::Managed(arn.clone()),
        (None, Some(group)) => Place::Inline(Owner::Group(group.clone()), name),
        (None, None) => Place::Inline(Owner::User(refusal.principal.parse::<Arn>().ok()?.name().to_owned()), name),
    })
}

async fn section(refusal: &Refusal, policy: AskedPolicy) -> AnyView {
    let place = place(refusal, &policy);
    let laid = match &place {
        Some(place) => Some(texts::text(place).await.map(|text| texts::laid(&text))),
        None => None,
    };
    let known = laid.as_ref().and_then(|laid| laid.as_ref().ok());
    let lines: Vec<String> = policy.statements.iter().map(|statement| line(statement, known)).collect();
    let lines = match lines.as_slice() {
        [] if policy.readable => view! { <Text>"No statement of it speaks of this action."</Text> }.into_any(),
        [] => view! { <Text>"You may not read this policy."</Text> }.into_any(),
        _ => view! { <BulletList items=lines testid="statements-asked" /> }.into_any(),
    };
    let decides = |laid: &Laid| {
        let decisive = policy.statements.iter().filter(|statement| statement.decides);
        decisive
            .filter_map(|statement| laid.statements.get(statement.number.checked_sub(1)?))
            .map(|at| at.mark())
            .collect()
    };
    let title = policy.policy_name.clone().unwrap_or_else(|| "A policy that you may not read".to_owned());
    let label = format!("Policy document of {title}");
    let text = laid.map(|laid| match laid {
        Ok(laid) => {
            let marks: Vec<_> = decides(&laid);
            view! { <CodeView code=laid.code label json=true marks testid="asked-policy-text" /> }.into_any()
        }
        Err(error) => view! { <Problem error /> }.into_any(),
    });
    let link = place.as_ref().and_then(Place::page).map(|href| view! { <Link href>"Open the policy"</Link> });
    let decisive = policy.statements.iter().any(|statement| statement.decides);
    let (attached, said) = (attached(&policy), said(policy.says));
    view! {
        <ExpandableSection header=title aside=move || said variant=ExpandableVariant::Footer open=decisive testid="asked-policy">
            <SpaceBetween>
                <Text variant=TextVariant::Small color=TextColor::Secondary>{attached}</Text>
                {lines} {text} {link}
            </SpaceBetween>
        </ExpandableSection>
    }
    .into_any()
}

fn attached(policy: &AskedPolicy) -> String {
    let kind = if policy.policy_arn.is_some() { "Managed policy" } else { "Inline policy" };
    match (policy.layer, &policy.group_name, policy.readable) {
        (Layer::Boundary, ..) => "Permissions boundary".to_owned(),
        (_, _, false) => "Identity-based policy".to_owned(),
        (_, Some(group), true) => format!("{kind}, attached from group {group}"),
        (_, None, true) => format!("{kind}, attached directly"),
    }
}

fn said(says: Option<Outcome>) -> AnyView {
    let (status, word) = match says {
        Some(Outcome::Allowed) => (Status::Success, "Allows"),
        Some(Outcome::ExplicitDeny) => (Status::Error, "Denies"),
        Some(Outcome::ImplicitDeny) => (Status::Stopped, "Does not allow"),
        None => (Status::Info, "Not shown"),
    };
    view! { <StatusIndicator status>{word}</StatusIndicator> }.into_any()
}

/// "Statement "Careful" (line 3), Deny: applies and decides."
fn line(statement: &AskedStatement, laid: Option<&Laid>) -> String {
    let placed = laid.and_then(|laid| laid.statements.get(statement.number.checked_sub(1)?));
    let line = placed.map_or(statement.span.start.line, |placed| placed.shown.start.line);
    let (name, effect) = (texts::label(statement.sid.as_deref(), statement.number), statement.effect.as_str());
    let what = match &statement.missed {
        None if statement.decides => "applies, and decides".to_owned(),
        None => "applies".to_owned(),
        Some(reason) => format!("does not apply: {}", because(reason)),
    };
    format!("{name} (line {line}), {effect}: {what}.")
}

fn because(reason: &MissReason) -> String {
    match reason {
        MissReason::Resource => "the resource is none of those it means".to_owned(),
        MissReason::Principal => "the user is none of those it means".to_owned(),
        MissReason::Condition { operator, key, expected, found, unknown } => {
            let key = keys::name_of(key);
            let found = match found.as_deref() {
                None | Some([]) => format!("the request has no {key}"),
                Some(values) => format!("the request has {}", values.join(", ")),
            };
            let tail = if *unknown { ", and the condition cannot be evaluated" } else { "" };
            format!("its condition {operator} asks that {key} be {}, and {found}{tail}", expected.join(" or "))
        }
        _ => "an element of it does not fit".to_owned(),
    }
}
