//! The questions that a simulation is asked: what is given in addition, and a page of answers.

use std::sync::Arc;

use model::{
    ApiError,
    iam::{EvaluationResult, SimulateCustomPolicy, SimulatePolicyOutput},
    page,
};
use policy::{Arn, Attached, Attachment, Policy, PolicyKind, PolicySet, Principal, Source};

use super::{effort, simulation::Scenario};
use crate::{error::Result, marker::Position};

/// What telling of one statement takes: many apply to everything, and an answer names each of them for every question.
const STATEMENT: u64 = 4_096;

/// A policy given as text, labelled by its place in the request.
fn given(label: &str, text: &str, kind: PolicyKind, attachment: Attachment) -> Result<Attached> {
    let compiled = Policy::parse(text, kind)
        .map_err(|error| ApiError::InvalidInput { message: format!("Invalid policy in {label}: {error}.") })?;
    Ok(Attached::new(Source::managed(label, label, attachment), Arc::new(compiled)))
}

/// Adds policies given as text.
pub(super) fn with_given(mut set: PolicySet, policies: &[String]) -> Result<PolicySet> {
    for (number, text) in policies.iter().enumerate() {
        let label = format!("PolicyInputList.{}", number + 1);
        set = set.with_identity(given(&label, text, PolicyKind::Identity, Attachment::User)?);
    }
    Ok(set)
}

/// Completes the scenario and answers the page asked for.
pub(super) fn simulate(mut scenario: Scenario, asked: &SimulateCustomPolicy) -> Result<SimulatePolicyOutput> {
    let (actions, resources) = (&asked.action_names, &asked.resource_arns);
    for action in actions {
        let whole = action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if !whole || action.contains(['*', '?']) {
            let message =
                format!("Invalid Action: {action} must be one action with its service, such as iam:CreateUser.");
            return Err(ApiError::InvalidInput { message }.into());
        }
    }
    if let Some(caller) = &asked.caller_arn {
        (scenario.principal, scenario.named) = (caller_of(caller, &scenario.principal)?, true);
    }
    if let Some(text) = asked.permissions_boundary_policy_input_list.first() {
        let label = "PermissionsBoundaryPolicyInputList.1";
        scenario.set = scenario.set.with_boundary(given(label, text, PolicyKind::Identity, Attachment::Boundary)?);
    }
    if let Some(text) = &asked.resource_policy {
        if !scenario.named {
            let message = "CallerArn must be provided when ResourcePolicy is.".to_owned();
            return Err(ApiError::InvalidInput { message }.into());
        }
        scenario.set =
            scenario.set.with_resource(given("ResourcePolicy", text, PolicyKind::Resource, Attachment::Resource)?);
    }
    scenario.owner = asked.resource_owner.as_deref().map(account_of).transpose()?;
    for entry in &asked.context_entries {
        scenario.context.set_many(&entry.context_key_name, entry.context_key_values.iter().cloned());
    }

    let width = resources.len().max(1);
    let total = actions.len() * width;
    let first = first_of(asked.marker.as_deref())?;
    let limit = usize::try_from(page::limit(asked.max_items)).unwrap_or(usize::MAX);
    let last = first.saturating_add(limit).min(total);
    let mut questions =
        (first..last).filter_map(|place| Some((actions.get(place / width)?, resources.get(place % width))));
    let evaluation_results = answers(&scenario, &mut questions)?;
    let next = first + evaluation_results.len();
    let is_truncated = next < total;
    let marker = is_truncated.then(|| Position { name: next.to_string(), id: String::new() }.marker());
    Ok(SimulatePolicyOutput { evaluation_results, is_truncated, marker })
}

/// The answers to as many questions as one request may ask, see [`effort`]. The page ends where the next one would be
/// too much; one that is too much by itself is refused.
fn answers<'a>(
    scenario: &Scenario,
    questions: &mut impl Iterator<Item = (&'a String, Option<&'a String>)>,
) -> Result<Vec<EvaluationResult>> {
    let (mut results, mut left) = (Vec::new(), effort::MOST);
    for (action, resource) in questions {
        let resource = resource.map(String::as_str);
        match scenario.effort(action, resource) {
            Ok(takes) if takes <= left => left -= takes,
            Err(refused) if results.is_empty() => return Err(refused.into()),
            _ => break,
        }
        let result = scenario.result(action, resource);
        let told = u64::try_from(result.matched_statements.len()).unwrap_or(u64::MAX);
        left = left.saturating_sub(told.saturating_mul(STATEMENT));
        results.push(result);
    }
    Ok(results)
}

/// Which question a page begins with.
fn first_of(marker: Option<&str>) -> Result<usize> {
    let position = Position::parse(marker)?.name;
    let invalid = || ApiError::Invalid { message: "Invalid Marker.".into() };
    Ok(if marker.is_none() { 0 } else { position.parse().map_err(|_| invalid())? })
}

/// The user who asks. Nobody else can be simulated.
fn caller_of(arn: &str, source: &Principal) -> Result<Principal> {
    let parsed = arn.parse::<Arn>().ok().filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"));
    let parsed = parsed.ok_or_else(|| ApiError::InvalidInput {
        message: format!("Invalid CallerArn: {arn} must be the ARN of a user."),
    })?;
    // The unique id is known if it is the very user whose policies are simulated.
    let id = match source {
        Principal::User { arn: own, id } if *own == parsed => id.clone(),
        _ => String::new(),
    };
    Ok(Principal::user(parsed, &id))
}

/// An account as its number or as its ARN, `arn:aws:iam::123456789012:root`.
fn account_of(text: &str) -> Result<String> {
    let number = text.parse::<Arn>().map_or_else(|_| text.to_owned(), |arn| arn.account().to_owned());
    if number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(number);
    }
    Err(ApiError::InvalidInput { message: format!("Invalid ResourceOwner: {text} must be an account.") }.into())
}
